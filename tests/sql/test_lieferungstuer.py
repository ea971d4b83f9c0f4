"""The door for the protocol: lines of a register extract are persons, a line number is one of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, read, run_steps

ZAHLEN = ("zeilen_gelesen", "zeilen_uebernommen", "zeilen_ausserhalb", "zeilen_abgewiesen")
UNGEZAEHLT = (None, None, None, None)


def pass_through(
    ordner: Path, lieferungen: list[dict[str, Any]], *befunde: dict[str, Any], quellen: tuple[dict[str, Any], ...] = ()
) -> Ablage:
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", {"kommune": "k", "mindestfallzahl": 5})
    lay(ablage, "stamm.muster", {"kommune": "k", "muster": "*-06-30"})
    lay(ablage, "stamm.erzeugt_aus")
    lay(ablage, "stamm.quelle", *quellen)
    lay(ablage, "eingang.lieferung", *({"quelle": "melderegister", "status": "uebernommen"} | li for li in lieferungen))
    lay(ablage, "eingang.befund", *({"lieferung_id": "l1", "quelle": "melderegister"} | b for b in befunde))
    run_steps(ablage, "lieferung", "bestand", "befund", bis="geheimhaltung")
    return ablage


def gezaehlt(ablage: Ablage) -> dict[str, tuple[int | None, ...]]:
    return {z["lieferung_id"]: tuple(z[s] for s in ZAHLEN) for z in read(ablage, "geheimhaltung.lieferung")}


def lieferung(kennung: str, zahlen: tuple[int, ...], **mehr: Any) -> dict[str, Any]:
    return {"lieferung_id": kennung, **dict(zip(ZAHLEN, zahlen, strict=True))} | mehr


@pytest.mark.parametrize(
    ("zahlen", "gezeigt"),
    [
        # Who is outside is told to tens: beside the extract of a year later it would be who died.
        ((119, 100, 7, 12), (122, 100, 10, 12)),
        ((107, 100, 7, 0), (110, 100, 10, 0)),
        ((114, 100, 14, 0), (110, 100, 10, 0)),
        # Three rejected lines: neither they nor the sum they follow from.
        ((110, 100, 7, 3), (None, 100, 10, None)),
        ((114, 100, 2, 12), (112, 100, 0, 12)),
        ((111, 100, 2, 9), (None, 100, 0, None)),
        ((105, 100, 2, 3), (None, 100, 0, None)),
    ],
)
def test_no_count_of_lines_is_a_handful(
    tmp_path: Path, zahlen: tuple[int, ...], gezeigt: tuple[int | None, ...]
) -> None:
    assert gezaehlt(pass_through(tmp_path, [lieferung("l1", zahlen)])) == {"l1": gezeigt}


def test_a_delivery_says_whether_its_stichtag_is_only_assumed(tmp_path: Path) -> None:
    presse = {"kommune": "k", "quelle_id": "presse", "stichtag_angenommen": True}
    amt = {"kommune": "k", "quelle_id": "amt", "stichtag_angenommen": False}
    lieferungen = [{"lieferung_id": q, "quelle": q, "art": "tabellen"} for q in ("presse", "amt", "gestrichen")]
    ablage = pass_through(tmp_path, lieferungen, quellen=(presse, amt))
    angenommen = {z["lieferung_id"]: z["stichtag_angenommen"] for z in read(ablage, "geheimhaltung.lieferung")}
    assert angenommen == {"presse": True, "amt": False, "gestrichen": False}


def test_of_two_extracts_of_a_stichtag_only_the_valid_one_is_counted(tmp_path: Path) -> None:
    """The earlier one has two persons fewer: a difference nobody may form."""
    frueher = lieferung("l1", (98, 98, 0, 0))
    spaeter = lieferung("l2", (100, 100, 0, 0), datenstand=date(2021, 9, 30), datei="spaeter.csv")
    assert gezaehlt(pass_through(tmp_path, [frueher, spaeter])) == {"l1": UNGEZAEHLT, "l2": (100, 100, 0, 0)}


@pytest.mark.parametrize(
    "mehr", [{"stichtag": date(2021, 7, 1)}, {"status": "abgewiesen"}, {"status": "zurueckgezogen"}],
    ids=["no_declared_stichtag", "refused", "withdrawn"],
)  # fmt: skip
def test_an_extract_no_published_stichtag_rests_on_is_not_counted(tmp_path: Path, mehr: dict[str, Any]) -> None:
    assert gezaehlt(pass_through(tmp_path, [lieferung("l1", (100, 100, 0, 0), **mehr)])) == {"l1": UNGEZAEHLT}


def test_tables_are_counted_as_before(tmp_path: Path) -> None:
    tabelle = lieferung("l1", (3, 2, 0, 1), art="tabellen", quelle="tabelle")
    assert gezaehlt(pass_through(tmp_path, [tabelle])) == {"l1": (3, 2, 0, 1)}


def befund(pruefung: str, anzahl: int, schwere: str = "hinweis", **mehr: Any) -> dict[str, Any]:
    return {
        "pruefung": pruefung,
        "anzahl": anzahl,
        "schwere": schwere,
        "beispiel": f"Zeile 17, Spalte {pruefung}",
    } | mehr


def befunde(ablage: Ablage) -> list[tuple[Any, ...]]:
    return [(z["pruefung"], z["anzahl"], z["beispiel"]) for z in read(ablage, "geheimhaltung.befund")]


def test_findings_name_the_column_and_no_line_and_no_handful(tmp_path: Path) -> None:
    ablage = pass_through(tmp_path, [lieferung("l1", (100, 100, 0, 0))], befund("a", 9), befund("b", 10), befund("c", 0),
                   befund("d", 17, beispiel=None))  # fmt: skip
    assert befunde(ablage) == [("a", None, "Spalte a"), ("b", 10, "Spalte b"), ("c", 0, "Spalte c"), ("d", 17, None)]


def test_persons_of_no_known_area_are_a_cell_of_the_family_and_not_told_here(tmp_path: Path) -> None:
    ablage = pass_through(tmp_path, [lieferung("l1", (100, 100, 0, 0))], befund("gebiet_unbekannt", 40))
    assert befunde(ablage) == [("gebiet_unbekannt", None, "Spalte gebiet_unbekannt")]


def test_beside_a_rule_broken_by_few_no_other_is_counted_of_the_rejected_lines(tmp_path: Path) -> None:
    """19 rejected, 16 of them for one rule: the other three would be told by subtraction."""
    ablage = pass_through(
        tmp_path, [lieferung("l1", (119, 100, 0, 19))], befund("a", 16, "fehler"), befund("b", 3, "fehler")
    )
    assert [z[1] for z in befunde(ablage)] == [None, None]


def test_findings_on_an_extract_no_published_stichtag_rests_on_are_not_counted(tmp_path: Path) -> None:
    ablage = pass_through(tmp_path, [lieferung("l1", (100, 100, 0, 0), stichtag=date(2021, 7, 1))], befund("a", 40))
    assert [z[1] for z in befunde(ablage)] == [None]


def test_findings_on_tables_are_told_with_their_cell(tmp_path: Path) -> None:
    tabelle = lieferung("l1", (3, 2, 0, 1), art="tabellen", quelle="tabelle")
    ablage = pass_through(tmp_path, [tabelle], befund("a", 1, beispiel="Blatt!B6"))
    assert befunde(ablage) == [("a", 1, "Blatt!B6")]
