"""`make bench`: how our paths compare with what one would write without checks, as ratios in one run.

Register extracts: from file to cube, against a bare scan and plain pandas. Tables: a workbook of 500,000 cells read and
checked, against pandas.read_excel with openpyxl on the same file. Disclosure control: geheimhaltung.py.

Each variant runs in a process of its own (peak memory is that process's), all variants in turn, ROUNDS times; the median
counts. Ratios are what to quote; seconds depend on the machine. `python -m tests.bench 100000` runs one size only.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from pipelines.foundation.storage import WURZEL

GROESSEN = (100_000, 1_000_000)
RUNDEN = 3
VARIANTEN = {
    "scan": "DuckDB: getippter Scan des Auszugs",
    "pfad": "Unser Pfad: lesen, prüfen, abweisen, ablegen, pandera, alle Definitionen, Würfel",
    "pfad_ein_profil": "Unser Pfad mit einer Definition",
    "pandas": "pandas: lesen, eine Definition, gruppieren (ohne Prüfungen)",
}
TABELLENVARIANTEN = {
    "mappe_pandas": "pandas.read_excel, openpyxl: nur lesen",
    "mappe_lesen": "Unser Pfad: Zellen lesen (mit Fehlern, Formeln, Verborgenem)",
    "mappe": "Unser Pfad: lesen, deuten, alle Prüfungen",
}
GEBIETE, ZAHLENSPALTEN = 50_000, 9  # 500,000 cells with the area's key
KOMMUNE = "luenen"
STICHTAG = "2021-06-30"


def messe(variante: str, daten: Path) -> dict[str, float]:
    """Run one variant in its own process; seconds without interpreter start, peak memory in MB, persons counted."""
    aus = subprocess.run(
        [sys.executable, "-m", "tests.bench.varianten", variante, str(daten)],
        stdout=subprocess.PIPE, text=True, check=True, cwd=WURZEL,
    )  # fmt: skip
    return json.loads(aus.stdout.splitlines()[-1])


def datenordner(ordner: Path, personen: int) -> Path:
    """A data folder with one synthetic extract of that many inhabitants."""
    for teil in ("referenz", KOMMUNE):
        shutil.copytree(
            WURZEL / "data" / "raw" / teil, ordner / "raw" / teil, ignore=shutil.ignore_patterns("melderegister")
        )
    # In a process of its own: a child would inherit this one's peak memory.
    befehl = [sys.executable, "-m", "pipelines", "demo", "--personen", str(personen), "--data", str(ordner)]
    subprocess.run(befehl, check=True, cwd=WURZEL, capture_output=True)
    return ordner


def main(groessen: tuple[int, ...]) -> None:
    """Measure and print one table per size."""
    for personen in groessen:
        with tempfile.TemporaryDirectory() as tmp:
            daten = datenordner(Path(tmp), personen)
            laeufe: dict[str, list[dict[str, float]]] = {v: [] for v in VARIANTEN}
            for _ in range(RUNDEN):
                for variante in VARIANTEN:
                    laeufe[variante].append(messe(variante, daten))
        mitte = {v: statistics.median(x["sekunden"] for x in laeufe[v]) for v in VARIANTEN}
        spitze = {v: max(x["spitze_mb"] for x in laeufe[v]) for v in VARIANTEN}
        print(f"\n{personen:,} Einwohner, Median von {RUNDEN} Runden".replace(",", "."))
        print(f"{'':84} Sekunden  × Scan  × pandas  Spitze MB")
        for v, titel in VARIANTEN.items():
            print(
                f"{titel:84} {mitte[v]:8.2f} {mitte[v] / mitte['scan']:7.2f} {mitte[v] / mitte['pandas']:9.2f} "
                f"{spitze[v]:10.0f}"
            )
        print(f"Alle Definitionen zu einer Definition: {mitte['pfad'] / mitte['pfad_ein_profil']:.2f}")


def write_workbook(ordner: Path) -> None:
    """A workbook of 500,000 cells: nine counts of 50,000 areas, all of them sound."""
    import random

    import openpyxl

    zufall = random.Random(4)
    buch = openpyxl.Workbook(write_only=True)
    blatt = buch.create_sheet("Tabelle")
    blatt.append(["Gebiet", *(f"Spalte {n}" for n in range(1, ZAHLENSPALTEN + 1))])
    for zeile in range(1, GEBIETE + 1):
        blatt.append([f"{zeile:06d}", *(zufall.randint(100, 9_999) for _ in range(ZAHLENSPALTEN))])
    buch.save(ordner / "gross.xlsx")


def tabellen() -> None:
    """Measure and print the reading of a large workbook."""
    with tempfile.TemporaryDirectory() as tmp:
        ordner = Path(tmp)
        shutil.copytree(WURZEL / "data" / "raw" / "referenz", ordner / "raw" / "referenz")
        # In a process of its own: a child would inherit this one's peak memory.
        befehl = f"from tests.bench.__main__ import *; schreibe_mappe(Path({tmp!r}))"
        subprocess.run([sys.executable, "-c", befehl], check=True, cwd=WURZEL)
        laeufe: dict[str, list[dict[str, float]]] = {v: [] for v in TABELLENVARIANTEN}
        for _ in range(RUNDEN):
            for variante in TABELLENVARIANTEN:
                laeufe[variante].append(messe(variante, ordner))
    mitte = {v: statistics.median(x["sekunden"] for x in laeufe[v]) for v in TABELLENVARIANTEN}
    print(f"\nArbeitsmappe mit {GEBIETE * (ZAHLENSPALTEN + 1):,} Zellen, Median von {RUNDEN} Runden".replace(",", "."))
    print(f"{'':84} Sekunden  × pandas/openpyxl  Spitze MB")
    for v, titel in TABELLENVARIANTEN.items():
        spitze = max(x["spitze_mb"] for x in laeufe[v])
        print(f"{titel:84} {mitte[v]:8.2f} {mitte[v] / mitte['mappe_pandas']:18.2f} {spitze:10.0f}")


if __name__ == "__main__":
    tabellen()
    main(tuple(int(a) for a in sys.argv[1:]) or GROESSEN)
    subprocess.run([sys.executable, "-m", "tests.bench.geheimhaltung"], check=True, cwd=WURZEL)
