"""Köln and Berlin, published from their real files, say what is printed; without the files it is skipped."""

import subprocess
from pathlib import Path

import pytest

from pipelines.foundation.storage import WURZEL
from tests.worked.__main__ import main
from tests.worked.publish import TOTALS, compare, publish

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("town", TOTALS)
def test_what_is_published_of_a_town_is_what_is_printed(town: str, daten: Path, tmp_path: Path) -> None:
    file = publish(town, daten, tmp_path / "data")
    found = compare(town, file)
    assert {t.what: n for t, n in found} == {t.what: t.printed for t in TOTALS[town]}
    assert (tmp_path / "data" / "marts" / "bericht" / f"{town}.html").exists()


def test_without_the_files_it_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("koeln", tmp_path, tmp_path / "data") == 2
    assert "make beispiel-koeln DATEN=ORDNER" in capsys.readouterr().out


def test_nothing_of_a_laid_out_example_would_enter_the_repository() -> None:
    asked = subprocess.run(
        ["git", "check-ignore", ".beispiele/koeln/raw/koeln/tabellen/bevoelkerung.csv"],
        cwd=WURZEL,
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert asked.returncode == 0
