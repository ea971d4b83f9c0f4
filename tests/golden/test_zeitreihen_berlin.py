"""Berlin before and after the new planning areas of 2021: a break, not a jump.

The published files have 448 areas at the end of 2020 and 542 in the middle of 2022, and no key in common. Two things are added
to copies of them here, because the files do not have them: a row for the city (the sum of the areas' cells), and one area of
2020 takes over a key of 2022, as happens where a town numbers its areas anew from 1 on. Everything else is as printed.
"""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.golden.zeitreihen import Ort, Quelle, Rahmen, Werk, build

STADT = "11000000"
ALT, NEU = date(2020, 12, 31), date(2022, 6, 30)
LUECKE = date(2021, 12, 31)  # nobody counted on the last day of 2021
DATEI_ALT, DATEI_NEU = "EWR202012E_Matrix.csv", "einwohnerbestand_06-2022_plr.csv"
BRUCH = {
    "ebene": "planungsraum", "datum": date(2021, 1, 1), "grund": "Neue Lebensweltlich orientierte Räume.",
    "herkunft": "Amt für Statistik Berlin-Brandenburg, LOR 2021",
}  # fmt: skip
Zeilen = dict[str, dict[str, str]]


def zahl(zelle: str) -> int:
    """A printed count; a dash is exactly zero."""
    return 0 if zelle == "–" else int(zelle)


def read(daten: Path, datei: str, schluessel: str) -> Zeilen:
    """Area → cells of a published file."""
    with (daten / "berlin" / datei).open(encoding="utf-8-sig", newline="") as f:
        return {z[schluessel]: z for z in csv.DictReader(f, delimiter=";")}


def mit_stadt(zeilen: Zeilen, schluessel: str, beschriftung: tuple[str, ...]) -> bytes:
    """The rows as a file again, with a row of the city below them."""
    felder = list(next(iter(zeilen.values())))
    stadt = {f: str(sum(zahl(z[f]) for z in zeilen.values() if z[f])) for f in felder if f not in beschriftung}
    stadt |= {schluessel: STADT} | {f: next(iter(zeilen.values()))[f] for f in beschriftung if f == "ZEIT"}
    text = io.StringIO()
    schreiber = csv.DictWriter(text, felder, restval="", delimiter=";", lineterminator="\n")
    schreiber.writeheader()
    schreiber.writerows([*zeilen.values(), stadt])
    return text.getvalue().encode()


@pytest.fixture(scope="module")
def alt(daten: Path) -> Zeilen:
    return read(daten, DATEI_ALT, "RAUMID")


@pytest.fixture(scope="module")
def neu(daten: Path) -> Zeilen:
    return read(daten, DATEI_NEU, "PLR-ID")


@pytest.fixture(scope="module")
def doppelt(alt: Zeilen, neu: Zeilen) -> tuple[str, str]:
    """The first area of 2020 and the key of 2022 it takes over here."""
    return min(alt), min(neu)


