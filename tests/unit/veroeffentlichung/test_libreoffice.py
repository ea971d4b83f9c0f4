"""The workbook and the council paper as another program reads them: LibreOffice converts both, their figures are the marts'."""

import csv
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import ARTEN
from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import Abschnitt, Papier, Vorlagenkopf
from pipelines.veroeffentlichung.bericht.ratsvorlage.word import write_docx
from pipelines.veroeffentlichung.bericht.ratsvorlage.write import write_ratsvorlagen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_mappe import DATEN
from tests.unit.veroeffentlichung.test_mappenpruefung import spalte_und_zeile

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: nothing reads the files back"),
]
# Every sheet (-1) as UTF-8, `;` between cells, each cell with its full value and not as it is formatted.
JEDES_BLATT = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1"
TABELLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
GEBIETE = """
    select gebiet, einwohner, auslaender, personen_mit_mh, anteil_mh
    from marts.migrationshintergrund
    where kommune = 'luenen' and profil = 'luenen_2021' and quelle = 'melderegister' and stichtag = '2021-06-30'
        and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'"""
KENNZAHLEN = (
    "Einwohner:innen",
    "Ausländer:innen",
    "Personen mit Migrationshintergrund",
    "Anteil mit Migrationshintergrund",
)


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("libreoffice"), DATEN)
    write_berichte(ablage)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.veroeffentlichung.bericht.ratsvorlage.write.write_pdf", lambda _, ziel: ziel.touch())
        write_ratsvorlagen(ablage, Vorlagenwahl(ARTEN["monitoring"]), ["luenen"])
    return ablage


