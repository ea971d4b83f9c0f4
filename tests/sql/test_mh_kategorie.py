"""From the cube to `marts.mh_kategorie`: totals over levels, sexes and generations, what the door hides, the names."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import load_checks, run_check
from tests.lib.literal_tables import lay, lay_ort, lay_umfang, read, run_steps

REGELN = (
    ("auslaender", "A", "Ausländer", "mit"), ("e", "E", "Eingebürgerte laut Register", "mit"),
    ("vermutet", "E", "Eingebürgerte, vermutet", "mit"), ("kind", "G", "Kinder", "mit"),
    ("g_offen", "G", "Im Ausland Geborene", "unentscheidbar"), ("sonst", "0", "Deutsche ohne MH", "ohne"),
)  # fmt: skip
ERGEBNIS = {regel: ergebnis for regel, _, _, ergebnis in REGELN}
Zelle = tuple[str, str, str, str, int]  # district, sex, rule, generation, persons


def pass_through(
    ordner: Path,
    *zellen: Zelle,
    mindestzeile: int = 0,
    hauptprofil: str = "p",
    generationen: str = "alle",
    **kommune: Any,
) -> dict[tuple[str, ...], dict[str, Any]]:
    """(area, category, generation, sex) → published row of definition p, which is the main one unless another is named."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage, *REGELN, **kommune)
    lay_umfang(ablage, mindestzeile=mindestzeile, hauptprofil=hauptprofil, generationen=generationen)
    zeilen = (
        {"gebiet_id": o, "geschlecht": g, "altersgruppe": "30-44", "regel": r, "generation": n, "personen": p,
         "ergebnis_mh": ERGEBNIS[r], "ist_auslaender": r == "auslaender"}
        for o, g, r, n, p in zellen
    )  # fmt: skip
    lay(ablage, "bevoelkerung.wuerfel", *zeilen)
    lay(ablage, "stamm.profil", {"version": "1"})
    run_steps(ablage, "migrationshintergrund", "mh_kategorie")
    pruefungen = {p.name: p for p in load_checks()}
    assert run_check(ablage, pruefungen["kategorien_summe"]).zeilen == []
    for leer in (
        "marts.bezugsland",
        "marts.definitionsvergleich",
        "marts.staatengruppe",
        "marts.optionskennzeichen",
        "marts.registermerkmal",
        "marts.bewegung",
    ):
        lay(ablage, leer)
    assert run_check(ablage, pruefungen["kleine_zahlen_weitere"]).zeilen == []
    marts = read(ablage, "marts.mh_kategorie")
    ergebnis = {(z["gebiet_id"], z["kategorie"], z["generation"], z["geschlecht"]): z for z in marts}
    assert len(ergebnis) == len(marts), "der Schlüssel ist nicht eindeutig"
    return ergebnis


GROSS: tuple[Zelle, ...] = (
    ("01", "m", "auslaender", "1", 30), ("01", "w", "auslaender", "2", 10), ("01", "m", "e", "2", 20),
    ("01", "w", "vermutet", "1", 40), ("01", "w", "sonst", "-", 100), ("02", "m", "auslaender", "1", 7),
    ("02", "m", "sonst", "-", 93),
)  # fmt: skip


def anzahlen(zeilen: dict[tuple[str, ...], dict[str, Any]], **fest: str) -> dict[str, Any]:
    """Published counts of the rows with these key values, by area."""
    felder = ("gebiet_id", "kategorie", "generation", "geschlecht")
    return {k[0]: z["personen"] for k, z in zeilen.items() if all(k[felder.index(f)] == w for f, w in fest.items())}


def test_each_level_counts_everybody_once_and_an_empty_district_has_its_zeros(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, *GROSS)
    alle = anzahlen(zeilen, kategorie="insgesamt", generation="insgesamt", geschlecht="insgesamt")
    assert alle == {"00": 300, "10": 300, "01": 200, "02": 100, "03": 0}
    assert anzahlen(zeilen, kategorie="A", generation="insgesamt", geschlecht="insgesamt") == {
        "00": 47, "10": 47, "01": 40, "02": 7, "03": 0,
    }  # fmt: skip
    leer = zeilen["03", "A", "insgesamt", "insgesamt"]
    assert (leer["personen"], leer["anteil"], leer["status"]) == (0, None, "nicht_bewertbar")


def test_every_area_has_the_same_rows_and_persons_of_no_known_area_are_in_the_town_only(tmp_path: Path) -> None:
    ohne, mit = (
        pass_through(tmp_path / "o", *GROSS),
        pass_through(tmp_path / "m", *GROSS, ("unbekannt", "m", "sonst", "-", 50)),
    )
    je_gebiet = {("A", "insgesamt", "insgesamt"), ("E", "insgesamt", "insgesamt"), ("0", "insgesamt", "insgesamt"),
                 ("insgesamt", "insgesamt", "insgesamt")}  # fmt: skip
    for zeilen in (ohne, mit):
        assert {k[0] for k in zeilen} == {"00", "10", "01", "02", "03"}
        for ort in ("10", "01", "02", "03"):
            assert {k[1:] for k in zeilen if k[0] == ort} == je_gebiet
    assert mit["10", "insgesamt", "insgesamt", "insgesamt"]["personen"] == 300
    assert mit["00", "insgesamt", "insgesamt", "insgesamt"]["personen"] == 350


