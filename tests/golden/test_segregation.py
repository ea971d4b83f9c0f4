"""Segregation indices of real towns: Lünen's printed table, Köln 2012, Berlin 2022.

Here belong indices from published counts, compared with two calculations that share no line with ours: exact fractions in
this file, and the package `segregation`, whose values stand in segregation_orakel.json with its version and the day of the
calculation. That package is no dependency: with all it needs (geopandas, numba, matplotlib) it takes 687 MB. The counts it was
given were read from the files by pandas alone; areas without inhabitants were left out; `CorrelationR` is its name of eta².
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.store import create_empty_tables
from pipelines.foundation.storage import Ablage
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.kommune import Kommune, Veroeffentlichung, load_kommune
from pipelines.stamm.quellen.fertig import load_quelle
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from pipelines.stamm.tables.write import write_stamm
from tests.conftest import create_data_folder
from tests.golden.test_daten import DATEIEN, QUELLEN, koeln
from tests.lib.literal_tables import lay, run_steps
from tests.lib.literal_tables import read as read_tabelle

ORAKEL = json.loads(Path(__file__).with_name("segregation_orakel.json").read_text(encoding="utf-8"))
MASSE = ("dissimilaritaet", "isolation", "interaktion", "eta2")
Indizes = dict[tuple[date, str], dict[str, dict[str, Any]]]
# x, t of every area
Zahlen = list[tuple[int, int]]


def brueche(zahlen: Zahlen) -> dict[str, Fraction]:
    """The four indices as exact fractions, as the textbook writes them."""
    bewohnt = [(Fraction(x), Fraction(t)) for x, t in zahlen if t]
    alle_x, alle = sum(x for x, _ in bewohnt), sum(t for _, t in bewohnt)
    alle_y, p = alle - alle_x, alle_x / alle
    isolation = sum((x / alle_x * (x / t) for x, t in bewohnt), Fraction())
    return {
        "dissimilaritaet": sum((abs(x / alle_x - (t - x) / alle_y) for x, t in bewohnt), Fraction()) / 2,
        "isolation": isolation,
        "interaktion": sum((x / alle_x * ((t - x) / t) for x, t in bewohnt), Fraction()),
        "eta2": (isolation - p) / (1 - p),
    }


def bfs(zahlen: Zahlen) -> Fraction:
    """Dissimilarity as the Swiss statistical office writes it: Σ t·|p − P| / (2·T·P·(1 − P))."""
    alle_x, alle = sum(x for x, _ in zahlen), sum(t for _, t in zahlen)
    p = Fraction(alle_x, alle)
    return sum((t * abs(Fraction(x, t) - p) for x, t in zahlen if t), Fraction()) / (2 * alle * p * (1 - p))


def build(ablage: Ablage, kommune: Kommune, quelle: str, datei: Path, stichtag: date) -> None:
    """The way of one delivered table to the marts, without a register."""
    lieferung = Lieferung(kommune.id, quelle, "tabellen", datei, stichtag, stichtag, "0" * 64, "")
    write_stamm(ablage, [kommune])
    create_empty_tables(ablage)
    ergebnis = ingest(ablage, kommune, lieferung)
    assert ergebnis.angenommen, [b.text() for b in ergebnis.fehler]
    satz = {"kommune": kommune.id, "quelle": quelle, "status": "uebernommen", "art": "tabellen",
            "lieferung_id": ergebnis.lieferung.lieferung_id}  # fmt: skip
    lay(ablage, "eingang.lieferung", satz)
    lay(ablage, "bevoelkerung.migrationshintergrund")
    run_steps(ablage, "bestand", "lieferung", "tabellenwert", "stadtteiltabelle", "segregation")


def indizes(ablage: Ablage) -> Indizes:
    """(Stichtag, group) → measure → published row."""
    ergebnis: Indizes = {}
    for z in read_tabelle(ablage, "marts.segregation"):
        ergebnis.setdefault((z["stichtag"], z["gruppe"]), {})[z["mass"]] = z
    return ergebnis


def werte(zeilen: dict[str, dict[str, Any]]) -> dict[str, float]:
    return {m: z["wert"] for m, z in zeilen.items()}


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Ablage]:
    return lambda name: Ablage(create_data_folder(tmp_path_factory.mktemp(name) / "data")).create_folders()


@pytest.fixture(scope="module")
def luenen(ordner: Callable[[str], Ablage]) -> Ablage:
    ablage = ordner("luenen")
    datei = ablage.roh / "luenen" / "tabellen" / "stadtteile_2021-06-30.xlsx"
    build(ablage, load_kommune(ablage.roh / "luenen"), "stadtteiltabelle", datei, date(2021, 6, 30))
    return ablage


def mit_layout(basis: Kommune, layoutdatei: str, **angaben: Any) -> tuple[Kommune, Layout]:
    """The municipality with this table as its only source, the ends of June and December declared for publication."""
    layout = load_quelle(QUELLEN / f"{layoutdatei}.yaml")
    quellen = basis.angaben.quellen.model_copy(update={"tabellen": (layout,), "indikatoren": (), "massnahmen": ()})
    tage = Veroeffentlichung(stichtage=("*-06-30", "*-12-31"))
    neu = basis.angaben.model_copy(update={"quellen": quellen, "veroeffentlichung": tage, **angaben})
    return replace(basis, angaben=neu), layout


@pytest.fixture(scope="module")
def koelns(ordner: Callable[[str], Ablage], daten: Path) -> Indizes:
    ablage = ordner("koeln")
    kommune, layout = mit_layout(koeln(ablage, daten), "koeln_bevoelkerung")
    build(ablage, kommune, layout.id, daten / DATEIEN["koeln_bevoelkerung"], IN_DER_DATEI)
    return indizes(ablage)


@pytest.fixture(scope="module")
def berlins(ordner: Callable[[str], Ablage], daten: Path) -> Indizes:
    ablage = ordner("berlin")
    stadt = "11000000"
    gebiete = [Gebiet(stadt, "Berlin", "gemeinde", "11", "2021", None, None)]
    gebiete += [
        Gebiet(n, n, "planungsraum", stadt, "2021", None, None) for n in sorted(z["PLR-ID"] for z in plr(daten))
    ]
    basis = replace(load_kommune(ablage.roh / "luenen"), gebiete=tuple(gebiete))
    kommune, layout = mit_layout(basis, "berlin_bestand", kommune="berlin", name="Berlin", ags=stadt)
    build(ablage, kommune, layout.id, daten / DATEIEN["berlin_bestand"], date(2022, 6, 30))
    return indizes(ablage)


def plr(daten: Path) -> Iterator[dict[str, str]]:
    """Rows of Berlin's file of planning areas."""
    with (daten / DATEIEN["berlin_bestand"]).open(encoding="utf-8-sig", newline="") as f:
        yield from csv.DictReader(f, delimiter=";")


