"""Segregation indices on tiny towns that can be calculated by hand: level, counts, door, mart.

Long because every rule is asked of the same few towns that can be calculated by hand.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.foundation.storage import Ablage
from pipelines.steps.lineage import herkunft_der_spalten
from pipelines.steps.sql_step import sql_steps
from schemas.tabellen.segregation import SEGREGATION
from schemas.validate import als_pandas, check_pandas
from tests.lib.literal_tables import decide, lay, lay_ort, read, run_steps

MASSE = ("dissimilaritaet", "isolation", "interaktion", "eta2")
MH = "migrationshintergrund"
# inhabitants, persons of the group
Gebiete = list[tuple[int, int]]
Zeile = dict[str, Any]


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.quelle", {"quelle_id": "melderegister"}, {"quelle_id": "tabelle", "art": "tabellen"})
    lay(ablage, "stamm.profil", {"version": "3"})
    lieferungen = ({"lieferung_id": "l1", "quelle": "melderegister", "art": "melderegister"},
                   {"lieferung_id": "l2", "quelle": "tabelle", "art": "tabellen"})  # fmt: skip
    lay(ablage, "eingang.lieferung", *({"status": "uebernommen", **z} for z in lieferungen))
    run_steps(ablage, "lieferung", "bestand")
    lay(ablage, "bevoelkerung.migrationshintergrund")
    return ablage


def lay_gebiete(ablage: Ablage, *gebiete: Zeile) -> None:
    """The town 00 and areas with `oben`, the areas above them up to the town."""
    stadt = {"gebiet_id": "00", "ebene": "gemeinde"}
    unbekannt = {"gebiet_id": "unbekannt", "ebene": "sonstige"}
    lay(ablage, "stamm.gebiet", stadt, unbekannt, *({k: v for k, v in g.items() if k != "oben"} for g in gebiete))
    ketten = {"00": ["00"], "unbekannt": ["unbekannt", "00"]}
    ketten |= {g["gebiet_id"]: [g["gebiet_id"], *g.get("oben", ()), "00"] for g in gebiete}
    lay(ablage, "stamm.vorfahr", *({"gebiet_id": g, "vorfahr": v} for g, kette in ketten.items() for v in kette))


def zahlen(gebiet: str, einwohner: int | None, gruppe: int | None, **mehr: Any) -> Zeile:
    """Counts of an area where all persons of the group are Germans with MH: no foreigners."""
    return {"gebiet_id": gebiet, "einwohner": einwohner, "auslaender": None if gruppe is None else 0,
            "deutsche_mit_mh": gruppe, "personen_mit_mh": gruppe, "unentscheidbar": 0, **mehr}  # fmt: skip


def register(ablage: Ablage, stadtteile: Gebiete, unbekannt: tuple[int, int] = (0, 0), fehlend: int = 0) -> None:
    """A register of these districts; `fehlend` persons are in the town's total only."""
    kennungen = [f"{n:02d}" for n in range(1, len(stadtteile) + 1)]
    lay_gebiete(ablage, *({"gebiet_id": g} for g in kennungen))
    alle = [*stadtteile, unbekannt]
    zeilen = [zahlen(g, t, x) for g, (t, x) in zip(kennungen, stadtteile, strict=True)]
    zeilen += [
        zahlen("unbekannt", *unbekannt),
        zahlen("00", sum(t for t, _ in alle) + fehlend, sum(x for _, x in alle)),
    ]
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen)


def gerechnet(ablage: Ablage) -> list[Zeile]:
    decide(ablage)
    run_steps(ablage, "segregation")
    return read(ablage, "bevoelkerung.segregation")


def ungeschuetzt(ablage: Ablage, gruppe: str = MH) -> dict[str, float | None]:
    return {z["mass"]: z["wert"] for z in gerechnet(ablage) if z["gruppe"] == gruppe}


def mart(ablage: Ablage, gruppe: str = MH, **gleich: Any) -> dict[str, Zeile]:
    """Published rows by measure, after the whole way; the table keeps its schema."""
    gerechnet(ablage)
    datei = ablage.tabelle("marts", "segregation")
    rahmen = als_pandas(SEGREGATION, pd.read_parquet(datei))
    assert list(pd.read_parquet(datei).columns) == SEGREGATION.namen
    assert check_pandas(SEGREGATION, rahmen) == []
    zeilen = read(ablage, "marts.segregation")
    assert zeilen == sorted(zeilen, key=lambda z: [z[k] for k in SEGREGATION.schluessel])
    return {z["mass"]: z for z in zeilen if z["gruppe"] == gruppe and all(z[s] == w for s, w in gleich.items())}


