"""Thirty nights of one data folder: across the ends of summer time, a leap day, two ends of a year and deadlines; deliveries,
corrections, defects, crashes come in between.

Belongs here: what happens in which night, and what each leaves. Does not belong here: what must hold (test_naechte.py). Run as
`python -m tests.faults.nights` it prints the table of docs/betrieb.md.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
from dagster._utils.schedules import schedule_execution_time_iterator

from pipelines.orchestration.jobs import NACHTS, ZEITZONE
from tests.conftest import WURZEL, Aufruf, create_data_folder, monitoring_im_prozess
from tests.faults.calls import Fault, watch
from tests.faults.child import in_child, warm
from tests.faults.clock import import_all, set_clock
from tests.faults.sockets import EVENTS
from tests.lib.small_town import ort

# First and last day of each series of nights.
SERIES = (
    (date(2023, 12, 27), date(2024, 1, 3)),  # end of a year
    (date(2024, 2, 26), date(2024, 3, 2)),  # leap day
    (date(2024, 3, 29), date(2024, 4, 2)),  # summer time begins on 31 March, 2:30 does not exist
    (date(2024, 6, 28), date(2024, 7, 2)),  # a report falls due on 30 June
    (date(2024, 10, 24), date(2024, 10, 29)),  # summer time ends on 27 October, 2:30 comes twice
)
KONZEPT = """\
konzepte:
  - konzept: erste_2022
    titel: Konzept
    herkunft: Vorlage 1/2022
    beschluss: 2022-06-30
    beschluss_genauigkeit: tag
    gueltig_von: 2022-07-01
    gueltig_bis: null
    gremien: [{gremium: rat, name: Rat, behandlung: beschluss}]
    handlungsfelder: [{code: A1, name: Arbeit}]
    berichtspflichten:
      - {bericht: zwischenbericht, titel: Zwischenbericht, art: nach_beschluss, monate: 24, gremien: [rat], herkunft: S. 1}
