"""The attack on marts.bewegung: what stocks of two Stichtage tell of hidden flows, and flows of hidden stocks."""

from pathlib import Path

from pipelines.geheimhaltung.angriff.audit import check_datei
from tests.lib.attack_world import AGS, GEBIETE, INS, Zeilen, summe, write, zeilen

MH, TABELLE = "marts.migrationshintergrund", "marts.bewegung"
VORHER = "2020-06-30"
FLUESSE = ("geburt", "zuzug", "sterbefall", "fortzug")


def welt(fluesse: dict[str, dict[str, int | None]], vorher_geheim: tuple[str, ...] = ()) -> Zeilen:
    """Stocks of two days and these flows of everybody by area; the earlier stock is what the true flows leave for it."""
    tabellen = zeilen(frozenset())
    wahr = {"geburt": 20, "zuzug": 100, "sterbefall": 3, "fortzug": 90}
    gebiete = (*GEBIETE, AGS)
    reihen, bestand = [], []
    for g in gebiete:
        n = len(GEBIETE) if g == AGS else 1
        e, a, _ = summe((g, INS, INS))
        davor = e - n * (wahr["geburt"] + wahr["zuzug"] - wahr["sterbefall"] - wahr["fortzug"])
        bestand.append({"gebiet_id": g, "geschlecht": INS, "altersgruppe": INS, "profil": "p", "quelle": "melderegister",
                        "stichtag": VORHER, "einwohner": None if g in vorher_geheim else davor, "auslaender": a,
                        "unentscheidbar": 0, "lieferung_id": "l0"})  # fmt: skip
        for b in FLUESSE:
            for gruppe, personen in ((INS, fluesse.get(g, {}).get(b, n * wahr[b])), ("auslaender", 0)):
                reihen.append({"gebiet_id": g, "geschlecht": INS, "bewegung": b, "gruppe": gruppe, "personen": personen,
                               "stichtag_vorher": VORHER})  # fmt: skip
        for b in ("einbuergerung", "verlust"):
            reihen.append({"gebiet_id": g, "geschlecht": INS, "bewegung": b, "gruppe": INS, "personen": 0,
                           "stichtag_vorher": VORHER})  # fmt: skip
    return tabellen | {MH: [*tabellen[MH], *bestand], TABELLE: reihen}


def gebrochen(tmp_path: Path, tabellen: Zeilen) -> list[str]:
    """What the attack on the later Stichtag finds."""
    datei = write(tmp_path / "monitoring.duckdb", tabellen)
    return next(e.zeilen for e in check_datei(datei, {}) if e.stichtag == "2021-06-30")


def test_two_hidden_flows_in_two_areas_hold(tmp_path: Path) -> None:
    alle = {g: {"sterbefall": None, "fortzug": None} for g in (*GEBIETE, AGS)}
    assert not [z for z in gebrochen(tmp_path, welt(alle)) if "sterbefall" in z and "Gebiet 01" in z]


def test_one_hidden_flow_of_the_town_follows_from_its_stocks(tmp_path: Path) -> None:
    einer = {g: {"sterbefall": None} for g in (*GEBIETE, AGS)}
    gefunden = gebrochen(tmp_path, welt(einer))
    assert any(f"BW, Gebiet {AGS}, insgesamt, insgesamt, sterbefall, insgesamt: 9 bis 9" in z for z in gefunden)
    assert not any("Gebiet 01" in z for z in gefunden), (
        "who moved within the town is not told, so areas keep their room"
    )


def test_where_moves_between_areas_are_told_their_stocks_tell_of_one_hidden_flow(tmp_path: Path) -> None:
    einer = {g: {"sterbefall": None} for g in (*GEBIETE, AGS)}
    tabellen = welt(einer)
    tabellen[TABELLE] += [
        {"gebiet_id": g, "geschlecht": INS, "bewegung": b, "gruppe": gruppe, "personen": 0, "stichtag_vorher": VORHER}
        for g in GEBIETE for b in ("umzug_zu", "umzug_fort") for gruppe in (INS, "auslaender")
    ]  # fmt: skip
    gefunden = gebrochen(tmp_path, tabellen)
    assert any("BW, Gebiet 01, insgesamt, insgesamt, sterbefall, insgesamt: 3 bis 3" in z for z in gefunden)


def test_a_stock_hidden_before_follows_from_the_flows(tmp_path: Path) -> None:
    assert any("E0, Gebiet 01" in z for z in gebrochen(tmp_path, welt({}, vorher_geheim=("01",))))


def test_the_few_germans_of_a_flow_are_found_out(tmp_path: Path) -> None:
    tabellen = welt({})
    for z in tabellen[TABELLE]:
        if z["bewegung"] == "zuzug" and z["gruppe"] == "auslaender":
            z["personen"] = 98 if z["gebiet_id"] != AGS else 294
    nur_jetzt = tabellen | {MH: [z for z in tabellen[MH] if z.get("stichtag") != VORHER]}
    assert any("BWG, Gebiet 01" in z and "zuzug" in z for z in gebrochen(tmp_path, nur_jetzt))
