"""Reach of measures: size of the target group, what could change at most, what would be seen. Literal rows, by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import load_checks, run_check
from tests.lib.literal_tables import lay, read, run_steps
from tests.lib.massnahmen import STAND, Stadt, row

Zeile = dict[str, Any]
PRUEFUNG = next(p for p in load_checks() if p.name == "reichweite_rechnet")
TAG = date(2020, 6, 30)
# 100 of 400 persons: 25 %, band 21.0 to 29.4 around it, threshold 1 percentage point.
REIHE: Zeile = {
    "gebiet_id": "00", "profil": "-", "gruppe": "auslaender", "zaehler": 100.0, "nenner": 400.0, "wert": 25.0,
    "untergrenze": 21.0, "obergrenze": 29.4, "stichtag": TAG, "zeitraum": TAG, "quelle": "amt",
}  # fmt: skip
ZIEL: Zeile = {"massnahme_nr": "1.1", "gebiet_id": "00", "profil": "-", "gruppe": "auslaender", "groesse": "nenner",
               "vorschlag": True}  # fmt: skip
MASSNAHME: Zeile = {"massnahme_nr": "1.1", "stand": STAND, "teilnehmende": 40, "teilnehmende_geschuetzt": False, "gilt": True,
                    "zielgruppe": "Zugewanderte"}  # fmt: skip


def alle(ordner: Path, *reihe: Zeile, massnahme: Zeile | None = None, ziel: Zeile | None = None,
         indikator: Zeile | None = None) -> list[Zeile]:  # fmt: skip
    """All rows of the mart; the check holds for them."""
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "geheimhaltung.massnahme", MASSNAHME | (massnahme or {}))
    lay(ablage, "stamm.massnahme_zielgruppe", ZIEL | (ziel or {}))
    lay(ablage, "stamm.indikator", indikator or {})
    lay(ablage, "stamm.veroeffentlichung", {})
    lay(ablage, "marts.indikator_zeitreihe", *reihe)
    run_steps(ablage, "massnahme_reichweite", ab="marts")
    assert run_check(ablage, PRUEFUNG).zeilen == []
    return read(ablage, "marts.massnahme_reichweite")


def pass_through(ordner: Path, *reihe: Zeile, **mehr: Zeile) -> Zeile:
    """The only row of the mart."""
    (zeile,) = alle(ordner, *reihe, **mehr)
    return zeile


def rechnung(z: Zeile) -> tuple[Any, ...]:
    namen = ("reichweite", "hoechstmoegliche_aenderung", "kleinste_sichtbare_aenderung", "noetiger_anteil_veraendert")
    return (*(None if z[n] is None else round(z[n], 6) for n in namen), z["sichtbar"])


def test_the_reach_and_what_would_have_to_change_follow_from_the_counts(tmp_path: Path) -> None:
    z = pass_through(tmp_path, REIHE)
    assert (z["zielgruppe_groesse"], z["zielgruppe_stichtag"], z["stabilitaetsband"]) == (400, TAG, pytest.approx(4.2))
    # 40 of 400 move at most 10 points; 4.2 of them must, that is 42 % of the participants.
    assert rechnung(z) == (0.1, 10.0, 4.2, 0.42, True)
    assert (z["status"], z["hinweise"], z["zielgruppe_text"], z["vorschlag"]) == ("ok", [], "Zugewanderte", True)
    assert "kein Nachweis einer Wirkung" in z["annahmen"]


def test_a_small_measure_cannot_be_seen_in_the_indicator(tmp_path: Path) -> None:
    assert rechnung(pass_through(tmp_path, REIHE, massnahme={"teilnehmende": 10})) == (0.025, 2.5, 4.2, 1.68, False)


@pytest.mark.parametrize(("teilnehmende", "sichtbar"), [(16, False), (17, True)])
def test_seen_is_what_reaches_the_band(teilnehmende: int, sichtbar: bool, tmp_path: Path) -> None:
    # 16 of 400 are 4.0 points, 17 are 4.25; the half width is 4.2.
    assert pass_through(tmp_path, REIHE, massnahme={"teilnehmende": teilnehmende})["sichtbar"] is sichtbar


def test_without_participants_nothing_is_seen(tmp_path: Path) -> None:
    z = pass_through(tmp_path, REIHE, massnahme={"teilnehmende": 0})
    assert (rechnung(z), z["status"]) == ((0.0, 0.0, 4.2, None, False), "ok")


def test_those_above_the_line_may_be_the_target_group(tmp_path: Path) -> None:
    z = pass_through(tmp_path, REIHE, ziel={"groesse": "zaehler"})
    # 40 of the 100, but still out of 400.
    assert (z["zielgruppe_groesse"], *rechnung(z)) == (100, 0.4, 10.0, 4.2, 0.42, True)


@pytest.mark.parametrize(
    ("schwelle", "kleinste"),
    [
        ({"relevanzschwelle": 6.0}, 6.0),
        ({"relevanzschwelle": 20.0, "relevanz_art": "relativ"}, 5.0),
        ({"relevanzschwelle": 10.0, "relevanz_art": "relativ"}, 4.2),
    ],
)
def test_the_larger_of_threshold_and_band_must_be_reached(schwelle: Zeile, kleinste: float, tmp_path: Path) -> None:
    assert pass_through(tmp_path, REIHE | schwelle)["kleinste_sichtbare_aenderung"] == pytest.approx(kleinste)


def test_per_mille_counts_in_its_own_unit(tmp_path: Path) -> None:
    reihe = REIHE | {"einheit": "promille", "wert": 250.0, "untergrenze": 210.0, "obergrenze": 294.0}
    z = pass_through(tmp_path, reihe, indikator={"einheit": "promille", "faktor": 1000.0})
    assert rechnung(z) == (0.1, 100.0, 42.0, 0.42, True)


def test_the_newest_row_up_to_the_status_counts(tmp_path: Path) -> None:
    alt, spaeter = date(2018, 6, 30), date(2021, 1, 1)
    zeilen = (
        REIHE | {"stichtag": t, "zeitraum": t, "nenner": n} for t, n in ((alt, 200.0), (TAG, 400.0), (spaeter, 800.0))
    )
    z = pass_through(tmp_path, *zeilen)
    assert (z["zielgruppe_groesse"], z["zielgruppe_stichtag"]) == (400, TAG)


def test_a_day_of_the_status_itself_counts_and_a_later_one_never(tmp_path: Path) -> None:
    am_tag = REIHE | {"stichtag": STAND, "zeitraum": STAND}
    assert pass_through(tmp_path / "a", am_tag)["status"] == "ok"
    z = pass_through(tmp_path / "b", REIHE | {"stichtag": date(2021, 1, 1)})
    assert (z["status"], z["zielgruppe_groesse"], z["zielgruppe_stichtag"], z["profil"]) == (
        "keine_daten",
        None,
        None,
        "-",
    )


def test_an_older_published_count_stands_in_for_a_protected_one(tmp_path: Path) -> None:
    alt = date(2019, 6, 30)
    geschuetzt = REIHE | {"zaehler": None, "nenner": None, "wert": None, "untergrenze": None, "obergrenze": None,
                          "status": "geheim", "hinweise": ["geheim"]}  # fmt: skip
    z = pass_through(tmp_path / "a", REIHE | {"stichtag": alt, "zeitraum": alt}, geschuetzt)
    assert (z["zielgruppe_stichtag"], z["status"]) == (alt, "ok")
    allein = pass_through(tmp_path / "b", geschuetzt)
    assert (allein["zielgruppe_groesse"], allein["reichweite"], allein["status"]) == (None, None, "geheim")


@pytest.mark.parametrize(
    ("reihe", "status"),
    [("ok", "nicht_erhoben"), ("bruch", "nicht_erhoben"), ("gerundet", "gerundet"), ("nicht_erhoben", "nicht_erhoben")],
)
def test_a_value_without_its_counts_gives_no_size(reihe: str, status: str, tmp_path: Path) -> None:
    z = pass_through(
        tmp_path, REIHE | {"zaehler": None, "nenner": None, "untergrenze": None, "obergrenze": None, "status": reihe}
    )
    assert (z["zielgruppe_groesse"], z["reichweite"], z["status"]) == (None, None, status)


@pytest.mark.parametrize(("geschuetzt", "status"), [(True, "geheim"), (False, "nicht_erhoben")])
def test_participants_that_are_missing_or_protected_say_so(geschuetzt: bool, status: str, tmp_path: Path) -> None:
    z = pass_through(tmp_path, REIHE, massnahme={"teilnehmende": None, "teilnehmende_geschuetzt": geschuetzt})
    assert (rechnung(z), z["status"], z["zielgruppe_groesse"]) == ((None, None, 4.2, None, None), status, 400)


def test_more_participants_than_the_group_has_are_flagged_not_clipped(tmp_path: Path) -> None:
    z = pass_through(tmp_path, REIHE, massnahme={"teilnehmende": 500})
    assert (z["reichweite"], z["hinweise"], z["status"]) == (1.25, ["ueber_hundert"], "ok")


def test_only_a_share_can_show_a_measure(tmp_path: Path) -> None:
    reihe = REIHE | {
        "einheit": "anzahl",
        "zaehler": 400.0,
        "nenner": None,
        "wert": 400.0,
        "untergrenze": None,
        "obergrenze": None,
    }
    z = pass_through(tmp_path, reihe, ziel={"groesse": "zaehler"}, indikator={"einheit": "anzahl", "faktor": 1.0})
    assert (rechnung(z), z["status"]) == ((0.1, None, None, None, None), "nicht_bewertbar")


def test_the_whole_town_has_no_band_and_is_held_against_the_threshold_alone(tmp_path: Path) -> None:
    ganz = REIHE | {"untergrenze": None, "obergrenze": None}
    z = pass_through(tmp_path, ganz)
    assert (z["stabilitaetsband"], z["kleinste_sichtbare_aenderung"], z["sichtbar"], z["status"]) == (
        None,
        1.0,
        True,
        "ok",
    )
    relativ = pass_through(tmp_path, ganz | {"relevanz_art": "relativ", "relevanzschwelle": 4.0})
    assert relativ["kleinste_sichtbare_aenderung"] == pytest.approx(1)
    mindestens = pass_through(tmp_path, ganz | {"status": "mindestwert"})
    assert (mindestens["kleinste_sichtbare_aenderung"], mindestens["sichtbar"]) == (None, None)


def test_a_count_without_a_value_has_a_reach_but_no_band(tmp_path: Path) -> None:
    z = pass_through(tmp_path, REIHE | {"wert": None, "untergrenze": None, "obergrenze": None, "status": "zu_klein"})
    assert (rechnung(z), z["status"]) == ((0.1, 10.0, None, None, None), "nicht_bewertbar")


def test_an_empty_target_group_gives_no_reach(tmp_path: Path) -> None:
    z = pass_through(
        tmp_path, REIHE | {"nenner": 0.0, "zaehler": 0.0, "wert": None, "untergrenze": None, "obergrenze": None}
    )
    assert (rechnung(z), z["status"]) == ((None, None, None, None, None), "nicht_bewertbar")


def test_the_series_asked_for_counts_and_no_other(tmp_path: Path) -> None:
    fremd = (
        {"gruppe": "deutsche"}, {"geschlecht": "w"}, {"gebiet_id": "01"}, {"altersgruppe": "30-44"}, {"kommune": "x"},
        {"indikator": "andere"},
    )  # fmt: skip
    zeilen = [REIHE | f | {"nenner": 999.0} for f in fremd]
    assert pass_through(tmp_path / "a", *zeilen)["status"] == "keine_daten"
    assert pass_through(tmp_path / "b", *zeilen, REIHE)["zielgruppe_groesse"] == 400


def test_a_named_definition_counts_and_without_one_the_figure_that_needs_none(tmp_path: Path) -> None:
    zeilen = [REIHE | {"profil": p, "nenner": n} for p, n in (("b", 300.0), ("a", 200.0), ("-", 400.0))]
    assert pass_through(tmp_path / "1", *zeilen, ziel={"profil": "b"})["zielgruppe_groesse"] == 300
    ohne = pass_through(tmp_path / "2", *zeilen)
    assert (ohne["zielgruppe_groesse"], ohne["profil"]) == (400, "-")
    erste = pass_through(tmp_path / "3", *zeilen[:2])
    assert (erste["zielgruppe_groesse"], erste["profil"]) == (200, "a")


def test_invented_participants_or_counts_make_an_invented_reach(tmp_path: Path) -> None:
    beispiel = {"beispieldaten": True}
    assert not pass_through(tmp_path / "1", REIHE)["beispieldaten"]
    assert pass_through(tmp_path / "2", REIHE | beispiel)["beispieldaten"]
    assert pass_through(tmp_path / "3", REIHE, massnahme=beispiel)["beispieldaten"]


def test_only_the_valid_version_of_a_sheet_counts(tmp_path: Path) -> None:
    assert alle(tmp_path, REIHE, massnahme={"gilt": False}) == []


def test_a_measure_that_names_no_target_group_has_no_row(tmp_path: Path) -> None:
    assert alle(tmp_path, REIHE, ziel={"massnahme_nr": "1.10"}) == []


@pytest.mark.parametrize(("teilnehmende", "geschuetzt"), [(4, True), (5, False), (None, False)])
def test_the_door_says_whether_participants_are_protected(
    teilnehmende: int | None, geschuetzt: bool, tmp_path: Path
) -> None:
    stadt = Stadt(tmp_path)
    # Another figure of the sheet is small as well: that must not pass for the participants.
    stadt.deliver(row("1.1", "laufend", **{"Teilnehmende": teilnehmende, "Ist gesamt": 3}))
    stadt.massnahmen()
    (zeile,) = read(stadt.ablage, "geheimhaltung.massnahme")
    assert (zeile["teilnehmende_geschuetzt"], zeile["teilnehmende"]) == (
        geschuetzt,
        None if geschuetzt else teilnehmende,
    )
