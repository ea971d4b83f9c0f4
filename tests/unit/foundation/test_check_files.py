"""Where checks lie decides what they check: one that lies anywhere else would never run, and is told."""

from pathlib import Path

import pytest

from pipelines.foundation.check_files import read_check_files, tables_with_checks
from pipelines.foundation.findings import KonfigurationsFehler

KOPF = "-- titel: Alles stimmt\n-- schwere: fehler\n-- erwartet: nichts\nselect 'k' as kommune, '-' as ort\n"


def _lay(checks: Path, place: str, text: str = KOPF) -> Path:
    file = checks / place
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file.parent


def test_the_folders_of_a_check_are_its_table(tmp_path: Path) -> None:
    folder = _lay(tmp_path, "tabellen/marts/massnahme/stimmt.sql")
    _lay(tmp_path, "lieferungen/tabelle/summe.sql")
    assert list(tables_with_checks(tmp_path)) == [("marts", "massnahme", folder)]
    assert [c.name for c in read_check_files(folder)] == ["stimmt"]


@pytest.mark.parametrize(
    "place", ["x.sql", "tabellen/marts/x.sql", "tabellen/marts/a/b/x.sql", "lieferungen/register/x.sql"]
)
def test_a_check_below_no_table_is_an_error(tmp_path: Path, place: str) -> None:
    _lay(tmp_path / "a", place)
    with pytest.raises(KonfigurationsFehler, match=f"sql/pruefungen/{place}: die Prüfung liegt unter keiner Tabelle"):
        list(tables_with_checks(tmp_path / "a"))


def test_a_header_that_names_the_table_besides_is_an_error(tmp_path: Path) -> None:
    folder = _lay(tmp_path, "tabellen/marts/massnahme/stimmt.sql", "-- asset: marts/massnahme\n" + KOPF)
    with pytest.raises(ValueError, match="the header needs titel, schwere, erwartet"):
        list(read_check_files(folder))
