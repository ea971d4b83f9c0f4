"""One refresh sees one state of the configuration, whatever is edited meanwhile."""

from pathlib import Path

import pytest

from pipelines.foundation.config_files import is_there, listed, one_state, read_text, state
from pipelines.foundation.csv_list import read_list
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import read_yaml
from pipelines.refresh import run
from pipelines.stamm.referenz import profildateien


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    roh = tmp_path / "raw"
    (roh / "ort" / "tabellen").mkdir(parents=True)
    (roh / "referenz" / "profile").mkdir(parents=True)
    (roh / "ort" / "kommune.yaml").write_text("wert: 1\n")
    (roh / "ort" / "gebiete.csv").write_text("id;name\n1;Nord\n")
    (roh / "ort" / "tabellen" / "t.csv").write_text("alt")
    (roh / "referenz" / "profile" / "p.yaml").write_text("wert: 1\n")
    return roh


def _edit(raw: Path) -> None:
    (raw / "ort" / "kommune.yaml").write_text("wert: 2\n")
    (raw / "ort" / "gebiete.csv").unlink()
    (raw / "ort" / "konzept.yaml").write_text("neu: 1\n")
    (raw / "ort" / "tabellen" / "t.csv").write_text("neu")
    (raw / "referenz" / "profile" / "q.yaml").write_text("wert: 1\n")


def _seen(raw: Path) -> tuple[object, ...]:
    ort = raw / "ort"
    try:
        orte = read_list(ort / "gebiete.csv")
    except KonfigurationsFehler as grund:
        orte = str(grund)
    return (
        read_yaml(ort / "kommune.yaml")[0], orte, is_there(ort / "konzept.yaml"), state(ort / "kommune.yaml"),
        [p.name for p in listed(raw, "*/kommune.yaml")], [*profildateien(raw)],
    )  # fmt: skip


def test_what_is_edited_added_or_removed_counts_when_the_refresh_is_over(raw: Path) -> None:
    before = _seen(raw)
    with one_state(raw):
        _edit(raw)
        assert _seen(raw) == before
        with one_state(raw):  # a run inside the refresh
            assert _seen(raw) == before
        assert read_text(raw / "ort" / "tabellen" / "t.csv") == "neu", "a delivery is no configuration"
    after = _seen(raw)
    assert after[0] == {"wert": 2}
    assert "Die Datei fehlt" in str(after[1])
    assert after[2:] != before[2:]


def test_a_folder_of_a_file_s_name_is_told_all_the_same(raw: Path) -> None:
    (raw / "ort" / "konzept.yaml").mkdir()
    with one_state(raw), pytest.raises(KonfigurationsFehler, match="Das ist ein Ordner"):
        read_yaml(raw / "ort" / "konzept.yaml")


def test_a_refresh_takes_its_snapshot_before_it_asks_what_is_new(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(Exception):
        pass

    seen: list[tuple[object, ...]] = []

    def news(*_: object) -> None:
        seen.append(_seen(raw))
        _edit(raw)
        seen.append(_seen(raw))
        raise Enough

    monkeypatch.setattr(run, "neuigkeiten", news)
    with pytest.raises(Enough):
        run.refresh_all(Ablage(raw.parent).create_folders(), None, None)  # type: ignore[arg-type]
    assert seen[0] == seen[1]
    assert _seen(raw) != seen[0]
