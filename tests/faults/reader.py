"""A reader that asks the published file twenty times a second while refreshes are killed at ten places.

Prints one line of JSON: what the reader saw, and what was wrong with the file after each kill. Two folders: a town with one table
(every test run, test_leser.py), or everything that `monitoring demo` makes of the shipped municipalities:
`python -m tests.faults.reader demo`, which ends with 1 if anything was wrong. Belongs here: the reader, the kills. Does
not belong here: judging (test_leser.py; of the demo `wrong`).
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipelines.demo.extract import write_demo
from pipelines.foundation.storage import WURZEL
from tests.conftest import create_data_folder
from tests.faults.aftermath import FILE, is_whole
from tests.faults.calls import Fault, watch
from tests.faults.child import in_child, refresh
from tests.faults.world import prepared, published, trial
from tests.lib.small_town import TABELLE

EACH = 0.05  # seconds
PLACES = 10
ONE_FIGURE = (
    "select veroeffentlichung, wert from marts.tabellenwert where (select count(*) from marts.herkunft_der_zahl) > 0"
)
READ = (
    "migrationshintergrund",
    "indikator_zeitreihe",
    "tabellenwert",
    "massnahme",
)  # of marts, by the reader of the demo
FEWER = 100  # persons by which each new extract of the demo is smaller than the one before

Answer = float | str


@dataclass(frozen=True)
class Folder:
    """A published data folder, what the reader asks of it (release, answer: one row), how the n-th new delivery arrives."""

    data: Path
    question: str
    deliver: Callable[[int], None]


@dataclass(frozen=True)
class Seen:
    """What a reader saw: how often it asked, what went wrong, the answers of each release; `damaged`: the file after a kill."""

    asked: int
    errors: list[str]
    values: dict[str, list[Answer]]
    killed: list[str]
    first: Answer
    last: Answer
    seconds: float
    damaged: list[str]


def ask(file: Path, question: str) -> tuple[str, Answer]:
    """Which release this is and its answer; a small table is read besides."""
    with duckdb.connect(str(file), read_only=True, config={"threads": 1}) as con:
        rows = con.execute(question).fetchall()
        con.execute("select count(*) from protokoll.lieferung").fetchall()
    ((release, value),) = rows
    return str(release), value


def _read(file: Path, question: str, notes: Path, stop: Path) -> None:
    """Ask until told to stop; each answer is a line."""
    with notes.open("a", encoding="utf-8") as out:
        while not stop.exists():
            start = time.monotonic()
            try:
                line = json.dumps(ask(file, question))
            except Exception as reason:
                line = json.dumps({"fehler": f"{type(reason).__name__}: {reason}"[:500]})
            out.write(f"{line}\n")
            out.flush()
            time.sleep(max(0.0, EACH - (time.monotonic() - start)))


@contextmanager
def reading(file: Path, question: str, notes: Path) -> Iterator[None]:
    """A reader in a process of its own, meanwhile."""
    stop = notes.with_suffix(".stop")
    child = os.fork()
    if child == 0:
        try:
            _read(file, question, notes, stop)
        finally:
            os._exit(0)
    try:
        yield
    finally:
        stop.touch()
        os.waitpid(child, 0)


def _places(trace: Sequence[str]) -> list[int]:
    """Calls to kill at, by the trace of a whole refresh: some after the file was exchanged, the others before it."""
    exchange = trace.index(f"replace marts/.{FILE}.neu") + 1
    after = [exchange + 1 + (len(trace) - exchange - 1) * n // 4 for n in range(4)]
    return [*after, *(exchange * n // 7 for n in range(1, PLACES - 3))]


def _town(folder: Path) -> Folder:
    """A town with one table; each delivery has one figure."""
    base = published(folder, register=False)
    trial(folder).mkdir(exist_ok=True)
    data = base.rename(trial(folder) / "data")
    table = data / "raw" / "erste" / "tabellen" / TABELLE

    def deliver(number: int) -> None:
        table.write_text(f"Gebiet;Einwohner\nErste;{1_999 + number}\n", encoding="utf-8")

    return Folder(data, ONE_FIGURE, deliver)


def _demo(folder: Path) -> Folder:
    """The shipped municipalities with the demo's extracts; each delivery is an extract without some persons."""
    shipped = sorted(f.parent.name for f in (WURZEL / "data" / "raw").glob("*/kommune.yaml"))
    base = create_data_folder(folder / "data", shipped)
    invented = [f.parent.name for f in (base / "raw").glob("*/demo.yaml")]
    extracts = in_child(lambda: [file for town in invented for file in write_demo(base, town)]).result
    prepared(base, folder)
    trial(folder).mkdir(exist_ok=True)
    data = base.rename(trial(folder) / "data")
    # Not the latest one: its persons are made from printed sums, and an extract without some of them is held back.
    changed = data / sorted(extracts, key=lambda file: file.name)[-2].relative_to(base)
    lines = changed.read_bytes().splitlines(keepends=True)

    def deliver(number: int) -> None:
        changed.write_bytes(b"".join(lines[: len(lines) - FEWER * (number + 1)]))

    parts = " union all ".join(f"select veroeffentlichung as r, hash(t) as h from marts.{name} as t" for name in READ)
    release = "min(r) || case when min(r) < max(r) then ' und ' || max(r) else '' end"
    return Folder(data, f"select {release}, bit_xor(h)::varchar from ({parts})", deliver)


