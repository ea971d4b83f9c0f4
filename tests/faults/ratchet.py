"""One fault, what a reader finds right after it, and whether the next plain refresh puts everything right.

Belongs here: one try of each kind, and judging it. Does not belong here: how many are tried (short.py, long.py), what must hold
afterwards (aftermath.py), faults themselves (calls.py, moments.py).
"""

import errno
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.foundation import storage
from tests.conftest import monitoring_im_prozess
from tests.faults.aftermath import after_healing, right_after
from tests.faults.calls import Fault, limit_files, watch
from tests.faults.child import End, in_child, refresh
from tests.faults.moments import Moment
from tests.faults.world import World

POWER = "Stromausfall"
DAMAGE = "danach beschädigt"
NAMES = "Stromausfall, neue Namen verloren"
KILL = "kill -9"
CHAIN, LINKS = "eine Störung nach der anderen", 40
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
KINDS: dict[str, int | None] = {**ERRORS, KILL: None, POWER: None, NAMES: None}


@dataclass(frozen=True)
class Try:
    """A run with one fault or more and what was wrong; nothing wrong is an empty list."""

    news: str
    kind: str
    at: int
    where: str
    wrong: tuple[str, ...]
    faults: int = 1

    def text(self) -> str:
        """In a few lines, for people."""
        first = "\n  ".join(w[:400] for w in self.wrong[:6])
        more = f"\n  … und {len(self.wrong) - 6} weitere" if len(self.wrong) > 6 else ""
        return f"{self.news}, {self.kind} {self.at} ({self.where}):\n  {first}{more}"


def judge(w: World, data: Path, dead: int = 0) -> list[str]:
    """Look, refresh plainly, look again; in a child, because looking takes a database.

    `dead`: number of a process whose folder this is a copy of: it waits, but here it counts as ended.
    """

    def work() -> list[str]:
        wrong = right_after(data, w.old, w.new)
        lives = storage._lives
        storage._lives = lambda number: number != dead and lives(number)
        said = monitoring_im_prozess(data, "refresh")
        if said.code != 0:
            wrong.append(f"der nächste Lauf endet nicht mit 0: {said.output[-1500:]}")
        return [*wrong, *after_healing(data, w.new, w.old)]

    ended = in_child(work)
    return ended.result if ended.result is not None else [f"der nächste Lauf starb an Signal {ended.signal}"]


def _said(end: End, may_die: bool) -> list[str]:
    if end.said is None:
        return [] if may_die else [f"der Lauf starb an Signal {end.signal}, statt etwas zu sagen"]
    ok = "Traceback" not in end.said.output and end.said.code in (0, 1, 2)
    return [] if ok else [f"keine deutsche Meldung: {end.said.code} {end.said.output[-1500:]}"]


@contextmanager
def _folder(w: World, folder: Path) -> Iterator[Path]:
    """A copy of the world to break, gone afterwards."""
    try:
        yield w.copy(folder / "data")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def attempt(w: World, news: str, kind: str, at: int, folder: Path, every: int = 0) -> Try:
    """Fail call number `at` (and then every so-many-th), refresh again, judge."""
    with _folder(w, folder) as data:
        end = refresh(data, lambda: watch(Fault(data, at, KINDS[kind], kind in (POWER, NAMES), every, kind == NAMES)))
        wrong = [*_said(end, KINDS[kind] is None), *judge(w, data)]
    name = kind if not every else f"{kind} von da an immer" if every == 1 else f"{kind} jeder {every}. Aufruf"
    return Try(news, name, at, w.trace[at - 1] if at <= len(w.trace) else "", tuple(wrong), end.hits or 1)


def attempt_chain(w: World, news: str, seed: int, folder: Path) -> Try:
    """Disturb every refresh that shall heal the one before, until one comes through or so many were; then refresh plainly, judge.

    Most faults come early in a run, a few late: each run gets some steps further than the one before.
    """
    rng, wrong, faults = random.Random(f"{news} {seed}"), list[str](), 0
    with _folder(w, folder) as data:
        while faults < LINKS and not wrong:
            kind, at = rng.choice(tuple(KINDS)), max(1, int(w.calls ** rng.uniform(0.3, 0.9)))
            fault = Fault(data, at, KINDS[kind], kind in (POWER, NAMES), 0, kind == NAMES)
            end = refresh(data, lambda fault=fault: watch(fault))  # type: ignore[misc]
            if end.said is not None and not end.hits:
                break
            faults += end.hits or 1
            seen = in_child(lambda: right_after(data, w.old, w.new)).result
            wrong += [f"nach der {faults}. ({kind} {at}): {x}" for x in (*_said(end, KINDS[kind] is None), *seen)]
        wrong += judge(w, data)
    return Try(news, CHAIN, seed, f"Saat {seed}", tuple(wrong), faults)


def attempt_moment(w: World, news: str, moment: Moment, kind: str, folder: Path) -> Try:
    """End the process or the power at a moment of a refresh that waits, refresh again, judge."""
    try:
        data = moment.copy(folder / "data", kind in (POWER, NAMES), kind == NAMES)
        wrong = judge(w, data, moment.pid)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Try(news, kind, moment.number, moment.call, tuple(wrong))


def attempt_limit(w: World, news: str, size: int, folder: Path) -> Try:
    """Let no file grow beyond `size` bytes, refresh again without that limit, judge."""

    @contextmanager
    def limited() -> Iterator[None]:
        limit_files(size)
        yield

    with _folder(w, folder) as data:
        end = refresh(data, limited)
        wrong = [*_said(end, False), *judge(w, data)]
    return Try(news, "Dateien nur bis zu einer Größe", size, f"{size} Bytes", tuple(wrong))


def attempt_kill(w: World, news: str, seconds: float, folder: Path) -> Try:
    """Kill the process after some seconds, wherever it is, refresh again, judge."""
    with _folder(w, folder) as data:
        refresh(data, kill_after=seconds)
        wrong = judge(w, data)
    return Try(news, "kill -9 nach einer Zeit", int(seconds * 1000), f"{seconds:.2f} s", tuple(wrong))


def attempt_damage(w: World, news: str, name: str, folder: Path) -> Try:
    """Let a refresh end, cut a file of the public folder in half, refresh again, judge."""
    with _folder(w, folder) as data:
        refresh(data)
        file = data / "marts" / name
        os.truncate(file, file.stat().st_size // 2)
        wrong = judge(w, data)
    return Try(news, DAMAGE, 0, f"marts/{name}", tuple(wrong))
