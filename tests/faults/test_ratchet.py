"""The short form of `make faults` in every test run: some file calls fail or end the process, one kill comes at any time.

The long form tries every call (`make faults`). A planted mistake in the publication code shows that the harness finds what it is
there for.
"""

import json
import subprocess
import sys

import pytest

from tests.conftest import WURZEL
from tests.faults.planted import MISTAKES
from tests.faults.short import FAULTS

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]


@pytest.fixture(scope="module")
def tries() -> dict[str, str]:
    """What was wrong after each try, by its name."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.short"],
        cwd=WURZEL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3_000:]
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return {line["versuch"]: line["falsch"] for line in lines}


@pytest.mark.parametrize("name", [*(f"{kind}{near}" for kind, near in FAULTS), "kill", "grenze"])
def test_a_fault_is_healed_by_the_next_plain_refresh(tries: dict[str, str], name: str) -> None:
    assert tries[name] == ""


@pytest.mark.parametrize("name", [m.name for m in MISTAKES if m.short])
def test_a_planted_mistake_is_found(tries: dict[str, str], name: str) -> None:
    assert tries[name] != ""
