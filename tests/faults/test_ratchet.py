"""The short form of `make faults`: some file calls of a refresh fail or end the process, some kills come at any time.

The long form tries every call (`make faults`). Planted mistakes in the publication code show that the harness
finds what it is there for.
"""

import random
from pathlib import Path

import pytest

from tests.faults.planted import MISTAKES, Mistake
from tests.faults.ratchet import POWER, Try, attempt, attempt_kill, attempt_limit
from tests.faults.world import World, published, world

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]

NEWS = "geänderte Tabelle"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("faults")
    return world(folder, published(folder, register=False), NEWS)


def calls(w: World, word: str, number: int, seed: int) -> list[int]:
    """Some of the calls whose place contains a word, chosen by a seed."""
    fitting = [n for n, place in enumerate(w.trace, start=1) if word in place]
    return random.Random(seed).sample(fitting, min(number, len(fitting)))


def must_be_whole(t: Try) -> None:
    assert not t.wrong, t.text()


@pytest.mark.parametrize(
    ("kind", "near"), [("ENOSPC", " marts/"), ("kill -9", " marts/"), (POWER, " marts/"), (POWER, " intern/")]
)
def test_a_fault_is_healed_by_the_next_plain_refresh(changed: World, tmp_path: Path, kind: str, near: str) -> None:
    for at in calls(changed, near, 1, 1):
        must_be_whole(attempt(changed, NEWS, kind, at, tmp_path / f"{at}"))


def test_a_kill_at_any_time_leaves_the_old_or_the_new_release(changed: World, tmp_path: Path) -> None:
    must_be_whole(attempt_kill(changed, NEWS, 2.0, tmp_path / "versuch"))


def test_files_that_may_not_grow_leave_the_old_or_the_new_release(changed: World, tmp_path: Path) -> None:
    must_be_whole(attempt_limit(changed, NEWS, 200_000, tmp_path / "versuch"))


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.short], ids=lambda m: m.name)
def test_a_planted_mistake_is_found(changed: World, tmp_path: Path, mistake: Mistake) -> None:
    with mistake.planted():
        tries = (
            attempt(changed, NEWS, kind, at, tmp_path / f"{kind}{at}")
            for at in calls(changed, mistake.near, 4, 3)
            for kind in mistake.kinds
        )
        assert any(t.wrong for t in tries)
