"""Names of states in time: what the list says, what tables and places of birth may call them, what a report prints."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.eingang.melderegister.geburtsort import read_geburtsorte
from pipelines.eingang.tabelle.labels import staatsnamen
from pipelines.foundation.csv_list import read_staaten
from pipelines.stamm.staaten import fruehere_namen, name_am, staatentabelle
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen
from tests.conftest import ROH

STAATEN = ROH / "referenz" / "staaten.csv"


def test_earlier_names_come_with_their_last_day_earliest_first() -> None:
    assert fruehere_namen("") == []
    assert fruehere_namen("Zaire bis 1997-05-16 / Belgisch-Kongo bis 1960-06-29") == [
        ("Belgisch-Kongo", date(1960, 6, 29)), ("Zaire", date(1997, 5, 16)),
    ]  # fmt: skip
    for falsch in ("Zaire", "Zaire bis 1997", "bis 1997-05-16", "Zaire bis 1997-13-16"):
        with pytest.raises(ValueError, match="kein früherer Name"):
            fruehere_namen(falsch)


@pytest.mark.parametrize(("name", "staat"), [("mazedonien", "144"), ("nordmazedonien", "144"), ("swasiland", "281")])
def test_a_table_of_an_earlier_year_may_use_the_name_of_its_time(name: str, staat: str) -> None:
    assert staatsnamen(STAATEN)[0][name] == staat


def test_a_place_of_birth_may_use_the_name_of_its_time() -> None:
    assert read_geburtsorte(ROH / "luenen")[0].laender["mazedonien"] == "144"


def test_a_list_without_the_column_knows_one_name_a_key(tmp_path: Path) -> None:
    alt = [z.rsplit(";", 1)[0] for z in STAATEN.read_text(encoding="utf-8").splitlines()]
    (tmp_path / "staaten.csv").write_text("\n".join(alt) + "\n", encoding="utf-8")
    tabelle = staatentabelle(tmp_path / "staaten.csv")
    assert tabelle.num_rows == len(alt) - 1
    assert {tuple(n) for n in tabelle.column("fruehere_namen").to_pylist()} == {()}


def test_the_explanation_of_a_person_names_a_state_as_of_the_stichtag() -> None:
    (zeile,) = [z for z in read_staaten(STAATEN) if z["staat"] == "281"]
    assert name_am(zeile, date(2018, 4, 18)) == "Swasiland"
    assert name_am(zeile, date(2018, 4, 19)) == "Eswatini"


def test_a_report_prints_the_name_of_the_day() -> None:
    namen = Staatsnamen({"144": "Nordmazedonien", "163": "Türkei"}, {"144": [("Mazedonien", date(2019, 2, 11))]})
    assert namen.am(date(2018, 12, 31)) == {"144": "Mazedonien", "163": "Türkei"}
    assert namen.am(date(2019, 12, 31)) == {"144": "Nordmazedonien", "163": "Türkei"}
