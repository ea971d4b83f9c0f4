"""The short form of `make faults`: some file calls of a refresh fail or end the process, some kills come at any time.

The long form tries every call; its table is in docs/betrieb.md. Planted mistakes in the publication code show that the harness
finds what it is there for.
"""

import random
from pathlib import Path

import pytest

from tests.faults.planted import MISTAKES, Mistake
from tests.faults.ratchet import KINDS, Try, attempt, attempt_kill, attempt_limit
from tests.faults.world import World, published, world

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]

NEWS = "geänderte Tabelle"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("faults")
    return world(folder, published(folder), NEWS)


def calls(w: World, word: str, number: int, seed: int) -> list[int]:
    """Some of the calls whose place contains a word, chosen by a seed."""
    fitting = [n for n, place in enumerate(w.trace, start=1) if word in place]
    return random.Random(seed).sample(fitting, min(number, len(fitting)))


def must_be_whole(t: Try) -> None:
    assert not t.wrong, t.text()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fault_is_healed_by_the_next_plain_refresh(changed: World, tmp_path: Path, kind: str) -> None:
    for at in (*calls(changed, "intern/", 1, 1), *calls(changed, "marts/", 2, 2)):
        must_be_whole(attempt(changed, NEWS, kind, at, tmp_path / f"{at}"))


def test_kills_at_any_time_leave_the_old_or_the_new_release(changed: World, tmp_path: Path) -> None:
    for n, seconds in enumerate((0.4, 1.5, 3.0)):
        must_be_whole(attempt_kill(changed, NEWS, seconds, tmp_path / f"{n}"))


@pytest.mark.parametrize("size", [2_000, 200_000])
def test_files_that_may_not_grow_leave_the_old_or_the_new_release(changed: World, tmp_path: Path, size: int) -> None:
    must_be_whole(attempt_limit(changed, NEWS, size, tmp_path / "versuch"))


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.short], ids=lambda m: m.name)
def test_a_planted_mistake_is_found(changed: World, tmp_path: Path, mistake: Mistake) -> None:
    with mistake.planted():
        tries = [
            attempt(changed, NEWS, kind, at, tmp_path / f"{kind}{at}")
            for at in calls(changed, mistake.near, 4, 3)
            for kind in mistake.kinds
        ]
    assert any(t.wrong for t in tries), [t.where for t in tries]
