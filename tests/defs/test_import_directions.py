"""Who may know whom: no circle of imports, and no import hidden inside a function."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipelines.foundation.storage import WURZEL

# The command line imports where it needs to: `monitoring --help` must not wait for pandas, pandera and Dagster.
MAY_IMPORT_LATE = {"pipelines.cli"}
OWN = ("pipelines", "schemas")

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
        if name not in MAY_IMPORT_LATE
        for module, inside, line in imports(name, file, known)
        if inside
    ]
    assert late == []


def test_an_import_inside_a_function_is_found(tmp_path: Path) -> None:
    file = tmp_path / "m.py"
    file.write_text("def f():\n    from pipelines.cli import app\n")
    assert imports("m", file, modules()) == [("pipelines.cli", True, 2)]
