"""From the cube to `marts.definitionsvergleich`: pairs of rules, their total, the reason in words, what the door hides."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import load_checks, run_check
from tests.lib.literal_tables import lay, lay_ort, lay_umfang, read, run_steps

NULLZELLE = {"regel_a": "insgesamt", "regel_b": "insgesamt", "ergebnis_a": "gemischt", "ergebnis_b": "gemischt"}
INSGESAMT = ("insgesamt", "insgesamt")
Zeilen = dict[tuple[str, ...], dict[str, Any]]
Paar = tuple[str, str, str, int]  # district, rule of p, rule of q, persons
ERGEBNISSE = {"aus": "mit", "sonst": "ohne", "eltern": "mit", "offen": "nicht_bestimmbar"}


def pass_through(
    ordner: Path, einwohner: dict[str, int], *paare: Paar, mindestzeile: int = 0, **kommune: Any
) -> Zeilen:
    """(area, rule of p, rule of q) → published row of the pair p, q."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage, **kommune)
    lay_umfang(ablage, mindestzeile=mindestzeile)
    lay(
        ablage, "stamm.regel",
        {"profil": "p", "regel": "aus", "kategorie": "A", "kategorie_name": "Ausländer", "ergebnis_mh": "mit"},
        {"profil": "p", "regel": "sonst", "kategorie": "0", "kategorie_name": "Deutsche ohne MH", "ergebnis_mh": "ohne"},
        {"profil": "q", "regel": "eltern", "kategorie": "F", "kategorie_name": "Kinder", "ergebnis_mh": "mit"},
        {"profil": "q", "regel": "offen", "kategorie": "n", "kategorie_name": "Eltern unbekannt",
         "ergebnis_mh": "nicht_bestimmbar"},
    )  # fmt: skip
    lay(ablage, "stamm.profil", {"version": "1"}, {"profil": "q", "version": "1"})
    gemeinsam = {"altersgruppe": "30-44", "geschlecht": "m"}
    zeilen = ({**gemeinsam, "gebiet_id": o, "profil": p, "personen": n} for o, n in einwohner.items() for p in "pq")
    lay(ablage, "bevoelkerung.wuerfel", *zeilen)
    lay(
        ablage, "bevoelkerung.vergleichswuerfel",
        *({**NULLZELLE, "gebiet_id": o, "personen": 0} for o in einwohner),
        *({"gebiet_id": o, "regel_a": a, "regel_b": b, "ergebnis_a": ERGEBNISSE[a], "ergebnis_b": ERGEBNISSE[b],
           "personen": n} for o, a, b, n in paare),
    )  # fmt: skip
    run_steps(ablage, "migrationshintergrund", "definitionsvergleich")
    for leer in (
        "marts.mh_kategorie",
        "marts.bezugsland",
        "marts.staatengruppe",
        "marts.optionskennzeichen",
        "marts.registermerkmal",
        "marts.bewegung",
    ):
        lay(ablage, leer)
    (pruefung,) = (p for p in load_checks() if p.name == "kleine_zahlen_weitere")
    assert run_check(ablage, pruefung).zeilen == []
    marts = read(ablage, "marts.definitionsvergleich")
    ergebnis = {(z["gebiet_id"], z["regel_a"], z["regel_b"]): z for z in marts}
    assert len(ergebnis) == len(marts), "der Schlüssel ist nicht eindeutig"
    assert {(z["profil_a"], z["profil_b"]) for z in marts} == {("p", "q")}
    return ergebnis


PAARE: tuple[Paar, ...] = (
    ("01", "aus", "offen", 20), ("01", "sonst", "eltern", 30), ("02", "sonst", "eltern", 10),
    ("02", "sonst", "offen", 40),
)  # fmt: skip
EINWOHNER = {"01": 100, "02": 100}


def personen(zeilen: Zeilen, *regeln: str) -> dict[str, Any]:
    return {k[0]: z["personen"] for k, z in zeilen.items() if k[1:] == regeln}


