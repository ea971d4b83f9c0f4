"""The naming rule of CONTRIBUTING.md: an English verb before a German noun, and one name for one class."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pipelines.foundation.storage import WURZEL
from tests.defs.test_import_directions import modules

PARTICLES = 54  # words that say how, not what; only shrinks
# One reviewed word a function may begin with; the file says which words belong in it.
FIRST_WORDS = Path(__file__).with_name("first_words.txt")
# Verbs that functions once began with: none of them may come back with a new word.
STEM = (
    "arbeit|bild|brauch|deut|find|fehl|fuehr|halt|hol|lad|leg|les|loes|mach|merk|nehm|oeffn|pruef|rechn|sammel|schreib|setz|start|such|"
    "waehl|wart|zaehl|zeig|zieh"
)
GERMAN_VERB = re.compile(rf"(?:be|ent|er|ver|zer)?(?:{STEM})e|(?:{STEM})t|lies|nimm|zieh")
# Those that helpers of tests once began with, in every form, and the nouns that look like one.
STEM_OF_TESTS = (
    "aender|bau|bring|enthalt|entscheid|ersetz|faerb|frag|liefer|mess|nenn|pflanz|schieb|steck|stell|"
    "urteil|vergleich|verlang"
)
GERMAN_VERB_OF_TESTS = re.compile(
    rf"(?:be|ent|er|ver|zer)?(?:{STEM}|{STEM_OF_TESTS})(?:en?|n|t)|[a-z]+iere|gib|leg|miss|wirf|bricht|stirbt|stuerzt|enthaelt|verraet|"
    "verberge|verbinde|verdirb|halbiere"
)
NOUNS = frozenset({"frage", "stelle"})


def first_words() -> dict[str, list[str]]:
    """Part of the list (English, German, Particles) → its words."""
    parts: dict[str, list[str]] = {}
    for block in FIRST_WORDS.read_text(encoding="utf-8").split("\n\n")[1:]:
        head, _, words = block.partition("\n")
        parts[head.removeprefix("# ").partition(":")[0]] = words.split()
    return parts


def functions(files: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """(module, name) of every function and method."""
    for module, file in files.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node.name


def modules_of_tests() -> dict[str, Path]:
    """Name → file of everything below tests."""
    files = (WURZEL / "tests").rglob("*.py")
    return {".".join(file.relative_to(WURZEL).with_suffix("").parts): file for file in files}


def helpers() -> dict[str, Path]:
    """What tests of many rooms share: tests/lib, and the fixtures of every folder."""
    return {m: f for m, f in modules_of_tests().items() if m.startswith("tests.lib.") or f.name == "conftest.py"}


def first_word(name: str) -> str:
    return name.strip("_").split("_")[0]


def beginnings(files: Mapping[str, Path]) -> dict[str, str]:
    """First word → one of the functions that begin with it; what others call, as __init__ and pytest's hooks, is none."""
    return {
        first_word(name): f"{module}.{name}"
        for module, name in functions(files)
        if not name.startswith(("__", "pytest_"))
    }


def test_every_function_begins_with_a_word_of_the_list() -> None:
    words = {word for part, words in first_words().items() if part != "Tests" for word in words}
    used = beginnings(modules())
    assert {word: who for word, who in used.items() if word not in words} == {}, f"see {FIRST_WORDS.name}"
    assert words - {*used} == set(), "no function begins so any more: take it off the list"


def test_every_shared_helper_of_the_tests_begins_with_a_word_of_the_list() -> None:
    own = {*first_words()["Tests"]}
    words = {word for part in first_words().values() for word in part}
    used = beginnings(helpers())
    assert {word: who for word, who in used.items() if word not in words} == {}, f"see {FIRST_WORDS.name}"
    assert own - {*used} == set(), "no helper begins so any more: take it off the list"
    assert own & {*beginnings(modules())} == set(), "the program uses it too: it stands in another part"


def test_no_helper_of_a_test_begins_with_a_german_verb() -> None:
    """Within one test, too: what stands beside a test is copied into the next."""
    found = [f"{module}.{name}" for module, name in functions(modules_of_tests()) if is_german_verb(first_word(name))]
    assert sorted(found) == []


def is_german_verb(word: str) -> bool:
    return word not in NOUNS and (GERMAN_VERB.fullmatch(word) or GERMAN_VERB_OF_TESTS.fullmatch(word)) is not None


def test_the_list_is_in_order_and_has_no_german_verb() -> None:
    parts = first_words()
    assert {*parts} == {"English", "German", "Particles", "Tests"}
    for words in parts.values():
        assert words == sorted(set(words))
    assert len(parts["Particles"]) <= PARTICLES
    assert [word for word in parts["German"] if GERMAN_VERB.fullmatch(word)] == []
    assert [word for word in parts["Tests"] if is_german_verb(word)] == []


@pytest.mark.parametrize(
    "word", ["pruefe", "schreibe", "lade", "lies", "zaehlt", "verarbeite", "beziehe", "starte", "halte"]
)
def test_a_german_verb_is_found(word: str) -> None:
    assert GERMAN_VERB.fullmatch(word)
    assert first_word(f"_{word}_zeilen") == word


