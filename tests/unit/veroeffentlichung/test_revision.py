"""A published number that changes leaves a record: what it was, since when, why; nothing else does."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.release import publish
from pipelines.veroeffentlichung.revision import verglichene_spalten, write_revisionen
from schemas.tabellen.registry import TABELLEN
from tests.lib.literal_tables import lay, read
from tests.lib.one_release import build, create_built

pytestmark = pytest.mark.langsam


def stelle(r: dict[str, Any]) -> tuple[Any, ...]:
    return r["tabelle"].removeprefix("marts."), r["spalte"], r["alt"], r["neu"], r["grund"]


@pytest.fixture(scope="module")
def drei(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    """Three releases: the second with another count of one district, the third with yet another; the first compared twice."""
    ablage = create_built(tmp_path_factory.mktemp("drei") / "data")
    publish(ablage, "v1")
    assert write_revisionen(ablage) == 0, "the same figures again are no correction"
    for kennung, mh in (("v2", 320), ("v3", 330)):
        build(ablage, mh, mh)
        lay(ablage, "stamm.veroeffentlichung", {"veroeffentlichung": kennung})
        write_revisionen(ablage)
        from pipelines.steps.checks import check_schema, load_checks, remember, run_check

        remember(ablage, "protokoll", "revision", check_schema(ablage, "protokoll", "revision"))
        for p in load_checks():
            if p.tabelle == "revision":
                remember(ablage, p.schema, p.tabelle, run_check(ablage, p))
        assert publish(ablage, kennung).neu
    return ablage


def abfrage(datei: Path, sql: str) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(datei), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def test_a_changed_count_is_on_record_with_what_it_was_and_in_which_release(drei: Ablage) -> None:
    zeilen = abfrage(
        drei.publikation,
        "select spalte, alt, neu, veroeffentlichung_vorher, veroeffentlichung, grund from protokoll.revision "
        "where tabelle = 'marts.migrationshintergrund' and spalte = 'personen_mit_mh' "
        "and schluessel = 'kommune=luenen; stichtag=2021-06-30; gebiet_id=01; profil=luenen_2021; geschlecht=insgesamt; "
        "altersgruppe=insgesamt; quelle=melderegister' order by veroeffentlichung",
    )
    assert zeilen == [
        ("personen_mit_mh", "313", "320", "v1", "v2", "neue_berechnung"),
        ("personen_mit_mh", "320", "330", "v2", "v3", "neue_berechnung"),
    ]


def test_figures_that_stayed_are_not_on_record(drei: Ablage) -> None:
    spalten = {s for (s,) in abfrage(drei.publikation, "select distinct spalte from protokoll.revision "
                                                       "where tabelle = 'marts.migrationshintergrund'")}  # fmt: skip
    assert {"personen_mit_mh", "deutsche_mit_mh", "anteil_mh"} <= spalten
    assert not spalten & {"einwohner", "auslaender", "anteil_auslaender", "lokationsquotient_mh", "*"}


def test_a_superseded_publication_of_the_stichtag_is_kept_in_the_secure_zone_only(drei: Ablage) -> None:
    frage = "select distinct personen_mit_mh from marts.migrationshintergrund where gebiet_id = '01' and quelle = 'melderegister'"
    for kennung, mh in (("v1", 313), ("v2", 320)):
        assert abfrage(drei.intern / "archiv" / kennung / drei.publikation.name, frage) == [(mh,)]
    archiv = drei.marts / "archiv"
    assert {p.name for p in archiv.iterdir()} == {"v3", "v3.duckdb"}
    for datei in (archiv / "v3" / drei.publikation.name, archiv / "v3.duckdb", drei.publikation):
        assert abfrage(datei, frage) == [(330,)]


def test_the_first_publication_corrects_nothing(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    assert write_revisionen(ablage) == 0
    assert read(ablage, "protokoll.revision") == []


@pytest.fixture
def ablage(drei: Ablage, tmp_path: Path) -> Ablage:
    return Ablage(shutil.copytree(drei.daten, tmp_path / "data")).create_folders()


def change(ablage: Ablage, tabelle: str, change_row: Any) -> list[dict[str, Any]]:
    """Change rows of a mart, compare, return what is new on record for it."""
    lay(ablage, tabelle, *[change_row(dict(z)) for z in read(ablage, tabelle)])
    lay(ablage, "stamm.veroeffentlichung", {"veroeffentlichung": "v4"})
    write_revisionen(ablage)
    return [r for r in read(ablage, "protokoll.revision") if r["veroeffentlichung"] == "v4" and r["tabelle"] == tabelle]


MH = "marts.migrationshintergrund"


def bei(bedingung: dict[str, Any], neu: dict[str, Any]) -> Any:
    def change_row(z: dict[str, Any]) -> dict[str, Any]:
        return z | neu if all(z[k] == v for k, v in bedingung.items()) else z

    return change_row


WO = {
    "gebiet_id": "01",
    "geschlecht": "insgesamt",
    "altersgruppe": "insgesamt",
    "quelle": "melderegister",
    "profil": "luenen_2021",
}


@pytest.mark.parametrize(
    ("neu", "grund"),
    [
        ({"einwohner": 2213, "lieferung_id": "l9"}, "neue_lieferung"),
        ({"einwohner": 2213, "profilversion": "99"}, "neue_profilversion"),
        ({"einwohner": 2213}, "neue_berechnung"),
    ],
)
def test_the_reason_is_what_changed_with_the_number(ablage: Ablage, neu: dict[str, Any], grund: str) -> None:
    # A count of the register: that one person more is counted is not told, only that and why figures changed.
    assert [stelle(r) for r in change(ablage, MH, bei(WO, neu))] == [
        ("migrationshintergrund", "*", "veröffentlicht", "geändert", grund)
    ]
    gedruckt = WO | {"quelle": "stadtteiltabelle"}
    assert ("migrationshintergrund", "einwohner", "2212", "2213", grund) in [
        stelle(r) for r in change(ablage, MH, bei(gedruckt, neu))
    ]


def test_a_number_that_is_withheld_from_now_on_was_published_all_the_same(ablage: Ablage) -> None:
    r = change(ablage, MH, bei(WO | {"quelle": "stadtteiltabelle"}, {"einwohner": None, "status": "geheim"}))
    assert [stelle(z)[1:4] for z in r] == [("einwohner", "2212", None)]


def test_a_number_that_appears_is_no_correction(ablage: Ablage) -> None:
    ohne = bei(WO, {"unentscheidbar": 7})
    con = duckdb.connect(str(ablage.publikation))
    con.execute("update marts.migrationshintergrund set unentscheidbar = null")
    con.close()
    assert change(ablage, MH, ohne) == []


def test_the_last_digits_of_a_fraction_are_no_correction(ablage: Ablage) -> None:
    anteil = next(z["anteil_mh"] for z in read(ablage, MH) if all(z[k] == v for k, v in WO.items()))
    assert change(ablage, MH, bei(WO, {"anteil_mh": anteil * (1 + 1e-15)})) == []
    assert len(change(ablage, MH, bei(WO, {"anteil_mh": anteil * (1 + 1e-6)}))) == 1


def test_a_row_that_goes_is_one_correction(ablage: Ablage) -> None:
    rest = [z for z in read(ablage, MH) if z["gebiet_id"] != "01"]
    lay(ablage, MH, *rest)
    lay(ablage, "stamm.veroeffentlichung", {"veroeffentlichung": "v4"})
    write_revisionen(ablage)
    weg = [
        r
        for r in read(ablage, "protokoll.revision")
        if r["veroeffentlichung"] == "v4" and "gebiet_id=01" in r["schluessel"]
    ]
    assert {(r["spalte"], r["neu"], r["grund"]) for r in weg if r["tabelle"] == MH} == {("*", None, "entfallen")}


def test_a_column_or_key_of_another_type_is_new_code_and_stops_nothing(ablage: Ablage) -> None:
    con = duckdb.connect(str(ablage.publikation))
    con.execute("create table t as from marts.migrationshintergrund")
    con.execute("drop table marts.migrationshintergrund")
    con.execute("create table marts.migrationshintergrund as select * replace ('am ' || stichtag as stichtag) from t")
    con.execute("create or replace table t as from marts.staatsangehoerigkeit")
    con.execute("drop table marts.staatsangehoerigkeit")
    con.execute(
        "create table marts.staatsangehoerigkeit as select * replace ('x' as anteil, personen + 1.0::double as personen) from t"
    )
    con.close()
    assert change(ablage, MH, bei(WO, {"einwohner": 2213})) == []
    neu = [r for r in read(ablage, "protokoll.revision") if r["veroeffentlichung"] == "v4"]
    # A count that became a fraction is compared all the same.
    assert {(r["tabelle"], r["spalte"], r["neu"]) for r in neu} == {("marts.staatsangehoerigkeit", "*", "geändert")}


def test_what_changes_by_the_calendar_or_by_other_rows_is_not_compared() -> None:
    for spalte in ("tage_bis_faellig", "ausgewertet_am"):
        assert spalte not in verglichene_spalten(TABELLEN["marts.berichtspflicht"])
    assert verglichene_spalten(TABELLEN["marts.indikator_zeitreihe"]) == ["zaehler", "nenner", "wert", "trend"]
    assert "rang" not in verglichene_spalten(TABELLEN["marts.staatsangehoerigkeit"])
