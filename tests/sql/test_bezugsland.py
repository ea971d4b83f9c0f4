"""From the cubes to `marts.bezugsland`: rare states merged, persons of no state kept, totals never given away."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import load_checks, run_check
from tests.lib.literal_tables import lay, lay_ort, lay_umfang, read, run_steps

REGELN = (("mit", "M", "Mit", "mit"), ("sonst", "0", "Ohne", "ohne"))
Land = tuple[str, str, str, int]  # district, sex, state, persons with MH
Zeilen = dict[tuple[str, ...], dict[str, Any]]


def pass_through(
    ordner: Path, ohne: dict[str, int], *laender: Land, umfang: dict[str, Any] | None = None, **kommune: Any
) -> Zeilen:
    """(area, state, sex) → published row; `ohne` are the men without MH, by district."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage, *REGELN, **kommune)
    lay_umfang(ablage, **(umfang or {}))
    lay(ablage, "stamm.profil", {"version": "1"})
    vorgabe = {"altersgruppe": "30-44"}
    mit: dict[tuple[str, str], int] = {}
    for ort, geschlecht, _, personen in laender:
        mit[ort, geschlecht] = mit.get((ort, geschlecht), 0) + personen
    lay(
        ablage, "bevoelkerung.wuerfel",
        *({**vorgabe, "gebiet_id": o, "geschlecht": "m", "regel": "sonst", "personen": n} for o, n in ohne.items()),
        *({**vorgabe, "gebiet_id": o, "geschlecht": g, "regel": "mit", "generation": "1", "ergebnis_mh": "mit",
           "personen": n} for (o, g), n in mit.items()),
    )  # fmt: skip
    # The cube's own zero cells, then the counts.
    leer = ({"gebiet_id": o, "geschlecht": "m", "staat": "NZO", "personen": 0} for o in ohne)
    gezaehlt = ({"gebiet_id": o, "geschlecht": g, "staat": s, "personen": n} for o, g, s, n in laender)
    lay(ablage, "bevoelkerung.bezugslandwuerfel", *leer, *gezaehlt)
    run_steps(ablage, "migrationshintergrund", "bezugsland")
    pruefungen = {p.name: p for p in load_checks()}
    assert run_check(ablage, pruefungen["bezugsland_summe"]).zeilen == []
    for tabelle in (
        "marts.mh_kategorie",
        "marts.definitionsvergleich",
        "marts.staatengruppe",
        "marts.optionskennzeichen",
        "marts.registermerkmal",
        "marts.bewegung",
    ):
        lay(ablage, tabelle)
    assert run_check(ablage, pruefungen["kleine_zahlen_weitere"]).zeilen == []
    marts = read(ablage, "marts.bezugsland")
    ergebnis = {(z["gebiet_id"], z["staat"], z["geschlecht"]): z for z in marts}
    assert len(ergebnis) == len(marts), "der Schlüssel ist nicht eindeutig"
    return ergebnis


LAENDER: tuple[Land, ...] = (
    ("01", "m", "163", 40), ("01", "w", "163", 20), ("01", "m", "475", 12), ("01", "m", "NZO", 8),
    ("02", "w", "163", 10), ("02", "w", "475", 10),
)  # fmt: skip
OHNE = {"01": 120, "02": 80}


def personen(zeilen: Zeilen, staat: str, geschlecht: str = "insgesamt") -> dict[str, Any]:
    return {k[0]: z["personen"] for k, z in zeilen.items() if k[1:] == (staat, geschlecht)}


def test_each_level_counts_everybody_with_mh_once_and_an_empty_district_has_its_zeros(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE, *LAENDER)
    assert personen(zeilen, "insgesamt") == {"00": 100, "10": 100, "01": 80, "02": 20, "03": 0}
    assert personen(zeilen, "163") == {"00": 70, "10": 70, "01": 60, "02": 10, "03": 0}
    assert personen(zeilen, "163", "w") == {"00": 30}
    assert zeilen["03", "163", "insgesamt"]["status"] == "nicht_bewertbar"


