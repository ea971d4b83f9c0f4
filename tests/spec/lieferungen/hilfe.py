"""A municipality of six districts, and reading and checking one file for it, without Dagster.

Belongs here: writing a file, running the real reader and the real checks. Does not belong here: the files and expectations.
"""

import csv
import io
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.checks import check_lieferung, leerer_bestand
from pipelines.eingang.tabelle.read import Tabelleneinlesung, read_tabelle
from pipelines.foundation.findings import Befund, LieferungAbgewiesen
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.stamm.gebiete import read_gebiete
from pipelines.stamm.kommune import Kommune, KommuneYaml
from pipelines.stamm.quellen.layout import Layout
from tests.spec.lieferungen.fehlerdateien import GEBIETE, Datei

AGS = "05999001"


class Werkstatt:
    """A folder in which files are written, read and checked."""

    def __init__(self, ordner: Path, con: duckdb.DuckDBPyConnection):
        self.con = con
        self.gemerkt: dict[tuple[int, ...], list[Befund]] = {}
        self.ablage = Ablage(ordner).create_folders()
        self.ablage.referenz.mkdir(parents=True, exist_ok=True)
        shutil.copy(WURZEL / "data" / "raw" / "referenz" / "staaten.csv", self.ablage.referenz)
        ort = self.ablage.roh / "musterstadt"
        (ort / "tabellen").mkdir(parents=True)
        (ort / "gebiete.csv").write_text(GEBIETE, encoding="utf-8")
        angaben = KommuneYaml.model_validate(
            {"kommune": "musterstadt", "name": "Musterstadt", "ags": AGS, "land": "Nordrhein-Westfalen",
             "profile": ["luenen_2021"], "veroeffentlichung": {"stichtage": ["*-12-31"]},
             "schutz": {"begruendung": "Nur für Tests."}, "quellen": {}}
        )  # fmt: skip
        self.kommune = Kommune(ort, angaben, read_gebiete(ort / "gebiete.csv", AGS))

    def write(self, datei: Datei) -> Lieferung:
        """Write the file under the name its layout expects."""
        layout = Layout.model_validate(datei.layout)
        tag = datei.stichtag
        name = layout.datei.format(stichtag=tag.isoformat(), jahr=tag.year, monat=f"{tag:%Y%m}")
        pfad = self.kommune.ordner / "tabellen" / name
        if datei.endung == "xlsx":
            mappe = openpyxl.Workbook()
            blatt = mappe.active
            assert blatt is not None
            blatt.title = layout.blatt or "Tabelle1"
            for zeile in datei.gitter:
                blatt.append(zeile)
            mappe.save(pfad)
        else:
            strom = io.StringIO()
            csv.writer(strom, delimiter=";", lineterminator="\n").writerows(datei.gitter)
            text = strom.getvalue()
            pfad.write_bytes((datei.roh(text) if datei.roh else text).encode(datei.kodierung))
        stichtag = layout.fits(name)
        assert stichtag is not None
        return Lieferung("musterstadt", layout.id, "tabellen", pfad, stichtag, stichtag, "0" * 64, "")

    def read(self, datei: Datei) -> Tabelleneinlesung:
        """Read the file. Raises: LieferungAbgewiesen."""
        return read_tabelle(self.ablage, self.kommune, Layout.model_validate(datei.layout), self.write(datei))

    def befunde(self, datei: Datei, vorher: tuple[Datei, ...] = ()) -> list[Befund]:
        """Everything that reading and checking a file finds; the same file is read once."""
        kennung = (id(datei), *map(id, vorher))
        if kennung not in self.gemerkt:
            self.gemerkt[kennung] = self._befunde(datei, vorher)
        return self.gemerkt[kennung]

    def _befunde(self, datei: Datei, vorher: tuple[Datei, ...]) -> list[Befund]:
        bestand = pa.concat_tables([leerer_bestand(), *(self.read(v).werte for v in vorher)])
        try:
            einlesung = self.read(datei)
        except LieferungAbgewiesen as abgewiesen:
            return list(abgewiesen.befunde)
        layout = Layout.model_validate(datei.layout)
        geprueft = check_lieferung(
            self.con, self.kommune, layout, einlesung.werte, bestand, einlesung.mappe.pfad.name,
            abgewiesen=einlesung.bilanz.abgewiesen, teilmengen=einlesung.teilmengen,
        )  # fmt: skip
        return [*einlesung.befunde, *(b for funde in geprueft.values() for b in funde)]