def urteil(zeilen: dict[str, Zeile]) -> set[tuple[bool, str]]:
    return {(z["wert"] is None, z["status"]) for z in zeilen.values()}


@pytest.mark.parametrize(
    ("stadtteile", "d", "isolation", "eta2"),
    [
        # x 30, 10; y 70, 90: D = ½(|3/4 − 7/16| + |1/4 − 9/16|); isolation = 3/4·3/10 + 1/4·1/10; P = 1/5
        ([(100, 30), (100, 10)], 0.3125, 0.25, 0.0625),
        # x 20, 60; y 80, 0: D = ½(|1/4 − 1| + |3/4 − 0|); isolation = 1/4·1/5 + 3/4·1; P = 1/2
        ([(100, 20), (60, 60)], 0.75, 0.8, 0.6),
        # The same share everywhere.
        ([(100, 25), (40, 10), (4, 1)], 0.0, 0.25, 0.0),
        # Nobody of one group where the other lives.
        ([(50, 50), (70, 0), (10, 0)], 1.0, 1.0, 1.0),
        # One area: no segregation to be seen.
        ([(100, 30)], 0.0, 0.3, 0.0),
        # Everybody in one of several areas.
        ([(0, 0), (100, 30), (0, 0)], 0.0, 0.3, 0.0),
    ],
)
def test_indices_are_those_calculated_by_hand(
    ablage: Ablage, stadtteile: Gebiete, d: float, isolation: float, eta2: float
) -> None:
    register(ablage, stadtteile)
    soll = {"dissimilaritaet": d, "isolation": isolation, "interaktion": 1 - isolation, "eta2": eta2}
    assert ungeschuetzt(ablage) == pytest.approx(soll, abs=1e-15)


def test_with_nobody_in_the_group_there_is_nothing_to_compare(ablage: Ablage) -> None:
    register(ablage, [(100, 0), (50, 0)])
    assert ungeschuetzt(ablage) == dict.fromkeys(MASSE)


def test_with_nobody_outside_the_group_only_the_isolation_is_left(ablage: Ablage) -> None:
    register(ablage, [(100, 100), (50, 50)])
    assert ungeschuetzt(ablage) == {"dissimilaritaet": None, "isolation": 1.0, "interaktion": 0.0, "eta2": None}


def test_groups_are_compared_with_everyone_else(ablage: Ablage) -> None:
    lay_gebiete(ablage, {"gebiet_id": "01"}, {"gebiet_id": "02"})
    namen = ("gebiet_id", "einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
    zeilen = (("01", 100, 30, 10, 40, 60), ("02", 100, 10, 10, 20, 0), ("00", 200, 40, 20, 60, 60))
    lay(ablage, "bevoelkerung.migrationshintergrund", *(dict(zip(namen, z, strict=True)) for z in zeilen))
    je = {(z["gruppe"], z["mass"]): z for z in gerechnet(ablage)}
    assert je["auslaender", "dissimilaritaet"]["wert"] == 0.3125
    assert je["deutsche_mit_mh", "dissimilaritaet"]["wert"] == 0
    # x 40, 20; y 60, 80, the undecided among them: ½(|2/3 − 3/7| + |1/3 − 4/7|)
    assert je[MH, "dissimilaritaet"]["wert"] == pytest.approx(5 / 21, abs=1e-15)
    assert {(g, z["personen"], z["uebrige"]) for (g, _), z in je.items()} == {
        ("auslaender", 40, 160), ("deutsche_mit_mh", 20, 180), (MH, 60, 140),
    }  # fmt: skip


def test_empty_areas_are_not_counted_and_unknown_ones_not_compared(ablage: Ablage) -> None:
    register(ablage, [(100, 30), (0, 0), (100, 10)], unbekannt=(40, 40))
    zeile = next(z for z in gerechnet(ablage) if (z["gruppe"], z["mass"]) == (MH, "dissimilaritaet"))
    assert (zeile["wert"], zeile["anzahl_gebiete"], zeile["personen"]) == (0.3125, 2, 40)


def test_persons_outside_every_area_leave_no_index(ablage: Ablage) -> None:
    register(ablage, [(100, 30)] * 12, fehlend=1)
    assert urteil(mart(ablage)) == {(True, "keine_daten")}


def test_the_finest_level_that_divides_the_whole_town_is_taken(ablage: Ablage) -> None:
    bezirke = [{"gebiet_id": b, "ebene": "bezirk"} for b in ("10", "20")]
    teile = [{"gebiet_id": t, "ebene": "stadtteil", "oben": [t[0] + "0"]} for t in ("11", "12", "21", "22")]
    raeume = [{"gebiet_id": "111", "ebene": "planungsraum", "oben": ["11", "10"]}]
    je = {"00": (400, 80), "10": (200, 60), "20": (200, 20), "11": (100, 50), "12": (100, 10), "21": (100, 10),
          "22": (100, 10), "111": (100, 50), "unbekannt": (0, 0)}  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *(zahlen(g, *z) for g, z in je.items()))

    def ebene() -> set[tuple[str, int]]:
        return {(z["ebene"], z["anzahl_gebiete"]) for z in gerechnet(ablage)}

    lay_gebiete(ablage, *bezirke, *teile)
    assert ebene() == {("stadtteil", 4)}
    lay_gebiete(ablage, *bezirke, *teile, *raeume)
    assert ebene() == {("stadtteil", 4)}, "planning areas cover a part only"
    lay_gebiete(ablage, *bezirke, *teile[:2])
    assert ebene() == {("bezirk", 2)}
    lay_gebiete(ablage, bezirke[0], {"gebiet_id": "21"})
    assert ebene() == set(), "no level divides the town"


