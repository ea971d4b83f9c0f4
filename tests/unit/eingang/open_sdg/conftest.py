"""The sound folder, which each test breaks in one place."""

from pathlib import Path

import pytest

from tests.lib.open_sdg_folder import Ordner


@pytest.fixture
def ordner(tmp_path: Path) -> Ordner:
    return Ordner(tmp_path)
