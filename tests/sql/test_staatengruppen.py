"""Foreigners by group of states: grouped as of the Stichtag, before protection, from the count of nationalities to the mart."""

from datetime import date
from pathlib import Path
from typing import Any

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

EU = {"eu_von": date(1958, 1, 1), "kontinent": "Europa", "gruppe": "EU"}
STAATEN = (
    {"staat": "137", "name": "Italien", **EU},
    {"staat": "168", "name": "Vereinigtes Königreich", "gruppe": "übriges Europa", "kontinent": "Europa",
     "eu_von": date(1973, 1, 1), "eu_bis": date(2020, 1, 31)},
    {"staat": "163", "name": "Türkei", "gruppe": "übriges Europa", "kontinent": "Europa"},
    {"staat": "475", "name": "Syrien", "gruppe": "Asien", "kontinent": "Asien"},
    {"staat": "221", "name": "Algerien", "gruppe": "Afrika", "kontinent": "Afrika"},
    {"staat": "997", "name": "staatenlos", "gruppe": "staatenlos/ungeklärt/ohne Angabe", "kontinent": "ohne"},
)  # fmt: skip
# Nationality → men, women of the only district.
ZAHLEN = {
    "000": (450, 450),
    "137": (20, 30),
    "168": (10, 15),
    "163": (60, 70),
    "475": (50, 45),
    "221": (8, 8),
    "997": (6, 5),
}


def gruppen(ordner: Path, stichtag: date, zahlen: dict[str, tuple[int, int]] = ZAHLEN) -> dict[tuple[str, ...], Any]:
    """(area, group, sex) → published row."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.staat", *STAATEN)
    lay(ablage, "stamm.muster", {"muster": "*"})
    lay(ablage, "stamm.umfang", {"hauptprofil": "p", "hauptdefinition": "dreifach", "andere_definitionen": "einzeln",
                                  "staaten_je_gebiet": 10, "mindestzeile": 30})  # fmt: skip
    alle = {"insgesamt": tuple(sum(z[n] for z in zahlen.values()) for n in (0, 1)), **zahlen}
    lay(ablage, "bevoelkerung.staatsangehoerigkeit",
         *({"stichtag": stichtag, "gebiet_id": g, "staat": s, "geschlecht": x, "personen": n}
           for g in ("00", "01") for s, (m, w) in alle.items() for x, n in (("m", m), ("w", w), ("insgesamt", m + w))),
         )  # fmt: skip
    auslaender = [alle["insgesamt"][n] - zahlen["000"][n] for n in (0, 1)]
    lay(ablage, "bevoelkerung.migrationshintergrund",
         *({"stichtag": stichtag, "gebiet_id": g, "geschlecht": x, "einwohner": e, "auslaender": a, "deutsche_mit_mh": 0,
            "personen_mit_mh": a, "unentscheidbar": 0}
           for g in ("00", "01") for x, e, a in (
               ("m", alle["insgesamt"][0], auslaender[0]), ("w", alle["insgesamt"][1], auslaender[1]),
               ("insgesamt", sum(alle["insgesamt"]), sum(auslaender)))))  # fmt: skip
    lay(ablage, "eingang.lieferung", {"status": "uebernommen", "stichtag": stichtag})
    run_steps(ablage, "lieferung", "bestand", "staatengruppe", ab="geheimhaltung")
    zeilen = read(ablage, "marts.staatengruppe")
    return {(z["gebiet_id"], z["staatengruppe"], z["geschlecht"]): z for z in zeilen}


def personen(zeilen: dict[tuple[str, ...], Any], gebiet: str, geschlecht: str) -> dict[str, int | None]:
    return {k[1]: z["personen"] for k, z in zeilen.items() if k[0] == gebiet and k[2] == geschlecht}


def test_groups_make_all_foreigners_and_rare_continents_are_told_together(tmp_path: Path) -> None:
    zeilen = gruppen(tmp_path, date(2021, 6, 30))
    assert personen(zeilen, "00", "insgesamt") == {
        "insgesamt": 327, "EU": 50, "Drittstaaten": 277, "übriges Europa": 155, "Asien": 95, "sonstige": 27,
    }  # fmt: skip
    assert zeilen["00", "EU", "insgesamt"]["anteil"] == 50 / 1227


def test_areas_name_continents_without_sex(tmp_path: Path) -> None:
    zeilen = gruppen(tmp_path, date(2021, 6, 30))
    assert personen(zeilen, "01", "w") == {"insgesamt": 173, "EU": 30, "Drittstaaten": 143}
    assert set(personen(zeilen, "01", "insgesamt")) == {
        "insgesamt",
        "EU",
        "Drittstaaten",
        "übriges Europa",
        "Asien",
        "sonstige",
    }


def test_membership_is_that_of_the_day(tmp_path: Path) -> None:
    """The United Kingdom left the EU at the end of January 2020."""
    je_tag = {
        tag: personen(gruppen(tmp_path / str(tag), tag), "00", "insgesamt")
        for tag in (date(2020, 1, 31), date(2020, 2, 1))
    }
    assert [g["EU"] for g in je_tag.values()] == [75, 50]
    assert [g["übriges Europa"] for g in je_tag.values()] == [130, 155]


def test_few_of_a_group_are_hidden_and_so_is_what_gives_them_away(tmp_path: Path) -> None:
    zeilen = gruppen(tmp_path, date(2021, 6, 30), ZAHLEN | {"137": (2, 60)})
    m = personen(zeilen, "00", "m")
    assert m["EU"] is None
    assert None in (m["insgesamt"], m["Drittstaaten"]), "otherwise all less the others gives the two"
    assert zeilen["00", "EU", "m"]["status"] == "geheim"
