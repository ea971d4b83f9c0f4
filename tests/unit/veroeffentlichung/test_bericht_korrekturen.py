"""The report's part on corrections: what was published before, what is now, and why, in words and newest first."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from pipelines.veroeffentlichung.bericht.korrekturen import load_korrekturen_part, schluesselteile
from schemas.tabellen.registry import TABELLEN

ORT = {"kommune": "k", "ags": "05999", "name": "Kstadt"}
REIHE = "kommune=k; gebiet_id=05999; indikator=quote; profil=p; gruppe=mit_mh; geschlecht=w; altersgruppe=insgesamt"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    for name in ("dim.spalte", "dim.gebiet", "dim.indikator", "dim.staat", "dim.profil", "protokoll.revision"):
        t = TABELLEN[name]
        con.execute(f"create schema if not exists {t.schema}")
        con.execute(f"create table {name} ({', '.join(f'{s.name} {s.typ}' for s in t.spalten)})")
    con.execute("insert into dim.indikator by name select 'quote' as indikator, 'Quote' as name, 'prozent' as einheit")
    con.execute("insert into dim.gebiet by name select 'k' as kommune, '10' as gebiet_id, 'Niederaden' as gebiet")
    con.execute("insert into dim.profil by name select 'p' as profil, 'Eigene (Zusatz)' as titel")
    for tabelle, spalte, titel in (
        ("marts.indikator_zeitreihe", "*", "Indikatoren"), ("marts.indikator_zeitreihe", "wert", "Wert"),
        ("marts.indikator_zeitreihe", "trend", "Urteil"), ("marts.migrationshintergrund", "*", "Bevölkerung"),
        ("marts.migrationshintergrund", "einwohner", "Einwohner"), ("marts.migrationshintergrund", "quelle", "Quelle"),
    ):  # fmt: skip
        con.execute(
            "insert into dim.spalte by name select ? as tabelle, ? as spalte, ? as titel", [tabelle, spalte, titel]
        )
    yield con
    con.close()


def revision(con: duckdb.DuckDBPyConnection, **werte: Any) -> None:
    vorgabe = {"tabelle": "marts.indikator_zeitreihe", "schluessel": f"{REIHE}; zeitraum=2021-06-30", "kommune": "k",
               "spalte": "wert", "veroeffentlichung": "2026-02-01", "alt": "34.4", "neu": "35.2",
               "grund": "neue_lieferung"}  # fmt: skip
    zeile = vorgabe | werte
    con.execute(
        f"insert into protokoll.revision by name select {', '.join(f'? as {k}' for k in zeile)}", list(zeile.values())
    )


def zellen(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    tabelle = load_korrekturen_part(con, ORT).tabelle
    assert tabelle is not None
    return [r.zellen for r in tabelle.reihen]


def test_no_corrections_of_this_municipality_are_no_table(con: duckdb.DuckDBPyConnection) -> None:
    revision(con, kommune="andere")
    assert load_korrekturen_part(con, ORT).tabelle is None
    con.execute("drop table protokoll.revision")
    assert load_korrekturen_part(con, ORT).anzahl == 0


def test_a_correction_is_said_in_words_with_both_values_and_the_reason(con: duckdb.DuckDBPyConnection) -> None:
    revision(con)
    assert zellen(con) == [(
        "2026-02-01", "Indikatoren: Quote, Definition Eigene, mit Migrationshintergrund, weiblich", "Wert", "Kstadt",
        "30.06.2021", "34,4 %", "35,2 %", "neue Lieferung der Daten",
    )]  # fmt: skip


def test_a_withdrawn_count_shows_the_area_and_that_there_is_no_number_any_more(con: duckdb.DuckDBPyConnection) -> None:
    revision(con, tabelle="marts.migrationshintergrund", schluessel="kommune=k; stichtag=2021-06-30; gebiet_id=10",
             spalte="einwohner", alt="2212", neu=None, grund="neue_berechnung")  # fmt: skip
    assert zellen(con) == [(
        "2026-02-01", "Bevölkerung: Einwohner", "Einwohner", "Niederaden", "30.06.2021", "2.212", "keine Zahl mehr",
        "neu berechnet aus denselben Daten",
    )]  # fmt: skip


def test_a_row_that_is_gone_is_said_to_be_gone_as_a_whole(con: duckdb.DuckDBPyConnection) -> None:
    revision(con, tabelle="marts.migrationshintergrund", schluessel="kommune=k; stichtag=2021-06-30; gebiet_id=10; quelle=reg",
             spalte="*", alt="veröffentlicht", neu=None, grund="entfallen")  # fmt: skip
    assert zellen(con)[0][1:] == ("Bevölkerung: Quelle reg", "ganze Zeile", "Niederaden", "30.06.2021", "veröffentlicht",
                                  "keine Zahl mehr", "Zahl wird nicht mehr veröffentlicht")  # fmt: skip


def test_of_the_register_only_that_figures_of_a_day_changed_is_said(con: duckdb.DuckDBPyConnection) -> None:
    revision(con, tabelle="marts.migrationshintergrund", schluessel="kommune=k; stichtag=2021-06-30",
             spalte="*", alt="veröffentlicht", neu="geändert", grund="neue_lieferung")  # fmt: skip
    assert zellen(con)[0][1:] == (
        "Bevölkerung: Zahlen aus dem Melderegister", "Zahlen aus dem Melderegister", "ganze Kommune", "30.06.2021",
        "veröffentlicht", "geändert; welche Zahlen und um wie viel, ist geschützt", "neue Lieferung der Daten",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("alt", "neu", "worte"),
    [("34.366", "34.41", ("34,37 %", "34,41 %")), ("34.4", "14287.5", ("34,4 %", "14.287,5 %")),
     ("34.36611111", "34.36611112", ("34,4 %", "34,4 % (Unterschied kleiner als gezeigt)"))],
)  # fmt: skip
def test_a_difference_below_rounding_shows_a_few_more_places_and_never_all(
    con: duckdb.DuckDBPyConnection, alt: str, neu: str, worte: tuple[str, str]
) -> None:
    revision(con, alt=alt, neu=neu)
    assert zellen(con)[0][5:7] == worte


def test_shares_and_units_of_other_tables_come_from_the_dictionary(con: duckdb.DuckDBPyConnection) -> None:
    for spalte, einheit in (
        ("anteil", "Anteil 0–1"),
        ("eigenanteil", "Euro"),
        ("hinweise", None),
        ("faellig_am", None),
    ):
        con.execute(
            "insert into dim.spalte by name select 'marts.x' as tabelle, ? as spalte, ? as titel, ? as einheit",
            [spalte, spalte, einheit],
        )
    revision(con, tabelle="marts.x", spalte="anteil", alt="0.026593738211995472", neu="0.0266")
    assert zellen(con)[0][5:7] == ("2,659 %", "2,660 %")
    for spalte, alt, neu, worte in (
        ("eigenanteil", "14287", "14287.5", ("14.287 €", "14.287,50 €")),
        ("hinweise", "[]", "[gerundet, zu_klein]", ("keine", "gerundet, Grundzahl zu klein")),
        ("faellig_am", "2021-06-30", None, ("30.06.2021", "keine Zahl mehr")),
    ):
        con.execute("delete from protokoll.revision")
        revision(con, tabelle="marts.x", spalte=spalte, alt=alt, neu=neu)
        assert zellen(con)[0][5:7] == worte


def test_a_changed_verdict_is_said_in_words(con: duckdb.DuckDBPyConnection) -> None:
    revision(con, spalte="trend", alt="verbessert", neu="unveraendert")
    assert zellen(con)[0][2] == "Urteil"
    assert zellen(con)[0][5:7] == ("verbessert", "unverändert")


def test_the_newest_fifty_are_shown_and_the_rest_counted(con: duckdb.DuckDBPyConnection) -> None:
    for i in range(60):
        revision(con, veroeffentlichung="2026-01-01", schluessel=f"{REIHE}; zeitraum={1950 + i}-12-31")
    revision(con, veroeffentlichung="2026-03-01")
    teil = load_korrekturen_part(con, ORT)
    assert teil.tabelle is not None
    assert len(teil.tabelle.reihen) == 50
    assert teil.tabelle.reihen[0].zellen[0] == "2026-03-01"
    assert (teil.anzahl, teil.weitere) == (61, 11)


def test_a_key_may_hold_separators_in_its_values() -> None:
    assert schluesselteile("kommune=k; quelle=a; b=2; zeitraum=2021-01-01") == {
        "kommune": "k", "quelle": "a", "b": "2", "zeitraum": "2021-01-01"}  # fmt: skip
    assert schluesselteile("titel=x; y; tag=1") == {"titel": "x; y", "tag": "1"}