def berlins_zahlen(daten: Path) -> Zahlen:
    def zahl(zelle: str) -> int:
        return 0 if zelle == "–" else int(zelle)

    return [(zahl(z["ausländer"]), zahl(z["Gesamt"])) for z in plr(daten)]


def koelns_zahlen(daten: Path, gruppe: str) -> Zahlen:
    """Counts of the 86 Stadtteile at the end of 2012, from the file's own codes."""
    zeile = {"migrationshintergrund": "10", "deutsche_mit_mh": "20", "auslaender": "50"}[gruppe]
    with (daten / DATEIEN["koeln_bevoelkerung"]).open(encoding="utf-8", newline="") as f:
        zahlen = {
            (z["raum_id"], z["tab_id"], z["zei_id"]): int(float(z["zahl"]))
            for z in csv.DictReader(f)
            if z["jahr"] == "2012" and z["raum_id"] >= "100"
        }
    return [(zahlen[raum, "030", zeile], zahlen[raum, "005", "10"]) for raum in sorted({k[0] for k in zahlen})]


def test_luenens_printed_table_gives_the_indices_calculated_by_hand(luenen: Ablage) -> None:
    tag = date(2021, 6, 30)
    je = indizes(luenen)
    mh, auslaender = je[tag, "migrationshintergrund"], je[tag, "auslaender"]
    assert round(mh["dissimilaritaet"]["wert"], 6) == 0.201431
    assert round(auslaender["dissimilaritaet"]["wert"], 6) == 0.247986
    assert round(mh["isolation"]["wert"], 6) == 0.372618
    assert round(mh["eta2"]["wert"], 6) == 0.044112
    for zeilen in je.values():
        for z in zeilen.values():
            assert (z["anzahl_gebiete"], z["ebene"], z["quelle"], z["status"]) == (
                13,
                "stadtteil",
                "stadtteiltabelle",
                "ok",
            )
    assert (mh["isolation"]["profil"], mh["isolation"]["fundstelle"]) == (
        "luenen_2021",
        "Stadtteile!B4:F4 bis Stadtteile!B16:F16",
    )


