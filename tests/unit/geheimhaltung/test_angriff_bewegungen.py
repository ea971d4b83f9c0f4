"""The attack on marts.bewegung: what stocks of two Stichtage tell of hidden flows, and flows of hidden stocks."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.geheimhaltung.angriff.audit import check_datei
from tests.lib.attack_world import AGS, INS, Zeilen, rows, summe, write

MH, TABELLE = "marts.migrationshintergrund", "marts.bewegung"
VORHER = "2020-06-30"
WAHR = {"geburt": 23, "zuzug": 124, "sterbefall": 9, "fortzug": 112}
RUND: dict[str, int | None] = {"geburt": 20, "zuzug": 120, "sterbefall": None, "fortzug": 110}
STADT = f"Gebiet {AGS}, insgesamt, insgesamt"


def welt(fluesse: dict[str, int | None], status: str, vorher_geheim: bool = False, mehr: int = 0) -> Zeilen:
    """Stocks of two days and these flows of the town; the earlier stock is what the true flows leave for it, and `mehr`."""
    tabellen = rows(frozenset())
    e, a, _ = summe((AGS, INS, INS))
    davor = e - WAHR["geburt"] - WAHR["zuzug"] + WAHR["sterbefall"] + WAHR["fortzug"] + mehr
    bestand = {"gebiet_id": AGS, "geschlecht": INS, "altersgruppe": INS, "profil": "p", "quelle": "melderegister",
               "stichtag": VORHER, "einwohner": None if vorher_geheim else davor, "auslaender": a, "unentscheidbar": 0,
               "lieferung_id": "l0"}  # fmt: skip
    return tabellen | {MH: [*tabellen[MH], bestand], TABELLE: [fluss(b, n, status) for b, n in fluesse.items()]}


def fluss(bewegung: str, personen: int | None, status: str, geschlecht: str = INS) -> dict[str, Any]:
    return {"gebiet_id": AGS, "geschlecht": geschlecht, "bewegung": bewegung, "gruppe": INS, "personen": personen,
            "stichtag_vorher": VORHER, "status": "geheim" if personen is None else status}  # fmt: skip


def gebrochen(tmp_path: Path, tabellen: Zeilen) -> list[str]:
    """What the attack on the later Stichtag finds."""
    datei = write(tmp_path / "monitoring.duckdb", tabellen)
    return next(e.zeilen for e in check_datei(datei, {}) if e.stichtag == "2021-06-30")


def test_rounded_flows_hold_beside_both_stocks(tmp_path: Path) -> None:
    assert gebrochen(tmp_path, welt(RUND, "gerundet")) == []


def test_one_hidden_flow_follows_from_the_stocks_where_the_others_are_exact(tmp_path: Path) -> None:
    tabellen = welt(WAHR | {"sterbefall": None}, "ok")
    assert any(f"BW, {STADT}, sterbefall, insgesamt: 9 bis 9" in z for z in gebrochen(tmp_path, tabellen))


@pytest.mark.parametrize(("mehr", "haelt"), [(0, True), (-8, True), (14, True), (-14, False)])
def test_a_hidden_flow_is_found_where_roundings_are_nearly_exhausted(tmp_path: Path, mehr: int, haelt: bool) -> None:
    zeilen = gebrochen(tmp_path, welt(RUND, "gerundet", mehr=mehr))
    assert (not any(f"BW, {STADT}, sterbefall" in z for z in zeilen)) is haelt, zeilen


@pytest.mark.parametrize(("fluesse", "status", "haelt"), [(WAHR, "ok", False), (RUND, "gerundet", True)])
def test_a_stock_hidden_before_follows_from_exact_flows(
    tmp_path: Path, fluesse: dict[str, int | None], status: str, haelt: bool
) -> None:
    zeilen = gebrochen(tmp_path, welt(fluesse, status, vorher_geheim=True))
    assert (not any(f"E0, {STADT}" in z for z in zeilen)) is haelt


@pytest.mark.parametrize(("geburten", "haelt"), [(1407, False), (1390, True)])
def test_few_of_the_youngest_beside_births_are_found(tmp_path: Path, geburten: int, haelt: bool) -> None:
    """1,410 are younger than 18; three of them were not born in between."""
    tabellen = welt(WAHR | {"geburt": geburten}, "ok", mehr=WAHR["geburt"] - geburten)
    assert (not any("BWJ" in z for z in gebrochen(tmp_path, tabellen))) is haelt


@pytest.mark.parametrize(("erzaehlt", "haelt"), [(False, True), (True, False)])
def test_few_births_without_a_row_are_the_youngest(tmp_path: Path, erzaehlt: bool, haelt: bool) -> None:
    """28 more than a year ago, 12 were born: 16 more came than went, and 19 can be, so at most three died."""
    tabellen = welt({b: n for b, n in RUND.items() if b != "geburt"}, "gerundet", mehr=-2)
    if erzaehlt:
        jahre = {"00": 12, "01-17": summe((AGS, INS, "00-17"))[0] - 12, "18+": summe((AGS, INS, "18+"))[0]}
        tabellen["marts.registermerkmal"] = [
            {"gebiet_id": AGS, "geschlecht": INS, "merkmal": "altersjahr", "auspraegung": a, "personen": n,
             "grundgesamtheit": "einwohner"} for a, n in jahre.items()
        ]  # fmt: skip
    assert (not any(f"BW, {STADT}, sterbefall" in z for z in gebrochen(tmp_path, tabellen))) is haelt
