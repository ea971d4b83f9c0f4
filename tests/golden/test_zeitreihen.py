"""Köln 2005–2012 as series: what the city printed for 96 areas comes out, and what is computed from it is recomputed here.

Here belong figures read from the published file by pandas alone and formulas written out; nothing is taken from the program
but its result. Other towns: test_zeitreihen_konstanz.py, test_zeitreihen_berlin.py, test_zeitreihen_luenen.py.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from tests.golden.zeitreihen import Ort, Quelle, Rahmen, Werk, build, mann_kendall, theil_sen

DATEI = "koeln/bevoelkerung.csv"
STADT = "05315000"
JAHRE = list(range(2005, 2013))
# Codes of the file (table, line) → count.
CODES = {
    ("005", "10"): "einwohner", ("030", "10"): "mit_mh", ("030", "20"): "deutsche_mit_mh", ("030", "50"): "auslaender",
}  # fmt: skip
# Indicator → numerator, denominator.
INDIKATOREN = {
    "dem_einw": ("einwohner", None),
    "dem_ausl_anteil": ("auslaender", "einwohner"),
    "dem_mh_anteil": ("mit_mh", "einwohner"),
    "dem_dtmh_anteil": ("deutsche_mit_mh", "mit_mh"),
}
LAGE = ["lage_rang", "lage_gebiete", "lage_quantil", "lage_quotient"]


def read(daten: Path) -> Rahmen:
    """The published file as it is."""
    return pd.read_csv(daten / DATEI, dtype=str, encoding="utf-8")


def ebene(raum: str) -> str:
    """The file's keys: 000 is the city, 001–009 are Bezirke, the others Stadtteile whose first digit is their Bezirk."""
    return "gemeinde" if raum == "000" else "bezirk" if raum < "100" else "stadtteil"


@pytest.fixture(scope="module")
def zahlen(daten: Path) -> Rahmen:
    """Counts by (area, year), read by the file's own codes."""
    roh = read(daten)
    roh["was"] = [CODES.get(c) for c in zip(roh["tab_id"], roh["zei_id"], strict=True)]
    roh["jahr"] = roh["jahr"].astype(int)
    je = roh.dropna(subset=["was"]).pivot(index=["raum_id", "jahr"], columns="was", values="zahl").astype(float)
    assert je.shape == (96 * len(JAHRE), len(CODES))
    return je


@pytest.fixture(scope="module")
def werk(daten: Path, tmp_path_factory: pytest.TempPathFactory) -> Werk:
    namen = read(daten).drop_duplicates("raum_id").set_index("raum_id")["raum"].drop("000")
    orte = [Ort(STADT, "Köln", "gemeinde", "05315")]
    orte += [Ort(k, n, ebene(k), STADT if ebene(k) == "bezirk" else f"00{k[0]}") for k, n in sorted(namen.items())]
    quelle = Quelle("tabellen", "koeln_bevoelkerung", "bevoelkerung.csv", (daten / DATEI).read_bytes())
    angaben = {"kommune": "koeln", "name": "Köln", "ags": STADT}
    return build(tmp_path_factory.mktemp("koeln") / "data", angaben, orte, [quelle])


@pytest.fixture(scope="module")
def reihen(werk: Werk) -> Rahmen:
    """The series by (indicator, sex, area as the file names it, year)."""
    r = werk.reihen()
    r["raum_id"] = r["gebiet_id"].replace(STADT, "000")
    r["jahr"] = [t.year for t in r["stichtag"]]
    return r.set_index(["indikator", "geschlecht", "raum_id", "jahr"], drop=False).sort_index()


def gesamt(reihen: Rahmen, indikator: str) -> Rahmen:
    """An indicator's rows for everybody by (area, year)."""
    return reihen.loc[indikator, "insgesamt"].sort_index()


