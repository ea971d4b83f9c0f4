"""Germany on paper: what 11,000 municipalities with 84 million persons would take, from what folders of small towns took here.

`python -m tests.bench.deutschland [TOWNS…]` makes a folder for each number of towns, refreshes it for real (in a process of its
own: processor seconds, peak memory, bytes), draws a line through the results and prints the section of docs/betrieb.md. What a
person costs comes from the table of register extracts there. Belongs here: towns, measuring, the line. Does not belong here: what
an extract of millions takes (register.py).
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.foundation.storage import WURZEL
from tests.conftest import create_data_folder, create_kleinstadt, environment, person, write_auszug

SIZES = (4, 16, 48)
PERSONS = 84_000_000  # Germany, rounded
MUNICIPALITIES = 11_000
COUNTIES = 400
INHABITANTS = PERSONS // MUNICIPALITIES  # of an average municipality
FOREIGN = ("163", "152", "475", "137", "166", "125", "153", "122", "130", "129", "181", "154")
GB = 1024**3


@dataclass(frozen=True)
class Run:
    """One refresh: processor and clock seconds, peak memory in MB."""

    cpu: float
    clock: float
    peak: float


@dataclass(frozen=True)
class Folder:
    """A folder of so many towns: its first refresh, one with one extract changed, one with nothing new; bytes of its parts."""

    towns: int
    first: Run
    one: Run
    idle: Run
    sizes: dict[str, int]


def population(rng: random.Random, number: int) -> list[dict[str, str]]:
    """A town as towns are: few foreigners of many nationalities, so that there are small cells to protect."""
    people = []
    for n in range(1, number + 1):
        foreign = rng.random() < 0.13
        state = FOREIGN[min(int(rng.expovariate(0.35)), len(FOREIGN) - 1)] if foreign else "000"
        born_here = rng.random() < (0.3 if foreign else 0.88)
        people.append(
            person(
                n, geburtsdatum=f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.{rng.randint(1935, 2020)}",
                geschlecht=rng.choice("mw"), sta_1=state, art_dt_sta="" if foreign else "geburt",
                geburtsort="Ort" if born_here else "Ort im Ausland",
                geburtsstaat="000" if born_here else state if foreign else rng.choice(FOREIGN),
                einzug_datum="", gebiet_id=f"{rng.randint(1, 3):02d}",
            )
        )  # fmt: skip
    return people


def lay_out(place: Path, towns: int) -> Path:
    """A data folder with so many towns, each with one extract."""
    data = create_data_folder(place / "data", ())
    for number in range(1, towns + 1):
        folder = create_kleinstadt(data, f"ort{number:04d}")
        for file in ("kommune.yaml", "gebiete.csv"):
            text = (folder / file).read_text(encoding="utf-8")
            (folder / file).write_text(text.replace("05999001", f"0599{number:04d}"), encoding="utf-8")
        people = population(random.Random(number), INHABITANTS)
        write_auszug(folder / "melderegister" / "2021-06-30.csv", people)
    return data


def refresh(data: Path) -> Run:
    """Refresh in a process of its own, with all its children."""
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "refresh"],
        env=environment(data), cwd=WURZEL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, said.decode()[-3_000:]
    return Run(used.ru_utime + used.ru_stime, time.monotonic() - start, used.ru_maxrss / 1024)


def measure(towns: int) -> Folder:
    with tempfile.TemporaryDirectory(prefix="deutschland_") as name:
        data = lay_out(Path(name), towns)
        first = refresh(data)
        places = {
            "raw": data / "raw",
            "intern": data / "intern",
            "marts": data / "marts",
            ".dagster": data / "laufzustand",
        }
        sizes = {n: sum(f.stat().st_size for f in p.rglob("*") if f.is_file()) for n, p in places.items()}
        write_auszug(
            data / "raw" / "ort0001" / "melderegister" / "2021-06-30.csv", population(random.Random(0), INHABITANTS)
        )
        return Folder(towns, first, refresh(data), refresh(data), sizes)


def line(folders: list[Folder], values: list[float]) -> tuple[float, float]:
    """What a folder costs and what each town of it, by least squares."""
    slope, start = np.polyfit([f.towns for f in folders], values, 1)
    return float(start), float(slope)


def cpu_per_person() -> float:
    """Processor seconds from file to cube with eight definitions, from the handbook's measured table of four million."""
    text = (WURZEL / "docs" / "betrieb.md").read_text(encoding="utf-8")
    table = text.split("4.000.000 Einwohner", 1)[1]
    row = next(z for z in table.splitlines() if z.startswith("| Unser Pfad, 8 Definitionen"))
    return float(re.split(r"\s*\|\s*", row)[3].replace(",", ".")) / 4_000_000


def german(value: float, digits: int = 1) -> str:
    return f"{value:,.{digits}f}".replace(",", "x").replace(".", ",").replace("x", ".")


def measured(folders: list[Folder]) -> str:
    """What was measured, as a table."""
    lines = [
        "| Orte | CPU s | je Ort | Uhr s | Spitze MB | einer geändert, CPU s | nichts neu, CPU s "
        "| raw MB | intern MB | marts MB | .dagster MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for f in folders:
        mb = " | ".join(german(f.sizes[n] / 1024**2) for n in ("raw", "intern", "marts", ".dagster"))
        lines.append(
            f"| {f.towns} | {german(f.first.cpu, 0)} | {german(f.first.cpu / f.towns)} | {german(f.first.clock, 0)} "
            f"| {german(f.first.peak, 0)} | {german(f.one.cpu)} | {german(f.idle.cpu)} | {mb} |"
        )
    return "\n".join(lines)


def estimate(folders: list[Folder]) -> str:
    """Germany in folders of several sizes, as a table."""
    cpu, peak = line(folders, [f.first.cpu for f in folders]), line(folders, [f.first.peak for f in folders])
    one = line(folders, [f.one.cpu for f in folders])
    disk = {n: line(folders, [float(f.sizes[n]) for f in folders]) for n in folders[0].sizes}
    largest = max(f.towns for f in folders)
    lines = [
        "| Deutschland als | Orte je Ordner | CPU-Stunden, erster Lauf | Speicher je Lauf GB | einer geändert, CPU s "
        "| Platz GB | hochgerechnet |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for name, number in (("ein Ordner je Kreis", COUNTIES), ("ein Ordner je Land", 16), ("ein Ordner", 1)):
        towns = MUNICIPALITIES / number
        hours = number * (cpu[0] + cpu[1] * towns) / 3_600
        room = sum(number * (a + b * towns) for a, b in disk.values()) / GB
        lines.append(
            f"| {name} | {german(towns, 0)} | {german(hours)} | {german((peak[0] + peak[1] * towns) / 1024)} "
            f"| {german(one[0] + one[1] * towns, 0)} | {german(room, 0)} | {german(max(1.0, towns / largest), 0)} × |"
        )
    persons = cpu_per_person()
    lines += [
        "",
        f"Gerade durch die Messungen: CPU {german(cpu[0])} s + {german(cpu[1], 2)} s je Ort; Spitze {german(peak[0], 0)} MB + "
        f"{german(peak[1], 2)} MB je Ort. Die Personen selbst, von der Datei bis zum Würfel: 84 Mio. × "
        f"{german(persons * 1e6)} µs = {german(PERSONS * persons / 60, 0)} CPU-Minuten.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    found = []
    for size in [int(a) for a in sys.argv[1:]] or SIZES:
        found.append(measure(size))
        print(found[-1], file=sys.stderr, flush=True)
    print(measured(found))
    if len(found) > 1:
        print(f"\n{estimate(found)}")