@pytest.fixture(scope="module")
def konvertiert(ablage: Ablage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook sheet by sheet and as PDF, the paper as ODT and PDF."""
    ordner = tmp_path_factory.mktemp("konvertiert")
    bericht = ablage.marts / "bericht"
    mappe, vorlage = bericht / "luenen.xlsx", bericht / "vorlagen" / "luenen.monitoring.docx"
    for art, *dateien in ((JEDES_BLATT, mappe), ("odt", vorlage), ("pdf", mappe, vorlage)):
        befehl = [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{ordner}/profil", "--convert-to", art,
                  "--outdir", str(ordner), *map(str, dateien)]  # fmt: skip
        lauf = subprocess.run(befehl, capture_output=True, text=True, timeout=600)
        assert lauf.returncode == 0, lauf.stderr
    return ordner


def published(ablage: Ablage) -> dict[str, tuple[float | None, ...]]:
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        return {g: tuple(w) for g, *w in con.execute(GEBIETE).fetchall()}


def csv_rows(konvertiert: Path, blatt: str) -> list[list[str]]:
    text = (konvertiert / f"luenen-{blatt}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def as_number(text: str) -> float | None:
    """A cell of a sheet with its full value: 2212, 14.15009%; a sign is none."""
    zahl = re.fullmatch(r"(-?\d+(?:\.\d+)?(?:E-?\d+)?)(%?)", text)
    return float(zahl[1]) / (100 if zahl[2] else 1) if zahl else None


def printed(text: str) -> float | None:
    """A cell of the paper as it is printed: 87.815, 34,4 %; a sign is none."""
    zahl = re.fullmatch(r"([\d.]+(?:,\d+)?)(\s%)?", text.strip())
    return float(zahl[1].replace(".", "").replace(",", ".")) if zahl else None


def test_every_number_of_every_sheet_is_read_back(ablage: Ablage, konvertiert: Path) -> None:
    mappe = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    geprueft = 0
    for blatt in mappe:
        gelesen = csv_rows(konvertiert, blatt.title)
        for reihe, zeile in zip(blatt.iter_rows(), gelesen, strict=False):
            for zelle in reihe:
                if isinstance(zelle.value, int | float) and not isinstance(zelle.value, bool):
                    assert as_number(zeile[zelle.column - 1]) == pytest.approx(zelle.value, abs=1e-9), zelle
                    geprueft += 1
    assert geprueft > 100


def test_the_sheet_of_areas_has_the_figures_of_the_mart_and_signs_for_protected_ones(
    ablage: Ablage, konvertiert: Path
) -> None:
    mappe = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    _, erste = spalte_und_zeile(mappe["Stadtteile"], "Gebiet")
    kopf, *zeilen = csv_rows(konvertiert, "Stadtteile")[erste - 2 :]
    gelesen = [dict(zip(kopf, z, strict=True)) for z in zeilen]
    haupt = [z for z in gelesen if z["Definition"] == "A · Lünen 2021"]
    erwartet = published(ablage)
    assert {z["Gebiet"] for z in haupt} >= {"Lünen", "Niederaden", "Wethmar"}
    for z in haupt:
        for spalte, wert in zip(KENNZAHLEN, erwartet[z["Gebiet"]], strict=True):
            if wert is None:
                assert z[spalte] in ("•", "–"), (z["Gebiet"], spalte)
            else:
                assert as_number(z[spalte]) == pytest.approx(wert, abs=1e-9), (z["Gebiet"], spalte)


def paper_rows(konvertiert: Path) -> list[list[str]]:
    """Rows of all tables of the paper as LibreOffice holds them."""
    with zipfile.ZipFile(konvertiert / "luenen.monitoring.odt") as archiv:
        baum = ElementTree.fromstring(archiv.read("content.xml"))
    return [
        [
            "".join(t for p in zelle.iter(f"{TEXT}p") for t in p.itertext())
            for zelle in reihe.iter(f"{TABELLE}table-cell")
        ]
        for reihe in baum.iter(f"{TABELLE}table-row")
    ]


def test_the_paper_has_the_figures_of_the_mart(ablage: Ablage, konvertiert: Path) -> None:
    erwartet, gefunden = published(ablage), 0
    for name, *zahlen in (r for r in paper_rows(konvertiert) if len(r) == len(KENNZAHLEN) + 1):
        if name in erwartet:
            gefunden += 1
            for text, wert, stellen in zip(zahlen, erwartet[name], (0, 0, 0, 1), strict=True):
                soll = None if wert is None else round(wert * (100 if stellen else 1) + 1e-9, stellen)
                assert printed(text.replace("\u00a0", " ")) == soll, (name, text)
    assert gefunden >= 3


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("name", ["luenen", "luenen.monitoring"])
def test_both_are_printed_with_their_figures(konvertiert: Path, name: str) -> None:
    lauf = subprocess.run(
        ["pdftotext", "-layout", str(konvertiert / f"{name}.pdf"), "-"], capture_output=True, text=True
    )
    text = lauf.stdout.replace("\u00a0", " ")
    # A workbook holds numbers, printed as the language of the office program has them.
    (zeile, *_) = [z for z in text.splitlines() if re.search(r"Niederaden.* 2[.,]212 ", z)]
    assert re.search(r" 313 .* 14[.,]2 %", zeile)
    assert "####" not in text, "a column is too narrow for its number"


def test_a_changed_number_would_be_seen(ablage: Ablage, konvertiert: Path) -> None:
    falsch: Any = [z.replace("2212", "2213") for r in csv_rows(konvertiert, "Stadtteile") for z in r if "2212" in z]
    assert falsch
    assert as_number(falsch[0]) != published(ablage)["Niederaden"][0]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_no_word_of_a_wide_table_is_broken_in_the_office_program(tmp_path: Path) -> None:
    kopf = ("Handlungsfeld", "Maßnahmen", "begonnen", "laufend", "Daueraufgabe", "abgeschlossen", "verschoben", "nicht begonnen",
            "entfallen", "überfällig am Stand", "Ende vor dem 30.11.2026 verstrichen")  # fmt: skip
    reihen = tuple(
        TableRow((name, *["1"] * 10)) for name in ("Arbeit und Beschäftigung", "Netzwerke und Kommunikation")
    )
    vorlage = Vorlagenkopf("Stadt", "Zwischenbericht", "1", "x", (), "2021", "v")
    datei = tmp_path / "breit.docx"
    write_docx(Papier(vorlage, (Abschnitt("Stand", (Tabelle("Umsetzung", kopf, reihen),)),), ""), datei)
    befehl = [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profil", "--convert-to", "pdf", "--outdir",
              str(tmp_path), str(datei)]  # fmt: skip
    subprocess.run(befehl, capture_output=True, check=True, timeout=600)
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "breit.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    woerter = set(re.sub("[-\u00ad]\n", "", text).replace("\u00ad", "").split())
    erwartet = {w for zeile in (kopf, *(r.zellen for r in reihen)) for z in zeile for w in str(z).split()}
    assert erwartet - woerter == set()