def erwartet(zahlen: Rahmen, indikator: str) -> Rahmen:
    """What the published counts give: value, changes and place, by (area, year)."""
    oben, unten = INDIKATOREN[indikator]
    r = pd.DataFrame({"zaehler": zahlen[oben]}).sort_index()
    r["nenner"] = zahlen[unten] if unten else float("nan")
    r["wert"] = r["zaehler"] / r["nenner"] * 100 if unten else r["zaehler"]
    jahr = r.index.get_level_values("jahr").to_series(index=r.index)
    je_raum = r.groupby(level="raum_id")["wert"]
    basis = je_raum.transform("first")
    r["vorwert"] = je_raum.shift()
    r["veraenderung_vorperiode"] = je_raum.diff()
    r["veraenderung_basis"] = r["wert"] - basis
    r["index_basis"] = r["wert"] / basis * 100
    r["veraenderung_je_jahr"] = (r["wert"] - basis) / (jahr - JAHRE[0]).where(jahr > JAHRE[0])
    stufe = pd.Series([ebene(str(raum)) for raum in r.index.get_level_values("raum_id")], index=r.index)
    unter = r["wert"].groupby([stufe, jahr])
    r["lage_rang"] = unter.rank(method="min", ascending=False)
    r["lage_gebiete"] = unter.transform("size").astype(float)
    r["lage_quantil"] = (unter.rank(method="min") - 1) / (r["lage_gebiete"] - 1)
    r["lage_quotient"] = r["wert"] / jahr.map(r["wert"].loc["000"])
    r.loc[stufe == "gemeinde", LAGE] = float("nan")
    return r


@pytest.mark.parametrize("indikator", INDIKATOREN)
def test_every_area_and_year_has_the_published_counts_and_what_follows_from_them(
    reihen: Rahmen, zahlen: Rahmen, indikator: str
) -> None:
    ist, soll = gesamt(reihen, indikator), erwartet(zahlen, indikator)
    assert len(ist) == 768
    pd.testing.assert_frame_equal(
        ist[["zaehler", "nenner"]], soll[["zaehler", "nenner"]], check_dtype=False, rtol=0, atol=0
    )
    pd.testing.assert_frame_equal(ist[list(soll.columns)], soll, check_dtype=False, rtol=1e-12, atol=1e-9)
    assert set(ist["status"]) == {"ok"}
    assert [ebene(r) for r in ist["raum_id"]] == list(ist["ebene"])


@pytest.mark.parametrize("indikator", INDIKATOREN)
def test_eight_years_of_one_source_are_one_stretch_without_a_verdict(reihen: Rahmen, indikator: str) -> None:
    ist = gesamt(reihen, indikator)
    assert (set(ist["abschnitt"]), ist["abschnitt_grund"].notna().any()) == ({1}, False)
    assert set(ist["trend_grund"]) == {"neutral"}
    assert ist["trend"].isna().all()
    assert set(ist["basis"]) == {date(2005, 12, 31)}
    assert set(ist["profil"]) == {"kosis_like" if "mh" in indikator else "-"}


def test_foreigners_of_2012_are_180415_by_city_by_bezirke_and_by_stadtteile(reihen: Rahmen) -> None:
    jahr = gesamt(reihen, "dem_ausl_anteil").xs(2012, level="jahr")
    assert jahr.groupby("ebene")["zaehler"].agg(["sum", "size"]).to_dict("index") == {
        "gemeinde": {"sum": 180415, "size": 1},
        "bezirk": {"sum": 180415, "size": 9},
        "stadtteil": {"sum": 180415, "size": 86},
    }


def test_the_city_of_2012_stands_as_calculated_by_hand(reihen: Rahmen) -> None:
    """1,044,555 inhabitants, 359,873 with MH, of these 179,458 German."""
    wert = {i: round(float(reihen.loc[(i, "insgesamt", "000", 2012), "wert"]), 4) for i in INDIKATOREN}
    assert wert == {
        "dem_einw": 1044555,
        "dem_ausl_anteil": 17.2719,
        "dem_mh_anteil": 34.4523,
        "dem_dtmh_anteil": 49.8670,
    }


@pytest.mark.parametrize("indikator", INDIKATOREN)
def test_women_and_men_are_rows_that_say_nobody_asked(reihen: Rahmen, indikator: str) -> None:
    ist = reihen.loc[indikator].loc[["m", "w"]]
    assert len(ist) == 2 * 768
    assert set(ist["status"]) == {"nicht_erhoben"}
    assert ist[["wert", "zaehler", "nenner", "lage_rang", "veraenderung_vorperiode"]].isna().all(axis=None)


