"""The short form of `make faults`, in a process of its own: its children are forked, which needs a parent without threads.

Prints one line of JSON a try: its name and what was wrong. Belongs here: which tries. Does not belong here: judging the lines
(test_ratchet.py).
"""

import json
import random
import tempfile
from pathlib import Path

from tests.faults.planted import MISTAKES
from tests.faults.ratchet import POWER, attempt, attempt_kill, attempt_limit
from tests.faults.world import World, published, world

NEWS = "geänderte Tabelle"
FAULTS = (("ENOSPC", " marts/"), ("kill -9", " marts/"), (POWER, " marts/"), (POWER, " intern/"))


def calls(w: World, word: str, number: int, seed: int) -> list[int]:
    """Some of the calls whose place contains a word, chosen by a seed."""
    fitting = [n for n, place in enumerate(w.trace, start=1) if word in place]
    return random.Random(seed).sample(fitting, min(number, len(fitting)))


def tell(name: str, wrong: str) -> None:
    print(json.dumps({"versuch": name, "falsch": wrong}, ensure_ascii=False), flush=True)


def run(folder: Path) -> None:
    """Every try of the short form."""
    w = world(folder / "welt", published(folder, register=False), NEWS)
    for kind, near in FAULTS:
        t = attempt(w, NEWS, kind, calls(w, near, 1, 1)[0], folder / "versuch")
        tell(f"{kind}{near}", t.text() if t.wrong else "")
    t = attempt_kill(w, NEWS, 2.0, folder / "versuch")
    tell("kill", t.text() if t.wrong else "")
    t = attempt_limit(w, NEWS, 200_000, folder / "versuch")
    tell("grenze", t.text() if t.wrong else "")
    for mistake in (m for m in MISTAKES if m.short):
        with mistake.planted():
            tries = (
                attempt(w, NEWS, kind, at, folder / "versuch")
                for at in calls(w, mistake.near, 4, 3)
                for kind in mistake.kinds
            )
            tell(mistake.name, next((t.text() for t in tries if t.wrong), ""))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="faults_") as name:
        run(Path(name))
