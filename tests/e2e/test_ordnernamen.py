"""A data folder with signs that a database takes for a pattern or the end of a text: its own numbers, never a sibling's."""

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import WURZEL, Ablage, lesepfad, pfadliste, sqltext
from tests.conftest import (
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    write_auszug,
)

WER = ("--kommune", "kleinstadt", "--stichtag", "2021-06-30", "--pid", "P00004")
TABELLE = "intern/geheimhaltung/entscheidung.parquet"
SCHWIERIG = "daten[1] Bürger's *ü"
NACHBAR = "daten1 Bürger's xü"  # what the name means as a pattern


def stadt(daten: Path, einwohner: int) -> Path:
    ordner = create_kleinstadt(create_data_folder(daten, ()))
    write_auszug(ordner / "melderegister" / "2021-06-30.csv", einwohnerschaft(einwohner))
    return daten


def einwohner(daten: Path) -> list[tuple[int]]:
    con = duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True)
    try:
        return con.execute(
            "select distinct einwohner from marts.migrationshintergrund "
            "where ebene = 'gemeinde' and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'"
        ).fetchall()
    finally:
        con.close()


@pytest.mark.e2e
def test_ein_schwieriger_ordner_veroeffentlicht_seine_eigenen_zahlen(tmp_path: Path) -> None:
    nachbar, schwierig = stadt(tmp_path / NACHBAR, 3_100), stadt(tmp_path / SCHWIERIG, 3_000)
    for daten, zahl, laeufe in ((nachbar, 3_100, 1), (schwierig, 3_000, 2)):
        for _ in range(laeufe):  # the second run attaches what the first published
            geschrieben = tabelle.stat().st_mtime_ns if (tabelle := daten / TABELLE).exists() else 0
            lauf = monitoring_im_prozess(daten, "refresh", "--force")
            assert lauf.code == 0, lauf.output
            assert tabelle.stat().st_mtime_ns > geschrieben  # force keeps nothing, though nothing has changed
        assert einwohner(daten) == [(zahl,)]
    auszug = schwierig / "raw/kleinstadt/melderegister/2021-06-30.csv"
    pruefung = monitoring_im_prozess(schwierig, "check", str(auszug), "--kommune", "kleinstadt")
    assert pruefung.code == 0, pruefung.output
    fall = monitoring_im_prozess(schwierig, "explain", *WER)
    assert fall.code == 0, fall.output


def test_ein_fragezeichen_im_datenordner_wird_abgelehnt(tmp_path: Path) -> None:
    lauf = monitoring_im_prozess(tmp_path / "daten?", "refresh")
    assert lauf.code == 2
    assert "Fragezeichen" in lauf.output


@pytest.mark.parametrize("name", [SCHWIERIG, "a?b", "**", "a ] b", "x{y,z}", "100% $p", r"a\b"])
def test_ein_pfad_findet_nur_sich_selbst(tmp_path: Path, name: str) -> None:
    con = duckdb.connect()
    for ordner in (NACHBAR, "x", "axb", name):
        datei = Ablage(tmp_path).ordner(tmp_path / ordner) / "t.parquet"
        con.execute(f"copy (select {sqltext(ordner)} as ordner) to {sqltext(datei)} (format parquet)")
    gelesen = con.execute(f"from read_parquet({pfadliste([tmp_path / name / 't.parquet'])})").fetchall()
    assert gelesen == [(name,)]


def test_ein_pfad_den_kein_muster_nennt_wird_abgelehnt() -> None:
    with pytest.raises(KonfigurationsFehler, match="umbenennen"):
        lesepfad(Path(r"/daten\[1]"))


def test_kein_pfad_kommt_unbehandelt_in_eine_anweisung() -> None:
    roh = re.compile(r"(?i)(\bto|\battach|read_\w+\() ?'\{")
    funde = [d.name for d in sorted((WURZEL / "pipelines").rglob("*.py")) if roh.search(d.read_text(encoding="utf-8"))]
    assert funde == []
