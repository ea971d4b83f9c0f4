"""Facts of one extract on their way from the cube to the mart: scope, shares, and what a small count hides beside itself."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps


def marts(
    tmp_path: Path, *wuerfel: dict[str, Any], altersgruppen: tuple[str, ...] = (), **kommune: Any
) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """(area, fact, value, sex) → row of the mart; the town has 1000 inhabitants with 400 foreigners, Nord 600 with 300."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage, **kommune)
    if altersgruppen:
        lay(ablage, "stamm.altersgruppe", *({"altersgruppe": a} for a in altersgruppen))
    lay(ablage, "bevoelkerung.merkmalswuerfel", *wuerfel)
    orte = {"00": (1000, 400), "10": (1000, 400), "01": (600, 300), "02": (400, 100), "03": (0, 0)}
    bestand = [
        {"gebiet_id": g, "geschlecht": x, "einwohner": e // n, "auslaender": a // n, "personen_mit_mh": a // n,
         "deutsche_mit_mh": 0, "unentscheidbar": 0}
        for g, (e, a) in orte.items()
        for x, n in (("insgesamt", 1), ("m", 2), ("w", 2))
    ]  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *bestand)
    run_steps(ablage, "registermerkmal", bis="bevoelkerung")
    run_steps(ablage, "registermerkmal", ab="geheimhaltung")
    zeilen = read(ablage, "marts.registermerkmal")
    return {(z["gebiet_id"], z["merkmal"], z["auspraegung"], z["geschlecht"]): z for z in zeilen}


