"""A later extract of a Stichtag that is published already brings one person more: nobody can subtract. And a data folder from
before the protection: what was published then leaves the archive, told once.

One small town, refreshed three times. Literal cases:
tests/unit/veroeffentlichung/test_rueckzug.py, tests/unit/veroeffentlichung/test_revision_schutz.py.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import (
    Aufruf,
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    person,
    write_auszug,
)

pytestmark = pytest.mark.e2e

ANZAHL = 3_000


def als_waere_es_frueher(daten: Path, kennung: str) -> None:
    """The release as a version of the program left it that knew no common protection."""
    for datei in (daten / "marts" / "manifest.json", daten / "marts" / "archiv" / kennung / "manifest.json"):
        manifest = json.loads(datei.read_text(encoding="utf-8"))
        del manifest["schutz"]
        datei.write_text(json.dumps(manifest), encoding="utf-8")


def kennung(daten: Path) -> str:
    return str(json.loads((daten / "marts" / "manifest.json").read_text(encoding="utf-8"))["veroeffentlichung"])


def archiv(daten: Path, zone: str) -> set[str]:
    return {p.name for p in (daten / zone / "archiv").iterdir() if p.is_dir()}


@dataclass(frozen=True)
class Lauf:
    """Three releases: as before the protection, the same figures protected, one person more."""

    daten: Path
    aufrufe: tuple[Aufruf, ...]
    kennungen: tuple[str, ...]
    archiv_nach_einfuehrung: set[str]


@pytest.fixture(scope="module")
def lauf(tmp_path_factory: pytest.TempPathFactory) -> Lauf:
    ordner = create_kleinstadt(create_data_folder(tmp_path_factory.mktemp("nachtrag") / "data", ())) / "melderegister"
    daten = ordner.parents[2]
    write_auszug(ordner / "2021-06-30.csv", einwohnerschaft(ANZAHL))
    aufrufe = [monitoring_im_prozess(daten, "refresh")]
    kennungen = [kennung(daten)]
    als_waere_es_frueher(daten, kennungen[0])
    aufrufe.append(monitoring_im_prozess(daten, "refresh", "--force"))
    kennungen.append(kennung(daten))
    eingefuehrt = archiv(daten, "marts")
    eine_mehr = person(9_000, gebiet_id="02", geburtsdatum="17.02.1984", sta_1="163", art_dt_sta="", geburtsstaat="163")
    write_auszug(ordner / "2021-06-30_stand_2021-10-01.csv", [*einwohnerschaft(ANZAHL), eine_mehr])
    aufrufe.append(monitoring_im_prozess(daten, "refresh"))
    kennungen.append(kennung(daten))
    return Lauf(daten, tuple(aufrufe), tuple(kennungen), eingefuehrt)


def ask(datei: Path, sql: str) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(datei), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


STADT = """
    select distinct einwohner from marts.migrationshintergrund
    where gebiet_id = '05999001' and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt' and quelle = 'melderegister'
"""


def test_the_refreshes_publish_and_the_last_counts_one_person_more(lauf: Lauf) -> None:
    assert [a.code for a in lauf.aufrufe] == [0, 0, 0], lauf.aufrufe[-1].output
    assert len(set(lauf.kennungen)) == 3
    assert ask(lauf.daten / "marts" / "integrationsmonitoring.duckdb", STADT) == [(ANZAHL + 1,)]


def test_on_introduction_what_was_published_before_leaves_the_archive_and_is_told_once(lauf: Lauf) -> None:
    erste = lauf.kennungen[0]
    assert lauf.archiv_nach_einfuehrung == {lauf.kennungen[1]}
    satz = f"Die Veröffentlichung {erste} wurde aus marts/archiv nach intern/archiv (geschützter Bereich) verschoben."
    assert [satz in a.stdout for a in lauf.aufrufe] == [False, True, False]


def test_the_release_with_one_person_fewer_is_in_the_secure_zone_only(lauf: Lauf) -> None:
    assert archiv(lauf.daten, "marts") == {lauf.kennungen[2]}
    assert archiv(lauf.daten, "intern") == {*lauf.kennungen[:2]}
    assert [p.name for p in (lauf.daten / "marts" / "archiv").glob("*.duckdb")] == [f"{lauf.kennungen[2]}.duckdb"]
    alt = lauf.daten / "intern" / "archiv" / lauf.kennungen[1] / "integrationsmonitoring.duckdb"
    assert ask(alt, STADT) == [(ANZAHL,)]
    assert f"{lauf.kennungen[1]} wurde aus marts/archiv" in lauf.aufrufe[2].stdout
    fragen = ("--wert", "gebiet_id=05999001", "--veroeffentlichung", lauf.kennungen[1])
    auskunft = monitoring_im_prozess(lauf.daten, "explain", *fragen)
    assert (auskunft.code, "ist zurückgezogen" in auskunft.stderr) == (2, True)


def test_nothing_public_says_how_many_there_were(lauf: Lauf) -> None:
    """Neither the record of corrections, nor the comparison of both extracts, nor the protocol of deliveries."""
    datei = lauf.daten / "marts" / "integrationsmonitoring.duckdb"
    revisionen = ask(datei, "select distinct spalte, alt, neu, grund from protokoll.revision")
    assert revisionen == [("*", "veröffentlicht", "geändert", "neue_lieferung")]
    assert ask(datei, "select count(*) from protokoll.revision where schluessel like '%gebiet_id%'") == [(0,)]
    vergleich = "select einwohner_alt, einwohner_differenz from marts.datenstandvergleich where gebiet_id = '05999001'"
    assert set(ask(datei, vergleich)) == {(None, None)}
    zeilen = ask(datei, "select datei, zeilen_gelesen, zeilen_uebernommen from protokoll.lieferung order by datei")
    assert zeilen == [
        ("melderegister/2021-06-30.csv", None, None),
        ("melderegister/2021-06-30_stand_2021-10-01.csv", ANZAHL + 1, ANZAHL + 1),
    ]


def test_the_report_says_that_figures_changed_and_not_which(lauf: Lauf) -> None:
    seite = (lauf.daten / "marts" / "bericht" / "kleinstadt.html").read_text(encoding="utf-8")
    assert "geändert; welche Zahlen und um wie viel, ist geschützt" in seite