def test_areas_tell_the_largest_states_and_neither_sex_nor_persons_of_no_state(tmp_path: Path) -> None:
    """Out of scope has no row."""
    zeilen = pass_through(tmp_path, OHNE, *LAENDER, umfang={"staaten_je_gebiet": 1})
    assert {k[1:] for k in zeilen if k[0] != "00"} == {
        ("163", "insgesamt"), ("insgesamt", "insgesamt"),
    }  # fmt: skip
    assert {k[1] for k in zeilen if k[0] == "00" and k[2] == "insgesamt"} == {"163", "475", "NZO", "insgesamt"}


def test_further_definitions_have_no_rows(tmp_path: Path) -> None:
    assert pass_through(tmp_path, OHNE, *LAENDER, umfang={"hauptprofil": "q"}) == {}


@pytest.mark.parametrize(("frauen", "gezeigt"), [(4, False), (5, True)])
def test_states_are_told_by_sex_only_where_women_and_men_are_enough(frauen: int, gezeigt: bool, tmp_path: Path) -> None:
    laender = (("01", "m", "163", 40), ("01", "w", "163", 20), ("01", "m", "475", 12), ("02", "w", "475", frauen))
    zeilen = pass_through(tmp_path, OHNE, *laender)
    assert (("00", "475", "m") in zeilen, ("00", "475", "w") in zeilen) == (gezeigt, gezeigt)
    assert zeilen["00", "475", "insgesamt"]["personen"] == 12 + frauen
    # Of 24 women 20 leave four others.
    frauen_alle, tuerkinnen = zeilen["00", "insgesamt", "w"]["personen"], zeilen["00", "163", "w"]["personen"]
    assert (frauen_alle, tuerkinnen) == (25, 20) if gezeigt else None in (frauen_alle, tuerkinnen)


def test_share_is_of_persons_with_mh_and_only_states_are_ranked(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE, *LAENDER)
    stadt = {
        k[1]: (z["staat_name"], z["anteil"], z["rang"]) for k, z in zeilen.items() if k[::2] == ("00", "insgesamt")
    }
    assert stadt == {
        "163": ("Türkei", 0.7, 1),
        "475": ("Syrien", 0.22, 2),
        "NZO": ("nicht zuordenbar", 0.08, None),
        "insgesamt": ("Insgesamt", 1.0, None),
    }
    assert (zeilen["01", "163", "insgesamt"]["anteil"], zeilen["01", "475", "insgesamt"]["rang"]) == (0.75, 2)
    assert zeilen["02", "163", "insgesamt"]["rang"] == zeilen["02", "475", "insgesamt"]["rang"] == 1


def test_states_rare_in_the_town_are_merged_and_never_named(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE, *LAENDER, ("01", "m", "287", 4), ("02", "m", "291", 3))
    assert {k[1] for k in zeilen} == {"163", "475", "NZO", "uebrige", "insgesamt"}
    assert personen(zeilen, "uebrige") == {"00": 7}
    assert zeilen["00", "uebrige", "insgesamt"]["staat_name"] == "Übrige"
    selten = pass_through(tmp_path / "s", OHNE, *LAENDER, ("01", "m", "287", 4))["00", "uebrige", "insgesamt"]
    assert (selten["personen"], selten["status"]) == (None, "geheim")


def test_persons_of_no_state_stay_a_group_of_their_own_however_few(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE, ("01", "m", "163", 40), ("01", "m", "NZO", 2))
    assert zeilen["00", "NZO", "insgesamt"]["personen"] is None
    assert zeilen["00", "NZO", "insgesamt"]["status"] == "geheim"
    assert {k[1] for k in zeilen if k[0] == "00"} == {"163", "NZO", "insgesamt"}


@pytest.mark.parametrize(("anzahl", "gezeigt"), [(1, None), (4, None), (5, 5)])
def test_small_count_is_hidden_with_share_and_rank(anzahl: int, gezeigt: int | None, tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE, *LAENDER, ("03", "m", "163", anzahl), ("03", "m", "NZO", 60))
    z = zeilen["03", "163", "insgesamt"]
    assert z["personen"] == gezeigt
    assert (z["anteil"], z["rang"]) == ((5 / 65, 1) if gezeigt else (None, None))
    # With all other districts and the Bezirk there is the last one.
    assert [zeilen[g, "163", "insgesamt"]["personen"] for g in ("10", "01", "02", "03")].count(None) != 1


