"""`make bench`: how our paths compare with what one would write without checks, as ratios in one run.

Register extracts: from file to cube, against a bare scan, plain pandas and polars (register.py). Tables: a workbook of 500,000
cells read and checked, against pandas.read_excel with openpyxl on the same file. Disclosure control: geheimhaltung.py.

Ratios are what to quote; seconds depend on the machine. `python -m tests.bench 100000` runs one size only.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from pipelines.foundation.storage import WURZEL
from tests.bench import register
from tests.bench.varianten import measure_variante

RUNDEN = 3
TABELLENVARIANTEN = {
    "mappe_pandas": "pandas.read_excel, openpyxl: nur lesen",
    "mappe_lesen": "Unser Pfad: Zellen lesen (mit Fehlern, Formeln, Verborgenem)",
    "mappe": "Unser Pfad: lesen, deuten, alle Prüfungen",
}
GEBIETE, ZAHLENSPALTEN = 50_000, 9  # 500,000 cells with the area's key


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
        befehl = f"from tests.bench.__main__ import *; write_workbook(Path({tmp!r}))"
        subprocess.run([sys.executable, "-c", befehl], check=True, cwd=WURZEL)
        laeufe: dict[str, list[dict[str, float]]] = {v: [] for v in TABELLENVARIANTEN}
        for _ in range(RUNDEN):
            for variante in TABELLENVARIANTEN:
                laeufe[variante].append(measure_variante(variante, ordner))
    mitte = {v: statistics.median(x["sekunden"] for x in laeufe[v]) for v in TABELLENVARIANTEN}
    print(f"\nArbeitsmappe mit {GEBIETE * (ZAHLENSPALTEN + 1):,} Zellen, Median von {RUNDEN} Runden".replace(",", "."))
    print(f"{'':84} Sekunden  × pandas/openpyxl  Spitze MB")
    for v, titel in TABELLENVARIANTEN.items():
        spitze = max(x["spitze_mb"] for x in laeufe[v])
        print(f"{titel:84} {mitte[v]:8.2f} {mitte[v] / mitte['mappe_pandas']:18.2f} {spitze:10.0f}")


if __name__ == "__main__":
    tabellen()
    register.main(sys.argv[1:])
    subprocess.run([sys.executable, "-m", "tests.bench.geheimhaltung"], check=True, cwd=WURZEL)
