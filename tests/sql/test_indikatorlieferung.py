"""Indicators from delivered figures: which way, which source, which unit, what is hidden, what is missing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import ALTERSGRUPPEN
from pipelines.stamm.tables.indikator import zeilen_indikator
from pipelines.steps.sql_step import sql_steps
from tests.conftest import ROH
from tests.lib.delivered_indicator import compute_delivered
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

Zeile = dict[str, Any]
INTERN = {"veroeffentlicht": False}


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.muster", {"muster": "*-12-31"})
    lay(ablage, "stamm.asylherkunft", {"staat": "423"}, {"staat": "475"})
    for name, zeilen in zeilen_indikator(load_katalog(Ablage(ROH.parent)), [("k", ALTERSGRUPPEN)]).items():
        lay(ablage, f"stamm.{name}", *zeilen)
    return ablage


def zahl(merkmal: str, wert: float | None, **mehr: Any) -> Zeile:
    return {"staat": "insgesamt", "gebiet_id": "00", "profil": "-", "stichtag": date(2022, 12, 31), "merkmal": merkmal,
            "wert": wert, **mehr}  # fmt: skip


def tuer(ablage: Ablage, indikator: str, *zeilen: Zeile) -> dict[str, Zeile]:
    """The rows of one indicator behind the door, by group or sex."""
    compute_delivered(ablage, indikator, *zeilen)
    run_steps(ablage, "indikatorlieferung", ab="geheimhaltung")
    return {
        z["gruppe"] if z["gruppe"] != "insgesamt" else z["geschlecht"]: z
        for z in read(ablage, "geheimhaltung.indikatorlieferung")
        if z["indikator"] == indikator
    }


def test_the_delivered_value_goes_before_one_that_could_be_computed(ablage: Ablage) -> None:
    z = tuer(ablage, "arb_alq", zahl("arbeitslosenquote", 7.1, wert_einheit="prozent", fundstelle="A!B2"),
             zahl("arbeitslose", 70), zahl("erwerbspersonen", 1000))["insgesamt"]  # fmt: skip
    assert (z["wert"], z["zaehler"], z["nenner"], z["fundstelle"], z["status"]) == (7.1, None, None, "A!B2", "ok")


def test_without_one_it_is_numerator_through_denominator_with_both_places(ablage: Ablage) -> None:
    z = tuer(
        ablage, "arb_alq", zahl("arbeitslose", 70, fundstelle="A!B2"), zahl("erwerbspersonen", 1000, fundstelle="A!C2")
    )["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"], z["fundstelle"]) == (70, 1000, pytest.approx(7), "A!B2; A!C2")


def test_the_place_of_a_denominator_is_told_once_and_of_another_source_as_such(ablage: Ablage) -> None:
    einwohner = zahl("einwohner", 1000, fundstelle="A!C2")
    z = tuer(ablage, "dem_ausl_anteil", einwohner, zahl("deutsche", 900, fundstelle="A!D2"))["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["fundstelle"]) == (100, 1000, "A!D2; A!C2")
    andere = zahl("einwohner", 8000, quelle_id="andere", fundstelle="Zeile 4")
    umzuege = [zahl("zuzuege", 620, fundstelle="Zeile 4"), zahl("fortzuege", 580, fundstelle="Zeile 5")]
    assert tuer(ablage, "dem_mobil", andere, *umzuege)["insgesamt"]["fundstelle"] == "Zeile 5; Zeile 4; Nenner: Zeile 4"


def test_the_denominator_comes_from_the_same_source_if_that_has_one(ablage: Ablage) -> None:
    andere = zahl("erwerbspersonen", 500, quelle_id="andere", quellenrang=-1)
    z = tuer(ablage, "arb_alq", zahl("arbeitslose", 70), zahl("erwerbspersonen", 1000), andere)["insgesamt"]
    assert (z["nenner"], z["nenner_quelle_id"], z["nenner_passt"]) == (1000, "tabelle", True)
    z = tuer(ablage, "arb_alq", zahl("arbeitslose", 70), andere)["insgesamt"]
    assert (z["nenner_quelle_id"], z["nenner_passt"], z["wert"], z["status"]) == (
        "andere",
        False,
        None,
        "nicht_bewertbar",
    )


def test_germans_with_a_background_follow_from_the_others_of_their_table(ablage: Ablage) -> None:
    mit = [zahl("personen_mit_mh", 300, profil="p"), zahl("auslaender", 120, profil="p")]
    z = tuer(ablage, "dem_dtmh_anteil", *mit)["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"], z["profil"]) == (180, 300, pytest.approx(60), "p")
    z = tuer(ablage, "dem_dtmh_anteil", *mit, zahl("deutsche_mit_mh", 150, profil="p"))["insgesamt"]
    assert z["zaehler"] == 150, "what is delivered goes before what follows from it"


def test_foreigners_follow_from_inhabitants_and_germans_and_the_share_is_exact(ablage: Ablage) -> None:
    """Neuss, 31.10.2017: 158.810 inhabitants, 134.373 Germans, printed 15,4 %."""
    neuss = [zahl("einwohner", 158810), zahl("deutsche", 134373)]
    gedruckt = zahl("anteil_auslaender", 15.4, wert_einheit="prozent", stellen=1)
    z = tuer(ablage, "dem_ausl_anteil", *neuss, gedruckt)["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"]) == (24437, 158810, pytest.approx(15.38757))
    z = tuer(ablage, "dem_ausl_anteil", *neuss, gedruckt | {"wert": 16.1})["insgesamt"]
    assert (z["wert"], "gedruckt_weicht_ab" in z["hinweise"]) == (16.1, True), "printed shares stay printed"
    z = tuer(ablage, "dem_ausl_anteil", *neuss, zahl("auslaender", 24400))["insgesamt"]
    assert z["zaehler"] == 24400, "what is delivered goes before what follows from it"


def test_inhabitants_follow_from_germans_and_foreigners_in_the_denominator_too(ablage: Ablage) -> None:
    z = tuer(ablage, "dem_ausl_anteil", zahl("auslaender", 200), zahl("deutsche", 800))["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"]) == (200, 1000, pytest.approx(20))
    vorjahr = {"stichtag": date(2021, 12, 31)}
    z = tuer(ablage, "recht_einb2", zahl("einbuergerungen", 50), zahl("einwohner", 9000, **vorjahr),
             zahl("deutsche", 8000, **vorjahr))["insgesamt"]  # fmt: skip
    assert (z["nenner"], z["wert"]) == (1000, pytest.approx(5))


def test_persons_with_a_background_follow_from_foreigners_and_germans_with_one(ablage: Ablage) -> None:
    teile = [zahl(m, w, profil="p") for m, w in (("auslaender", 120), ("deutsche_mit_mh", 180), ("einwohner", 1000))]
    z = tuer(ablage, "dem_mh_anteil", *teile)["insgesamt"]
    assert (z["zaehler"], z["wert"], z["profil"]) == (300, pytest.approx(30), "p")


@pytest.mark.parametrize(("indikator", "mehr"), [("dem_ausl_anteil", ()), ("recht_einb2", ("einbuergerungen",))])
def test_a_small_difference_of_large_counts_is_hidden_as_a_small_count(
    ablage: Ablage, indikator: str, mehr: tuple[str, ...]
) -> None:
    tag = {"stichtag": date(2021, 12, 31)} if mehr else {}
    zeilen = [zahl("einwohner", 1000, **INTERN, **tag), zahl("deutsche", 997, **INTERN, **tag)]
    z = tuer(ablage, indikator, *zeilen, *(zahl(m, 500, **INTERN) for m in mehr))["insgesamt"]
    assert (z["wert"], z["zaehler"], z["status"]) == (None, None, "geheim")


def test_a_flow_is_divided_by_the_stock_of_the_year_before(ablage: Ablage) -> None:
    z = tuer(ablage, "recht_einb2", zahl("einbuergerungen", 50), zahl("auslaender", 9999),
             zahl("auslaender", 1000, stichtag=date(2021, 12, 31), quelle_id="azr"))["insgesamt"]  # fmt: skip
    assert (z["nenner"], z["nenner_stichtag"], z["zeitraum"]) == (1000, date(2021, 12, 31), date(2022, 1, 1))
    assert (z["wert"], z["nenner_quelle_id"], z["status"]) == (pytest.approx(5), "azr", "ok")


def test_a_missing_denominator_is_a_row_without_a_value(ablage: Ablage) -> None:
    z = tuer(ablage, "recht_einb2", zahl("einbuergerungen", 50))["insgesamt"]
    assert (z["wert"], z["zaehler"], z["nenner"], z["status"]) == (None, 50, None, "nicht_bewertbar")
    assert z["hinweise"] == ["nenner_fehlt", "nicht_bewertbar"], (
        "50 were delivered: it is not true that there is no delivery"
    )
    assert z["nenner_stichtag"] == date(2021, 12, 31)


@pytest.mark.parametrize(("einheit", "wert"), [("prozent", 9.5), ("promille", 0.95), ("anteil", 950.0)])
def test_units_are_converted_to_that_of_the_catalogue(ablage: Ablage, einheit: str, wert: float) -> None:
    z = tuer(ablage, "ein_mindest", zahl("mindestsicherungsquote", 9.5, wert_einheit=einheit))["insgesamt"]
    assert z["wert"] == pytest.approx(wert)


def test_a_unit_that_cannot_be_converted_gives_no_value_and_is_found(ablage: Ablage) -> None:
    from pipelines.steps.checks import load_checks, run_check

    pruefung = next(p for p in load_checks() if p.name == "indikator_einheit")
    assert tuer(ablage, "arb_selbst", zahl("arb_selbst", 8.0, wert_einheit="prozent"))["insgesamt"]["wert"] == 8.0
    assert run_check(ablage, pruefung).bestanden
    z = tuer(ablage, "arb_selbst", zahl("arb_selbst", 8.0, wert_einheit="zahl"))["insgesamt"]
    assert (z["wert"], z["status"]) == (None, "nicht_bewertbar")
    assert "arb_selbst, 2022-12-31: Einheit passt nicht zu »prozent«" in run_check(ablage, pruefung).zeilen[0]["ort"]


def test_of_a_difference_only_its_parts_are_counts(ablage: Ablage) -> None:
    mittlere = zahl("mittlere_bevoelkerung", 8000, **INTERN)
    z = tuer(ablage, "dem_saldo", zahl("zuzuege", 103, **INTERN), zahl("fortzuege", 100, **INTERN), mittlere)[
        "insgesamt"
    ]
    assert (z["zaehler"], z["wert"], z["status"]) == (3, pytest.approx(0.375), "ok")
    z = tuer(ablage, "dem_saldo", zahl("zuzuege", 103, **INTERN), zahl("fortzuege", 4, **INTERN), mittlere)["insgesamt"]
    assert (z["zaehler"], z["wert"], z["status"], z["hinweise"]) == (None, None, "geheim", ["geheim"])


@pytest.mark.parametrize(("einheit", "status"), [("zahl", "ok"), ("personen", "geheim"), ("faelle", "geheim")])
def test_organisations_are_no_persons_but_cases_are(ablage: Ablage, einheit: str, status: str) -> None:
    assert (
        tuer(ablage, "teil_mso", zahl("teil_mso", 3, wert_einheit=einheit, **INTERN))["insgesamt"]["status"] == status
    )


def teile(indikator: str, **werte: tuple[float, float, dict[str, str]]) -> list[Zeile]:
    return [
        zahl(indikator, w, groesse=g, **wo, **INTERN)
        for z, n, wo in werte.values()
        for g, w in (("zaehler", z), ("nenner", n))
    ]


def test_a_hidden_sex_hides_the_other_because_the_total_stays(ablage: Ablage) -> None:
    zeilen = teile("seu_sprache", a=(22, 220, {}), m=(18, 110, {"geschlecht": "m"}), w=(4, 110, {"geschlecht": "w"}))
    ergebnis = {
        g: (z["zaehler"], z["wert"] is None, z["status"]) for g, z in tuer(ablage, "seu_sprache", *zeilen).items()
    }
    assert ergebnis == {
        "insgesamt": (22, False, "ok"), "m": (None, True, "geheim"), "w": (None, True, "geheim"),
    }  # fmt: skip


def test_a_hidden_side_of_a_breakdown_hides_the_other_one(ablage: Ablage) -> None:
    zeilen = teile(
        "sch_abi", a=(60, 300, {}), x=(3, 120, {"gruppe": "auslaender"}), y=(57, 180, {"gruppe": "deutsche"})
    )
    ergebnis = {g: z["status"] for g, z in tuer(ablage, "sch_abi", *zeilen).items()}
    assert ergebnis == {"insgesamt": "ok", "auslaender": "geheim", "deutsche": "geheim"}


def test_too_few_are_told_as_such_and_as_nothing_else(ablage: Ablage) -> None:
    z = tuer(ablage, "sch_abi", *teile("sch_abi", a=(30, 99, {})))["insgesamt"]
    assert (z["wert"], z["status"], z["hinweise"]) == (None, "zu_klein", ["zu_klein"])
    z = tuer(ablage, "sch_abi", *(t | {"veroeffentlicht": True} for t in teile("sch_abi", a=(3, 99, {}))))["insgesamt"]
    assert (z["wert"], z["status"]) == (pytest.approx(100 / 33), "ok"), "what is public cannot be taken back"


def test_the_stock_of_the_first_of_january_is_that_of_the_evening_before(ablage: Ablage) -> None:
    lay(ablage, "stamm.muster", {"muster": "*"})
    neujahr = {"stichtag": date(2014, 1, 1)}
    z = tuer(ablage, "dem_einw", zahl("einwohner", 155568.0, **neujahr))["insgesamt"]
    assert (z["zeitraum"], z["stichtag"], z["wert"]) == (date(2013, 12, 31), date(2014, 1, 1), 155568)


@pytest.mark.parametrize(
    ("gedruckt", "stellen", "wert", "zaehler"), [(34.2, 1, 34.2, None), (30.0, 1, 30.04, 3004), (30, 0, 30.04, 3004)]
)
def test_a_printed_share_that_does_not_follow_from_its_counts_stays_printed(
    ablage: Ablage, gedruckt: float, stellen: int, wert: float, zaehler: float | None
) -> None:
    """34.2 % printed of the assigned population, 3,004 of 10,000 beside it; 30.0 is the rounding of 30.04."""
    anteil = zahl("anteil_mh", gedruckt, profil="p", wert_einheit="prozent", stellen=stellen, fundstelle="A!D2")
    zahlen = [zahl("personen_mit_mh", 3004, profil="p"), zahl("einwohner", 10000, profil="p"), anteil]
    z = tuer(ablage, "dem_mh_anteil", *zahlen)["insgesamt"]
    assert (z["wert"], z["zaehler"]) == (pytest.approx(wert), zaehler)
    assert z["status"] == "ok"
    assert ("gedruckt_weicht_ab" in z["hinweise"]) is (zaehler is None)
    assert ("A!D2" in z["fundstelle"]) is (zaehler is None)
    next(s for s in sql_steps() if (s.schema, s.name) == ("geheimhaltung", "tabellenwert")).write(ablage)
    tabelle = next(t for t in read(ablage, "geheimhaltung.tabellenwert") if t["merkmal"] == "anteil_mh")
    assert (tabelle["wert"], tabelle["nachgerechnet"]) == (gedruckt, None if zaehler else pytest.approx(30.04))
    assert ("gedruckt_weicht_ab" in tabelle["hinweise"]) is (zaehler is None)


def test_an_invented_denominator_makes_an_invented_rate(ablage: Ablage) -> None:
    lay(
        ablage,
        "eingang.lieferung",
        {"lieferung_id": "l1", "synthetisch": False},
        {"lieferung_id": "l2", "synthetisch": True},
    )
    next(s for s in sql_steps() if (s.schema, s.name) == ("geheimhaltung", "lieferung")).write(ablage)
    einb = zahl("einbuergerungen", 50)
    bestand = zahl("auslaender", 1000, stichtag=date(2021, 12, 31), quelle_id="azr")
    assert not tuer(ablage, "recht_einb2", einb, bestand)["insgesamt"]["beispieldaten"]
    assert tuer(ablage, "recht_einb2", einb, bestand | {"lieferung_id": "l2"})["insgesamt"]["beispieldaten"]
    assert tuer(ablage, "recht_einb2", einb | {"lieferung_id": "l2"}, bestand)["insgesamt"]["beispieldaten"]


JUGEND = {"00-05": 60.0, "06-19": 140.0, "20-64": 500.0, "65+": 300.0}


def _ages(zahlen: dict[str, float], **mehr: Any) -> list[Zeile]:
    return [zahl("einwohner", w, altersgruppe=a, fundstelle=f"A!{a}", **mehr) for a, w in zahlen.items()]


def test_the_jugendquotient_follows_from_delivered_age_groups(ablage: Ablage) -> None:
    z = tuer(ablage, "dem_jugendq", *_ages(JUGEND), zahl("einwohner", 1000))["insgesamt"]
    assert (z["wert"], z["zaehler"], z["nenner"], z["status"]) == (40.0, 200.0, 500.0, "ok")
    assert (z["altersgruppe"], z["fundstelle"]) == ("insgesamt", "A!00-05 bis A!65+")


@pytest.mark.parametrize(
    "zahlen",
    [
        {"00-05": 60, "06-18": 130, "20-64": 500, "65+": 300},  # nobody of 19
        {"00-17": 180, "18-64": 520, "65+": 300},  # a group on both sides of 20
        {"00-19": 200, "06-19": 140, "20-64": 500, "65+": 300},  # counted twice
        {"06-19": 140, "20-64": 500, "65+": 300},  # begins too late
        {"00-19": 200, "20-64": 500, "65-89": 290},  # the eldest are missing
        {"00-19": 200, "20-64": 500, "65+": 300, "75+": 90},  # two open ends
    ],
)
def test_age_groups_that_are_no_partition_give_no_jugendquotient(ablage: Ablage, zahlen: dict[str, float]) -> None:
    assert tuer(ablage, "dem_jugendq", *_ages(zahlen)) == {}


def test_a_small_age_group_of_an_unpublished_table_hides_the_jugendquotient(ablage: Ablage) -> None:
    z = tuer(ablage, "dem_jugendq", *_ages(JUGEND | {"00-05": 2.0}, **INTERN))["insgesamt"]
    assert (z["wert"], z["status"]) == (None, "geheim")
    z = tuer(ablage, "dem_jugendq", *_ages(JUGEND, **INTERN))["insgesamt"]
    assert z["wert"] == 40.0
