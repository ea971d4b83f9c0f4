"""The naming rule of CONTRIBUTING.md: an English verb before a German noun, and one name for one class."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.defs.test_import_directions import modules

# German verbs that functions once began with; what is done is said in English.
GERMAN_VERBS = frozenset({
    "aktualisiere", "bearbeite", "beginne", "behalte", "bereite", "beschreibe", "bezweifle", "bilde", "darf", "dekodiere",
    "deute", "eliminiere", "entferne", "entwirf", "erkenne", "erklaere", "ersetze", "finde", "fuehre", "greife", "haenge",
    "hat", "hebe", "heile", "ist", "kodiere", "kopiere", "lade", "lasse", "lege", "lies", "loese", "markiere", "melde",
    "merke", "nimm", "oeffne", "plane", "probiere", "pruefe", "raeume", "rechne", "saeubere", "sammle", "schlage",
    "schliesse", "schraenke", "schreibe", "setze", "sichere", "skaliere", "stoere", "suche", "trage",
    "untersuche", "verarbeite", "verbinde", "verbirg", "vergiss", "verifiziere", "verknuepfe", "verlinke",
    "veroeffentliche", "verschiebe", "verteile", "verwirf", "vollende", "waehle", "weise", "zaehle", "zeige", "zerlege",
    "ziehe",
})  # fmt: skip


def functions() -> Iterator[tuple[str, str]]:
    """(module, name) of every function and method."""
    for module, file in modules().items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node.name


def first_word(name: str) -> str:
    return name.strip("_").split("_")[0]


def test_no_function_begins_with_a_german_verb() -> None:
    assert [f"{module}.{name}" for module, name in functions() if first_word(name) in GERMAN_VERBS] == []


def test_a_german_verb_is_found() -> None:
    assert first_word("_pruefe_zeilen") in GERMAN_VERBS
    assert first_word("check_zeilen") not in GERMAN_VERBS


# Names that classes of two rooms still share; the list only shrinks.
SHARED = frozenset({
    "Auftrag", "Blatt", "Bruch", "Eintrag", "Ergebnis", "Familie", "Feld", "Indikator", "Kopf", "Layout", "Leitziel",
    "Lieferung", "Modell", "Rechnung", "Regel", "Reihe", "Spalte", "Suche", "Treffer", "Urteil", "Veroeffentlichung",
    "Zahl", "Zeit", "_Fund", "_Leser", "_Zaehlung",
})  # fmt: skip


def test_no_further_class_name_stands_twice() -> None:
    classes = Counter(
        node.name
        for module, file in modules().items()
        if module.startswith("pipelines.")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    twice = {name for name, n in classes.items() if n > 1}
    assert twice - SHARED == set(), "another word for one of them (docs/glossary.md)"
    assert SHARED - twice == set(), "no longer shared: take it off the list"


def test_no_file_repeats_its_rooms_word() -> None:
    repeated = [
        module for module in modules() if len(parts := module.split(".")) > 2 and parts[-1].startswith(f"{parts[-2]}_")
    ]
    assert repeated == []


def test_every_room_says_what_belongs_in_it() -> None:
    silent = []
    for module, file in modules().items():
        if file.name == "__init__.py" and module.count(".") == 1 and module.startswith("pipelines."):
            text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            if "elongs here" not in text:
                silent.append(module)
    assert silent == []


def test_no_function_is_longer_than_a_page() -> None:
    long = Counter()
    for module, file in modules().items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                long[f"{module}.{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    assert {name: n for name, n in long.items() if n > 60} == {}


LONGEST_FILE = 300
REASON = "Long because"


def is_too_long(text: str) -> bool:
    """Whether a module is longer than allowed and its docstring gives no reason."""
    return len(text.splitlines()) > LONGEST_FILE and REASON not in (ast.get_docstring(ast.parse(text)) or "")


def test_no_file_is_long_without_a_reason_at_its_top() -> None:
    long = {module for module, file in modules().items() if is_too_long(file.read_text(encoding="utf-8"))}
    assert sorted(long) == [], f"split it, or say »{REASON} …« in its docstring"


def test_a_long_file_is_found() -> None:
    lines = "x = 1\n" * LONGEST_FILE
    assert not is_too_long(lines)
    assert is_too_long('"""A module."""\n' + lines)
    assert is_too_long(f'"""A module."""\n# {REASON} a comment is no docstring.\n' + lines)
    assert not is_too_long(f'"""A module.\n\n{REASON} it is one table.\n"""\n' + lines)
