"""A reader that asks the published file twenty times a second while refreshes are killed at ten places.

Prints one line of JSON: what the reader saw. Belongs here: the reader, the kills. Does not belong here: judging (test_leser.py).
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.aftermath import FILE
from tests.faults.calls import Fault, watch
from tests.faults.child import refresh
from tests.faults.world import published, trial
from tests.lib.small_town import TABELLE

EACH = 0.05  # seconds
PLACES = 10


@dataclass(frozen=True)
class Seen:
    """What a reader saw: how often it asked, what went wrong, the values of each release."""

    asked: int
    errors: list[str]
    values: dict[str, list[float]]
    killed: list[str]
    first: float
    last: float


def _ask(file: Path) -> tuple[str, float]:
    import duckdb

    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute("select veroeffentlichung, wert from marts.tabellenwert").fetchall()
        con.execute("select count(*) from protokoll.lieferung").fetchall()
        con.execute("select count(*) from marts.herkunft_der_zahl").fetchall()
    ((release, value),) = rows
    return str(release), float(value)


def _read(file: Path, notes: Path, stop: Path) -> None:
    """Ask until told to stop; each answer is a line."""
    with notes.open("a", encoding="utf-8") as out:
        while not stop.exists():
            start = time.monotonic()
            try:
                line = json.dumps(_ask(file))
            except Exception as reason:
                line = json.dumps({"fehler": f"{type(reason).__name__}: {reason}"[:500]})
            out.write(f"{line}\n")
            out.flush()
            time.sleep(max(0.0, EACH - (time.monotonic() - start)))


@contextmanager
def reading(file: Path, notes: Path) -> Iterator[None]:
    """A reader in a process of its own, meanwhile."""
    stop = notes.with_suffix(".stop")
    child = os.fork()
    if child == 0:
        try:
            _read(file, notes, stop)
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


def run(folder: Path) -> Seen:
    """Let one refresh end, kill ten, each with a new figure, then let one end again."""
    base = published(folder, register=False)
    trial(folder).mkdir(exist_ok=True)
    base.rename(trial(folder) / "data")
    data, notes = trial(folder) / "data", folder / "gelesen.jsonl"
    table, killed = data / "raw" / "erste" / "tabellen" / TABELLE, []

    def deliver(value: int) -> None:
        table.write_text(f"Gebiet;Einwohner\nErste;{value}\n", encoding="utf-8")

    with reading(data / "marts" / FILE, notes):
        deliver(1_999)
        whole = refresh(data, lambda: watch(Fault(data, 0)))
        for number, at in enumerate(_places(whole.trace)):
            deliver(2_000 + number)
            end = refresh(data, lambda at=at: watch(Fault(data, at)))  # type: ignore[misc]
            killed.append(str(end.signal))
        end = refresh(data)
        assert end.said is not None
        assert end.said.code == 0, end.said.output
        time.sleep(10 * EACH)
    answers = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    values: dict[str, list[float]] = {}
    for release, value in (a for a in answers if isinstance(a, list)):
        if value not in values.setdefault(release, []):
            values[release].append(value)
    sound = [a[1] for a in answers if isinstance(a, list)]
    return Seen(
        len(answers), [a["fehler"] for a in answers if isinstance(a, dict)], values, killed, sound[0], sound[-1]
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="reader_") as name:
        print(json.dumps(asdict(run(Path(name)))), flush=True)
    sys.stdout.flush()
    os._exit(0)
