"""Who reads the published file meanwhile finds it whole, whatever becomes of the refresh: asked twenty times a second."""

import json
import subprocess
import sys

import pytest

from tests.conftest import WURZEL
from tests.faults.reader import PLACES, Seen

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]


@pytest.fixture(scope="module")
def seen() -> Seen:
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.reader"], cwd=WURZEL, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-3_000:]
    return Seen(**json.loads(run.stdout.splitlines()[-1]))


def test_ten_refreshes_were_killed(seen: Seen) -> None:
    assert seen.killed == ["9"] * PLACES


def test_no_question_ended_in_an_error(seen: Seen) -> None:
    assert seen.errors == []
    assert seen.asked > 100


def test_the_file_was_whole_after_each_kill(seen: Seen) -> None:
    assert seen.damaged == []


def test_every_release_has_one_figure_and_the_last_one_is_the_newest(seen: Seen) -> None:
    assert [v for v in seen.values.values() if len(v) != 1] == []
    assert len(seen.values) >= 3
    assert (seen.first, seen.last) == (1000.0, 2000.0 + PLACES - 1)