def test_the_place_of_a_figure_leads_to_its_cells_in_the_file(reihen: Rahmen, daten: Path, zahlen: Rahmen) -> None:
    zeilen = (daten / DATEI).read_text(encoding="utf-8").splitlines()
    for ort, fundstelle in gesamt(reihen, "dem_ausl_anteil")["fundstelle"].items():
        gelesen = []
        for stelle in str(fundstelle).split("; "):
            zeile, feld = (int(teil.split()[1]) for teil in stelle.split(", "))
            gelesen.append(float(zeilen[zeile - 1].split(",")[feld - 1]))
        assert sorted(gelesen) == sorted(zahlen.loc[ort, ["auslaender", "einwohner"]]), ort


@pytest.mark.parametrize("indikator", INDIKATOREN)
def test_the_course_of_eight_points_is_its_slope_and_range(werk: Werk, zahlen: Rahmen, indikator: str) -> None:
    trends = werk.trends()
    trends = trends[(trends["indikator"] == indikator) & (trends["geschlecht"] == "insgesamt")].set_index("gebiet_id")
    soll = erwartet(zahlen, indikator)["wert"]
    assert len(trends) == 96
    assert set(trends["punkte"]) == {8}
    tage = [date(j, 12, 31) for j in JAHRE]
    for gebiet, z in trends.iterrows():
        werte = soll.loc[str(gebiet).replace(STADT, "000")].tolist()
        tau, _ = mann_kendall(werte)
        steigung = theil_sen(werte, tage)
        spanne = steigung * (tage[-1] - tage[0]).days / 365.25
        genug = abs(spanne) >= (1.0 if indikator != "dem_einw" else 0.02 * werte[0])
        verlauf = ("steigend" if steigung > 0 else "fallend") if genug else "gleichbleibend"
        assert z["tau"] == pytest.approx(tau, abs=1e-9), gebiet
        assert (z["kleinster"], z["groesster"]) == (pytest.approx(min(werte)), pytest.approx(max(werte))), gebiet
        assert (z["steigung_je_jahr"], z["veraenderung"]) == (pytest.approx(steigung), pytest.approx(spanne)), gebiet
        assert z["verlauf"] == verlauf, gebiet


def test_the_share_with_mh_rose_in_the_city_but_for_one_year(werk: Werk, zahlen: Rahmen) -> None:
    """Of 28 pairs only 2007/2008 disagrees: tau 26/28."""
    trends = werk.trends().set_index(["gebiet_id", "indikator", "geschlecht"])
    z = trends.loc[(STADT, "dem_mh_anteil", "insgesamt")]
    werte = erwartet(zahlen, "dem_mh_anteil")["wert"].loc["000"].round(1).to_dict()
    assert werte == {2005: 30.6, 2006: 31.4, 2007: 32.1, 2008: 31.6, 2009: 32.5, 2010: 33.2, 2011: 33.8, 2012: 34.5}
    assert (z["verlauf"], z["status"], z["tau"]) == ("steigend", "ok", pytest.approx(26 / 28))
    ohne = trends.loc[(STADT, "dem_mh_anteil", "w")]
    assert (ohne["punkte"], ohne["verlauf"], ohne["status"]) == (0, "nicht_bewertbar", "nicht_bewertbar")


@pytest.mark.parametrize("gruppe", ["mit_mh", "auslaender"])
def test_dissimilarity_is_judged_by_its_change_from_year_to_year(werk: Werk, zahlen: Rahmen, gruppe: str) -> None:
    """½ Σ |x/X − y/Y| over 86 Stadtteile; less is better, a hundredth counts."""
    r = werk.reihen()
    r = r[(r["indikator"] == "dem_segreg") & (r["gruppe"] == gruppe) & (r["geschlecht"] == "insgesamt")]
    teile = zahlen[[ebene(str(raum)) == "stadtteil" for raum in zahlen.index.get_level_values("raum_id")]]
    x, y = teile[gruppe], teile["einwohner"] - teile[gruppe]
    abstand = (x / x.groupby("jahr").transform("sum") - y / y.groupby("jahr").transform("sum")).abs()
    soll = (abstand.groupby("jahr").sum() / 2).tolist()
    assert r["wert"].tolist() == pytest.approx(soll, abs=1e-12)
    urteile = ["nicht_bewertbar"]
    for alt, neu in pairwise(soll):
        # A hundredth in a year, else a hundredth since the first.
        schritt = neu - alt if abs(neu - alt) >= 0.01 else neu - soll[0]
        urteile.append("unveraendert" if abs(schritt) < 0.01 else "verbessert" if schritt < 0 else "verschlechtert")
    assert r["trend"].tolist() == urteile