def test_luenens_location_quotients_are_highest_in_gahmen_and_lowest_in_niederaden(luenen: Ablage) -> None:
    run_steps(luenen, "migrationshintergrund", ab="geheimhaltung")
    je = {z["gebiet"]: z["lokationsquotient_mh"] for z in read_tabelle(luenen, "marts.migrationshintergrund")}
    assert {n: round(je[n], 3) for n in ("Gahmen", "Brambauer", "Niederaden", "Lünen")} == {
        "Gahmen": 1.374, "Brambauer": 1.219, "Niederaden": 0.412, "Lünen": 1.0,
    }  # fmt: skip
    assert max(je, key=je.__getitem__) == "Gahmen"
    assert min(je, key=je.__getitem__) == "Niederaden"


@pytest.mark.parametrize("gruppe", ["migrationshintergrund", "auslaender", "deutsche_mit_mh"])
def test_koelns_indices_are_those_of_exact_fractions_and_of_the_package(
    koelns: Indizes, daten: Path, gruppe: str
) -> None:
    zeilen = koelns[date(2012, 12, 31), gruppe]
    zahlen = koelns_zahlen(daten, gruppe)
    assert {(z["anzahl_gebiete"], z["ebene"], z["status"]) for z in zeilen.values()} == {(86, "stadtteil", "ok")}
    assert werte(zeilen) == pytest.approx({m: float(b) for m, b in brueche(zahlen).items()}, abs=1e-13)
    assert brueche(zahlen)["dissimilaritaet"] == bfs(zahlen)
    assert werte(zeilen) == pytest.approx(ORAKEL["werte"]["koeln_2012-12-31"][gruppe], abs=1e-12)


def test_every_year_of_koeln_has_all_indices_within_their_range(koelns: Indizes) -> None:
    jahre = sorted({tag.year for tag, _ in koelns})
    assert jahre == list(range(2005, 2013))
    assert {len(z) for z in koelns.values()} == {len(MASSE)}
    for zeilen in koelns.values():
        w = werte(zeilen)
        assert all(0 < zahl < 1 for zahl in w.values())
        assert w["isolation"] + w["interaktion"] == pytest.approx(1, abs=1e-9)


def test_berlins_foreigners_by_planning_area_are_those_of_exact_fractions_and_of_the_package(
    berlins: Indizes, daten: Path
) -> None:
    tag = date(2022, 6, 30)
    zeilen, zahlen = berlins[tag, "auslaender"], berlins_zahlen(daten)
    assert len(zahlen) == 542
    # Nobody lives in two of the 542.
    assert {(z["anzahl_gebiete"], z["ebene"], z["status"]) for z in zeilen.values()} == {(540, "planungsraum", "ok")}
    assert werte(zeilen) == pytest.approx({m: float(b) for m, b in brueche(zahlen).items()}, abs=1e-13)
    assert brueche(zahlen)["dissimilaritaet"] == bfs(zahlen)
    assert werte(zeilen) == pytest.approx(ORAKEL["werte"]["berlin_2022-06-30"]["auslaender"], abs=1e-12)


def test_what_berlins_table_does_not_count_is_a_row_without_a_value(berlins: Indizes) -> None:
    zeilen = berlins[date(2022, 6, 30), "migrationshintergrund"]
    assert set(zeilen) == set(MASSE)
    assert {(z["wert"], z["status"]) for z in zeilen.values()} == {(None, "nicht_erhoben")}


def test_the_package_knows_the_same_areas(daten: Path) -> None:
    assert ORAKEL["werte"]["koeln_2012-12-31"]["anzahl_gebiete"] == len(koelns_zahlen(daten, "auslaender"))
    assert ORAKEL["werte"]["berlin_2022-06-30"]["anzahl_gebiete"] == sum(t > 0 for _, t in berlins_zahlen(daten))
    assert (ORAKEL["bibliothek"], ORAKEL["version"]) == ("segregation", "2.5.4")