def test_the_town_is_told_by_generation_or_by_sex_and_never_by_both(tmp_path: Path) -> None:
    stadt = {k[1:] for k in pass_through(tmp_path, *GROSS) if k[0] == "00"}
    assert {g for _, _, g in stadt} == {"m", "w", "insgesamt"}
    assert {n for _, n, g in stadt if g != "insgesamt"} == {"insgesamt"}
    assert {(k, n) for k, n, g in stadt if g == "insgesamt"} == {
        ("A", "1"), ("A", "2"), ("A", "insgesamt"), ("E", "1"), ("E", "2"), ("E", "insgesamt"), ("0", "-"), ("0", "insgesamt"),
        ("insgesamt", "1"), ("insgesamt", "2"), ("insgesamt", "-"), ("insgesamt", "insgesamt"),
    }  # fmt: skip


def test_further_definitions_are_told_for_the_town_and_without_sex(tmp_path: Path) -> None:
    als_weitere = pass_through(tmp_path / "w", *GROSS, hauptprofil="q")
    als_haupt = pass_through(tmp_path / "h", *GROSS)
    assert {(k[0], k[3]) for k in als_weitere} == {("00", "insgesamt")}
    assert {k: z["personen"] for k, z in als_weitere.items()} == {
        k: z["personen"] for k, z in als_haupt.items() if (k[0], k[3]) == ("00", "insgesamt")
    }


def test_generations_add_up_and_persons_without_mh_have_none(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, *GROSS)
    je_generation = {g: zeilen["00", "insgesamt", g, "insgesamt"]["personen"] for g in ("1", "2", "-", "insgesamt")}
    assert je_generation == {"1": 77, "2": 30, "-": 193, "insgesamt": 300}
    assert zeilen["00", "A", "insgesamt", "w"]["personen"] == 10
    assert zeilen["00", "E", "insgesamt", "insgesamt"]["personen"] == 60
    assert ("00", "0", "1", "insgesamt") not in zeilen


@pytest.mark.parametrize(("personen", "gezeigt"), [(1, None), (4, None), (5, 5)])
def test_small_category_is_hidden_with_its_share(personen: int, gezeigt: int | None, tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, *GROSS, ("02", "w", "e", "1", personen))
    z = zeilen["02", "E", "insgesamt", "insgesamt"]
    assert z["personen"] == gezeigt
    assert z["anteil"] == (None if gezeigt is None else personen / (100 + personen))
    assert z["status"] == ("ok" if gezeigt else "geheim")
    assert z["hinweise"] == ([] if gezeigt else ["geheim"])
    # Of the categories of the district and of this category's districts never one alone.
    je_kategorie = [zeilen["02", k, "insgesamt", "insgesamt"]["personen"] for k in ("A", "E", "0", "insgesamt")]
    je_gebiet = [zeilen[g, "E", "insgesamt", "insgesamt"]["personen"] for g in ("10", "01", "02")]
    assert je_kategorie.count(None) != 1
    assert je_gebiet.count(None) != 1


@pytest.mark.parametrize("personen", [1, 4])
def test_category_with_a_rare_generation_is_told_without_generations(personen: int, tmp_path: Path) -> None:
    """Not as hidden rows: that a large generation beside the rare one were hidden helps nobody."""
    zeilen = pass_through(tmp_path, *GROSS, ("01", "w", "vermutet", "2,5", personen))
    assert {k[2] for k in zeilen if k[:2] == ("00", "E")} == {"insgesamt", "zusammen"}
    assert zeilen["00", "E", "insgesamt", "insgesamt"]["personen"] == 60 + personen
    # Of A alone the generations would be told, and what is left of all would be those of E.
    assert {k[2] for k in zeilen if k[:2] == ("00", "A")} == {"insgesamt", "zusammen"}
    weitere = {k[2]: z["personen"] for k, z in zeilen.items() if k[:2] == ("00", "weitere")}
    assert weitere == {"1": 77, "2": None, "2,5": None}
    # Nobody else is of this generation.
    assert zeilen["00", "insgesamt", "2,5", "insgesamt"]["personen"] is None


def test_category_whose_generations_are_all_large_enough_is_told_by_generation(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, *GROSS, ("01", "w", "vermutet", "2,5", 5))
    assert [zeilen["00", "E", n, "insgesamt"]["personen"] for n in ("1", "2", "2,5")] == [40, 20, 5]


def test_few_of_two_rare_categories_leave_the_others_their_generations(tmp_path: Path) -> None:
    selten = [("01", "m", r, n, p) for r in ("vermutet", "kind") for n, p in (("1", 3), ("2", 50))]
    zeilen = pass_through(tmp_path, *GROSS[:2], *GROSS[4:], *selten)
    je_kategorie = {k: {z[2] for z in zeilen if z[:2] == ("00", k)} for k in ("A", "E", "G")}
    assert je_kategorie == {
        "A": {"1", "2", "insgesamt"},
        "E": {"insgesamt", "zusammen"},
        "G": {"insgesamt", "zusammen"},
    }


