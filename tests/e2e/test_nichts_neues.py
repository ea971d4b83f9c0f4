"""A refresh with nothing to do answers at once: it loads nothing that it does not need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import WURZEL, environment
from tests.lib.published import create_published

pytestmark = pytest.mark.e2e

# Each of them takes longer to import than the answer takes to find.
HEAVY = ("dagster", "pandas", "pandera", "polars", "scipy.sparse", "altair", "openpyxl", "jinja2")
CALL = """
import json, sys
from pipelines.cli import main
try:
    main(["refresh"])
finally:
    print(json.dumps(sorted(sys.modules)))
"""


def test_a_refresh_with_nothing_new_imports_neither_dagster_nor_what_only_a_build_needs(tmp_path: Path) -> None:
    daten = create_published(tmp_path / "data", "aaa")
    lauf = subprocess.run(
        [sys.executable, "-c", CALL],
        env=environment(daten),
        cwd=WURZEL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "Nichts Neues" in lauf.stdout, lauf.stdout + lauf.stderr
    geladen = set(json.loads(lauf.stdout.splitlines()[-1]))
    assert "duckdb" in geladen
    assert not geladen & set(HEAVY)
