"""`make new-check` and `make new-mart`: their files are sound, and nothing that exists is overwritten."""

import ast
from pathlib import Path

import pytest
import yaml

from pipelines.foundation.check_files import read_check_files
from pipelines.scaffold.new_files import main
from pipelines.steps.sql_step import tables_in


def test_a_new_check_has_a_header_a_statement_and_a_case(tmp_path: Path) -> None:
    main(["check", "anteil_plausibel", "marts/migrationshintergrund"], tmp_path)
    (check,) = read_check_files(tmp_path / "sql" / "pruefungen", needed=("asset",))
    assert check.more == {"asset": "marts/migrationshintergrund"}
    assert tables_in(check.text) == (("marts", "migrationshintergrund"),)
    (case,) = yaml.safe_load((tmp_path / "tests/sql/faelle/anteil_plausibel.yaml").read_text())["cases"]
    assert set(case) == {"finds", "sound", "faulty"}


def test_a_new_mart_is_a_statement_behind_the_door_with_declared_columns(tmp_path: Path) -> None:
    main(["mart", "altersaufbau"], tmp_path)
    text = (tmp_path / "sql/marts/altersaufbau.sql").read_text()
    assert {schema for schema, _ in tables_in(text)} <= {"geheimhaltung", "dim", "stamm"}
    names: dict[str, object] = {}
    exec(compile(ast.parse((tmp_path / "schemas/tabellen/altersaufbau.py").read_text()), "new", "exec"), names)
    assert names["ALTERSAUFBAU"].voll == "marts.altersaufbau"  # type: ignore[attr-defined]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    main(["mart", "altersaufbau"], tmp_path)
    with pytest.raises(SystemExit, match="exists already"):
        main(["mart", "altersaufbau"], tmp_path)


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["check", "Ä"], ["view", "x"], ["check", "x", "marts/gibt_es_nicht"]]
)
def test_a_wrong_call_says_what_is_expected(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"Usage|no such table"):
        main(arguments, tmp_path)
    assert list(tmp_path.iterdir()) == []
