"""`make faults`: every n-th moment and call of a refresh, in every kind of fault; the table of it is a page of the handbook.

Belongs here: which tries, telling them as they come, the table. Does not belong here: one try (ratchet.py), planted mistakes
(planted.py). `python -m tests.faults.long STEP NOTES [NEWS…]`; each try is one line of JSON at the end of NOTES; a run that
goes on with the same file tries other chains.
"""

import itertools
import json
import random
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.faults.moments import moments
from tests.faults.ratchet import (
    CHAIN,
    ERRORS,
    KILL,
    NAMES,
    POWER,
    Try,
    attempt,
    attempt_chain,
    attempt_kill,
    attempt_limit,
    attempt_moment,
)
from tests.faults.world import NEWS, World, published, trial, world

OUTCOMES = {  # by words of what was wrong
    "verloren": ("Datei ist weg",),
    "vermischt": ("nicht heil", "weder die alte noch die neue"),
    "liegen geblieben": ("liegen geblieben", "überzählig"),
    "Personendaten": ("Personendaten",),
}
UNHEALED = "nicht geheilt"
CHAINS = 2_000  # divided by the step
MANY = 20  # every so-many-th call fails in a run with many faults
SIZES = (20_000, 100_000, 200_000, 400_000, 1_000_000)


def _moments(w: World, news: str, step: int, folder: Path) -> Iterator[Try]:
    data = w.copy(folder / f"lauf-{news}" / "data")
    with moments(data) as each:
        for moment in each:
            if moment.number % step == 0:
                if not moment.call.startswith("fsync"):  # changes nothing that a process would leave
                    yield attempt_moment(w, news, moment, KILL, trial(folder))
                yield attempt_moment(w, news, moment, POWER, trial(folder))
                if moment.names:
                    yield attempt_moment(w, news, moment, NAMES, trial(folder))


def _errors(w: World, news: str, step: int, folder: Path) -> Iterator[Try]:
    for first in range(1, MANY + 1, max(1, step // 10)):
        for kind in ERRORS:
            yield attempt(w, news, kind, first, trial(folder), every=MANY)
    for number, kind in enumerate(ERRORS):
        for at in range(1 + number % step, w.calls + 1, step * len(ERRORS)):
            yield attempt(w, news, kind, at, trial(folder))
        for at in random.Random(number).sample(range(1, w.calls), 3):
            yield attempt(w, news, kind, at, trial(folder), every=1)


def _others(w: World, news: str, step: int, folder: Path) -> Iterator[Try]:
    rng = random.Random(news)
    for _ in range(max(3, 60 // step)):
        yield attempt_kill(w, news, rng.uniform(0.2, 12.0), trial(folder))
        yield attempt(w, news, "kill -9", rng.randrange(1, w.calls), trial(folder))
    for size in SIZES:
        yield attempt_limit(w, news, size, trial(folder))


def _chains(w: World, news: str, step: int, folder: Path, known: Collection[tuple[str, int]]) -> Iterator[Try]:
    fresh = (seed for seed in itertools.count() if (news, seed) not in known)
    for seed in itertools.islice(fresh, max(2, CHAINS // step)):
        yield attempt_chain(w, news, seed, trial(folder))


def _alternate(tries: Iterable[Iterator[Try]]) -> Iterator[Try]:
    """One of each in turn until none has any left: a run that is stopped has seen a part of everything."""
    waiting = deque(tries)
    while waiting:
        first = waiting.popleft()
        if (t := next(first, None)) is not None:
            yield t
            waiting.append(first)


def run(
    step: int, news: Iterable[str], folder: Path, register: bool, known: Collection[tuple[str, int]] = ()
) -> Iterator[Try]:
    """Tries of every kind of news and fault in turn; of chains none that is known (news, seed)."""
    base = published(folder, register)
    worlds = {what: world(folder / f"welt-{what}", base, what) for what in news}
    yield from _alternate([_alternate(_in_turn(w, what, step, folder, known)) for what, w in worlds.items()])


def _in_turn(w: World, news: str, step: int, folder: Path, known: Collection[tuple[str, int]]) -> list[Iterator[Try]]:
    """Tries of one kind of news; chains more often: they bring most faults a minute."""
    chains = _chains(w, news, step, folder, known)
    return [
        chains,
        _others(w, news, step, folder),
        chains,
        _errors(w, news, step, folder),
        chains,
        _moments(w, news, step, folder),
    ]


def _in_words(t: Try) -> set[str]:
    named = {name for name, words in OUTCOMES.items() if any(word in wrong for wrong in t.wrong for word in words)}
    rest = [w for w in t.wrong if not any(word in w for words in OUTCOMES.values() for word in words)]
    return named | ({UNHEALED} if rest else set())


def table(tries: Iterable[Try]) -> str:
    """Faults × outcomes as a Markdown table."""
    groups: dict[tuple[str, str], list[Try]] = defaultdict(list)
    for t in tries:
        groups[t.news, t.kind].append(t)
    names = ("verloren", "vermischt", UNHEALED, "liegen geblieben", "Personendaten")
    lines = [
        f"| Neu war | Störung | Läufe | Störungen | {' | '.join(names)} |",
        f"|---|---|---:|---:|{'---:|' * len(names)}",
    ]
    for (news, kind), found in sorted(groups.items(), key=lambda group: list(NEWS).index(group[0][0])):
        counts = [sum(name in _in_words(t) for t in found) for name in names]
        lines.append(
            f"| {news} | {kind} | {len(found)} | {sum(t.faults for t in found)} | {' | '.join(map(str, counts))} |"
        )
    every = [t for found in groups.values() for t in found]
    total = [sum(name in _in_words(t) for t in every) for name in names]
    lines.append(f"| **alle** | | {len(every)} | {sum(t.faults for t in every)} | {' | '.join(map(str, total))} |")
    return "\n".join(lines)


def read(notes: Path) -> list[Try]:
    """The tries of a file of lines, in which planted mistakes may stand, too."""
    lines = (json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines())
    return [Try(**{**line, "wrong": tuple(line["wrong"])}) for line in lines if "kind" in line]


def main(step: int, notes: Path, news: list[str]) -> bool:
    """Try, noting each try; whether all was well."""
    well = True
    register = any(n in ("neuer Auszug", "Korrektur") for n in news)
    known = {(t.news, t.at) for t in (read(notes) if notes.exists() else []) if t.kind == CHAIN}
    with tempfile.TemporaryDirectory(prefix="faults_") as name, notes.open("a", encoding="utf-8") as out:
        for t in run(step, news, Path(name), register, known):
            out.write(json.dumps(asdict(t), ensure_ascii=False) + "\n")
            out.flush()
            well &= not t.wrong
            said = t.text() if t.wrong else f"{t.news}, {t.kind} {t.at} {t.where}, {t.faults}: gut"
            print(f"{time.strftime('%H:%M:%S')} {said}", flush=True)
    return well


if __name__ == "__main__":
    all_well = main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or list(NEWS))
    print(table(read(Path(sys.argv[2]))))
    sys.exit(not all_well)
