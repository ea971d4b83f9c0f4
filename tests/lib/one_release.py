"""A release of Lünen with one district counted, without Dagster: built from literal counts, checked, published.

Belongs here: building and publishing it, each once a run, then copied. Does not belong here: what publishing must do
(tests/unit/veroeffentlichung).
"""

import shutil
from pathlib import Path

from pipelines.bevoelkerung.empty_cubes import create_empty_cubes
from pipelines.eingang.lieferung.record import create_empty_tables
from pipelines.eingang.massnahmen import store as massnahmenablage
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_all
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.checks import Pruefergebnis, check_schema, load_checks, pruefsumme, remember, run_check
from pipelines.veroeffentlichung.check_log import write_check_log
from pipelines.veroeffentlichung.release import publish
from schemas.tabellen.registry import VEROEFFENTLICHT
from tests.conftest import create_data_folder
from tests.lib.literal_tables import STICHTAG, lay
from tests.lib.once import build_once
from tests.lib.steps import run_all

OEFFENTLICH = ("marts", "dim", "protokoll", "geheimhaltung")


# What a check against the vocabulary found, by the table it found it in: a second build changes few tables.
_BEFUND: dict[tuple[str, str], Pruefergebnis] = {}


def check_all(ablage: Ablage) -> None:
    """Run and remember every check, as the asset checks do."""
    erfunden = pruefsumme(ablage, "eingang", "lieferung")
    for p in load_checks():
        remember(ablage, p.schema, p.tabelle, run_check(ablage, p))
    for t in VEROEFFENTLICHT:
        lage = (t.voll, pruefsumme(ablage, t.schema, t.name) + erfunden)
        if lage not in _BEFUND:
            _BEFUND[lage] = check_schema(ablage, t.schema, t.name)
        remember(ablage, t.schema, t.name, _BEFUND[lage])


def build(ablage: Ablage, mh: int = 313, tabelle: int = 313, auszug: str = "l1") -> None:
    """Marts of Lünen with one district counted of a register extract, everything checked."""
    kommunen, _ = load_all(ablage)
    write_stamm(ablage, list(kommunen.values()))
    zeile = {
        "kommune": "luenen", "profil": "luenen_2021", "einwohner": 2212, "auslaender": 50, "personen_mit_mh": mh,
        "deutsche_mit_mh": mh - 50, "unentscheidbar": 0, "lieferung_id": auszug,
    }  # fmt: skip
    bevoelkerung = [zeile | {"gebiet_id": g} for g in ("01", "05978024")]
    lay(ablage, "bevoelkerung.migrationshintergrund", *bevoelkerung,
         *(z | {"geschlecht": "m", "altersgruppe": "75+"} for z in bevoelkerung))  # fmt: skip
    lay(ablage, "bevoelkerung.staatsangehoerigkeit",
         {"kommune": "luenen", "gebiet_id": "05978024", "staat": "insgesamt", "personen": 2212,
          "lieferung_id": auszug})  # fmt: skip
    mit_mh = {"kommune": "luenen", "gebiet_id": "05978024", "profil": "luenen_2021", "lieferung_id": auszug}
    lay(ablage, "bevoelkerung.bezugsland", mit_mh | {"staat": "insgesamt", "personen": mh})
    gruppen = (("A", "1", 50), ("D", "2", mh - 50), ("0", "-", 2212 - mh))
    lay(ablage, "bevoelkerung.mh_kategorie",
         *(mit_mh | {"gebiet_id": g, "kategorie": k, "generation": gen, "geschlecht": x, "personen": n}
           for g in ("01", "05978024") for x in ("m", "insgesamt") for k, g1, n in gruppen for gen in (g1, "insgesamt")),
         mit_mh | {"kategorie": "insgesamt", "generation": "insgesamt", "personen": 2212})  # fmt: skip
    lay(ablage, "bevoelkerung.definitionsvergleich")
    lay(ablage, "eingang.lieferung",
         *({"kommune": "luenen", "quelle": quelle, "art": art, "lieferung_id": kennung, "status": "uebernommen",
            "sha256": "0" * 64, "zeilen_gelesen": 2212, "zeilen_uebernommen": 2212, "zeilen_ausserhalb": 0,
            "zeilen_abgewiesen": 0, "synthetisch": True, "stichtag": STICHTAG}
           for quelle, art, kennung in (("melderegister", "melderegister", auszug),
                                        ("stadtteiltabelle", "tabellen", "l2"))))  # fmt: skip
    (ablage.intern / "eingang" / "befund").mkdir(parents=True, exist_ok=True)
    create_empty_tables(ablage)
    for name in ("stadtteiltabelle", "indikatortabelle"):
        lay(ablage, f"eingang.{name}")
    massnahmenablage.create_empty_tables(ablage)
    lay(ablage, "bevoelkerung.tabellenwert")
    lay(ablage, "bevoelkerung.stadtteiltabelle",
         {"kommune": "luenen", "gebiet_id": "01", "profil": "luenen_2021", "einwohner": 2212, "auslaender": 50,
          "personen_mit_mh": tabelle, "lieferung_id": "l2", "quelle_id": "stadtteiltabelle"})  # fmt: skip
    for leer in ("alterswuerfel", "registermerkmal", "bewegung"):
        lay(ablage, f"bevoelkerung.{leer}")
    create_empty_cubes(ablage)
    lay(ablage, "bevoelkerung.datenstand")
    run_all(
        ablage,
        OEFFENTLICH,
        ("segregation", "gliederungstiefe", "gruppenliste", "staatenliste", "kategorienliste", "zelle"),
    )
    lay(ablage, "protokoll.pruefung")
    check_all(ablage)
    write_check_log(ablage)
    remember(ablage, "protokoll", "pruefung", check_schema(ablage, "protokoll", "pruefung"))


def create_built(ziel: Path) -> Ablage:
    """A data folder in which everything is built and checked; nothing is published."""
    return Ablage(shutil.copytree(build_once("built", _lay_built), ziel)).create_folders()


def create_released(ziel: Path) -> Ablage:
    """The same after its first release."""
    return Ablage(shutil.copytree(build_once("released", _lay_released), ziel)).create_folders()


def _lay_built(ordner: Path) -> None:
    build(Ablage(create_data_folder(ordner)).create_folders())


def _lay_released(ordner: Path) -> None:
    publish(create_built(ordner), "2026-01-01")
