"""From the file of an extract to its cubes, against a bare typed scan of the same file: wall, CPU, peak memory and ratios.

Each variant runs in a process of its own (peak memory is that process's) and is measured after its libraries are imported;
all variants in turn, RUNDEN times; the least CPU counts, for whatever else the machine does only adds to it. Ratios are what
to quote. `python -m tests.bench.register 100000 1000000 4000000` prints a table per size; `--bild x.svg` draws the curve.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from pipelines.foundation.storage import WURZEL
from tests.bench.varianten import KOMMUNE, measure_variante

GROESSEN = (100_000, 1_000_000, 4_000_000)
RUNDEN = 3
VARIANTEN = {
    "scan": "DuckDB: getippter Scan des Auszugs",
    "pfad_1": "Unser Pfad, 1 Definition: lesen, prüfen, abweisen, ablegen, Vertrag, Würfel",
    "pfad_8": "Unser Pfad, 8 Definitionen",
    "pfad_16": "Unser Pfad, 16 Definitionen",
    "pandas": "pandas: lesen, 1 Definition, gruppieren (ohne Prüfungen)",
    "polars": "polars: dasselbe",
}
DEFINITIONEN = 16


class Messung(NamedTuple):
    """What one variant took: seconds by the clock, seconds of CPU, peak memory in MB."""

    wand: float
    cpu: float
    spitze: float


def create_folder(ordner: Path, personen: int) -> Path:
    """A data folder with one synthetic extract of that many inhabitants, and copies of definitions up to sixteen."""
    for teil in ("referenz", KOMMUNE):
        shutil.copytree(
            WURZEL / "data" / "raw" / teil, ordner / "raw" / teil, ignore=shutil.ignore_patterns("melderegister")
        )
    profile = ordner / "raw" / "referenz" / "profile"
    vorhanden = sorted(profile.glob("*.yaml"))
    for datei in vorhanden[: DEFINITIONEN - len(vorhanden)]:
        text = datei.read_text(encoding="utf-8").replace(f"profil: {datei.stem}\n", f"profil: {datei.stem}_kopie\n")
        (profile / f"{datei.stem}_kopie.yaml").write_text(text, encoding="utf-8")
    # In a process of its own: a child would inherit this one's peak memory.
    befehl = [sys.executable, "-m", "pipelines", "demo", "--personen", str(personen), "--data", str(ordner)]
    subprocess.run(befehl, check=True, cwd=WURZEL, capture_output=True)
    return ordner


def measure(personen: int, runden: int) -> dict[str, Messung]:
    """Variant → its best round; all of them must have counted the same persons."""
    laeufe: dict[str, list[dict[str, float]]] = {v: [] for v in VARIANTEN}
    with tempfile.TemporaryDirectory() as tmp:
        daten = create_folder(Path(tmp), personen)
        for _ in range(runden):
            for variante in VARIANTEN:
                laeufe[variante].append(measure_variante(variante, daten))
    gezaehlt = {x["personen"] for v, runde in laeufe.items() if v != "scan" for x in runde}
    assert gezaehlt == {personen}, gezaehlt
    return {
        v: Messung(min(x["sekunden"] for x in ls), min(x["cpu"] for x in ls), max(x["spitze_mb"] for x in ls))
        for v, ls in laeufe.items()
    }


def print_table(personen: int, messungen: dict[str, Messung], runden: int) -> None:
    """The table of one size, in the form the handbook shows."""
    scan, ohne = messungen["scan"].cpu, messungen["pandas"].cpu
    wie = "eine Runde" if runden == 1 else f"beste von {runden} Runden"
    print(f"\n{personen:,}".replace(",", ".") + f" Einwohner, {wie}\n")
    print("| Weg | Sekunden | CPU-Sekunden | × Scan | pandas ÷ Weg | Spitze MB |\n|---|---:|---:|---:|---:|---:|")
    for v, m in messungen.items():
        zahlen = [f"{z:.{n}f}".replace(".", ",") for z, n in
                  ((m.wand, 2), (m.cpu, 2), (m.cpu / scan, 1), (ohne / m.cpu, 1), (m.spitze, 0))]  # fmt: skip
        print(f"| {VARIANTEN[v]} | {' | '.join(zahlen)} |")


def draw(alle: dict[int, dict[str, Messung]], ziel: Path) -> None:
    """CPU of every variant over the number of inhabitants, both on logarithmic axes, as SVG."""
    import altair as alt
    import pandas as pd

    kurz = {v: t.partition(":")[0] for v, t in VARIANTEN.items()}
    zeilen = [(n, kurz[v], m.cpu) for n, messungen in alle.items() for v, m in messungen.items()]
    rahmen = pd.DataFrame(zeilen, columns=["Einwohner", "Weg", "CPU-Sekunden"])
    achse = alt.Axis(format="~s", values=list(alle), title="Einwohner")
    kurve = (
        alt.Chart(rahmen)
        .mark_line(point=True)
        .encode(
            x=alt.X("Einwohner:Q", scale=alt.Scale(type="log"), axis=achse),
            y=alt.Y("CPU-Sekunden:Q", scale=alt.Scale(type="log")),
            color=alt.Color("Weg:N", sort=list(kurz.values())),
            strokeDash=alt.StrokeDash("Weg:N", sort=list(kurz.values()), legend=None),
        )
        .properties(width=520, height=300, title="Vom Auszug zum Würfel: CPU-Zeit")
    )
    kurve.save(ziel)


def main(argumente: list[str]) -> None:
    """Measure and print one table per size."""
    bild = Path(argumente.pop(argumente.index("--bild") + 1)) if "--bild" in argumente else None
    groessen = tuple(int(a) for a in argumente if a != "--bild") or GROESSEN
    alle = {}
    for personen in groessen:
        runden = RUNDEN if personen < GROESSEN[-1] else 1
        alle[personen] = measure(personen, runden)
        print_table(personen, alle[personen], runden)
        sys.stdout.flush()
    if bild:
        draw(alle, bild)


if __name__ == "__main__":
    main(sys.argv[1:])