"""
Event = Callable[[Path], None]
MEGABYTE = 1024 * 1024
CRASH_AT = 150  # file call at which the process of a crashing night dies


def _table(day: str, value: str) -> Event:
    def write(data: Path) -> None:
        file = data / "raw" / "erste" / "tabellen" / f"t_{day}.csv"
        file.write_text(f"Gebiet;Einwohner\nErste;{value}\n", encoding="utf-8")

    return write


def _break_list(data: Path) -> None:
    (data / "raw" / "erste" / "kommune.yaml").rename(data / "raw" / "erste" / "kommune.sav")
    (data / "raw" / "erste" / "kommune.yaml").write_text("kommune: [erste\n", encoding="utf-8")


def _mend_list(data: Path) -> None:
    (data / "raw" / "erste" / "kommune.sav").replace(data / "raw" / "erste" / "kommune.yaml")


@dataclass(frozen=True)
class Plan:
    """What comes before a night, whether the process dies in it, what must be published after it and how it must end."""

    event: Event | None = None
    crashes: bool = False
    published: float | None = None  # None: as the night before
    code: int | None = 0


EVENTS_OF = {
    date(2023, 12, 28): Plan(_table("2022-12-31", "1010"), published=1010.0),  # a correction
    date(2023, 12, 30): Plan(_table("2022-12-31", "keine Zahl"), code=1),  # a defect
    date(2023, 12, 31): Plan(code=1),  # told again
    date(2024, 1, 1): Plan(_table("2022-12-31", "1011"), published=1011.0),
    date(2024, 1, 2): Plan(_table("2023-12-31", "1100"), crashes=True, code=None),  # a delivery, and the process dies
    date(2024, 1, 3): Plan(published=1100.0),
    date(2024, 2, 28): Plan(_break_list, code=1),
    date(2024, 2, 29): Plan(_mend_list),
    date(2024, 3, 31): Plan(_table("2023-12-31", "1101"), published=1101.0),
    date(2024, 7, 1): Plan(
        crashes=True, code=None
    ),  # a deadline passed in the night before: there is something to build
    date(2024, 10, 26): Plan(_table("2023-12-31", "1102"), published=1102.0),
    date(2024, 10, 27): Plan(_table("2023-12-31", "1103"), crashes=True, code=None),
    date(2024, 10, 28): Plan(published=1103.0),
}


@dataclass(frozen=True)
class Night:
    """One night and what it left: size of each part of the folder in bytes, memory of the process, sockets it opened."""

    moment: datetime
    crashes: bool
    code: int | None  # how it must end
    wanted: float | None  # what must be published from it on
    said: Aufruf | None
    published: float
    uncounted: tuple[str, ...]  # deliveries whose lines do not add up
    sizes: dict[str, int]
    megabytes: float
    sockets: int
    releases: int
    runs: int


def ticks(first: date, last: date) -> list[datetime]:
    """When the nightly schedule starts, as Dagster computes it: by the clock of the office."""
    start = datetime.combine(first, datetime.min.time(), ZoneInfo(ZEITZONE))
    each = schedule_execution_time_iterator(start.timestamp(), NACHTS, ZEITZONE)
    return list(takewhile(lambda t: t.date() <= last, each))


def sizes(data: Path) -> dict[str, int]:
    """Bytes of what grows; a file with two names counts once."""
    places = {".dagster": data / "laufzustand", "archiv": data / "marts" / "archiv", "intern": data / "intern"}
    files = {
        name: {s.st_ino: s.st_size for f in p.rglob("*") if f.is_file() for s in [f.stat()]}
        for name, p in places.items()
    }
    return {name: sum(found.values()) for name, found in files.items()}


def _run(data: Path, moment: datetime, crashes: bool) -> tuple[Aufruf | None, float, int]:
    """One refresh in a child, at that time; with how much memory, and how many sockets."""
    used = data.parent / "sockets.txt"

    def hook(event: str, _: object) -> None:
        if event in EVENTS:
            with used.open("a", encoding="utf-8") as f:
                f.write(f"{event}\n")

    def work() -> tuple[Aufruf, float]:
        set_clock(moment)
        sys.addaudithook(hook)
        with watch(Fault(data, CRASH_AT if crashes else 0)):
            said = monitoring_im_prozess(data, "refresh", home=WURZEL)
        return said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    ended = in_child(work)
    said, memory = ended.result or (None, 0.0)
    return said, memory, len(used.read_text(encoding="utf-8").splitlines()) if used.exists() else 0


def _uncounted(data: Path) -> tuple[str, ...]:
    wrong = []
    for file in sorted((data / "intern" / "eingang" / "lieferung").rglob("*.parquet")):
        for row in pq.read_table(file).to_pylist():
            parts = ("zeilen_uebernommen", "zeilen_ausserhalb", "zeilen_abgewiesen")
            if row["zeilen_gelesen"] != sum(row[p] for p in parts):
                wrong.append(str(row["datei"]))
    return tuple(wrong)


def _runs(data: Path) -> int:
    """Runs that the history tells of; each of them can be read."""
    import sqlite3

    files = list((data / "laufzustand").rglob("runs.db"))
    count = 0
    for file in files:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as con:
            tables = {name for (name,) in con.execute("select name from sqlite_master where type = 'table'")}
            if "runs" in tables:
                bodies = con.execute("select run_body from runs").fetchall()
                count += sum(1 for (body,) in bodies if json.loads(body))
    return count


def nights(folder: Path) -> Iterator[Night]:
    """Every night, one after another."""
    data = create_data_folder(folder / "data", ())
    ort(data, "erste", 1)
    shutil.rmtree(data / "raw" / "erste" / "tabellen")
    (data / "raw" / "erste" / "tabellen").mkdir()
    _table("2022-12-31", "1000")(data)
    (data / "raw" / "erste" / "konzept.yaml").write_text(KONZEPT, encoding="utf-8")
    import_all()
    warm((), data)
    said, _, _ = _run(data, datetime.combine(SERIES[0][0], datetime.min.time(), UTC) - timedelta(days=1), False)
    assert said is not None
    assert said.code == 0, said.output
    for first, last in SERIES:
        for moment in ticks(first, last):
            night = EVENTS_OF.get(moment.date(), Plan())
            if night.event is not None:
                night.event(data)
            said, memory, sockets = _run(data, moment, night.crashes)
            releases = sum(1 for f in (data / "marts" / "archiv").glob("[!.]*") if f.is_dir())
            published = in_child(lambda: _latest(data)).result
            yield Night(
                moment, night.crashes, night.code, night.published, said, published, _uncounted(data), sizes(data), memory,
                sockets, releases, _runs(data),
            )  # fmt: skip


def _latest(data: Path) -> float:
    import duckdb

    with duckdb.connect(str(data / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
        found = con.execute("select wert from marts.tabellenwert order by stichtag desc limit 1").fetchall()
    return float(found[0][0])


def table(all_nights: list[Night]) -> str:
    """What the folder grew by in each night."""
    lines = ["| Nacht | was geschah | .dagster | archiv | intern |", "|---|---|---:|---:|---:|"]
    for before, night in pairwise(all_nights):
        what = "Absturz" if night.crashes else _what(night)
        grown = " | ".join(f"{(night.sizes[n] - before.sizes[n]) / 1024:+.0f} KB" for n in night.sizes)
        lines.append(f"| {night.moment:%d.%m.%Y %H:%M %Z} | {what} | {grown} |")
    return "\n".join(lines)


def summary(all_nights: list[Night]) -> str:
    """The same by kind of night: how many, the least and the most that each part grew by, and all nights together."""
    groups: dict[str, list[dict[str, float]]] = {}
    for before, night in pairwise(all_nights):
        grown = {n: (night.sizes[n] - before.sizes[n]) / MEGABYTE for n in night.sizes}
        groups.setdefault("Absturz" if night.crashes else _what(night), []).append(grown)
    names = list(all_nights[0].sizes)
    lines = [f"| Nacht | wie oft | {' | '.join(f'{n} MB' for n in names)} |", f"|---|---:|{'---:|' * len(names)}"]
    for what, found in groups.items():
        spans = [(min(g[n] for g in found), max(g[n] for g in found)) for n in names]
        cells = [f"{low:+.2f}" if low == high else f"{low:+.2f} bis {high:+.2f}" for low, high in spans]
        lines.append(f"| {what} | {len(found)} | {' | '.join(cells)} |")
    total = [sum(g[n] for found in groups.values() for g in found) for n in names]
    lines.append(f"| **alle** | {len(all_nights) - 1} | {' | '.join(f'{t:+.1f}' for t in total)} |")
    peak = max(n.megabytes for n in all_nights)
    return (
        "\n".join(lines).replace(".", ",").replace("| ,dagster", "| .dagster")
        + f"\n\nSpitze eines Laufs: {peak:.0f} MB"
    )


def _what(night: Night) -> str:
    assert night.said is not None
    if "Nichts Neues" in night.said.stdout:
        return "nichts neu" if night.said.code == 0 else "ein Fehler, noch einmal gesagt"
    return "veröffentlicht oder gebaut" if night.said.code == 0 else "ein Fehler"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="nights_") as name:
        found = list(nights(Path(name)))
        print(f"{table(found)}\n\n{summary(found)}")
    os._exit(0)
