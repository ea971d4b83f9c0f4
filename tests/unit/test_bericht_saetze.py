"""No sentence of the report is printed under data that make it false: each has here the data under which it must not stand.

Belongs here: sentences and pictures that depend on what was delivered. Does not belong here: formats of numbers
(test_bericht.py).
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.veroeffentlichung.bericht import schreibe_berichte
from pipelines.veroeffentlichung.bericht_zahlen import anteil, anzahl
from tests.unit.test_bericht import AGS, STICHTAGE, Seite, mustertabellen, profil, veroeffentliche, zeile

MH = "marts.migrationshintergrund"
Tabellen = dict[str, list[dict[str, Any]]]


def seite(tmp_path: Path, tabellen: Tabellen, name: str = "luenen") -> Seite:
    ablage = veroeffentliche(tmp_path, tabellen)
    schreibe_berichte(ablage)
    return Seite((ablage.marts / "bericht" / f"{name}.html").read_text(encoding="utf-8"))


def nur(*zeilen: dict[str, Any]) -> Tabellen:
    """The small town with these figures of the population and no others."""
    return mustertabellen() | {MH: list(zeilen), "marts.staatsangehoerigkeit": []}


def bruch(tag: date, grund: str, text: str | None) -> Tabellen:
    """What the indicator table says of a break in the share with Migrationshintergrund."""
    z = {
        "kommune": "luenen", "gebiet_id": AGS, "indikator": "mh", "profil": "luenen_2021", "gruppe": "insgesamt",
        "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "zeitraum": tag, "stichtag": tag, "gebiet": "Lünen",
        "ebene": "gemeinde", "einheit": "prozent", "richtung": "neutral", "wert": 34.4, "abschnitt": 2, "abschnitt_grund": grund,
        "bruch_text": text, "status": "ok", "hinweise": [], "beispieldaten": False, "quelle": "q", "nenner_quelle": "q",
        "herkunft": "Amt", "lizenz": "frei", "trend_auf_korrektur": False, "lieferung_id": "luenen-register",
    }  # fmt: skip
    katalog = {
        "indikator": "mh", "nummer": 1, "name": "Anteil", "definition": "Was es ist.", "einheit": "prozent",
        "faktor": 100.0, "richtung": "neutral", "rahmen": True, "prozess": False, "formel_vorschlag": False,
        "beachten": [], "zaehler_merkmal": "personen_mit_mh", "nenner_merkmal": "einwohner",
    }  # fmt: skip
    return mustertabellen() | {"marts.indikator_zeitreihe": [z], "dim.indikator": [katalog]}


def test_one_area_with_a_share_is_no_picture_and_no_highest_and_lowest(tmp_path: Path) -> None:
    s = seite(tmp_path, nur(zeile("10", "Niederaden", 2212, 50, 313), zeile("13", "Wethmar", 4580, None, None)))
    assert "am höchsten" not in s.roh
    assert "am niedrigsten" not in s.roh
    assert s.bilder == []


def test_areas_with_the_same_share_have_no_highest(tmp_path: Path) -> None:
    s = seite(tmp_path, nur(zeile("10", "Niederaden", 1000, 50, 300), zeile("13", "Wethmar", 2000, 50, 600)))
    assert "am höchsten" not in s.roh
    assert "überall gleich (30,0 %)" in s.roh


def test_areas_that_share_the_highest_place_are_all_named(tmp_path: Path) -> None:
    drei = [zeile("1", "A", 1000, 50, 300), zeile("2", "B", 2000, 50, 600), zeile("3", "C", 1000, 50, 100)]
    assert "am höchsten in A, B (30,0 %), am niedrigsten in C (10,0 %)" in seite(tmp_path, nur(*drei)).roh


def test_lower_bounds_are_in_no_order_and_in_no_picture(tmp_path: Path) -> None:
    ungewiss = [zeile(str(i), f"G{i}", 1000, 50, 300 + i, unentscheidbar=500) for i in range(3)]
    stadt = [zeile(AGS, "Lünen", 3000, 150, 903, unentscheidbar=1500, stichtag=t) for t in STICHTAGE]
    s = seite(tmp_path, nur(*ungewiss, *stadt))
    assert s.bilder == []
    assert "am höchsten" not in s.roh
    assert "ab 30,1 %" in s.text


def test_a_count_and_a_quotient_of_many_undecidable_are_no_values_either() -> None:
    z = zeile("1", "A", 1000, 50, 249, unentscheidbar=600)
    assert anzahl(z, "personen_mit_mh").text == "ab 249"
    assert anzahl(z, "auslaender").text == "50"
    assert anteil(z, "lokationsquotient_mh").codes == ("nicht_bewertbar",)
    gekennzeichnet = zeile("1", "A", 1000, 50, 249, status="mindestwert", hinweise=["mindestwert"])
    assert anteil(gekennzeichnet, "anteil_mh").text == "ab 24,9 %"


def test_a_printed_share_that_does_not_follow_from_its_counts_stays_as_printed() -> None:
    assert anteil(zeile("1", "A", 1000, 50, 249) | {"anteil_auslaender": 0.052}, "anteil_auslaender").text == "5,2 %"


def test_one_sure_definition_makes_no_range(tmp_path: Path) -> None:
    tabellen = mustertabellen()
    for i in range(2):
        tabellen["dim.profil"].append(profil(f"weitere_{i}", f"Weitere {i}", True))
        tabellen[MH].append(zeile(AGS, "Lünen", 87815, 13259, 20000, profil=f"weitere_{i}", unentscheidbar=50000))
    assert "je nach Definition34,4–40,1 %" in "".join(seite(tmp_path / "zwei", tabellen).text.split("\n"))
    tabellen[MH] = [z for z in tabellen[MH] if z["profil"] != "kosis_like"]
    assert "Anteil mit Migrationshintergrund je nach Definition" not in seite(tmp_path / "eine", tabellen).text


def test_the_development_stops_at_a_break_and_says_why(tmp_path: Path) -> None:
    s = seite(tmp_path, bruch(STICHTAGE[1], "bruch", "Neues Gesetz."))
    (bild,) = [b for b in s.bilder if b["alternative"].startswith("Liniendiagramm")]
    assert "+0,6 Prozentpunkte" not in bild["unterschrift"]
    assert (
        "danach nicht vergleichbar (Bruch in der Zeitreihe: Neues Gesetz): 34,4 % am 30.06.2021" in bild["unterschrift"]
    )
    assert "senkrechte gestrichelte Linie" in bild["unterschrift"]
    satz = (
        "Ab 30.06.2021 nicht mit früheren Werten vergleichbar (A · Lünen 2021): Bruch in der Zeitreihe: Neues Gesetz."
    )
    assert satz in s.text


def test_a_change_of_source_is_a_break_too_and_a_break_before_the_first_day_is_none(tmp_path: Path) -> None:
    assert "Quelle gewechselt" in seite(tmp_path / "a", bruch(STICHTAGE[1], "quellenwechsel", None)).text
    s = seite(tmp_path / "b", bruch(STICHTAGE[0], "bruch", "Neues Gesetz."))
    assert "nicht mit früheren Werten vergleichbar" not in s.text
    assert "(+0,6 Prozentpunkte)" in s.roh


@pytest.mark.parametrize("tabellen", [mustertabellen(), bruch(STICHTAGE[1], "bruch", "Neues Gesetz.")])
def test_no_report_says_that_breaks_are_not_marked(tmp_path: Path, tabellen: Tabellen) -> None:
    assert "noch nicht gekennzeichnet" not in seite(tmp_path, tabellen).text


def test_one_day_is_no_development(tmp_path: Path) -> None:
    assert seite(tmp_path, nur(zeile(AGS, "Lünen", 87815, 13259, 30179))).bilder == []