@pytest.fixture(scope="module")
def werk(
    daten: Path, alt: Zeilen, neu: Zeilen, doppelt: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Werk:
    bisher, kuenftig = doppelt
    umgezaehlt = {kuenftig if k == bisher else k: z for k, z in alt.items()}
    umgezaehlt[kuenftig] = umgezaehlt[kuenftig] | {"RAUMID": kuenftig}
    orte = [Ort(STADT, "Berlin", "gemeinde", "11"), Ort(kuenftig, kuenftig, "planungsraum", STADT)]
    orte += [Ort(k, k, "planungsraum", STADT, gueltig_bis="2020-12-31") for k in sorted(set(alt) - {bisher})]
    orte += [Ort(k, k, "planungsraum", STADT, gueltig_von="2021-01-01") for k in sorted(set(neu) - {kuenftig})]
    raum = ("ZEIT", "RAUMID", "BEZ", "PGR", "BZR", "PLR", "STADTRAUM")
    # Without its 43 years of age, whose figures nothing here looks at; the younger file keeps its eight groups.
    spalten = {"insgesamt": "E_E", "m": "E_EM", "w": "E_EW"}
    ohne_alter: tuple[tuple[str, Any], ...] = (
        ("werte", [{"merkmal": "einwohner", "geschlecht": g, "spalte": s} for g, s in spalten.items()]),
        ("zerlegungen", []),
    )
    quellen = [
        Quelle("tabellen", "berlin_ewr", DATEI_ALT, mit_stadt(umgezaehlt, "RAUMID", raum), ohne_alter),
        Quelle("tabellen", "berlin_bestand", DATEI_NEU, mit_stadt(neu, "PLR-ID", ("PLR-ID",))),
    ]
    angaben = {"kommune": "berlin", "name": "Berlin", "ags": STADT, "brueche": [BRUCH]}
    return build(tmp_path_factory.mktemp("berlin") / "data", angaben, orte, quellen)


@pytest.fixture(scope="module")
def reihen(werk: Werk) -> Rahmen:
    """Series of all ages by (indicator, sex, area, day)."""
    r = werk.reihen()
    r = r[(r["altersgruppe"] == "insgesamt") & (r["stichtag"] != LUECKE)]
    return r.set_index(["indikator", "geschlecht", "gebiet_id", "stichtag"], drop=False).sort_index()


def werte(reihen: Rahmen, tag: date) -> dict[str, float]:
    """Inhabitants of every planning area that has a row on this day."""
    r = reihen.loc["dem_einw", "insgesamt"]
    r = r[(r["ebene"] == "planungsraum") & (r["zeitraum"] == tag)]
    return dict(zip(r["gebiet_id"], r["wert"], strict=True))


def test_the_year_between_is_a_gap_and_not_an_absence(werk: Werk) -> None:
    r = werk.reihen()
    luecke = r[(r["stichtag"] == LUECKE) & (r["gebiet_id"] == STADT) & (r["geschlecht"] == "insgesamt")]
    assert set(luecke["indikator"]) >= {"dem_einw"}
    assert (set(luecke["status"]), luecke["wert"].isna().all(), set(luecke["abschnitt"])) == (
        {"keine_daten"},
        True,
        {1},
    )


def test_the_two_systems_have_no_key_in_common(alt: Zeilen, neu: Zeilen) -> None:
    assert (len(alt), len(neu), set(alt) & set(neu)) == (448, 542, set())


def test_every_area_has_its_published_inhabitants_on_the_day_it_existed(
    reihen: Rahmen, alt: Zeilen, neu: Zeilen, doppelt: tuple[str, str]
) -> None:
    bisher, kuenftig = doppelt
    assert werte(reihen, ALT) == {kuenftig if k == bisher else k: zahl(z["E_E"]) for k, z in alt.items()}
    assert werte(reihen, NEU) == {k: zahl(z["Gesamt"]) for k, z in neu.items()}


def test_both_totals_are_the_published_ones_by_area_and_for_the_city(reihen: Rahmen) -> None:
    stadt = reihen.loc["dem_einw", "insgesamt", STADT]["wert"].to_dict()
    assert stadt == {ALT: 3769962, NEU: 3821881}
    assert (sum(werte(reihen, ALT).values()), sum(werte(reihen, NEU).values())) == (3769962, 3821881)
    auslaender = reihen.loc["dem_ausl_anteil", "insgesamt"].xs(NEU, level="stichtag")
    teile = auslaender[auslaender["ebene"] == "planungsraum"]
    assert auslaender.loc[STADT, "zaehler"] == teile["zaehler"].sum() == 863095
    assert auslaender.loc[STADT, "wert"] == pytest.approx(863095 / 3821881 * 100)


def test_a_key_of_both_systems_breaks_instead_of_jumping(
    reihen: Rahmen, alt: Zeilen, neu: Zeilen, doppelt: tuple[str, str]
) -> None:
    bisher, kuenftig = doppelt
    davor, danach = (reihen.loc[("dem_einw", "insgesamt", kuenftig, tag)] for tag in (ALT, NEU))
    assert (davor["wert"], danach["wert"]) == (zahl(alt[bisher]["E_E"]), zahl(neu[kuenftig]["Gesamt"]))
    assert davor["wert"] != danach["wert"], "without a break this would be told as a change"
    assert (davor["abschnitt"], davor["status"]) == (1, "ok")
    assert (danach["abschnitt"], danach["abschnitt_grund"], danach["status"]) == (2, "bruch", "bruch")
    assert (danach["bruch_text"], list(danach["hinweise"])) == (BRUCH["grund"], ["bruch"])
    assert pd.isna(danach["vorperiode"]), "no row before it is of the same day of the year"
    assert danach[["vorwert", "veraenderung_vorperiode"]].isna().all()
    assert (danach["basis"], danach["veraenderung_basis"], danach["index_basis"]) == (NEU, 0, 100)


def test_areas_that_ended_and_began_stand_with_their_validity(werk: Werk, reihen: Rahmen) -> None:
    gebiete = werk.tabelle("dim", "gebiet").set_index("gebiet_id")
    teile = gebiete[gebiete["ebene"] == "planungsraum"]
    assert (teile["gueltig_bis"].notna().sum(), teile["gueltig_von"].notna().sum(), len(teile)) == (447, 541, 989)
    assert set(teile["gueltig_bis"].dropna()) == {date(2020, 12, 31)}
    assert set(teile["gueltig_von"].dropna()) == {date(2021, 1, 1)}
    tage = reihen.loc["dem_einw", "insgesamt"].groupby(level="gebiet_id")["zeitraum"].agg(list)
    vorbei, begonnen = teile.index[teile["gueltig_bis"].notna()], teile.index[teile["gueltig_von"].notna()]
    assert all(tage.loc[g] == [ALT] for g in vorbei), "no row, not even an empty one, after an area has ended"
    assert all(tage.loc[g] == [NEU] for g in begonnen)


def test_the_city_changes_its_source_and_does_not_break(reihen: Rahmen) -> None:
    danach = reihen.loc[("dem_einw", "insgesamt", STADT, NEU)]
    assert (danach["abschnitt"], danach["abschnitt_grund"], danach["status"]) == (2, "quellenwechsel", "ok")
    assert (danach["quelle"], reihen.loc[("dem_einw", "insgesamt", STADT, ALT), "quelle"]) == ("bestand", "ewr")
    assert pd.isna(danach["bruch_text"])


def test_nothing_is_compared_across_the_reform(werk: Werk, reihen: Rahmen) -> None:
    alle = werk.reihen()
    assert len(alle) > len(reihen), "age groups too"
    compare = ["vorwert", "veraenderung_vorperiode", "vergleich_veraenderung", "veraenderung_je_jahr"]
    assert alle[compare].isna().all(axis=None)
    assert set(alle["veraenderung_basis"].dropna()) == {0}
    assert set(alle["trend"].dropna()) <= {"nicht_bewertbar"}
    trends = werk.trends()
    assert set(trends["punkte"]) <= {0, 1}
    assert set(trends["verlauf"]) == {"nicht_bewertbar"}


def test_women_are_counted_on_both_days_and_men_on_the_first_alone(reihen: Rahmen, alt: Zeilen, neu: Zeilen) -> None:
    frauen, maenner = (reihen.loc["dem_einw", g, STADT] for g in ("w", "m"))
    assert frauen["wert"].tolist() == [
        sum(zahl(z["E_EW"]) for z in alt.values()),
        sum(zahl(z["weiblich"]) for z in neu.values()),
    ]
    assert maenner.loc[ALT, "wert"] == sum(zahl(z["E_EM"]) for z in alt.values())
    assert (maenner.loc[NEU, "status"], pd.isna(maenner.loc[NEU, "wert"])) == ("nicht_erhoben", True)