@pytest.mark.parametrize(
    "word",
    [
        "lege",
        "entscheide",
        "fuehre",
        "pruefen",
        "aendern",
        "gib",
        "enthaelt",
        "kopiere",
        "verberge",
        "stuerzt",
        "schiebe",
    ],
)
def test_a_german_verb_of_the_tests_is_found(word: str) -> None:
    assert is_german_verb(word)


@pytest.mark.parametrize(
    "word", ["zeilen", "zahlen", "spannen", "stelle", "regel", "tafel", "write", "delete", "compare", "gerundet"]
)
def test_a_noun_and_an_english_verb_are_no_german_verb(word: str) -> None:
    assert not is_german_verb(word)


def test_no_class_name_stands_twice() -> None:
    classes = Counter(
        node.name
        for module, file in modules().items()
        if module.startswith("pipelines.")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, n in classes.items() if n > 1} == set(), "another word for one of them (docs/glossary.md)"


def test_no_file_repeats_its_rooms_word() -> None:
    repeated = [
        module for module in modules() if len(parts := module.split(".")) > 2 and parts[-1].startswith(f"{parts[-2]}_")
    ]
    assert repeated == []


BELONGS = re.compile(r"[Bb]elongs? here|Here belong")


def test_every_folder_of_tests_and_every_shared_helper_says_what_belongs_in_it() -> None:
    """A test says by its name what it holds; a folder and what many tests call do not."""
    silent = []
    for folder in sorted((WURZEL / "tests").iterdir()):
        notes = [file for file in (folder / "__init__.py", folder / "README.md") if file.exists()]
        if notes and not any(BELONGS.search(file.read_text(encoding="utf-8")) for file in notes):
            silent.append(folder.name)
    for module, file in modules_of_tests().items():
        text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        if module.startswith("tests.lib.") and file.name != "__init__.py" and not BELONGS.search(text):
            silent.append(module)
    assert silent == []


def test_no_two_files_of_a_folder_are_one_ending_apart() -> None:
    """A table beside tables, a read beside reading: one opens the wrong one."""
    files = {file.with_suffix("") for file in [*modules().values(), *modules_of_tests().values()]}
    pairs = [f"{file}{end}" for file in files for end in ("s", "n", "en", "er", "ing") if Path(f"{file}{end}") in files]
    assert sorted(Path(pair).relative_to(WURZEL).as_posix() for pair in pairs) == []


def test_every_room_says_what_belongs_in_it() -> None:
    silent = []
    for module, file in modules().items():
        if file.name == "__init__.py" and module.count(".") == 1 and module.startswith("pipelines."):
            text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            if "elongs here" not in text:
                silent.append(module)
    assert silent == []


# Forms of one text, from strict to lenient: three things of one kind.
BY_POSITION = frozenset({"pipelines.foundation.names.formen", "pipelines.foundation.names.wortformen"})


def hands_over_by_position(function: ast.FunctionDef) -> bool:
    """Whether what a function takes or returns is a tuple of three and more things, each of its own kind."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    annotations = [a.annotation for a in arguments] + [function.returns]
    return any(
        isinstance(node, ast.Subscript) and ast.unparse(node.value) == "tuple"
        and isinstance(node.slice, ast.Tuple) and len(node.slice.elts) > 2
        for annotation in annotations if annotation is not None
        for node in ast.walk(annotation)
    )  # fmt: skip


def test_what_travels_between_modules_has_names() -> None:
    found = {
        f"{module}.{node.name}"
        for module, file in modules().items()
        if module.startswith("pipelines.")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and hands_over_by_position(node)
    }
    assert sorted(found - BY_POSITION) == [], "a NamedTuple or a dataclass says what each thing is"
    assert sorted(BY_POSITION - found) == [], "no longer there: take it off the list"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def f() -> list[tuple[str, int, str]]: ...", True),
        ("def f(a: dict[tuple[str, str, str], int]) -> None: ...", True),
        ("def f() -> tuple[str, int]: ...", False),
        ("def f() -> tuple[str, ...]: ...", False),
    ],
)
def test_a_tuple_by_position_is_found(code: str, found: bool) -> None:
    function = ast.parse(code).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert hands_over_by_position(function) is found


LONGEST_SCOPE = 30  # lines over which a name of one letter can be kept in mind


def letters(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """(function.name, lines between its first and last use) of every name of one letter outside loops of one line."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            inside = [node for part in (function.args, *function.body) for node in ast.walk(part)]
            targets = [node.target for node in inside if isinstance(node, ast.comprehension)]
            short = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
            lines: dict[str, list[int]] = {}
            for node in inside:
                if isinstance(node, ast.Name | ast.arg):
                    name = node.id if isinstance(node, ast.Name) else node.arg
                    if len(name) == 1 and name != "_" and name not in short:
                        lines.setdefault(name, []).append(node.lineno)
            yield from ((f"{function.name}.{name}", max(where) - min(where)) for name, where in lines.items())


def test_no_name_of_one_letter_lives_long() -> None:
    long = {
        f"{module}.{name}"
        for module, file in modules().items()
        for name, span in letters(ast.parse(file.read_text(encoding="utf-8")))
        if span > LONGEST_SCOPE
    }
    assert sorted(long) == [], "say what it is"


def test_a_long_lived_letter_is_found() -> None:
    code = "def f(z):\n" + "    pass\n" * 40 + "    return [x for x in z]\n"
    assert dict(letters(ast.parse(code))) == {"f.z": 41}