def test_category_of_almost_everybody_is_hidden_for_the_few_others(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, ("01", "m", "auslaender", "1", 4), ("01", "m", "sonst", "-", 96))
    for ort in ("00", "10", "01"):
        assert zeilen[ort, "0", "insgesamt", "insgesamt"]["personen"] is None
    assert zeilen["00", "0", "-", "insgesamt"]["personen"] is None
    assert zeilen["00", "insgesamt", "-", "insgesamt"]["personen"] is None
    assert zeilen["01", "insgesamt", "insgesamt", "insgesamt"]["personen"] == 100


def test_few_inhabitants_hide_every_category_also_the_empty_ones(tmp_path: Path) -> None:
    def nord(ordner: str, personen: int) -> set[tuple[int | None, str]]:
        zeilen = pass_through(tmp_path / ordner, *GROSS, ("03", "w", "sonst", "-", personen), mindestzeile=30)
        return {(z["personen"], z["status"]) for k, z in zeilen.items() if k[0] == "03" and k[1] != "insgesamt"}

    assert nord("wenige", 29) == {(None, "geheim")}
    assert nord("genug", 30) == {(30, "ok"), (0, "ok")}


def test_shown_category_of_hidden_inhabitants_is_no_hidden_figure(tmp_path: Path) -> None:
    """The status is that of the count; that its share is hidden, is said of the share."""
    zeilen = pass_through(tmp_path, *GROSS, ("03", "w", "sonst", "-", 3))
    assert zeilen["03", "insgesamt", "insgesamt", "insgesamt"]["status"] == "geheim"
    z = zeilen["03", "A", "insgesamt", "insgesamt"]
    assert (z["personen"], z["anteil"], z["status"], z["hinweise"]) == (0, None, "ok", ["geheim", "geheim:anteil"])


def test_small_denominator_gives_the_count_without_share(tmp_path: Path) -> None:
    z = pass_through(tmp_path, *GROSS, mindestnenner=101)["02", "A", "insgesamt", "insgesamt"]
    assert (z["personen"], z["anteil"], z["status"]) == (7, None, "zu_klein")


def test_categories_without_mh_that_are_ever_rare_are_told_together(tmp_path: Path) -> None:
    """Whose parents are unknown, 20 in the whole town, would tell with all others without MH how many these are."""
    selten = ("01", "m", "g_offen", "-", 20)
    zeilen = pass_through(tmp_path / "r", *GROSS, selten, mindestzeile=30)
    assert {k[1] for k in zeilen} == {"A", "E", "rest", "insgesamt"}
    assert zeilen["00", "rest", "insgesamt", "insgesamt"]["personen"] == 213
    assert zeilen["00", "rest", "-", "insgesamt"]["personen"] == 213
    assert zeilen["00", "rest", "-", "insgesamt"]["kategorie_name"] == "Ohne Migrationshintergrund oder unentscheidbar"
    haeufig = ("01", "m", "g_offen", "-", 30)
    assert {k[1] for k in pass_through(tmp_path / "h", *GROSS, haeufig, mindestzeile=30)} == {
        "A",
        "E",
        "G",
        "0",
        "insgesamt",
    }


def test_names_of_categories_name_all_their_rules(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, *GROSS, ("01", "m", "kind", "2", 10), ("01", "m", "g_offen", "-", 10))
    namen = {k[1]: (z["kategorie_name"], z["ergebnis_mh"]) for k, z in zeilen.items()}
    assert namen == {
        "A": ("Ausländer", "mit"),
        "E": ("Eingebürgerte laut Register / Eingebürgerte, vermutet", "mit"),
        "G": ("Im Ausland Geborene / Kinder", "gemischt"),
        "0": ("Deutsche ohne MH", "ohne"),
        "insgesamt": ("Insgesamt", "gemischt"),
    }
    assert zeilen["01", "G", "insgesamt", "insgesamt"]["personen"] == 20
    assert zeilen["00", "G", "2", "insgesamt"]["personen"] == 10


@pytest.mark.parametrize(
    ("hauptprofil", "generationen", "told"),
    [("p", "hauptdefinition", {"1", "2"}), ("q", "alle", {"1", "2"}), ("q", "hauptdefinition", {"zusammen"})],
)
def test_generations_are_told_of_the_main_definition_unless_all_are_asked_for(
    tmp_path: Path, hauptprofil: str, generationen: str, told: set[str]
) -> None:
    zeilen = pass_through(tmp_path, *GROSS, hauptprofil=hauptprofil, generationen=generationen)
    assert {k[2] for k in zeilen if k[0] == "00" and k[1] == "A" and k[3] == "insgesamt"} == {"insgesamt", *told}
    assert zeilen["00", "A", "insgesamt", "insgesamt"]["personen"] == 47
    assert sum(zeilen["00", "A", n, "insgesamt"]["personen"] for n in told) == 47