def run(f: Folder, notes: Path) -> Seen:
    """Let one refresh end, kill ten, each with a new delivery, then let one end again."""
    killed, damaged = [], list[str]()
    file, start = f.data / "marts" / FILE, time.monotonic()
    with reading(file, f.question, notes):
        f.deliver(0)
        whole = refresh(f.data, lambda: watch(Fault(f.data, 0)))
        assert whole.said is not None
        assert whole.said.code == 0, whole.said.output
        for number, at in enumerate(_places(whole.trace), start=1):
            f.deliver(number)
            end = refresh(f.data, lambda at=at: watch(Fault(f.data, at)))  # type: ignore[misc]
            killed.append(str(end.signal))
            damaged += in_child(lambda: is_whole(f.data)).result
        end = refresh(f.data)
        assert end.said is not None
        assert end.said.code == 0, end.said.output
        time.sleep(10 * EACH)
        seconds = time.monotonic() - start
    answers = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    values: dict[str, list[Answer]] = {}
    for release, value in (a for a in answers if isinstance(a, list)):
        if value not in values.setdefault(release, []):
            values[release].append(value)
    sound = [a[1] for a in answers if isinstance(a, list)]
    errors = [a["fehler"] for a in answers if isinstance(a, dict)]
    return Seen(len(answers), errors, values, killed, sound[0], sound[-1], round(seconds, 1), damaged)


def wrong(seen: Seen, f: Folder) -> list[str]:
    """What must not be: errors, a release of two contents or of another than the archive has, a file not whole, a missed kill."""
    found = [*seen.errors, *seen.damaged]
    found += [f"{release}: {len(values)} Inhalte" for release, values in seen.values.items() if len(values) != 1]
    places = [f.data / zone / "archiv" for zone in ("marts", "intern")]
    for release, values in seen.values.items():
        kept = [p / release / FILE for p in places if (p / release / FILE).exists()]
        if not kept or ask(kept[0], f.question) != (release, values[0]):
            found.append(f"{release}: im Archiv nicht oder anders als gelesen")
    if seen.killed != ["9"] * PLACES or len(seen.values) < 3 or seen.first == seen.last:
        found.append(f"beendet {seen.killed}, Veröffentlichungen {sorted(seen.values)}")
    return found


def main(arguments: list[str]) -> int:
    """The town, or the demo if told so."""
    with tempfile.TemporaryDirectory(prefix="reader_") as name:
        folder = Path(name)
        if arguments[:1] != ["demo"]:
            print(json.dumps(asdict(run(_town(folder), folder / "gelesen.jsonl"))), flush=True)
            return 0
        demo = _demo(folder)
        seen = run(demo, folder / "gelesen.jsonl")
        found = wrong(seen, demo)
        print(json.dumps({**asdict(seen), "wrong": found}), flush=True)
        return int(bool(found))


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
