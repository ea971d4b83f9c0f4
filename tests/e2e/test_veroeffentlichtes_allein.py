"""The published folder as a stranger has it: what is made of the file says no more than the file, and an attacker from outside
finds nothing in it that is hidden.

One small town, refreshed once. Belongs here: what can be seen without the secure zone. Does not belong here: events, logs and the
screen (test_kanaele.py).
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.conftest import (
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    write_auszug,
)

pytestmark = pytest.mark.e2e
ATTACKER = Path(os.path.normpath(WURZEL / ".." / "shared" / "werkzeuge" / "angriff.py"))
MH = "marts.migrationshintergrund"


@pytest.fixture(scope="module")
def daten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = create_kleinstadt(create_data_folder(tmp_path_factory.mktemp("allein") / "data", ()))
    write_auszug(ordner / "melderegister" / "2021-06-30.csv", einwohnerschaft(600))
    lauf = monitoring_im_prozess(ordner.parents[1], "refresh")
    assert lauf.code == 0, lauf.output
    return ordner.parents[1]


def contents(ordner: Path) -> dict[str, Any]:
    """Every file of the report as what it says: bytes, or the members of a workbook or paper without the time it was written."""
    gesagt: dict[str, Any] = {}
    for datei in sorted(p for p in ordner.rglob("*") if p.is_file()):
        name = datei.relative_to(ordner).as_posix()
        if datei.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(datei) as z:
                gesagt |= {f"{name}/{m}": z.read(m) for m in z.namelist() if m != "docProps/core.xml"}
        else:
            gesagt[name] = datei.read_bytes()
    return gesagt


def written_anew(daten: Path, ordner: Path, statement: str = "") -> dict[str, Any]:
    """The report of the published folder alone, without the secure zone and the deliveries."""
    shutil.copytree(daten / "marts", ordner / "marts", ignore=shutil.ignore_patterns("bericht"))
    ablage = Ablage(ordner)
    if statement:
        with duckdb.connect(str(ablage.publikation)) as con:
            con.execute(statement)
    write_berichte(ablage)
    assert not (ordner / "intern").exists()
    return contents(ablage.marts / "bericht")


def test_pages_workbook_atlas_and_archive_say_nothing_that_the_published_file_does_not(
    daten: Path, tmp_path: Path
) -> None:
    """They come out the same where there is nothing else to read: what is hidden in the file is in none of them."""
    wie_veroeffentlicht = contents(daten / "marts" / "bericht")
    assert {".html", ".xlsx", ".zip"} <= {Path(n.split("/")[0]).suffix for n in wie_veroeffentlicht}
    neu = written_anew(daten, tmp_path)
    assert neu.keys() == wie_veroeffentlicht.keys()
    assert [n for n in neu if neu[n] != wie_veroeffentlicht[n]] == []


def test_one_other_figure_of_the_file_is_seen_in_what_is_made_of_it(daten: Path, tmp_path: Path) -> None:
    """Else the comparison above would compare nothing."""
    neu = written_anew(daten, tmp_path, f"update {MH} set einwohner = einwohner + 1000 where gebiet_id = '01'")
    alt = contents(daten / "marts" / "bericht")
    assert {Path(n.split("/")[0]).suffix for n in neu if neu[n] != alt[n]} >= {".html", ".xlsx", ".zip"}


def attack(datei: Path) -> int:
    """Exit code of the attacker from outside, which reads one file nothing of the product: 0 nothing found, 1 something."""
    befehl = [sys.executable, str(ATTACKER), str(datei), "--breite", "4"]
    return subprocess.run(befehl, capture_output=True, check=False).returncode


@pytest.mark.skipif(not ATTACKER.exists(), reason="the attacker from outside lies beside the checkout, not in it")
def test_an_attacker_from_outside_finds_nothing_and_finds_what_is_hidden_without_its_neighbours(
    daten: Path, tmp_path: Path
) -> None:
    """The same file with the counts below five alone hidden, as before the common decision: that falls."""
    assert attack(daten / "marts" / "integrationsmonitoring.duckdb") == 0
    offen = tmp_path / "offen.duckdb"
    shutil.copyfile(daten / "marts" / "integrationsmonitoring.duckdb", offen)
    decision = daten / "intern" / "geheimhaltung" / "entscheidung.parquet"
    ort = " and ".join(f"m.{k} = e.{k}" for k in ("kommune", "stichtag", "gebiet_id", "geschlecht", "altersgruppe"))
    with duckdb.connect(str(offen)) as con:
        for art in ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar"):
            con.execute(
                f"update {MH} as m set {art} = e.personen from read_parquet('{decision}') as e "
                f"where {ort} and e.art = '{art}' and e.profil in ('-', m.profil) and e.personen not between 1 and 4"
            )
    assert attack(offen) == 1