def dauern(**je_gebiet: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """Rows of the cube: area → duration → (men, women)."""
    return [
        {"gebiet_id": g.lstrip("g"), "merkmal": "aufenthaltsdauer", "auspraegung": a, "geschlecht": x, "personen": n}
        for g, werte in je_gebiet.items()
        for a, paar in werte.items()
        for x, n in zip("mw", paar, strict=True)
    ]


GROSS = dauern(g01={"00-04": (50, 60), "05+": (100, 90)}, g02={"00-04": (20, 20), "05+": (30, 30)})


def test_the_town_by_sex_and_shares_of_foreigners(tmp_path: Path) -> None:
    je = marts(tmp_path, *GROSS)
    z = je["00", "aufenthaltsdauer", "00-04", "insgesamt"]
    assert (z["personen"], z["anteil"], z["grundgesamtheit"]) == (150, 150 / 400, "auslaender")
    assert z["auspraegung_name"] == "unter 5 Jahren"
    assert je["00", "aufenthaltsdauer", "05+", "w"]["auspraegung_name"] == "5 Jahre und länger"
    assert je["00", "aufenthaltsdauer", "05+", "w"]["anteil"] == 120 / 200
    assert {g for g, *_ in je} == {"00"}, "of areas nothing is told"


def test_a_small_count_hides_enough_that_it_cannot_be_subtracted(tmp_path: Path) -> None:
    klein = dauern(g01={"00-04": (1, 2), "05+": (149, 148)}, g02={"00-04": (0, 0), "05+": (50, 50)})
    je = marts(tmp_path, *klein)
    for wert in ("00-04", "05+"):
        assert je["00", "aufenthaltsdauer", wert, "insgesamt"]["personen"] is None, wert


@pytest.mark.parametrize(("verfahren", "zeilen"), [("rundung", 6), ("cellkey", 0)])
def test_rounded_it_is_rounded_and_cell_key_has_no_keys_for_it(tmp_path: Path, verfahren: str, zeilen: int) -> None:
    if verfahren == "cellkey":
        ablage = Ablage(tmp_path).create_folders()
        lay_ort(ablage, verfahren=verfahren)
        lay(ablage, "bevoelkerung.merkmalswuerfel", *GROSS)
        lay(
            ablage,
            "stamm.umfang",
            {
                "hauptprofil": "p",
                "hauptdefinition": "dreifach",
                "andere_definitionen": "einzeln",
                "generationen": "alle",
            },
        )
        for leer in ("migrationshintergrund", "mh_kategorie", "definitionsvergleich", "staatsangehoerigkeit", "bezugsland",
                     "tabellenwert", "wuerfel", "optionswuerfel", "eintragswuerfel"):  # fmt: skip
            lay(ablage, f"bevoelkerung.{leer}")
        run_steps(
            ablage,
            "registermerkmal",
            "gliederungstiefe",
            "gruppenliste",
            "staatenliste",
            "kategorienliste",
            "zelle",
            bis="bevoelkerung",
        )
        assert read(ablage, "bevoelkerung.registermerkmal") != []
        assert read(ablage, "bevoelkerung.zelle") == []
        return
    je = marts(tmp_path, *dauern(g01={"00-04": (1, 2), "05+": (149, 148)}), verfahren=verfahren)
    assert len(je) == zeilen
    z = je["00", "aufenthaltsdauer", "00-04", "insgesamt"]
    assert (z["personen"], z["status"]) == (5, "gerundet")


def test_every_value_has_its_words(tmp_path: Path) -> None:
    worte = {
        ("wohndauer", "00-00"): "unter 1 Jahr", ("wohndauer", "01-04"): "1 bis unter 5 Jahre",
        ("wohndauer", "20+"): "20 Jahre und länger", ("wohndauer", "unbekannt"): "unbekannt",
        ("altersjahr", "07"): "7 Jahre", ("altersjahr", "90+"): "90 Jahre und älter",
        ("zuzugsjahr", "vor_2011"): "vor 2011", ("zuzugsjahr", "2020"): "2020",
        ("wahlberechtigung", "kommunalwahl_ab_16"): (
            "Kommunalwahl: Deutsche (auch ohne Angabe) und Staatsangehörige der EU ab 16 Jahren"
        ),
        ("mehrstaatigkeit", "mehrstaatig"): "deutsche und weitere Staatsangehörigkeit",
    }  # fmt: skip
    wuerfel = [
        {"gebiet_id": "01", "merkmal": m, "auspraegung": a, "geschlecht": x, "personen": 100}
        for (m, a) in worte
        for x in "mw"
    ]
    je = marts(tmp_path, *wuerfel)
    assert {k: je["00", *k, "insgesamt"]["auspraegung_name"] for k in worte} == worte
    assert {x for g, m, _, x in je if m == "zuzugsjahr"} == {"insgesamt"}


RAT = ("00", "wahlberechtigung", "integrationsrat_ab_16")
GRUPPEN = ("00-14", "15-17", "18+", "insgesamt")


def waehler(w: dict[str, int], m: dict[str, int]) -> list[dict[str, Any]]:
    """Rows of the cube: 103 women and 98 men may vote for the Integrationsrat; the Germans of a further nationality by age."""
    wahl = [("w", "wahlberechtigung", RAT[2], 103), ("m", "wahlberechtigung", RAT[2], 98)]
    jahre = [(x, "waehlerjahre", j, n) for x, je in (("w", w), ("m", m)) for j, n in je.items()]
    return [
        {"gebiet_id": "01", "merkmal": a, "auspraegung": b, "geschlecht": x, "personen": n}
        for x, a, b, n in wahl + jahre
    ]


@pytest.mark.parametrize(
    ("w", "m", "gezeigt"),
    [
        ({"10": 20, "15": 20, "17": 20}, {"15": 20, "16": 20}, (200, 100, 100)),
        ({"10": 99, "15": 19, "17": 20}, {"15": 20, "16": 20}, (200, None, None)),  # few of 15 years
        ({"10": 99, "15": 20, "17": 19, "18": 99}, {"15": 20, "16": 20}, (200, None, None)),  # few of 16 and 17
        ({"10": 99, "15": 10, "17": 19}, {"15": 9, "16": 20}, (None, None, None)),
        ({}, {}, (None, None, None)),
    ],
)
def test_voters_for_the_integrationsrat_are_rounded_and_told_where_no_rest_is_small(
    tmp_path: Path, w: dict[str, int], m: dict[str, int], gezeigt: tuple[int | None, ...]
) -> None:
    je = marts(tmp_path, *waehler(w, m), altersgruppen=GRUPPEN)
    zeilen = [je[*RAT, x] for x in ("insgesamt", "w", "m")]
    assert tuple(z["personen"] for z in zeilen) == gezeigt
    assert [z["status"] for z in zeilen] == ["geheim" if n is None else "gerundet" for n in gezeigt]
    assert [z["anteil"] for z in zeilen] == [
        None if n is None else n / e for n, e in zip(gezeigt, (1000, 500, 500), strict=True)
    ]
    assert {k for k in je if k[1] == "waehlerjahre"} == set()


def test_a_voting_age_that_is_a_bound_of_the_age_groups_tells_nothing_rounded(tmp_path: Path) -> None:
    """Voters would be a sum of shown age groups, and the rounding a bound on a hidden one of these."""
    jung = {"10": 99, "15": 99, "17": 99}
    je = marts(tmp_path, *waehler(jung, jung), altersgruppen=("00-15", "16+", "insgesamt"))
    assert je[*RAT, "insgesamt"]["personen"] is None
