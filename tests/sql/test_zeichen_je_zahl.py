"""A sign belongs to its figure, not to the whole row; a remark of the source goes with its figure and is hidden with it."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from pipelines.veroeffentlichung.bericht.numbers import Wert, anteil, anzahl
from tests.lib.literal_tables import decide, lay, lay_ort, read

SCHRITTE = {(s.schema, s.name): s for s in sql_steps()}
GERUNDET, GENAU = {"quelle_rundet": True}, {"quelle_rundet": False}


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.quelle", {"quelle_id": "tabelle", "art": "tabellen"})
    for leer in ("staatsangehoerigkeit", "migrationshintergrund"):
        lay(ablage, f"bevoelkerung.{leer}")
    return ablage


def deliver(ablage: Ablage, *zahlen: dict[str, Any]) -> None:
    """Figures of one row of a delivered table: inhabitants and foreigners at least."""
    felder = {"art": "tabellen", "staat": "insgesamt", "zeile": 3}
    lay(ablage, "bevoelkerung.tabellenwert", *(felder | {"spalte_nr": n} | z for n, z in enumerate(zahlen, start=1)))


def population(ablage: Ablage) -> dict[str, Any]:
    SCHRITTE["bevoelkerung", "stadtteiltabelle"].write(ablage)
    decide(ablage)
    SCHRITTE["geheimhaltung", "migrationshintergrund"].write(ablage)
    zeile = next(z for z in read(ablage, "geheimhaltung.migrationshintergrund") if z["einwohner"] is not None)
    return dict(zeile)


def signs(wert: Wert) -> str:
    return wert.fussnote


def test_a_sign_of_one_figure_is_told_of_that_figure_and_of_what_follows_from_it(ablage: Ablage) -> None:
    deliver(
        ablage,
        {"merkmal": "einwohner", "wert": 1000.0, "kennzeichen": "s"},
        {"merkmal": "auslaender", "wert": 200.0, "kennzeichen": None},
    )
    z = population(ablage)
    assert {"geschaetzt", "geschaetzt:einwohner", "geschaetzt:anteil_auslaender"} <= {*z["hinweise"]}
    assert "geschaetzt:auslaender" not in z["hinweise"]
    assert [signs(w) for w in (anzahl(z, "einwohner"), anzahl(z, "auslaender"), anteil(z, "anteil_auslaender"))] == [
        "s",
        "",
        "s",
    ]


def test_a_sign_of_a_hidden_figure_is_not_told(ablage: Ablage) -> None:
    deliver(
        ablage,
        {"merkmal": "einwohner", "wert": 1000.0, "kennzeichen": None},
        {"merkmal": "auslaender", "wert": 3.0, "kennzeichen": "s", "veroeffentlicht": False},
    )
    lay(ablage, "bevoelkerung.stadtteiltabelle", {
        "einwohner": 1000, "auslaender": 3, "veroeffentlicht": False, "kennzeichen": ["s"],
        "zeichen_der_spalten": ["auslaender:s"],
    })  # fmt: skip
    decide(ablage)
    SCHRITTE["geheimhaltung", "migrationshintergrund"].write(ablage)
    (z,) = read(ablage, "geheimhaltung.migrationshintergrund")
    assert z["auslaender"] is None
    assert not [h for h in z["hinweise"] if h.startswith("geschaetzt:")]


def read_delivered(ablage: Ablage, merkmal: dict[str, Any], zahl: dict[str, Any]) -> dict[str, Any]:
    """One delivered figure, as the door lets it out."""
    lay(ablage, "stamm.merkmal", {"quelle_id": "tabelle", "merkmal": "auslaender", **merkmal})
    lay(ablage, "stamm.bruecke")
    lay(ablage, "eingang.indikatortabelle")
    lay(ablage, "eingang.stadtteiltabelle", {"merkmal": "auslaender", "quelle_id": "tabelle", **zahl})
    SCHRITTE["bevoelkerung", "tabellenwert"].write(ablage)
    SCHRITTE["geheimhaltung", "tabellenwert"].write(ablage)
    (zeile,) = read(ablage, "geheimhaltung.tabellenwert")
    return dict(zeile)


@pytest.mark.parametrize(("merkmal", "codes"), [(GERUNDET, ["quelle_gerundet"]), (GENAU, [])])
def test_a_figure_of_a_source_that_rounds_says_so(ablage: Ablage, merkmal: dict[str, Any], codes: list[str]) -> None:
    z = read_delivered(ablage, merkmal, {"wert": 14770.0, "veroeffentlicht": True})
    assert (z["status"], z["hinweise"], z["kennzeichen"]) == ("ok", codes, None)


def test_a_remark_goes_with_its_figure_and_is_hidden_with_it(ablage: Ablage) -> None:
    offen = read_delivered(ablage, GENAU, {"wert": 3.0, "veroeffentlicht": True, "bemerkung": "fast 3"})
    assert (offen["wert"], offen["bemerkung"]) == (3.0, "fast 3")
    geheim = read_delivered(ablage, GENAU, {"wert": 3.0, "veroeffentlicht": False, "bemerkung": "fast 3"})
    assert (geheim["status"], geheim["wert"], geheim["bemerkung"]) == ("geheim", None, None)
