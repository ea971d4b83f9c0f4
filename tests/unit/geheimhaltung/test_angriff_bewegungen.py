"""The attack on marts.bewegung: what stocks of two Stichtage tell of hidden flows, and flows of hidden stocks."""

from pathlib import Path
from typing import Any

from pipelines.geheimhaltung.angriff.audit import check_datei
from tests.lib.attack_world import AGS, INS, Zeilen, rows, summe, write

MH, TABELLE, MERKMAL = "marts.migrationshintergrund", "marts.bewegung", "marts.registermerkmal"
VORHER = "2020-06-30"
WAHR = {"geburt": 20, "zuzug": 100, "sterbefall": 9, "fortzug": 90}
STADT = f"Gebiet {AGS}, insgesamt, insgesamt"


def welt(
    fluesse: dict[str, int | None], vorher_geheim: bool = False, auslaender: dict[str, int] | None = None
) -> Zeilen:
    """Stocks of two days and these flows of the town; the earlier stock is what the true flows leave for it."""
    tabellen = rows(frozenset())
    e, a, _ = summe((AGS, INS, INS))
    davor = e - WAHR["geburt"] - WAHR["zuzug"] + WAHR["sterbefall"] + WAHR["fortzug"]
    bestand = {"gebiet_id": AGS, "geschlecht": INS, "altersgruppe": INS, "profil": "p", "quelle": "melderegister",
               "stichtag": VORHER, "einwohner": None if vorher_geheim else davor, "auslaender": a, "unentscheidbar": 0,
               "lieferung_id": "l0"}  # fmt: skip
    reihen = [fluss(b, INS, fluesse.get(b, n)) for b, n in WAHR.items()]
    reihen += [fluss(b, "auslaender", (auslaender or {}).get(b, 0)) for b in WAHR]
    reihen += [fluss(b, INS, 0) for b in ("einbuergerung", "verlust")]
    return tabellen | {MH: [*tabellen[MH], bestand], TABELLE: reihen}


def fluss(bewegung: str, gruppe: str, personen: int | None, geschlecht: str = INS) -> dict[str, Any]:
    return {"gebiet_id": AGS, "geschlecht": geschlecht, "bewegung": bewegung, "gruppe": gruppe, "personen": personen,
            "stichtag_vorher": VORHER}  # fmt: skip


def gebrochen(tmp_path: Path, tabellen: Zeilen) -> list[str]:
    """What the attack on the later Stichtag finds."""
    datei = write(tmp_path / "monitoring.duckdb", tabellen)
    return next(e.zeilen for e in check_datei(datei, {}) if e.stichtag == "2021-06-30")


def test_two_hidden_flows_hold(tmp_path: Path) -> None:
    assert gebrochen(tmp_path, welt({"sterbefall": None, "fortzug": None})) == []


def test_one_hidden_flow_follows_from_the_stocks(tmp_path: Path) -> None:
    assert any(
        f"BW, {STADT}, sterbefall, insgesamt: 9 bis 9" in z for z in gebrochen(tmp_path, welt({"sterbefall": None}))
    )


def test_a_stock_hidden_before_follows_from_the_flows(tmp_path: Path) -> None:
    assert any(f"E0, {STADT}" in z for z in gebrochen(tmp_path, welt({}, vorher_geheim=True)))


def test_the_few_germans_of_a_flow_are_found_out(tmp_path: Path) -> None:
    tabellen = welt({}, auslaender={"zuzug": 98})
    nur_jetzt = tabellen | {MH: [z for z in tabellen[MH] if z.get("stichtag") != VORHER]}
    assert any(f"BWG, {STADT}, zuzug: 2 bis 2" in z for z in gebrochen(tmp_path, nur_jetzt))


def test_who_lives_here_for_less_than_a_year_gives_a_flow_of_one_sex(tmp_path: Path) -> None:
    """120 have lived here for less than a year, as many as were born or came; so the 52 women of them are those too."""

    def wohndauer(geschlecht: str, neu: int) -> list[dict[str, Any]]:
        alle = summe((AGS, geschlecht, INS))[0]
        return [
            {"gebiet_id": AGS, "geschlecht": geschlecht, "merkmal": "wohndauer", "auspraegung": w, "personen": n,
             "grundgesamtheit": "einwohner"}
            for w, n in (("00-00", neu), ("01+", alle - neu))
        ]  # fmt: skip

    tabellen = welt({})
    tabellen[TABELLE] += [fluss("geburt", INS, None, "w"), fluss("zuzug", INS, 49, "w")]
    tabellen[TABELLE] += [fluss("geburt", INS, None, "m"), fluss("zuzug", INS, 51, "m")]
    frauen = f"BW, Gebiet {AGS}, w, insgesamt, geburt, insgesamt: 3 bis 3"
    assert not any(frauen in z for z in gebrochen(tmp_path, tabellen))
    tabellen[MERKMAL] = wohndauer(INS, 120) + wohndauer("w", 52) + wohndauer("m", 68)
    assert any(frauen in z for z in gebrochen(tmp_path, tabellen))
    tabellen[MERKMAL] = wohndauer(INS, 117) + wohndauer("w", 52) + wohndauer("m", 65)
    assert not any(frauen in z for z in gebrochen(tmp_path, tabellen)), "where the shown figures differ it is no rule"
    tabellen[MERKMAL] = wohndauer(INS, 123) + wohndauer("w", 55) + wohndauer("m", 68)
    assert any(f"BWI, Gebiet {AGS}, insgesamt, insgesamt: 3 bis 3" in z for z in gebrochen(tmp_path, tabellen)), (
        "three moved within the town"
    )
    tabellen[MERKMAL] = wohndauer(INS, 140) + wohndauer("w", 60) + wohndauer("m", 80)
    assert not any("BWI" in z for z in gebrochen(tmp_path, tabellen)), "twenty did"
