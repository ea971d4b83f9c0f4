"""A municipality made of literal register rows, and what the pipeline decides about each of its persons.

Belongs here: composing the folder (kommune.yaml, gebiete.csv, reference lists, one extract) and asking the real
functions. Does not belong here: any rule of a definition.
"""

import csv
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.definitionen.decide import NZO, create_merkmale, create_personen, entscheidung
from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.profile.profil import Profil, load_profile
from schemas.spalten.person import AUSZUGSSPALTEN

STICHTAG = date(2023, 12, 31)
PROFILE = (
    "luenen_2021", "gkd_re", "kosis_like", "berlin_afs", "hamburg_sn", "mighev_2010", "mikrozensus",
    "einwanderungsgeschichte", "nrw_tintg_2022", "nrw_tintg_2012", "bw_partintg", "zensus_2011",
)  # fmt: skip
ZEICHEN = {"mit": "1", "ohne": "0", "unentscheidbar": "U", "nicht_bestimmbar": "n"}
AUSSERHALB = "out"

KOMMUNE_YAML = """\
kommune: testort
name: Testort
ags: "05978999"
land: Nordrhein-Westfalen
profile: [{profile}]
veroeffentlichung:
  stichtage: ["*-12-31"]
  umfang:
    hauptdefinition: dreifach
schutz:
  begruendung: Nur für Tests.
quellen:
  melderegister:
    titel: Melderegister des Testorts
    optionskennzeichen: {option}
    hoechstanteil_unbekannt: 1
"""
GEBIETE = """\
gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis
05978999;Testort;gemeinde;05978;2023;;
01;Nord;stadtteil;05978999;2023;;
02;Süd;stadtteil;05978999;2023;;
"""


@dataclass(frozen=True)
class Entscheidung:
    """What one definition says about one person: result sign, category, the rule that decided; with MH also where from."""

    ergebnis: str
    kategorie: str
    regel: str
    generation: str = "-"
    bezugsland: str = "-"

    def kurz(self) -> str:
        """`1 A1`, `0`, `U`, `n`: the sign alone where the category is the same."""
        return self.ergebnis if self.kategorie == self.ergebnis else f"{self.ergebnis} {self.kategorie}"


def build_kommune(ordner: Path, option: bool) -> tuple[Ablage, Kommune]:
    """A municipality that counts under all definitions, with the option mark switched on or off."""
    ablage = Ablage(ordner).create_folders()
    # Definitions are shown without the birthplace list: it may grow without changing them.
    shutil.copytree(
        WURZEL / "data" / "raw" / "referenz", ablage.referenz, ignore=shutil.ignore_patterns("geburtsorte.csv")
    )
    ort = ablage.roh / "testort"
    (ort / "melderegister").mkdir(parents=True)
    schalter = "{verwenden: true, rechtsgrundlage: nur für Tests}" if option else "{verwenden: false}"
    angaben = KOMMUNE_YAML.format(profile=", ".join(PROFILE), option=schalter)
    (ort / "kommune.yaml").write_text(angaben, encoding="utf-8")
    (ort / "gebiete.csv").write_text(GEBIETE, encoding="utf-8")
    return ablage, load_kommune(ort)


def deliver(ablage: Ablage, kommune: Kommune, zeilen: Iterable[Mapping[str, str]], stichtag: date = STICHTAG) -> str:
    """Write the rows as canonical extract and read it in; returns the partition.

    Raises: AssertionError if the pipeline sets aside any row.
    """
    pfad = kommune.ordner / "melderegister" / f"{stichtag}.csv"
    with pfad.open("w", encoding="utf-8", newline="") as datei:
        schreiber = csv.DictWriter(
            datei, list(AUSZUGSSPALTEN), delimiter=";", extrasaction="ignore", lineterminator="\n"
        )
        schreiber.writeheader()
        schreiber.writerows(zeilen)
    lieferung = Lieferung(kommune.id, "melderegister", "melderegister", pfad, stichtag, stichtag, "0" * 64, "")
    ergebnis = ingest(ablage, kommune, lieferung)
    assert ergebnis.angenommen, [b.text() for b in ergebnis.befunde]
    assert ergebnis.bilanz.abgewiesen == 0, [b.text() for b in ergebnis.befunde]
    return lieferung.partition


def decide_persons(
    ablage: Ablage, kommune: Kommune, partition: str, pids: list[str]
) -> dict[str, dict[str, Entscheidung]]:
    """pid → definition → decision, for everybody who belongs to the population; `pids` in the order of the file."""
    profile = load_profile(ablage, kommune.angaben.profile)
    con = ablage.verbindung()
    try:
        create_personen(con, ablage, partition)
        create_merkmale(con, ablage)
        spalten = ", ".join(f"regel_{p.profil}, bezug_{p.profil}" for p in profile)
        zeilen = con.execute(f"select zeile, generation, {spalten} from ({entscheidung(profile)})").fetchall()
    finally:
        con.close()
    return {
        pids[zeile - 2]: {
            p.profil: _entscheidung(p, nummer, generation, bezug)
            for p, nummer, bezug in zip(profile, zahlen[::2], zahlen[1::2], strict=True)
        }
        for zeile, generation, *zahlen in zeilen
    }


def _entscheidung(profil: Profil, nummer: int, generation: str, bezug: int) -> Entscheidung:
    regel, kategorie, _, ergebnis = profil.ergebnisse()[nummer]
    if ergebnis != "mit":
        return Entscheidung(ZEICHEN[ergebnis], kategorie, regel)
    return Entscheidung("1", kategorie, regel, generation, "NZO" if bezug == NZO else f"{bezug:03d}")
