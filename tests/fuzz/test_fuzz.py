"""A seeded thousand of `make fuzz` in every test run: damaged files end in a German reason or are read, never otherwise."""

import pytest

from tests.fuzz.run import run

pytestmark = pytest.mark.langsam


@pytest.mark.parametrize("first", range(0, 1_000, 250))
def test_damaged_files_lose_nothing_and_surprise_nobody(first: int) -> None:
    wrong = [v for v in run(range(first, first + 250)) if v.wrong]
    assert not wrong, "\n".join(f"Saat {v.seed}, {v.target}: {v.wrong}" for v in wrong)
