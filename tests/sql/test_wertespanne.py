"""Ranges of a share: definitions, undecidable persons and sampling told apart. Literal counts behind the door, by hand."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import load_checks, run_check
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

Zeile = dict[str, Any]
PRUEFUNG = next(p for p in load_checks() if p.name == "wertespanne_enthaelt_anteil")


def zahl(profil: str, mit: int, unentscheidbar: int = 0, einwohner: int = 1000, **mehr: Any) -> Zeile:
    """A district's count under one definition: nobody is a foreigner, all with MH are Germans."""
    return {
        "profil": profil, "einwohner": einwohner, "auslaender": 0, "deutsche_mit_mh": mit, "personen_mit_mh": mit,
        "unentscheidbar": unentscheidbar, **mehr,
    }  # fmt: skip


def pass_through(ordner: Path, *register: Zeile, tabellen: tuple[Zeile, ...] = (), saetze: dict[str, float | None] | None = None,
          **kommune: Any) -> dict[tuple[str, str, str], Zeile]:  # fmt: skip
    """(area, definition, delivery) → row of the mart, through the door; the check holds for all of them."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage, **kommune)
    quellen = saetze or {"stichprobe": 0.01, "tabelle": None}
    lay(
        ablage, "eingang.lieferung", {"status": "uebernommen"},
        *({"status": "uebernommen", "lieferung_id": q, "quelle": q} for q in quellen),
    )  # fmt: skip
    lay(
        ablage, "stamm.quelle", {"quelle_id": "melderegister"},
        *({"quelle_id": q, "auswahlsatz": satz} for q, satz in quellen.items()),
    )  # fmt: skip
    run_steps(ablage, "lieferung", "bestand")
    lay(ablage, "stamm.profil", {"version": "3"}, {"profil": "q", "version": "1"})
    lay(ablage, "bevoelkerung.migrationshintergrund", *register)
    lay(ablage, "bevoelkerung.stadtteiltabelle", *tabellen)
    run_steps(ablage, "migrationshintergrund", ab="geheimhaltung")
    run_steps(ablage, "wertespanne", ab="marts")
    assert run_check(ablage, PRUEFUNG).zeilen == []
    zeilen = read(ablage, "marts.wertespanne")
    ergebnis = {(z["gebiet_id"], z["profil"], z["lieferung_id"]): z for z in zeilen}
    assert len(ergebnis) == len(zeilen)
    return ergebnis


def spannen(z: Zeile) -> dict[str, tuple[float, float, float] | None]:
    """Cause → (lower, upper, width), rounded to whole thousandths."""
    return {
        u: None if z[f"{u}_unten"] is None else tuple(round(z[f"{u}_{g}"], 3) for g in ("unten", "oben", "spanne"))
        for u in ("definition", "unentscheidbar", "stichprobe")
    }  # type: ignore[misc]


def test_definitions_and_undecidable_persons_are_told_apart(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, zahl("p", 300, 20), zahl("q", 380, 45), zahl("r", 340))
    z = zeilen["01", "p", "l1"]
    assert spannen(z) == {"definition": (0.3, 0.38, 0.08), "unentscheidbar": (0.3, 0.32, 0.02), "stichprobe": None}
    assert (z["profil_unten"], z["profil_oben"], z["anzahl_profile"], z["profilversion"]) == ("p", "q", 3, "3")
    assert (z["gesamt_unten"], z["gesamt_oben"], z["groesste_ursache"]) == (0.3, 0.38, "definition")
    assert (z["stichprobe_art"], z["status"], z["anteil"]) == ("vollerhebung", "ok", 0.3)
    # The undecidable of the widest definition reach further than any definition.
    q = zeilen["01", "q", "l1"]
    assert (q["gesamt_unten"], q["gesamt_oben"], q["groesste_ursache"]) == (0.3, 0.425, "definition")
    r = zeilen["01", "r", "l1"]
    assert spannen(r)["unentscheidbar"] == (0.34, 0.34, 0.0)


def test_the_widest_range_names_the_cause(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, zahl("p", 300, 40), zahl("q", 310))
    assert zeilen["01", "p", "l1"]["groesste_ursache"] == "unentscheidbar"
    assert zeilen["01", "q", "l1"]["groesste_ursache"] == "definition"


def test_one_definition_has_no_spread_and_without_any_cause_there_is_none(tmp_path: Path) -> None:
    z = pass_through(tmp_path, zahl("p", 300))["01", "p", "l1"]
    assert (spannen(z)["definition"], z["profil_unten"], z["anzahl_profile"]) == (None, None, 1)
    assert (z["gesamt_unten"], z["gesamt_oben"], z["groesste_ursache"]) == (0.3, 0.3, "keine")


def test_a_lower_bound_is_not_compared_with_the_other_definitions(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, zahl("p", 300), zahl("q", 350), zahl("r", 100, 51))
    for profil in "pqr":
        z = zeilen["01", profil, "l1"]
        assert (z["definition_unten"], z["definition_oben"]) == (0.3, 0.35)
        assert (z["anzahl_profile"], z["anzahl_mindestwerte"], z["mindestwert"]) == (2, 1, profil == "r")
    r = zeilen["01", "r", "l1"]
    assert (r["gesamt_unten"], r["gesamt_oben"], r["groesste_ursache"]) == (0.1, 0.35, "unentscheidbar")


def test_a_protected_share_has_no_range_and_enters_none(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, zahl("p", 4), zahl("q", 300), zahl("r", 320))
    p = zeilen["01", "p", "l1"]
    assert (p["anteil"], p["status"], p["gesamt_unten"], p["definition_unten"]) == (None, "geheim", None, None)
    assert p["groesste_ursache"] is None
    assert spannen(zeilen["01", "q", "l1"])["definition"] == (0.3, 0.32, 0.02)


def test_a_protected_number_of_undecidable_persons_gives_no_range_of_them(tmp_path: Path) -> None:
    z = pass_through(tmp_path, zahl("p", 300, 4))["01", "p", "l1"]
    assert (z["anteil"], spannen(z)["unentscheidbar"]) == (0.3, None)
    assert z["groesste_ursache"] is None, "none is ruled out that is not shown"
    assert "geheim" in z["hinweise"]


def test_a_small_denominator_gives_neither_share_nor_range(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, zahl("p", 30, einwohner=99), zahl("q", 40, einwohner=99), mindestnenner=100)
    assert {(z["anteil"], z["gesamt_oben"], z["status"]) for z in zeilen.values()} == {(None, None, "zu_klein")}


def test_a_sample_has_its_interval_and_a_full_count_none(tmp_path: Path) -> None:
    tabellen = (
        zahl("p", 10_000, einwohner=40_000, lieferung_id="stichprobe", unentscheidbar=None),
        zahl("p", 10_000, einwohner=40_000, lieferung_id="tabelle", gebiet_id="02", unentscheidbar=None),
    )
    zeilen = pass_through(tmp_path, tabellen=tabellen)
    z = zeilen["01", "p", "stichprobe"]
    # 400 persons asked, a quarter of them: (0.25 + 0.004802) / 1.009604 ± 1.96 / 1.009604 × √(0.00046875 + 0.0000060025)
    assert spannen(z)["stichprobe"] == (0.21, 0.295, 0.085)
    assert (z["stichprobe_art"], z["groesste_ursache"]) == ("stichprobe", "stichprobe")
    assert (round(z["gesamt_unten"], 3), round(z["gesamt_oben"], 3)) == (0.21, 0.295)
    voll = zeilen["02", "p", "tabelle"]
    assert (voll["stichprobe_art"], spannen(voll)["stichprobe"]) == ("vollerhebung", None)
    assert (spannen(voll)["unentscheidbar"], voll["anteil"]) == (None, 0.25)


@pytest.mark.parametrize("mit", [0, 40_000])
def test_the_interval_of_nobody_or_everybody_stays_between_0_and_1(mit: int, tmp_path: Path) -> None:
    tabelle = zahl("p", mit, einwohner=40_000, lieferung_id="stichprobe", unentscheidbar=None)
    z = pass_through(tmp_path, tabellen=(tabelle,))["01", "p", "stichprobe"]
    assert 0 <= z["stichprobe_unten"] < z["stichprobe_oben"] <= 1
    assert z["stichprobe_spanne"] == pytest.approx(3.8416 / 403.8416)


def test_two_sources_are_no_two_definitions(tmp_path: Path) -> None:
    tabellen = tuple(
        zahl(p, mit, lieferung_id=q, quelle_id=q) for p, mit, q in (("p", 300, "tabelle"), ("q", 400, "andere"))
    )
    zeilen = pass_through(tmp_path, zahl("p", 200), tabellen=tabellen, saetze={"tabelle": None, "andere": None})
    assert {z["definition_spanne"] for z in zeilen.values()} == {None}
    assert {z["anzahl_profile"] for z in zeilen.values()} == {1}


def test_printed_figures_without_a_definition_have_no_range(tmp_path: Path) -> None:
    tabelle = {"profil": "-", "einwohner": 1000, "auslaender": 100, "lieferung_id": "tabelle"}
    assert pass_through(tmp_path, tabellen=(tabelle,)) == {}
