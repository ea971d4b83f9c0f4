"""`make new-check` and `make new-mart`: their files are sound, and nothing that exists is overwritten."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from pipelines.foundation.check_files import read_check_files, tables_with_checks
from pipelines.foundation.storage import WURZEL
from pipelines.scaffold.new_files import main
from pipelines.steps.sql_step import tables_in


def test_a_new_check_has_a_header_a_statement_and_a_case(tmp_path: Path) -> None:
    main(["check", "anteil_plausibel", "marts/migrationshintergrund"], tmp_path)
    ((schema, table, folder),) = tables_with_checks(tmp_path / "sql" / "pruefungen")
    assert (schema, table) == ("marts", "migrationshintergrund")
    (check,) = read_check_files(folder)
    assert tables_in(check.text) == (("marts", "migrationshintergrund"),)
    (case,) = yaml.safe_load((tmp_path / "tests/sql/faelle/anteil_plausibel.yaml").read_text())["cases"]
    assert set(case) == {"finds", "sound", "faulty"}


def test_a_new_mart_is_a_statement_behind_the_door_with_declared_columns(tmp_path: Path) -> None:
    main(["mart", "altersaufbau"], tmp_path)
    text = (tmp_path / "sql/marts/bevoelkerung/altersaufbau.sql").read_text()
    assert {schema for schema, _ in tables_in(text)} <= {"geheimhaltung", "dim", "stamm"}
    names: dict[str, object] = {}
    exec(compile(ast.parse((tmp_path / "schemas/tabellen/altersaufbau.py").read_text()), "new", "exec"), names)
    assert names["ALTERSAUFBAU"].voll == "marts.altersaufbau"  # type: ignore[attr-defined]
    test = ast.parse((tmp_path / "tests/sql/test_altersaufbau.py").read_text())
    assert [f.name for f in test.body if isinstance(f, ast.FunctionDef)] == [
        "test_each_area_has_one_row_of_the_main_definition"
    ]


@pytest.mark.parametrize("arguments", [["mart", "altersaufbau"], ["check", "a", "marts/migrationshintergrund"]])
def test_every_file_that_is_named_is_there(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the skeletons and in what is said of them; make targets too."""
    main(arguments, tmp_path)
    told = capsys.readouterr().out
    text = "".join(f.read_text() for f in tmp_path.rglob("*.*")) + told
    named = set(re.findall(r"\b(?:schemas|pipelines|tests|sql)/[\w/.]+\.(?:py|sql|yaml)", text))
    assert named
    assert [n for n in named if not (WURZEL / n).exists() and not (tmp_path / n).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (WURZEL / "Makefile").read_text(), re.MULTILINE))
    assert {w for line in re.findall(r"make (.+)", told) for w in line.split()} <= targets


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    main(["mart", "altersaufbau"], tmp_path)
    with pytest.raises(SystemExit, match="exists already"):
        main(["mart", "altersaufbau"], tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [[], ["check"], ["check", "Ä"], ["view", "x"], ["check", "x", "marts/gibt_es_nicht"], ["check", "x", "dim/staat"]],
)
def test_a_wrong_call_says_what_is_expected(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"Usage|no such (table|column)"):
        main(arguments, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_new_check_names_those_the_table_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "probe", "marts/bewegung"], tmp_path)
    assert "  bewegung_nur_kommune: Bewegungen stehen nur für die ganze Kommune da\n" in capsys.readouterr().out