def test_each_level_counts_a_disagreement_once_and_the_total_is_the_sum_of_its_pairs(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, EINWOHNER, *PAARE)
    assert personen(zeilen, *INSGESAMT) == {"10": 100, "01": 50, "02": 50, "03": 0}
    je_paar = {k[1:]: z["personen"] for k, z in zeilen.items() if k[0] == "00"}
    assert je_paar == {("sonst", "eltern"): 40, ("aus", "offen"): 20, ("sonst", "offen"): 40}
    assert sum(je_paar.values()) == zeilen["10", *INSGESAMT]["personen"]


def test_pairs_of_rules_are_told_for_the_town_only_and_totals_for_its_areas_only(tmp_path: Path) -> None:
    """Out of scope has no row: a pair by area, and the town's total, which is the sum of its pairs."""
    zeilen = pass_through(tmp_path, EINWOHNER, *PAARE)
    assert {k[0] for k in zeilen if k[1:] != INSGESAMT} == {"00"}
    assert {k[0] for k in zeilen if k[1:] == INSGESAMT} == {"10", "01", "02", "03"}


def test_definitions_are_compared_with_the_main_definition_only_unless_all_are_asked_for(tmp_path: Path) -> None:
    for ordner, umfang, verglichen in (
        ("h", {}, {("p", "q"), ("p", "r")}),
        ("a", {"vergleiche": "alle"}, {("p", "q"), ("p", "r"), ("q", "r")}),
    ):
        ablage = Ablage(tmp_path / ordner).create_folders()
        lay_ort(ablage)
        lay_umfang(ablage, **umfang)
        lay(ablage, "stamm.profil", *({"profil": p, "version": "1"} for p in "pqr"))
        lay(ablage, "bevoelkerung.wuerfel",
             *({"altersgruppe": "30-44", "geschlecht": "m", "profil": p, "personen": 90} for p in "pqr"))  # fmt: skip
        lay(ablage, "bevoelkerung.vergleichswuerfel",
             *({**NULLZELLE, "profil_a": a, "profil_b": b, "personen": 0} for a, b in ("pq", "pr", "qr")))  # fmt: skip
        run_steps(ablage, "migrationshintergrund", "definitionsvergleich")
        zeilen = read(ablage, "marts.definitionsvergleich")
        assert {(z["profil_a"], z["profil_b"]) for z in zeilen} == verglichen


def test_share_is_of_all_inhabitants_of_the_area(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, EINWOHNER, *PAARE)
    assert zeilen["00", "sonst", "eltern"]["anteil"] == 0.2
    assert zeilen["01", *INSGESAMT]["anteil"] == 0.5
    leer = zeilen["03", *INSGESAMT]
    assert (leer["personen"], leer["anteil"], leer["status"]) == (0, None, "nicht_bewertbar")


def test_reason_names_both_categories_and_results_in_words(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, EINWOHNER, *PAARE)
    assert zeilen["00", "aus", "offen"]["grund"] == "p: Ausländer (mit); q: Eltern unbekannt (nicht bestimmbar)"
    assert zeilen["00", "sonst", "eltern"]["grund"] == "p: Deutsche ohne MH (ohne); q: Kinder (mit)"
    gesamt = zeilen["01", *INSGESAMT]
    assert (gesamt["grund"], gesamt["ergebnis_a"], gesamt["ergebnis_b"]) == (
        "alle Abweichungen zusammen", "gemischt", "gemischt",
    )  # fmt: skip


