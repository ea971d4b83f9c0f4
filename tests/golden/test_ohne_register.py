"""A town of NRW without any register: from an empty folder to a published report, by naming ready sources only.

Here belongs what the real public tables give such a town. Without their folder it is skipped.
"""

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import monitoring_im_prozess

pytestmark = pytest.mark.e2e

AGS, IN_DER_TABELLE, NAME = "05114000", "05114", "Krefeld"
VORLAGEN = ("nrw_12411_15i", "nrw_12411_09i", "nrw_12521_03i", "nrw_22811_01i", "nrw_22811_05i")


def tabellen(daten: Path) -> list[Path]:
    return [daten / "landesdatenbank_nrw" / f"{v.removeprefix('nrw_').replace('_', '-')}.csv" for v in VORLAGEN]


@pytest.fixture(scope="module")
def veroeffentlicht(daten: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after the steps of docs/handbuch.md, »Öffentliche Tabellen ohne eigene Beschreibung«."""
    ziel = tmp_path_factory.mktemp("nrw") / "data"
    erste, *weitere = tabellen(daten)
    neu = monitoring_im_prozess(ziel, "new", "krefeld", "--aus", str(erste))
    assert neu.code == 0, neu.output
    ordner = ziel / "raw" / "krefeld"
    text = (ordner / "kommune.yaml").read_text(encoding="utf-8")
    text = text.replace("name: Musterstadt ", f"name: {NAME} ").replace('ags: "99999999"', f'ags: "{AGS}"')
    wer = f'gebiete: {{"{IN_DER_TABELLE}": "{AGS}"}}'
    assert f"    - vorlage: {VORLAGEN[0]}\n" in text
    eintraege = "".join(f"    - vorlage: {v}\n      {wer}\n" for v in VORLAGEN)
    text = text.replace(f"    - vorlage: {VORLAGEN[0]}\n", eintraege)
    (ordner / "kommune.yaml").write_text(text, encoding="utf-8")
    kopf = "gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis"
    (ordner / "gebiete.csv").write_text(f"{kopf}\n{AGS};{NAME};gemeinde;;2024;;\n", encoding="utf-8")
    for datei in (erste, *weitere):
        shutil.copy(datei, ordner / "tabellen")
    lauf = monitoring_im_prozess(ziel, "refresh")
    assert lauf.code == 0, lauf.output
    return ziel


def query(daten: Path, frage: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
        return con.execute(frage).fetchall()


def gedruckt(datei: Path) -> dict[str, list[str]]:
    """Area → cells of a table of the Landesdatenbank, read without the pipeline."""
    with datei.open(encoding="windows-1252", newline="") as f:
        zeilen = list(csv.reader(f, delimiter=";"))
    spalte = next(n for z in zeilen for n, w in enumerate(z) if w == IN_DER_TABELLE)
    return {z[spalte]: z for z in zeilen if len(z) > spalte and re.fullmatch(r"\d{2,8}", z[spalte])}


def test_the_report_is_there_and_names_every_source_with_its_licence(veroeffentlicht: Path) -> None:
    assert (veroeffentlicht / "marts" / "bericht" / "index.html").exists()
    quellen = query(
        veroeffentlicht, "select fertige_quelle, lizenz, adresse from dim.quelle where quellenart = 'tabellen'"
    )
    assert sorted(quellen) == [(v, "dl-de/by-2-0", "https://www.landesdatenbank.nrw.de") for v in sorted(VORLAGEN)]


def test_inhabitants_and_mindestsicherung_are_the_printed_ones(veroeffentlicht: Path, daten: Path) -> None:
    erste, *_, quote, _ = tabellen(daten)
    zahlen = dict(
        query(
            veroeffentlicht,
            "select indikator, wert from marts.indikator_zeitreihe where wert is not null "
            f"and gebiet_id = '{AGS}' and gruppe = 'insgesamt' and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt' "
            "order by stichtag",
        )
    )
    assert zahlen["dem_einw"] == float(gedruckt(erste)[IN_DER_TABELLE][3])
    assert query(
        veroeffentlicht,
        "select wert from marts.tabellenwert where merkmal = 'mindestsicherungsquote' and staat = 'insgesamt'",
    ) == [(float(gedruckt(quote)[IN_DER_TABELLE][2].replace(",", ".")),)]
    assert "ein_mindest" in zahlen
    jahre = [float(z) for z in gedruckt(tabellen(daten)[1])[IN_DER_TABELLE][3:95]]  # one of them is the total
    einzeln = [*jahre[1:], jahre[0]] if jahre[0] == sum(jahre[1:]) else jahre
    assert zahlen["dem_jugendq"] == pytest.approx(100 * sum(einzeln[:20]) / sum(einzeln[20:65]))


def test_how_many_indicators_the_public_tables_give(veroeffentlicht: Path) -> None:
    indikatoren = {
        i
        for (i,) in query(
            veroeffentlicht, "select distinct indikator from marts.indikator_zeitreihe where wert is not null"
        )
    }
    assert indikatoren == {"dem_einw", "dem_jugendq", "ein_mindest"}
