"""A damaged run history is put aside and told; a sound, empty or missing one stays."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.orchestration.run_history import DATENBANKEN, heal_run_history


def create(datei: Path) -> None:
    datei.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(datei)) as con:
        con.execute("create table ereignis (text varchar)")
        con.executemany("insert into ereignis values (?)", [("x" * 500,)] * 200)
        con.commit()


@pytest.mark.parametrize("name", DATENBANKEN)
@pytest.mark.parametrize("schaden", ["halb", "kopf", "mitte"])
def test_a_damaged_database_is_put_aside(tmp_path: Path, name: str, schaden: str) -> None:
    ordner = tmp_path / "laufzustand"
    create(ordner / name)
    inhalt = bytearray((ordner / name).read_bytes())
    if schaden == "halb":
        inhalt = inhalt[: len(inhalt) // 2]
    elif schaden == "kopf":
        inhalt[:64] = bytes(64)
    else:
        inhalt[4096:20480] = b"\xff" * 16384
    (ordner / name).write_bytes(inhalt)
    meldungen = heal_run_history(ordner)
    assert [m.thema for m in meldungen] == ["stoerung"]
    assert (tmp_path / "laufzustand.beschaedigt" / name).read_bytes() == bytes(inhalt)
    assert list(ordner.iterdir()) == []
    assert ordner.stat().st_mode & 0o777 == 0o700
    assert heal_run_history(ordner) == []


def test_a_sound_one_stays(tmp_path: Path) -> None:
    ordner = tmp_path / "laufzustand"
    for name in DATENBANKEN:
        create(ordner / name)
    assert heal_run_history(ordner) == []
    assert all((ordner / name).exists() for name in DATENBANKEN)


def test_a_missing_one_is_no_fault(tmp_path: Path) -> None:
    assert heal_run_history(tmp_path / "gibt_es_nicht") == []
