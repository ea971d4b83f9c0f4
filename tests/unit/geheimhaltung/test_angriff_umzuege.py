"""The attack on moves between areas in marts.bewegung: sums over areas, stocks of both days, who moved elsewhere."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.geheimhaltung.angriff.audit import check_datei
from tests.lib.attack_world import AGS, GEBIETE, INS, Zeilen, summe, write
from tests.unit.geheimhaltung.test_angriff_bewegungen import VORHER, welt

MH, TABELLE = "marts.migrationshintergrund", "marts.bewegung"
ZU = {"01": 40, "02": 30, "03": 20}
FORT = {"01": 25, "02": 35, "03": 30}


def umzuege(
    zu: Mapping[str, int | None], fort: Mapping[str, int | None], alle: int | None = 90
) -> list[dict[str, Any]]:
    je = [
        (AGS, "umzug", alle),
        *((g, "umzug_zu", zu[g]) for g in GEBIETE),
        *((g, "umzug_fort", fort[g]) for g in GEBIETE),
    ]
    return [
        {"gebiet_id": g, "geschlecht": INS, "bewegung": b, "gruppe": INS, "personen": n, "stichtag_vorher": VORHER}
        for g, b, n in je
    ]


def gebrochen(tmp_path: Path, reihen: list[dict[str, Any]], vorher: dict[str, int] | None = None) -> list[str]:
    """What the attack on the later Stichtag finds; `vorher`: inhabitants of areas on the earlier one."""
    tabellen: Zeilen = welt({})
    bestand = [
        {"gebiet_id": g, "geschlecht": INS, "altersgruppe": INS, "profil": "p", "quelle": "melderegister", "stichtag": VORHER,
         "einwohner": n, "auslaender": 60, "unentscheidbar": 0, "lieferung_id": "l0"}
        for g, n in (vorher or {}).items()
    ]  # fmt: skip
    tabellen[TABELLE] += reihen
    tabellen[MH] = [*tabellen[MH], *bestand]
    tmp_path.mkdir(exist_ok=True)
    datei = write(tmp_path / "monitoring.duckdb", tabellen)
    return next(e.zeilen for e in check_datei(datei, {}) if e.stichtag == "2021-06-30")


def test_the_true_moves_are_no_contradiction(tmp_path: Path) -> None:
    assert gebrochen(tmp_path, umzuege(ZU, FORT)) == []


def test_one_hidden_area_follows_from_the_town(tmp_path: Path) -> None:
    funde = gebrochen(tmp_path, umzuege(ZU | {"03": None}, FORT))
    assert any("BW, Gebiet 03, insgesamt, insgesamt, umzug_zu, insgesamt: 20 bis 20" in z for z in funde)


def test_two_hidden_areas_hold_and_the_hidden_total_does_not_help(tmp_path: Path) -> None:
    assert gebrochen(tmp_path / "a", umzuege(ZU | {"02": None, "03": None}, FORT)) == []
    funde = gebrochen(tmp_path / "b", umzuege(ZU | {"02": None, "03": None}, FORT, alle=None))
    assert any("umzug, insgesamt: 90 bis 90" in z for z in funde), "the departures add up to it"


def test_the_few_who_moved_elsewhere_are_found_out(tmp_path: Path) -> None:
    """70 of 73 came to 01 or went from there: three moved between 02 and 03."""
    funde = gebrochen(tmp_path, umzuege({"01": 40, "02": 18, "03": 15}, {"01": 30, "02": 25, "03": 18}, alle=73))
    assert any("BWU, Gebiet 01, insgesamt, insgesamt, anderswo: 3 bis 3" in z for z in funde)


def test_the_few_who_did_not_go_are_found_out(tmp_path: Path) -> None:
    assert gebrochen(tmp_path / "a", umzuege(ZU, FORT), {"03": 400}) == []
    funde = gebrochen(tmp_path / "b", umzuege(ZU, FORT), {"03": 33})
    assert any("BWU, Gebiet 03, insgesamt, insgesamt, umzug_fort: 3 bis 3" in z for z in funde)


def test_stocks_of_areas_say_nothing_of_their_own(tmp_path: Path) -> None:
    """Births and moves beyond the town are told of no area: both stocks with the moves give a balance and no count."""
    vorher = {g: summe((g, INS, INS))[0] + 10 for g in GEBIETE}
    assert gebrochen(tmp_path, umzuege(ZU | {"02": None, "03": None}, FORT), vorher) == []