def test_areas_of_another_time_are_no_areas_unless_someone_lives_there(ablage: Ablage) -> None:
    register(ablage, [(100, 30), (100, 10), (0, 0)])
    alt = {"gebiet_id": "03", "gueltig_bis": date(2020, 12, 31)}
    lay_gebiete(ablage, {"gebiet_id": "01"}, {"gebiet_id": "02"}, alt)
    assert ungeschuetzt(ablage)["dissimilaritaet"] == 0.3125
    register(ablage, [(100, 30), (100, 10), (1, 0)])
    lay_gebiete(ablage, {"gebiet_id": "01"}, {"gebiet_id": "02"}, alt)
    assert ungeschuetzt(ablage) == dict.fromkeys(MASSE)


ZWOELF: Gebiete = [(1000, 300)] * 6 + [(1000, 100)] * 6


def test_an_index_of_ten_areas_and_a_large_group_is_published_rounded(ablage: Ablage) -> None:
    register(ablage, ZWOELF)
    zeilen = mart(ablage)
    assert {m: z["wert"] for m, z in zeilen.items()} == pytest.approx(
        {"dissimilaritaet": 0.31, "isolation": 0.25, "interaktion": 0.75, "eta2": 0.06}, abs=1e-15
    )
    z = zeilen["dissimilaritaet"]
    assert (z["status"], z["hinweise"], z["anzahl_gebiete"], z["ebene"]) == ("gerundet", ["gerundet"], 12, "stadtteil")
    assert (z["quelle"], z["lieferung_id"], z["fundstelle"], z["profilversion"]) == ("melderegister", "l1", None, "3")


@pytest.mark.parametrize(
    ("stadtteile", "status"),
    [
        (ZWOELF[:9], "nicht_bewertbar"),
        (ZWOELF[:9] + [(0, 0)] * 5, "nicht_bewertbar"),
        (ZWOELF[:10], "gerundet"),
        ([(1000, 0)] * 12, "nicht_bewertbar"),
        ([(1000, 9)] * 11, "zu_klein"),
        ([(1000, 10)] * 10, "gerundet"),
        ([(1000, 991)] * 11, "zu_klein"),
    ],
)
def test_few_areas_and_small_groups_give_no_index(ablage: Ablage, stadtteile: Gebiete, status: str) -> None:
    register(ablage, stadtteile)
    zeilen = mart(ablage)
    assert urteil(zeilen) == {(status != "gerundet", status)}
    assert all(status in z["hinweise"] for z in zeilen.values())


def test_the_least_size_of_a_group_follows_the_protection_the_town_decided(ablage: Ablage) -> None:
    register(ablage, [(1000, 15)] * 12)
    assert urteil(mart(ablage)) == {(False, "gerundet")}
    lay(ablage, "stamm.kommune", {"ags": "00", "mindestfallzahl": 10})
    assert urteil(mart(ablage)) == {(True, "zu_klein")}


def der_gezeigten(ablage: Ablage, stadtteile: Gebiete) -> float:
    """The dissimilarity of the areas whose counts are shown, by hand."""
    verborgen = {
        z["gebiet_id"]
        for z in read(ablage, "geheimhaltung.entscheidung")
        if z["geheim"] and z["art"] in ("einwohner", "personen_mit_mh") and z["altersgruppe"] == "insgesamt"
    }
    paare = [(x, t - x) for n, (t, x) in enumerate(stadtteile, 1) if f"{n:02d}" not in verborgen]
    summen = sum(x for x, _ in paare), sum(y for _, y in paare)
    return 0.5 * sum(abs(x / summen[0] - y / summen[1]) for x, y in paare)