@pytest.mark.parametrize(("anzahl", "gezeigt"), [(1, None), (4, None), (5, 5)])
def test_small_pair_of_the_town_is_hidden_with_its_share(anzahl: int, gezeigt: int | None, tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, EINWOHNER, *PAARE[1:], ("02", "aus", "offen", anzahl))
    z = zeilen["00", "aus", "offen"]
    assert (z["personen"], z["anteil"]) == ((5, 0.025) if gezeigt else (None, None))
    assert (z["status"], z["hinweise"]) == (("ok", []) if gezeigt else ("geheim", ["geheim"]))
    # The totals of the areas add up to the sum of the town's pairs: with all of these and all but one pair there is the last.
    paare = [z["personen"] for k, z in zeilen.items() if k[0] == "00"]
    assert paare.count(None) != 1 or zeilen["10", *INSGESAMT]["personen"] is None


@pytest.mark.parametrize(("anzahl", "gezeigt"), [(1, None), (4, None), (5, 5)])
def test_small_total_of_an_area_is_hidden_with_its_share(anzahl: int, gezeigt: int | None, tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, EINWOHNER, *PAARE[:2], ("02", "sonst", "eltern", anzahl))
    z = zeilen["02", *INSGESAMT]
    assert (z["personen"], z["anteil"]) == ((5, 0.05) if gezeigt else (None, None))
    assert (z["status"], z["hinweise"]) == (("ok", []) if gezeigt else ("geheim", ["geheim"]))
    # Nobody lives in the third district: the total of the other one and of the Bezirk would give it.
    gezeigte = [zeilen[g, *INSGESAMT]["personen"] for g in ("10", "01")]
    assert gezeigt or None in gezeigte


def test_disagreement_on_almost_everybody_is_hidden_for_the_few_others(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, {"01": 52}, ("01", "sonst", "eltern", 50))
    assert zeilen["00", "sonst", "eltern"]["personen"] is None
    assert zeilen["01", *INSGESAMT]["personen"] is None
    assert zeilen["01", *INSGESAMT]["status"] == "geheim"


def test_few_inhabitants_hide_every_comparison(tmp_path: Path) -> None:
    """Whatever its value: that two definitions agree on all of a few tells of each of them."""
    zeilen = pass_through(tmp_path, {**EINWOHNER, "03": 29}, *PAARE, mindestzeile=30)
    assert {(z["personen"], z["status"]) for k, z in zeilen.items() if k[0] == "03"} == {(None, "geheim")}
    genug = pass_through(tmp_path / "genug", {**EINWOHNER, "03": 30}, *PAARE, mindestzeile=30)
    assert {(z["personen"], z["status"]) for k, z in genug.items() if k[0] == "03"} == {(0, "ok")}


def test_shown_count_of_hidden_inhabitants_is_no_hidden_figure(tmp_path: Path) -> None:
    """The status is that of the count; that its share is hidden, is said of the share."""
    z = pass_through(tmp_path, {**EINWOHNER, "03": 4}, *PAARE)["03", *INSGESAMT]
    assert (z["personen"], z["anteil"], z["status"], z["hinweise"]) == (0, None, "ok", ["geheim", "geheim:anteil"])


def test_definitions_that_agree_on_everybody_have_a_zero_in_every_area(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, {**EINWOHNER, "unbekannt": 20})
    assert personen(zeilen, *INSGESAMT) == {"10": 0, "01": 0, "02": 0, "03": 0}
    assert zeilen["01", *INSGESAMT]["status"] == "ok"


def test_small_denominator_gives_the_count_without_share(tmp_path: Path) -> None:
    z = pass_through(tmp_path, EINWOHNER, *PAARE, mindestnenner=201)["00", "sonst", "eltern"]
    assert (z["personen"], z["anteil"], z["status"]) == (40, None, "zu_klein")


def test_a_single_definition_gives_an_empty_comparison(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.profil", {"version": "1"})
    lay(ablage, "bevoelkerung.wuerfel", {"altersgruppe": "30-44", "geschlecht": "m", "personen": 9})
    lay(ablage, "bevoelkerung.vergleichswuerfel")
    run_steps(ablage, "migrationshintergrund", "definitionsvergleich")
    assert read(ablage, "marts.definitionsvergleich") == []
