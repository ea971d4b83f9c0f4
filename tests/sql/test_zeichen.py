"""A value sign means the same in every door, and no rule of a door is NULL."""

import re
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import run_statement, sql_steps
from schemas.spalten.lieferung import KENNZEICHEN
from tests.lib.literal_tables import decide, lay, lay_ort, read
from tests.lib.two_valued import check_step

TUEREN = {s.name: s for s in sql_steps() if s.schema == "geheimhaltung"}
DA = {"-": 0.0, "0": 0.0, "()": 12.0, "p": 12.0, "r": 12.0, "s": 12.0, "|": 12.0}
# sign → (status with a figure, status without one)
BEDEUTUNG = {
    "-": ("ok", None), "0": ("ok", None), "()": ("geschaetzt", None), "s": ("geschaetzt", None), "p": ("vorlaeufig", None),
    "r": ("korrigiert", None), "|": ("bruch", "bruch"), ".": (None, "keine_daten"), "...": (None, "keine_daten"),
    "x": (None, "nicht_bewertbar"), "/": (None, "zu_klein"), "leer": (None, "nicht_erhoben"),
}  # fmt: skip


def _ort(ordner: Path) -> Ablage:
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.quelle", {"quelle_id": "tabelle", "art": "tabellen"})
    for leer in ("staatsangehoerigkeit", "migrationshintergrund"):
        lay(ablage, f"bevoelkerung.{leer}")
    return ablage


def _tabellenwert(ablage: Ablage, zahl: float | None, zeichen: str) -> Any:
    lay(
        ablage,
        "bevoelkerung.tabellenwert",
        {"merkmal": "auslaender", "staat": "insgesamt", "wert": zahl, "kennzeichen": zeichen},
    )
    TUEREN["tabellenwert"].write(ablage)
    return read(ablage, "geheimhaltung.tabellenwert")


def _staatsangehoerigkeit(ablage: Ablage, zahl: float | None, zeichen: str) -> Any:
    lay(ablage, "bevoelkerung.tabellenwert",
         {"merkmal": "auslaender", "staat": "163", "art": "tabellen", "wert": zahl, "kennzeichen": zeichen})  # fmt: skip
    decide(ablage)
    TUEREN["staatsangehoerigkeit"].write(ablage)
    return read(ablage, "geheimhaltung.staatsangehoerigkeit")


def _migrationshintergrund(ablage: Ablage, zahl: float | None, zeichen: str) -> Any:
    lay(ablage, "bevoelkerung.stadtteiltabelle",
         {"anteil_mh_gedruckt": None if zahl is None else zahl / 100, "kennzeichen": [zeichen]})  # fmt: skip
    decide(ablage)
    TUEREN["migrationshintergrund"].write(ablage)
    return read(ablage, "geheimhaltung.migrationshintergrund")


def _segregation(ablage: Ablage, zahl: float | None, zeichen: str) -> Any:
    from tests.sql.test_segregation import MH  # the shape of the row, not its figures

    felder = {"kommune": "k", "profil": "p", "gruppe": MH, "mass": "dissimilaritaet", "quelle": "stadtteiltabelle",
              "ebene": "stadtteil", "wert": zahl, "anzahl_gebiete": 12, "ausgelassen": 0, "personen": 1000,
              "uebrige": 2000,
              "erhoben": True, "vollstaendig": True, "quelle_id": "tabelle", "veroeffentlicht": True, "kennzeichen": [zeichen],
              "fundstelle": "B!A1", "lieferung_id": "l1"}  # fmt: skip
    text = "select " + ", ".join(f"{_literal(w)} as {s}" for s, w in felder.items())
    text += ", date '2021-06-30' as stichtag, date '2021-06-30' as datenstand"
    run_statement(ablage, "bevoelkerung", "segregation", text, [])
    TUEREN["segregation"].write(ablage)
    return read(ablage, "geheimhaltung.segregation")