def test_small_counts_of_areas_cannot_be_solved_from_the_published_digits(ablage: Ablage) -> None:
    """Which of two districts has three persons of the group and which two is not to be seen: neither is in the indices."""
    for a, b in ((3, 2), (2, 3)):
        stadtteile = [*ZWOELF[:10], (900, a), (1100, b)]
        register(ablage, stadtteile)
        zeilen = mart(ablage)
        assert urteil(zeilen) == {(False, "geschaetzt")}
        assert {tuple(z["hinweise"]) for z in zeilen.values()} == {("geschaetzt", "gerundet")}
        # Others are hidden with them so that the two cannot be subtracted.
        assert {z["anzahl_gebiete"] for z in zeilen.values()} <= {8, 9}
        werte = {m: z["wert"] for m, z in zeilen.items()}
        assert werte["dissimilaritaet"] == round(der_gezeigten(ablage, stadtteile), 2)
        assert werte["isolation"] + werte["interaktion"] == pytest.approx(1, abs=1e-9)
        # Over a thousand persons, five of them may live elsewhere: steps of a hundredth.
        assert all(round(w, 2) == w for w in werte.values())


def test_a_small_count_of_the_unknown_area_rounds_too(ablage: Ablage) -> None:
    register(ablage, ZWOELF, unbekannt=(2, 0))
    assert urteil(mart(ablage)) == {(False, "geschaetzt")}


def test_a_small_count_under_one_definition_rounds_the_indices_of_all(ablage: Ablage) -> None:
    register(ablage, ZWOELF)
    zeilen = read(ablage, "bevoelkerung.migrationshintergrund")
    weniger = {"01": 3, "00": 2400 - 297}
    andere = [z | {"profil": "q", "personen_mit_mh": weniger.get(z["gebiet_id"], z["personen_mit_mh"]),
                   "deutsche_mit_mh": weniger.get(z["gebiet_id"], z["deutsche_mit_mh"])} for z in zeilen]  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen, *andere)
    assert urteil(mart(ablage, profil="p")) == {(False, "gerundet")}
    assert urteil(mart(ablage, profil="q")) == {(False, "geschaetzt")}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, 3000).flatmap(lambda t: st.tuples(st.just(t), st.integers(0, t))), min_size=10, max_size=25)
)
def test_published_values_keep_their_range_for_any_town(ablage: Ablage, stadtteile: Gebiete) -> None:
    register(ablage, stadtteile)
    mart(ablage)
    for gruppe in (MH, "auslaender", "deutsche_mit_mh"):
        werte = {z["mass"]: z["wert"] for z in read(ablage, "marts.segregation") if z["gruppe"] == gruppe}
        assert set(werte) == set(MASSE)
        assert all(w is None or (0 <= w <= 1 and w == round(w, 6)) for w in werte.values())  # no 0.8160000000000001
        if werte["isolation"] is not None:
            assert werte["isolation"] + werte["interaktion"] == pytest.approx(1, abs=1e-9)


def tabelle(ablage: Ablage, stadtteile: list[tuple[int | None, int | None]], **mehr: Any) -> None:
    """A printed table of these districts, already public unless said otherwise."""
    kennungen = [f"{n:02d}" for n in range(1, len(stadtteile) + 1)]
    lay_gebiete(ablage, *({"gebiet_id": g} for g in kennungen))
    mehr = {"lieferung_id": "l2", **mehr}
    zeilen = [
        zahlen(g, t, x, kennzeichen=[], fundstelle=f"B!B{n}:E{n}", **mehr)
        for n, (g, (t, x)) in enumerate(zip(kennungen, stadtteile, strict=True), 4)
    ]
    lay(
        ablage,
        "bevoelkerung.stadtteiltabelle",
        *({k: v for k, v in z.items() if k != "unentscheidbar"} for z in zeilen),
    )


def test_a_printed_table_is_calculated_likewise_and_stands_beside_the_register(ablage: Ablage) -> None:
    register(ablage, ZWOELF)
    tabelle(ablage, list(ZWOELF))
    zeilen = mart(ablage, quelle="stadtteiltabelle")
    assert mart(ablage, quelle="melderegister").keys() == zeilen.keys()
    z = zeilen["dissimilaritaet"]
    assert (z["wert"], z["status"], z["lieferung_id"], z["fundstelle"]) == (0.3125, "ok", "l2", "B!B4:E4 bis B!B15:E15")


