"""Thirty nights in a process of its own: what each left is right, small, and was made without the network."""

import pickle
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.conftest import WURZEL
from tests.faults.nights import SERIES, Night, ticks

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> list[Night]:
    out = tmp_path_factory.mktemp("nights") / "nights.pickle"
    code = (
        "import os, pickle, sys; from pathlib import Path; from tests.faults.nights import nights; "
        "out = Path(sys.argv[1]); out.write_bytes(pickle.dumps([*nights(out.parent)])); os._exit(0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(out)], cwd=WURZEL, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-3_000:]
    return list(pickle.loads(out.read_bytes()))


def test_the_schedule_starts_once_a_night_also_where_the_clock_is_changed() -> None:
    for first, last in SERIES:
        days = [t.date() for t in ticks(first, last)]
        assert days == [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_there_are_thirty_nights(simulated: list[Night]) -> None:
    assert len(simulated) == 30


def test_each_night_ends_as_it_must_and_publishes_what_was_delivered(simulated: list[Night]) -> None:
    published = 1000.0
    for night in simulated:
        if night.crashes:
            assert night.said is None, night.moment
        else:
            assert night.said is not None, night.moment
            assert night.said.code == night.code, (night.moment, night.said.output)
        earlier, published = published, night.wanted or published
        assert night.published in ({earlier, published} if night.crashes else {published}), night.moment


def test_counts_add_up_after_every_night(simulated: list[Night]) -> None:
    assert [n.moment for n in simulated if n.uncounted] == []


def test_no_night_opens_a_socket(simulated: list[Night]) -> None:
    assert [n.sockets for n in simulated] == [0] * len(simulated)


def test_an_idle_night_leaves_nothing(simulated: list[Night]) -> None:
    idle = 0
    for before, night in pairwise(simulated):
        if night.said and "Nichts Neues" in night.said.stdout and not before.crashes:
            idle += 1
            grown = {n: night.sizes[n] - before.sizes[n] for n in night.sizes}
            assert all(abs(g) < 64 * 1024 for g in grown.values()), (night.moment, grown)
    assert idle >= 12


def test_growth_and_memory_of_a_night_are_bounded(simulated: list[Night]) -> None:
    for before, night in pairwise(simulated):
        grown = {n: (night.sizes[n] - before.sizes[n]) / MEGABYTE for n in night.sizes}
        assert grown[".dagster"] < (16 if night.crashes else 8), (night.moment, grown)
        assert grown["archiv"] < 12, (night.moment, grown)
        assert grown["intern"] < 16, (night.moment, grown)
        assert night.megabytes < 1536, night.moment


def test_the_history_tells_of_every_run_and_every_release_is_kept(simulated: list[Night]) -> None:
    assert simulated[-1].runs >= simulated[0].runs > 0
    assert [n.releases for n in simulated] == sorted(n.releases for n in simulated)
    assert simulated[-1].releases >= 5


def test_the_table_of_nights_can_be_told(simulated: list[Night]) -> None:
    from tests.faults.nights import table

    assert len(table(simulated).splitlines()) == 31