def test_state_of_almost_everybody_is_hidden_for_the_few_others(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE, *LAENDER, ("03", "m", "163", 50), ("03", "m", "475", 3))
    gezeigt = [zeilen["03", s, "insgesamt"]["personen"] for s in ("163", "475", "insgesamt")]
    assert gezeigt[1] is None
    assert gezeigt.count(None) > 1


def test_number_of_the_few_without_mh_cannot_be_had_from_states_and_shares(tmp_path: Path) -> None:
    """Three of a hundred have no MH: of the inhabitants, the persons with MH and their states not all are shown."""
    zeilen = pass_through(tmp_path, {**OHNE, "03": 3}, *LAENDER, ("03", "m", "163", 50), ("03", "m", "475", 47))
    marts = read(Ablage(tmp_path), "marts.migrationshintergrund")
    (bestand,) = (
        z for z in marts if (z["gebiet_id"], z["geschlecht"], z["altersgruppe"]) == ("03", "insgesamt", "insgesamt")
    )
    gesamt = zeilen["03", "insgesamt", "insgesamt"]
    laender = [zeilen["03", s, "insgesamt"] for s in ("163", "475")]
    bekannt = gesamt["personen"] is not None or all(z["personen"] is not None for z in laender)
    assert bestand["einwohner"] is None or not bekannt
    assert bestand["anteil_mh"] is None
    # A shown count and its share would give a hidden total.
    assert gesamt["personen"] is not None or all(z["anteil"] is None for z in laender)


def test_shown_state_of_a_hidden_total_is_no_hidden_figure(tmp_path: Path) -> None:
    """The status is that of the count; that its share is hidden, is said of the share."""
    zeilen = pass_through(tmp_path, {**OHNE, "03": 50}, *LAENDER, ("03", "m", "NZO", 3))
    assert zeilen["03", "insgesamt", "insgesamt"]["status"] == "geheim"
    z = zeilen["03", "163", "insgesamt"]
    assert (z["personen"], z["anteil"], z["status"], z["hinweise"]) == (0, None, "ok", ["geheim", "geheim:anteil"])


def test_stichtag_without_any_person_with_mh_has_its_zeros(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, OHNE)
    assert personen(zeilen, "insgesamt") == {"00": 0, "10": 0, "01": 0, "02": 0, "03": 0}
    assert personen(zeilen, "insgesamt", "w") == {"00": 0}
    assert personen(zeilen, "NZO") == {"00": 0}
    assert {z["status"] for z in zeilen.values()} == {"nicht_bewertbar"}


def test_persons_of_no_known_area_are_in_the_town_only(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, {**OHNE, "unbekannt": 20}, *LAENDER, ("unbekannt", "m", "163", 6))
    assert "unbekannt" not in {k[0] for k in zeilen}
    # Whoever subtracts the Bezirk from the town has the six.
    assert personen(zeilen, "163") == {"00": 76, "10": 70, "01": 60, "02": 10, "03": 0}


def test_small_denominator_gives_the_count_without_share(tmp_path: Path) -> None:
    z = pass_through(tmp_path, OHNE, *LAENDER, mindestnenner=81)["01", "163", "insgesamt"]
    assert (z["personen"], z["anteil"], z["status"]) == (60, None, "zu_klein")


def test_definition_without_bezugsland_has_no_rows(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage, *REGELN)
    lay(ablage, "stamm.profil", {"version": "1"})
    lay(ablage, "bevoelkerung.wuerfel", {"altersgruppe": "30-44", "geschlecht": "m", "regel": "sonst", "personen": 9})
    lay(ablage, "bevoelkerung.bezugslandwuerfel")
    run_steps(ablage, "migrationshintergrund", "bezugsland")
    assert read(ablage, "marts.bezugsland") == []
