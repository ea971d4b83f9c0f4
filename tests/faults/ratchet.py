"""Tries a fault at the n-th file call of a refresh and says what was wrong, right after it and after the next plain refresh.

Belongs here: one try, and the table of many. Run as `python -m tests.faults.ratchet` it tries every call (`make faults`).
"""

import errno
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.aftermath import after_healing, right_after
from tests.faults.calls import Fault, limit_files, watch
from tests.faults.child import refresh
from tests.faults.world import NEWS, World, published, world

POWER = "Stromausfall"
KINDS: dict[str, int | None] = {
    "ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "kill -9": None, POWER: None,
}  # fmt: skip


@dataclass(frozen=True)
class Try:
    """One fault and what was wrong; nothing wrong is an empty list."""

    news: str
    kind: str
    at: int
    where: str
    wrong: tuple[str, ...]

    def text(self) -> str:
        """In a few lines, for people."""
        first = "\n  ".join(w[:400] for w in self.wrong[:6])
        more = f"\n  … und {len(self.wrong) - 6} weitere" if len(self.wrong) > 6 else ""
        return f"{self.news}, {self.kind} {self.at} ({self.where}):\n  {first}{more}"


def _judge(w: World, data: Path, said_ok: bool, end: object) -> list[str]:
    wrong = [] if said_ok else [f"keine deutsche Meldung: {end}"]
    wrong += right_after(data, w.old, w.new)
    healing = refresh(data)
    if healing.said is None or healing.said.code != 0:
        text = healing.said.alles[-1500:] if healing.said else "died"
        wrong.append(f"der nächste Lauf endet nicht mit 0: {text}")
    return [*wrong, *after_healing(data, w.new)]


def attempt(w: World, news: str, kind: str, at: int, folder: Path) -> Try:
    """Fail call number `at`, refresh again, judge."""
    data = w.copy(folder / "data")
    try:
        end = refresh(data, lambda: watch(Fault(data, at, KINDS[kind], kind == POWER)))
        said_ok = end.said is None or ("Traceback" not in end.said.alles and end.said.code != 99)
        wrong = _judge(w, data, said_ok, end)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Try(news, kind, at, w.trace[at - 1] if at <= len(w.trace) else "", tuple(wrong))


def attempt_limit(w: World, news: str, size: int, folder: Path) -> Try:
    """Let no file grow beyond `size` bytes, refresh again without that limit, judge."""
    data = w.copy(folder / "data")

    @contextmanager
    def limited() -> Iterable[None]:  # type: ignore[misc]
        limit_files(size)
        yield

    try:
        prepare: Callable[[], AbstractContextManager[object]] = limited  # type: ignore[assignment]
        end = refresh(data, prepare)
        said_ok = end.said is None or ("Traceback" not in end.said.alles and end.said.code != 99)
        wrong = _judge(w, data, said_ok, end)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Try(news, f"Dateien bis {size} Bytes", 0, "", tuple(wrong))


def attempt_kill(w: World, news: str, seconds: float, folder: Path) -> Try:
    """Kill the process after some seconds, wherever it is, refresh again, judge."""
    data = w.copy(folder / "data")
    try:
        refresh(data, kill_after=seconds)
        wrong = _judge(w, data, True, None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Try(news, f"kill nach {seconds:.2f} s", 0, "", tuple(wrong))


def run(step: int = 1, first: int = 1, kinds: Iterable[str] = KINDS, news: Iterable[str] = NEWS) -> list[Try]:
    """Every `step`-th call of every kind of news, in every kind of fault."""
    tries: list[Try] = []
    with tempfile.TemporaryDirectory(prefix="faults_") as name:
        folder = Path(name)
        base = published(folder)
        for what in news:
            w = world(folder / what.replace(" ", "_"), base, what)
            print(f"{what}: {w.calls} Aufrufe", flush=True)
            for kind in kinds:
                for at in range(first, w.calls + 1, step):
                    tries.append(attempt(w, what, kind, at, folder / "versuch"))
                    if tries[-1].wrong:
                        print(tries[-1].text(), flush=True)
                    else:
                        print(f"{kind} {at}: gut", flush=True)
    return tries


def table(tries: Iterable[Try]) -> str:
    """Faults × outcomes as a Markdown table."""
    tries = list(tries)
    all_of = Counter((t.news, t.kind) for t in tries)
    bad = Counter((t.news, t.kind) for t in tries if t.wrong)
    lines = ["| Neu | Störung | Versuche | nicht geheilt |", "|---|---|---:|---:|"]
    lines += [f"| {n} | {k} | {c} | {bad[n, k]} |" for (n, k), c in all_of.items()]
    return "\n".join(lines)


def run_planted() -> list[tuple[str, str]]:
    """Each planted mistake with the first fault by which it was found, or nothing."""
    from tests.faults.planted import MISTAKES

    found = []
    with tempfile.TemporaryDirectory(prefix="faults_") as name:
        folder = Path(name)
        w = world(folder / "welt", published(folder), "geänderte Tabelle")
        for mistake in MISTAKES:
            fitting = [n for n, place in enumerate(w.trace, start=1) if mistake.near in place]
            with mistake.planted():
                tries = (
                    attempt(w, "geänderte Tabelle", kind, at, folder / "versuch")
                    for at in fitting[:: max(1, len(fitting) // 8)]
                    for kind in mistake.kinds
                )
                by = next((f"{t.kind} bei {t.where}" for t in tries if t.wrong), "")
            found.append((mistake.name, by))
            print(*found[-1], sep=": ", flush=True)
    return found


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments == ["planted"]:
        sys.exit(not all(by for _, by in run_planted()))
    step = int(arguments[0]) if arguments else 1
    kinds = arguments[1].split(",") if len(arguments) > 1 else list(KINDS)
    done = run(step, 1, kinds, arguments[2].split(",") if len(arguments) > 2 else list(NEWS))
    print(table(done))
    sys.exit(any(t.wrong for t in done))
