"""From the cube to `marts.mh_kategorie`: totals over levels, sexes and generations, what the door hides, the names."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.ablage import Ablage
from pipelines.pruefungen import fuehre_pruefung_aus, lade_pruefungen
from tests.sql.tabellen import fuehre_schritte, lege, lege_ort, lies

REGELN = (
    ("auslaender", "A", "Ausländer", "mit"), ("e", "E", "Eingebürgerte laut Register", "mit"),
    ("vermutet", "E", "Eingebürgerte, vermutet", "mit"), ("kind", "G", "Kinder", "mit"),
    ("g_offen", "G", "Im Ausland Geborene", "unentscheidbar"), ("sonst", "0", "Deutsche ohne MH", "ohne"),
)  # fmt: skip
ERGEBNIS = {regel: ergebnis for regel, _, _, ergebnis in REGELN}
Zelle = tuple[str, str, str, str, int]  # district, sex, rule, generation, persons


def durch(ordner: Path, *zellen: Zelle, **kommune: Any) -> dict[tuple[str, ...], dict[str, Any]]:
    """(area, category, generation, sex) → published row."""
    ablage = Ablage(ordner).anlegen()
    lege_ort(ablage, *REGELN, **kommune)
    zeilen = (
        {"gebiet_id": o, "geschlecht": g, "altersgruppe": "30-44", "regel": r, "generation": n, "personen": p,
         "ergebnis_mh": ERGEBNIS[r], "ist_auslaender": r == "auslaender"}
        for o, g, r, n, p in zellen
    )  # fmt: skip
    lege(ablage, "bevoelkerung.wuerfel", *zeilen)
    lege(ablage, "stamm.profil", {"version": "1"})
    fuehre_schritte(ablage, "migrationshintergrund", "mh_kategorie")
    pruefungen = {p.name: p for p in lade_pruefungen()}
    assert fuehre_pruefung_aus(ablage, pruefungen["kategorien_summe"]).zeilen == []
    for leer in ("marts.bezugsland", "marts.definitionsvergleich"):
        lege(ablage, leer)
    assert fuehre_pruefung_aus(ablage, pruefungen["kleine_zahlen_weitere"]).zeilen == []
    marts = lies(ablage, "marts.mh_kategorie")
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
    zeilen = durch(tmp_path, *GROSS)
    alle = anzahlen(zeilen, kategorie="insgesamt", generation="insgesamt", geschlecht="insgesamt")
    assert alle == {"00": 300, "10": 300, "01": 200, "02": 100, "03": 0}
    assert anzahlen(zeilen, kategorie="A", generation="insgesamt", geschlecht="insgesamt") == {
        "00": 47, "10": 47, "01": 40, "02": 7, "03": 0,
    }  # fmt: skip
    leer = zeilen["03", "A", "1", "insgesamt"]
    assert (leer["personen"], leer["anteil"], leer["status"]) == (0, None, "nicht_bewertbar")


def test_every_area_has_the_same_rows_and_the_unknown_district_only_with_inhabitants(tmp_path: Path) -> None:
    ohne, mit = durch(tmp_path / "o", *GROSS), durch(tmp_path / "m", *GROSS, ("unbekannt", "m", "sonst", "-", 50))
    for zeilen, orte in ((ohne, 5), (mit, 6)):
        gruppen = {k[1:] for k in zeilen}
        assert len(zeilen) == orte * len(gruppen)
        assert {g[2] for g in gruppen} == {"m", "w", "insgesamt"}
    assert mit["unbekannt", "insgesamt", "insgesamt", "insgesamt"]["personen"] == 50
    assert mit["unbekannt", "A", "1", "m"]["personen"] == 0
    assert mit["00", "insgesamt", "insgesamt", "insgesamt"]["personen"] == 350


def test_generations_add_up_and_persons_without_mh_have_none(tmp_path: Path) -> None:
    zeilen = durch(tmp_path, *GROSS)
    je_generation = {g: zeilen["01", "insgesamt", g, "insgesamt"]["personen"] for g in ("1", "2", "-", "insgesamt")}
    assert je_generation == {"1": 70, "2": 30, "-": 100, "insgesamt": 200}
    assert zeilen["01", "A", "1", "w"]["personen"] == 0
    assert zeilen["01", "E", "insgesamt", "insgesamt"]["personen"] == 60
    assert ("01", "0", "1", "insgesamt") not in zeilen


@pytest.mark.parametrize(("personen", "gezeigt"), [(1, None), (4, None), (5, 5)])
def test_small_category_is_hidden_with_its_share(personen: int, gezeigt: int | None, tmp_path: Path) -> None:
    z = durch(tmp_path, *GROSS, ("02", "w", "e", "1", personen))["02", "E", "1", "insgesamt"]
    assert z["personen"] == gezeigt
    assert z["anteil"] == (None if gezeigt is None else personen / (100 + personen))
    assert z["status"] == ("ok" if gezeigt else "geheim")
    assert z["hinweise"] == ([] if gezeigt else ["geheim"])


def test_category_of_almost_everybody_is_hidden_for_the_few_others(tmp_path: Path) -> None:
    zeilen = durch(tmp_path, ("01", "m", "auslaender", "1", 4), ("01", "m", "sonst", "-", 96))
    assert zeilen["01", "0", "-", "insgesamt"]["personen"] is None
    assert zeilen["01", "insgesamt", "-", "insgesamt"]["personen"] is None
    assert zeilen["01", "insgesamt", "insgesamt", "insgesamt"]["personen"] == 100


def test_few_inhabitants_hide_every_category_also_the_empty_ones(tmp_path: Path) -> None:
    zeilen = durch(tmp_path, *GROSS, ("03", "w", "sonst", "-", 3))
    assert {z["personen"] for k, z in zeilen.items() if k[0] == "03" and k[3] == "insgesamt"} == {None}
    assert {z["status"] for k, z in zeilen.items() if k[0] == "03" and k[3] == "insgesamt"} == {"geheim"}


def test_small_denominator_gives_the_count_without_share(tmp_path: Path) -> None:
    z = durch(tmp_path, *GROSS, mindestnenner=101)["02", "A", "1", "insgesamt"]
    assert (z["personen"], z["anteil"], z["status"]) == (7, None, "zu_klein")


def test_names_of_categories_name_all_their_rules(tmp_path: Path) -> None:
    zeilen = durch(tmp_path, *GROSS, ("01", "m", "kind", "2", 10), ("01", "m", "g_offen", "-", 10))
    namen = {k[1]: (z["kategorie_name"], z["ergebnis_mh"]) for k, z in zeilen.items()}
    assert namen == {
        "A": ("Ausländer", "mit"),
        "E": ("Eingebürgerte laut Register / Eingebürgerte, vermutet", "mit"),
        "G": ("Im Ausland Geborene / Kinder", "gemischt"),
        "0": ("Deutsche ohne MH", "ohne"),
        "insgesamt": ("Insgesamt", "gemischt"),
    }
    assert zeilen["01", "G", "insgesamt", "insgesamt"]["personen"] == 20
    assert zeilen["01", "G", "2", "insgesamt"]["personen"] == 10
