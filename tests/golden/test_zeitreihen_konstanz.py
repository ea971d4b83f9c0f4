"""Konstanz 1995–2025 as series: what the town printed comes out, and verdicts are those of a loop over the file.

Only what fits the catalogue's definitions: the care rate counts all children, not those with Migrationshintergrund, so it is no
indicator here; nor is the net migration, whose denominator (mean population) the town does not publish.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.golden.zeitreihen import Ort, Quelle, Rahmen, Werk, build, mann_kendall, theil_sen

STADT = "08335043"
# The catalogue's threshold of arb_alq in percentage points; less unemployment is better.
SCHWELLE = Decimal("0.5")
QUELLEN = (
    ("tabellen", "konstanz_nach_staatsangehoerigkeit", "nach_staatsangehoerigkeit.csv"),
    ("tabellen", "konstanz_nach_stadtteilen", "nach_stadtteilen.csv"),
    ("tabellen", "konstanz_zu_und_wegzug", "zu_und_wegzug.csv"),
    ("indikatoren", "konstanz_arbeitslosenquote", "al_quote.csv"),
    ("indikatoren", "konstanz_betreuungsquote", "betreuungsquote.csv"),
)


def rows(daten: Path, datei: str) -> dict[int, dict[str, str]]:
    """Year → cells of a published file."""
    with (daten / "konstanz" / datei).open(encoding="utf-8-sig", newline="") as f:
        return {int(z["jahr"]): z for z in csv.DictReader(f)}


@pytest.fixture(scope="module")
def werk(daten: Path, tmp_path_factory: pytest.TempPathFactory) -> Werk:
    teile = [s for s in next(iter(rows(daten, "nach_stadtteilen.csv").values())) if s != "jahr"]
    orte = [Ort(STADT, "Konstanz", "gemeinde", "08335"), *(Ort(t, t, "stadtteil", STADT) for t in teile)]
    quellen = [Quelle(art, layout, datei, (daten / "konstanz" / datei).read_bytes()) for art, layout, datei in QUELLEN]
    angaben = {"kommune": "konstanz", "name": "Konstanz", "ags": STADT}
    return build(tmp_path_factory.mktemp("konstanz") / "data", angaben, orte, quellen)


@pytest.fixture(scope="module")
def reihen(werk: Werk) -> Rahmen:
    """The series by (indicator, sex, area, year)."""
    r = werk.reihen()
    r["jahr"] = [t.year for t in r["stichtag"]]
    return r.set_index(["indikator", "geschlecht", "gebiet_id", "jahr"], drop=False).sort_index()


def reihe(reihen: Rahmen, indikator: str, gebiet: str = STADT) -> Rahmen:
    """One series for everybody by year, without years that have no figure."""
    alle = reihen.loc[indikator, "insgesamt", gebiet].sort_index()
    return alle[alle["wert"].notna()]


def test_inhabitants_of_every_stadtteil_and_year_are_the_published_ones(reihen: Rahmen, daten: Path) -> None:
    datei = rows(daten, "nach_stadtteilen.csv")
    teile = sorted(set(datei[1995]) - {"jahr"})
    assert (len(teile), min(datei), max(datei)) == (15, 1995, 2025)
    for teil in teile:
        assert reihe(reihen, "dem_einw", teil)["wert"].to_dict() == {j: int(z[teil]) for j, z in datei.items()}
    je_jahr = reihen.loc["dem_einw", "insgesamt"]
    je_jahr = je_jahr[je_jahr["ebene"] == "stadtteil"].groupby(level="jahr")["wert"].sum()
    assert je_jahr.loc[2025] == 87178 == reihe(reihen, "dem_einw")["wert"].loc[2025]
    assert je_jahr.to_dict() == {j: sum(int(z[t]) for t in teile) for j, z in datei.items()}


def test_a_stadtteil_has_its_change_rank_and_share_of_the_town(reihen: Rahmen, daten: Path) -> None:
    datei = rows(daten, "nach_stadtteilen.csv")
    stadt = rows(daten, "nach_staatsangehoerigkeit.csv")
    for jahr, z in datei.items():
        werte = {t: int(w) for t, w in z.items() if t != "jahr"}
        for teil, wert in werte.items():
            ist = reihen.loc[("dem_einw", "insgesamt", teil, jahr)]
            assert (ist["lage_rang"], ist["lage_gebiete"]) == (1 + sum(w > wert for w in werte.values()), 15)
            assert ist["index_basis"] == pytest.approx(wert / int(datei[1995][teil]) * 100)
            if jahr > 1995:
                assert ist["veraenderung_vorperiode"] == wert - int(datei[jahr - 1][teil])
            if jahr in stadt:
                assert ist["lage_quotient"] == pytest.approx(wert / int(stadt[jahr]["gesamt"]))
            else:
                assert pd.isna(ist["lage_quotient"]), "the town's total begins in 2000"


def test_foreigners_are_the_published_share_of_the_published_total(reihen: Rahmen, daten: Path) -> None:
    datei = rows(daten, "nach_staatsangehoerigkeit.csv")
    ist = reihe(reihen, "dem_ausl_anteil")
    assert list(ist.index) == list(range(2000, 2026))
    assert ist["zaehler"].to_dict() == {j: int(z["nichtdeutsch"]) for j, z in datei.items()}
    assert ist["nenner"].to_dict() == {j: int(z["gesamt"]) for j, z in datei.items()}
    assert ist["wert"].tolist() == pytest.approx(
        [int(z["nichtdeutsch"]) / int(z["gesamt"]) * 100 for z in datei.values()]
    )
    assert reihe(reihen, "dem_einw")["wert"].to_dict() == {j: int(z["gesamt"]) for j, z in datei.items()}


def test_mobility_is_half_of_moves_per_1000_inhabitants_of_another_source(reihen: Rahmen, daten: Path) -> None:
    """Moves are published from 1995 on, inhabitants by nationality from 2000 on: no rate without both, and both are named."""
    umzuege, einwohner = rows(daten, "zu_und_wegzug.csv"), rows(daten, "nach_staatsangehoerigkeit.csv")
    ist = reihe(reihen, "dem_mobil")
    assert list(ist.index) == sorted(set(umzuege) & set(einwohner)) == list(range(2000, 2026))
    for jahr, z in ist.iterrows():
        jahr = int(str(jahr))
        bewegungen, nenner = (int(umzuege[jahr][s]) for s in ("zuzug", "wegzug")), int(einwohner[jahr]["gesamt"])
        zaehler = sum(bewegungen) / 2
        assert (z["zaehler"], z["nenner"]) == (zaehler, nenner)
        assert z["wert"] == pytest.approx(zaehler / nenner * 1000)
        assert (z["quelle"], z["nenner_quelle"]) == ("wanderung", "staaten")
        # What happens in a year stands for the year, the inhabitants for its last day.
        assert (z["zeitraum"], z["nenner_stichtag"]) == (date(jahr, 1, 1), date(jahr, 12, 31))
    assert ist["veraenderung_vorperiode"].tolist()[1:] == pytest.approx(ist["wert"].diff().tolist()[1:])


def test_a_year_without_a_denominator_changes_no_source(reihen: Rahmen) -> None:
    """1995–1999 have moves and no inhabitants; from 2000 on both come from the same two files every year."""
    ist = reihen.loc["dem_mobil", "insgesamt", STADT]
    assert ist["wert"].isna().sum() == 5
    assert ist["abschnitt_grund"].isna().all()
    assert set(ist["abschnitt"]) == {1}


def test_unemployment_is_the_published_rate_with_its_place_in_the_file(reihen: Rahmen, daten: Path) -> None:
    datei = rows(daten, "al_quote.csv")
    ist = reihe(reihen, "arb_alq")
    assert ist["wert"].to_dict() == {j: float(z["konstanz"]) for j, z in datei.items()}
    assert ist["fundstelle"].tolist() == [f"Zeile {n}, Feld 2" for n in range(2, 2 + len(datei))]
    # Land and Bund are no groups of the town.
    assert set(reihen.loc["arb_alq"]["gruppe"]) == {"insgesamt"}
    assert set(ist["richtung"]) == {"niedrig"}
    assert set(ist["relevanzschwelle"]) == {float(SCHWELLE)}
    assert ist[["zaehler", "nenner", "untergrenze"]].isna().all(axis=None), "the source prints the rate alone"


def test_unemployment_is_judged_as_a_loop_over_the_file_judges_it(reihen: Rahmen, daten: Path) -> None:
    quoten = {j: Decimal(z["konstanz"]) for j, z in rows(daten, "al_quote.csv").items()}
    soll: dict[int, tuple[str, str | None]] = {}
    for jahr, quote in quoten.items():
        if jahr - 1 not in quoten:
            soll[jahr] = ("nicht_bewertbar", "erster_wert")
            continue
        # Half a point in a year, else half a point since the first.
        schritt = quote - quoten[jahr - 1]
        if abs(schritt) < SCHWELLE:
            schritt = quote - quoten[min(quoten)]
        urteil = "unveraendert" if abs(schritt) < SCHWELLE else "verbessert" if schritt < 0 else "verschlechtert"
        soll[jahr] = (urteil, None)
    ist = reihe(reihen, "arb_alq")
    gefunden = {
        jahr: (trend, grund if isinstance(grund, str) else None)
        for jahr, trend, grund in zip(ist.index, ist["trend"], ist["trend_grund"], strict=True)
    }
    assert gefunden == soll
    # By hand from the printed figures: 2009 is half a point exactly, 2020 and 2022 are the years everybody knows.
    assert [soll[j][0] for j in (2006, 2009, 2010, 2020, 2022)] == [
        "verbessert", "verschlechtert", "verbessert", "verschlechtert", "verbessert",
    ]  # fmt: skip
    assert ist["veraenderung_vorperiode"].tolist()[1:] == pytest.approx(
        [float(quoten[j] - quoten[j - 1]) for j in ist.index[1:]]
    )


def test_unemployment_over_21_years_falls(werk: Werk, daten: Path) -> None:
    datei = rows(daten, "al_quote.csv")
    werte, tage = [float(z["konstanz"]) for z in datei.values()], [date(j, 12, 31) for j in datei]
    trends = werk.trends().set_index(["indikator", "gebiet_id", "geschlecht"])
    z = trends.loc[("arb_alq", STADT, "insgesamt")]
    tau, _ = mann_kendall(werte)
    assert (z["punkte"], z["luecken"], z["von"], z["bis"]) == (21, 0, tage[0], tage[-1])
    assert z["tau"] == pytest.approx(tau, abs=1e-9)
    assert z["steigung_je_jahr"] == pytest.approx(theil_sen(werte, tage))
    assert tau < 0
    assert z["verlauf"] == "fallend"


def test_women_and_men_are_rows_that_say_nobody_asked(reihen: Rahmen) -> None:
    assert set(reihen.loc["dem_mobil"]["geschlecht"]) == {"insgesamt"}, "there is none of women and men"
    for indikator in ("arb_alq", "dem_ausl_anteil", "dem_einw"):
        alle = reihen.loc[indikator]
        je = alle[alle["geschlecht"] != "insgesamt"]
        assert len(je) == 2 * len(alle[alle["geschlecht"] == "insgesamt"])
        assert set(je["status"]) == {"nicht_erhoben"}
        assert je["wert"].isna().all()


def test_what_fits_no_definition_is_no_indicator(werk: Werk, reihen: Rahmen) -> None:
    """Delivered all the same: the care rate stands among the figures as delivered."""
    mit_wert = set(reihen[reihen["wert"].notna()]["indikator"])
    assert mit_wert == {"arb_alq", "dem_ausl", "dem_ausl_anteil", "dem_einw", "dem_mobil"}
    geliefert = pd.read_parquet(werk.ablage.tabelle("bevoelkerung", "tabellenwert"))
    assert (geliefert["merkmal"] == "betreuungsquote").any()
