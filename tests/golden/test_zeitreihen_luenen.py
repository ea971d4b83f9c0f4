"""Lünen with its delivered tables alone, no register: what the town printed as series, and each district's place in the town.

The folder in the repository is read as it is. The expected figures come from the workbook's own cells and from calculations by
hand (DOMAIN 1.8); the indices of segregation are also in test_segregation.py.
"""

import pandas as pd
import pytest
from openpyxl import load_workbook

from pipelines.foundation.storage import Ablage
from tests.conftest import create_data_folder
from tests.golden.test_luenen_arbeitsmappe import MAPPE
from tests.golden.zeitreihen import Rahmen, Werk, compute

STADT = "05978024"


@pytest.fixture(scope="module")
def gedruckt() -> dict[str, tuple[int, int, int]]:
    """Name → inhabitants, foreigners, persons with MH, as they stand in the workbook."""
    blatt = load_workbook(MAPPE)["Stadtteile"]
    zeilen = [
        [str(z or "").replace(".", "") for z in r] for r in blatt.iter_rows(min_row=4, max_col=6, values_only=True)
    ]
    return {z[0]: (int(z[1]), int(z[2]), int(z[4])) for z in zeilen if z[1].isdigit()}


@pytest.fixture(scope="module")
def werk(tmp_path_factory: pytest.TempPathFactory) -> Werk:
    return compute(Ablage(create_data_folder(tmp_path_factory.mktemp("luenen") / "data")).create_folders())


@pytest.fixture(scope="module")
def reihen(werk: Werk) -> Rahmen:
    """Series for everybody by (indicator, name of the area)."""
    r = werk.reihen()
    r = r[(r["geschlecht"] == "insgesamt") & (r["altersgruppe"] == "insgesamt") & (r["ebene"] != "kreis")]
    return r.set_index(["indikator", "gebiet"], drop=False).sort_index()


def test_the_workbook_has_13_districts_and_the_town(gedruckt: dict[str, tuple[int, int, int]]) -> None:
    assert len(gedruckt) == 14
    assert gedruckt["Lünen"] == (87815, 13259, 30179)


def test_every_district_has_the_printed_counts(reihen: Rahmen, gedruckt: dict[str, tuple[int, int, int]]) -> None:
    for name, (einwohner, auslaender, mh) in gedruckt.items():
        for indikator, oben, unten in (("dem_ausl_anteil", auslaender, einwohner), ("dem_mh_anteil", mh, einwohner)):
            z = reihen.loc[[(indikator, name)]].iloc[0]
            assert (z["zaehler"], z["nenner"]) == (oben, unten), (indikator, name)
            assert z["wert"] == pytest.approx(oben / unten * 100, abs=1e-12)


def test_the_place_of_a_district_is_its_location_quotient(
    reihen: Rahmen, gedruckt: dict[str, tuple[int, int, int]]
) -> None:
    einwohner, _, mh = gedruckt["Lünen"]
    r = reihen.loc["dem_mh_anteil"]
    assert set(r["profil"]) == {"luenen_2021"}
    ist = r["lage_quotient"].to_dict()
    soll = {n: z[2] / z[0] / (mh / einwohner) for n, z in gedruckt.items() if n != "Lünen"}
    assert {n: ist[n] for n in soll} == pytest.approx(soll, abs=1e-12)
    assert pd.isna(ist["Lünen"]), "the town has no place in itself"
    assert {n: round(ist[n], 3) for n in ("Gahmen", "Brambauer", "Niederaden")} == {
        "Gahmen": 1.374, "Brambauer": 1.219, "Niederaden": 0.412,
    }  # fmt: skip
    rang = r["lage_rang"].to_dict()
    assert (rang["Gahmen"], rang["Niederaden"], set(r["lage_gebiete"].dropna())) == (1, 13, {13})


def test_the_same_quotients_stand_beside_the_counts(werk: Werk, gedruckt: dict[str, tuple[int, int, int]]) -> None:
    m = werk.tabelle("marts", "migrationshintergrund")
    m = m[(m["quelle"] == "stadtteiltabelle") & (m["geschlecht"] == "insgesamt") & (m["altersgruppe"] == "insgesamt")]
    je = {n: q for n, q in zip(m["gebiet"], m["lokationsquotient_mh"], strict=True) if n in gedruckt}
    assert {n: round(je[n], 3) for n in ("Gahmen", "Brambauer", "Niederaden", "Lünen")} == {
        "Gahmen": 1.374, "Brambauer": 1.219, "Niederaden": 0.412, "Lünen": 1.0,
    }  # fmt: skip


def test_segregation_is_a_series_of_the_town(werk: Werk, reihen: Rahmen) -> None:
    r = reihen.loc["dem_segreg"].set_index("gruppe")
    assert {g: round(w, 6) for g, w in r["wert"].items()} == {"mit_mh": 0.201431, "auslaender": 0.247986}
    assert set(r["gebiet_id"]) == {STADT}
    s = werk.tabelle("marts", "segregation")
    je = s[s["gruppe"] == "migrationshintergrund"].set_index("mass")["wert"]
    assert (round(je["isolation"], 6), round(je["eta2"], 6)) == (0.372618, 0.044112)


def test_a_single_day_is_judged_by_nothing(werk: Werk, reihen: Rahmen) -> None:
    assert set(reihen.loc["dem_segreg"]["trend_grund"]) == {"erster_wert"}
    t = werk.trends()
    assert set(t[t["indikator"] == "dem_mh_anteil"]["verlauf"]) == {"nicht_bewertbar"}