def test_what_is_already_public_needs_no_least_size_but_ten_areas(ablage: Ablage) -> None:
    tabelle(ablage, [(50, 4)] * 10)
    assert urteil(mart(ablage)) == {(False, "ok")}
    tabelle(ablage, [(50, 4)] * 9)
    assert urteil(mart(ablage)) == {(True, "nicht_bewertbar")}


def test_a_table_not_yet_public_is_protected_like_a_register(ablage: Ablage) -> None:
    tabelle(ablage, [(50, 4)] * 10, veroeffentlicht=False)
    assert urteil(mart(ablage)) == {(True, "zu_klein")}
    tabelle(ablage, list(ZWOELF), veroeffentlicht=False)
    assert urteil(mart(ablage)) == {(False, "gerundet")}


@pytest.mark.parametrize("luecke", [(None, None), (1000, None), (None, 100)])
def test_one_inhabited_area_without_a_count_leaves_no_index(
    ablage: Ablage, luecke: tuple[int | None, int | None]
) -> None:
    tabelle(ablage, [*ZWOELF, luecke])
    assert urteil(mart(ablage)) == {(True, "keine_daten")}
    tabelle(ablage, [*ZWOELF, (0, None)])
    assert urteil(mart(ablage)) == {(False, "ok")}, "where nobody lives no count is missing"


def test_a_group_the_table_does_not_count_says_so(ablage: Ablage) -> None:
    tabelle(ablage, [*ZWOELF], personen_mit_mh=None, deutsche_mit_mh=None)
    assert urteil(mart(ablage)) == {(True, "nicht_erhoben")}
    assert urteil(mart(ablage, "auslaender")) == {(True, "nicht_bewertbar")}


def test_figures_of_two_tables_are_not_mixed(ablage: Ablage) -> None:
    tabelle(ablage, [*ZWOELF])
    zeilen = read(ablage, "bevoelkerung.stadtteiltabelle")
    lay(ablage, "bevoelkerung.stadtteiltabelle", *zeilen[1:], zeilen[0] | {"quelle_id": "zweite"})
    assert urteil(mart(ablage)) == {(True, "keine_daten")}


def test_a_table_of_one_area_is_no_table_of_areas(ablage: Ablage) -> None:
    tabelle(ablage, [(1000, 300), *[(None, None)] * 11])
    assert mart(ablage) == {}


@pytest.mark.parametrize(
    ("zeichen", "status"), [("p", "vorlaeufig"), ("r", "korrigiert"), ("s", "geschaetzt"), ("|", "bruch")]
)
def test_signs_of_the_source_go_with_the_index(ablage: Ablage, zeichen: str, status: str) -> None:
    tabelle(ablage, [*ZWOELF])
    zeilen = read(ablage, "bevoelkerung.stadtteiltabelle")
    lay(ablage, "bevoelkerung.stadtteiltabelle", *zeilen[1:], zeilen[0] | {"kennzeichen": [zeichen]})
    zeilen = list(mart(ablage).values())
    assert {(z["status"], *z["hinweise"]) for z in zeilen} == {(status, status)}


def test_an_index_of_figures_the_source_rounded_says_so_and_is_not_called_rounded_by_us(ablage: Ablage) -> None:
    lay(ablage, "stamm.quelle", {"quelle_id": "tabelle", "methode": "gerundet_5"})
    tabelle(ablage, [*ZWOELF])
    assert {(z["status"], *z["hinweise"]) for z in mart(ablage).values()} == {("ok", "quelle_gerundet")}


def test_only_declared_days_pass(ablage: Ablage) -> None:
    tabelle(ablage, [*ZWOELF], stichtag=date(2021, 5, 1))
    assert mart(ablage) == {}
    assert read(ablage, "bevoelkerung.segregation")


def test_the_size_of_the_group_does_not_leave_the_secure_zone() -> None:
    assert not {"personen", "uebrige", "einwohner"} & set(SEGREGATION.namen)


@pytest.mark.parametrize("schema", ["bevoelkerung", "geheimhaltung", "marts"])
def test_lineage_of_every_column_is_read(ablage: Ablage, schema: str) -> None:
    register(ablage, ZWOELF)
    gerechnet(ablage)
    schritt = next(s for s in sql_steps() if (s.schema, s.name) == (schema, "segregation"))
    herkunft = herkunft_der_spalten(ablage, schritt)
    assert herkunft["wert"]
    assert all(herkunft[s] for s in ("kommune", "stichtag", "anzahl_gebiete", "ebene"))
