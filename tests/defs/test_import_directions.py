"""Who may know whom: no circle of imports, and no import hidden inside a function."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipelines.foundation.storage import WURZEL

# The command line imports where it needs to: `monitoring --help` must not wait for pandas, pandera and Dagster.
MAY_IMPORT_LATE = {"cli"}  # a room
OWN = ("pipelines", "schemas")
# From the ground up; rooms of one floor do not know each other. The map with words: docs/architecture.md.
FLOORS = (
    ("schemas",), ("foundation",), ("steps", "stamm"), ("definitionen",), ("eingang",), ("bevoelkerung",), ("indikatoren",),
    ("geheimhaltung",), ("veroeffentlichung", "scaffold", "demo"), ("refresh",), ("orchestration", "pages"), ("definitions",),
    ("cli",), ("__main__",),
)  # fmt: skip

Import = tuple[str, bool, int]  # module, whether it stands inside a function, line


def modules() -> dict[str, Path]:
    """Every module of the packages by its dotted name; a package by its own."""
    files = [file for package in OWN for file in sorted((WURZEL / package).rglob("*.py"))]
    names = {".".join(f.relative_to(WURZEL).with_suffix("").parts).removesuffix(".__init__"): f for f in files}
    assert len(names) == len(files)
    return names


def imports(name: str, file: Path, known: dict[str, Path]) -> list[Import]:
    """What a module imports of the packages."""
    found: list[Import] = []

    def walk(node: ast.AST, inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((a.name, inside, child.lineno) for a in child.names if a.name in known)
            elif isinstance(child, ast.ImportFrom) and (child.module or "").split(".")[0] in OWN:
                assert not child.level, f"{name}:{child.lineno}: relative import"
                for alias in child.names:
                    whole = f"{child.module}.{alias.name}"
                    found.append((whole if whole in known else child.module or "", inside, child.lineno))
            walk(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))

    walk(ast.parse(file.read_text(encoding="utf-8")), False)
    return found


def circle(graph: dict[str, set[str]]) -> list[str]:
    """One circle of a graph, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def room(module: str) -> str:
    """The room of a module; the packages themselves hold no code."""
    parts = module.split(".")
    return parts[0] if parts[0] == "schemas" or len(parts) == 1 else parts[1]


def climbs(graph: dict[str, set[str]]) -> list[str]:
    """Imports that go up or sideways to another room."""
    floor = {name: n for n, names in enumerate(FLOORS) for name in names}
    return [
        f"{module} → {target}"
        for module, targets in sorted(graph.items())
        for target in sorted(targets)
        if room(module) != room(target) and floor[room(module)] <= floor[room(target)]
    ]


def test_every_import_goes_down() -> None:
    known = modules()
    graph = {name: {m for m, _, _ in imports(name, file, known)} for name, file in known.items()}
    assert climbs({name: targets for name, targets in graph.items() if name != "pipelines"}) == []


def test_an_import_that_climbs_is_found() -> None:
    graph = {"pipelines.stamm.a": {"pipelines.eingang.b"}, "pipelines.eingang.b": {"pipelines.stamm.a"},
             "pipelines.steps.c": {"pipelines.stamm.a"}}  # fmt: skip
    assert climbs(graph) == ["pipelines.stamm.a → pipelines.eingang.b", "pipelines.steps.c → pipelines.stamm.a"]


def test_the_map_names_every_room_and_none_that_is_gone() -> None:
    rooms = {room(m) for m in modules() if "." in m} - {"__main__"}
    assert rooms == {name for names in FLOORS for name in names} - {"__main__"}
    text = (WURZEL / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in rooms - {"schemas", "definitions", "cli"}:
        assert f"`pipelines/{name}`" in text


def test_no_circle() -> None:
    known = modules()
    assert circle({name: {m for m, _, _ in imports(name, file, known)} for name, file in known.items()}) == []


def test_a_circle_is_found() -> None:
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


def test_no_import_of_own_modules_inside_a_function() -> None:
    known = modules()
    late = [
        f"{name}:{line} {module}"
        for name, file in known.items()
        if room(name) not in MAY_IMPORT_LATE
        for module, inside, line in imports(name, file, known)
        if inside
    ]
    assert late == []


def test_an_import_inside_a_function_is_found(tmp_path: Path) -> None:
    file = tmp_path / "m.py"
    file.write_text("def f():\n    from pipelines.cli import app\n")
    assert imports("m", file, modules()) == [("pipelines.cli", True, 2)]