def _indikatorlieferung(ablage: Ablage, zahl: float | None, zeichen: str) -> Any:
    felder = {"kommune": "k", "quelle_id": "tabelle", "gebiet_id": "01", "indikator": "quote", "profil": "-",
              "gruppe": "insgesamt", "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "umgerechnet": False, "wert": zahl,
              "nenner_quelle_id": "tabelle", "nenner_passt": True, "einheit_passt": True, "veroeffentlicht": True,
              "lieferung_id": "l1", "fundstelle": "B!A1", "kennzeichen": [zeichen]}  # fmt: skip
    text = "select " + ", ".join(f"{_literal(w)} as {s}" for s, w in felder.items())
    text += ", null::double as zaehler, null::double as nenner, null::bigint as kleinste"
    text += ", false as weicht_ab, ['l1'] as lieferungen"
    text += "".join(f", date '2021-06-30' as {s}" for s in ("stichtag", "nenner_stichtag", "datenstand"))
    run_statement(ablage, "bevoelkerung", "indikatorlieferung", text, [])
    lay(ablage, "stamm.indikator", {})
    TUEREN["indikatorlieferung"].write(ablage)
    return read(ablage, "geheimhaltung.indikatorlieferung")


def _literal(wert: Any) -> str:
    if wert is None:
        return "null::double"
    if isinstance(wert, float):
        return f"{wert}::double"
    return repr(wert).lower() if isinstance(wert, bool) else repr(wert)


WEGE = {
    "tabellenwert": _tabellenwert, "staatsangehoerigkeit": _staatsangehoerigkeit,
    "migrationshintergrund": _migrationshintergrund, "segregation": _segregation, "indikatorlieferung": _indikatorlieferung,
}  # fmt: skip


@pytest.mark.parametrize("zeichen", KENNZEICHEN)
@pytest.mark.parametrize("tuer", WEGE)
def test_a_sign_means_the_same_in_every_door(tuer: str, zeichen: str, tmp_path: Path) -> None:
    mit, ohne = BEDEUTUNG[zeichen]
    for zahl, status in ((DA.get(zeichen), mit), (None, ohne)):
        # An index is computed from areas; whether it can be is not said by a sign.
        if status is None or (tuer == "segregation" and zahl is None):
            continue
        zeile = next(z for z in WEGE[tuer](_ort(tmp_path), zahl, zeichen) if z.get("gebiet_id", "01") == "01")
        assert zeile["status"] == status
        assert status == "ok" or status in zeile["hinweise"]


def test_no_door_says_by_itself_what_a_sign_means() -> None:
    """The signs stand in the macros only; a door that compares with one of them has begun to drift."""
    for schritt in TUEREN.values():
        for literal in sqlglot.parse_one(schritt.text, read="duckdb").find_all(exp.Literal):
            if literal.is_string and isinstance(
                literal.parent, exp.EQ | exp.In | exp.If | exp.Array | exp.ArrayContains
            ):
                assert literal.this not in {*KENNZEICHEN} - {"-"}, f"{schritt.name}: '{literal.this}'"


def test_every_door_with_signs_is_sent_through_this_test() -> None:
    mit_zeichen = {n for n, s in TUEREN.items() if re.search(r"_von_zeichen\(", s.text)}
    assert mit_zeichen == {*WEGE}


@pytest.mark.parametrize("zahl", [None, 0.0, 3.0, 40.0])
def test_no_rule_of_a_door_is_null(zahl: float | None, tmp_path: Path) -> None:
    """A rule that is neither true nor false hides a figure and leaves its status at `ok` (36 delivered figures once)."""
    ablage = _ort(tmp_path)
    for tuer in WEGE:
        WEGE[tuer](ablage, zahl, "leer" if zahl is None else "p")
        check_step(ablage, TUEREN[tuer])


def test_a_share_delivered_without_its_counts_is_published_though_nobody_knows_its_base(tmp_path: Path) -> None:
    """All Mindestsicherungsquoten of 2023: 9.5 % without a denominator, in a table not yet public elsewhere."""
    ablage = _ort(tmp_path)
    lay(ablage, "stamm.kommune", {"ags": "00", "mindestnenner": 100})
    lay(ablage, "bevoelkerung.tabellenwert",
         {"merkmal": "mindestsicherungsquote", "staat": "insgesamt", "wert_einheit": "prozent", "wert": 9.5, "gedruckt": "9.5",
          "veroeffentlicht": False})  # fmt: skip
    TUEREN["tabellenwert"].write(ablage)
    (zeile,) = read(ablage, "geheimhaltung.tabellenwert")
    assert (zeile["wert"], zeile["gedruckt"], zeile["status"], zeile["hinweise"]) == (9.5, "9.5", "ok", [])
