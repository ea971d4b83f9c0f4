"""The short form of `make faults`, in a process of its own: its children are forked, which needs a parent without threads.

Prints one line of JSON a try: its name and what was wrong. Belongs here: which tries. Does not belong here: judging the lines
(test_ratchet.py).
"""

import json
import random
import tempfile
from pathlib import Path

from tests.faults.moments import moments
from tests.faults.planted import MISTAKES
from tests.faults.ratchet import KILL, POWER, Try, attempt, attempt_kill, attempt_limit, attempt_moment
from tests.faults.world import World, published, trial, world

NEWS = "geänderte Tabelle"
ENDS = ((KILL, " marts/"), (POWER, " marts/"), (POWER, " intern/"))
ERROR = ("ENOSPC", " marts/")
FAULTS = (ERROR, *ENDS)


def calls(w: World, word: str, number: int, seed: int) -> list[int]:
    """Some of the calls whose place contains a word, chosen by a seed."""
    fitting = [n for n, place in enumerate(w.trace, start=1) if word in place]
    return random.Random(seed).sample(fitting, min(number, len(fitting)))


def tell(name: str, wrong: str) -> None:
    print(json.dumps({"versuch": name, "falsch": wrong}, ensure_ascii=False), flush=True)


def _tell(name: str, t: Try) -> None:
    tell(name, t.text() if t.wrong else "")


def _try_ends(w: World, folder: Path) -> None:
    """Ends of the process and of the power, at moments of one refresh."""
    chosen: dict[int, list[tuple[str, str]]] = {}
    for kind, near in ENDS:
        chosen.setdefault(calls(w, near, 1, len(kind))[0], []).append((kind, near))
    with moments(w.copy(folder / "lauf" / "data")) as each:
        for moment in each:
            for kind, near in chosen.get(moment.number, ()):
                _tell(f"{kind}{near}", attempt_moment(w, NEWS, moment, kind, trial(folder)))
            if moment.number >= max(chosen):
                break


def run(folder: Path) -> None:
    """Every try of the short form."""
    w = world(folder / "welt", published(folder, register=False), NEWS)
    kind, near = ERROR
    _tell(f"{kind}{near}", attempt(w, NEWS, kind, calls(w, near, 1, 1)[0], trial(folder)))
    _try_ends(w, folder)
    _tell("kill", attempt_kill(w, NEWS, 2.0, trial(folder)))
    _tell("grenze", attempt_limit(w, NEWS, 200_000, trial(folder)))
    for mistake in (m for m in MISTAKES if m.short):
        with mistake.planted():
            tries = (
                attempt(w, NEWS, kind, at, trial(folder))
                for at in calls(w, mistake.near, 4, 3)
                for kind in mistake.kinds
            )
            tell(mistake.name, next((t.text() for t in tries if t.wrong), ""))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="faults_") as name:
        run(Path(name))
