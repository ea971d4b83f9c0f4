"""A town of NRW without any register: from an empty folder to a published report, by naming ready sources only.

Here belongs what the real public tables give such a town: one that is no part of a Kreis, and one whose tables by age and by
nationality exist for its Kreis only. Without their folder it is skipped. What comes out is recomputed here from the files' cells.
"""

import csv
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import monitoring_im_prozess

pytestmark = pytest.mark.e2e

VORLAGEN = ("nrw_12411_15i", "nrw_12411_09i", "nrw_12521_03i", "nrw_22811_01i", "nrw_22811_05i")
LDB = "https://www.landesdatenbank.nrw.de"
# The 26 other members of the Union at the end of 2024, and the eight main non-European origins of asylum seekers.
EU = [
    "124", "125", "126", "127", "128", "129", "130", "131", "134", "135", "137", "139", "142", "143", "145", "148", "151", "152",
    "153", "154", "155", "157", "161", "164", "165", "181",
]  # fmt: skip
ASYL = ["423", "224", "438", "439", "232", "461", "273", "475"]


@dataclass(frozen=True)
class Stadt:
    """A town, its key in the tables, and the Kreis whose rows stand for it where it has none."""

    name: str
    ags: str
    schluessel: str
    kreis: str | None = None
    kreisname: str = ""


KREFELD = Stadt("Krefeld", "05114000", "05114")
# The Kreis is called as the tables call it: its key and its name are read together.
RATINGEN = Stadt("Ratingen", "05158028", "05158028", "05158", "Mettmann, Kreis")


def tabellen(daten: Path) -> dict[str, Path]:
    return {v: daten / "landesdatenbank_nrw" / f"{v.removeprefix('nrw_').replace('_', '-')}.csv" for v in VORLAGEN}


def publish(stadt: Stadt, daten: Path, ziel: Path) -> Path:
    """The data folder after the steps of docs/handbuch.md, »Öffentliche Tabellen ohne eigene Beschreibung«."""
    dateien = list(tabellen(daten).values())
    name = stadt.name.lower()
    neu = monitoring_im_prozess(ziel, "new", name, "--aus", str(dateien[0]))
    assert neu.code == 0, neu.output
    ordner = ziel / "raw" / name
    text = (ordner / "kommune.yaml").read_text(encoding="utf-8")
    # Name, key and areas stand there already: the table names the town that is called as the folder is.
    assert (f'\nname: "{stadt.name}"' in text, f'\nags: "{stadt.ags}"' in text) == (True, True)
    # Nothing else: the key of five digits is the town's, and of a Kreis only this town is an area.
    assert f"    - vorlage: {VORLAGEN[0]}\n" in text
    eintraege = "".join(f"    - vorlage: {v}\n" for v in VORLAGEN)
    (ordner / "kommune.yaml").write_text(text.replace(f"    - vorlage: {VORLAGEN[0]}\n", eintraege), encoding="utf-8")
    zeilen = ["gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis"]
    zeilen += [f"{stadt.kreis};{stadt.kreisname};kreis;;2024;;"] if stadt.kreis else []
    zeilen += [f"{stadt.ags};{stadt.name};gemeinde;{stadt.kreis or ''};2024;;"]
    assert (ordner / "gebiete.csv").read_text(encoding="utf-8").splitlines() == zeilen
    for datei in dateien:
        shutil.copy(datei, ordner / "tabellen")
    lauf = monitoring_im_prozess(ziel, "refresh")
    assert lauf.code == 0, lauf.output
    return ziel


@pytest.fixture(scope="module")
def krefeld(daten: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(KREFELD, daten, tmp_path_factory.mktemp("krefeld") / "data")


@pytest.fixture(scope="module")
def ratingen(daten: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(RATINGEN, daten, tmp_path_factory.mktemp("ratingen") / "data")


def query(data: Path, frage: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
        return con.execute(frage).fetchall()


def values(data: Path, gebiet: str) -> dict[str, float]:
    """Indicator → its latest value for everybody in an area."""
    return dict(
        query(
            data,
            "select indikator, arg_max(wert, stichtag) from marts.indikator_zeitreihe where wert is not null "
            f"and gebiet_id = '{gebiet}' and gruppe = 'insgesamt' and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt' "
            "group by indikator",
        )
    )


def gedruckt(datei: Path, schluessel: str) -> list[list[str]]:
    """Cells of an area's rows in a table of the Landesdatenbank, read without the pipeline."""
    with datei.open(encoding="windows-1252", newline="") as f:
        return [z for z in csv.reader(f, delimiter=";") if schluessel in z[:2]]


def zahl(zelle: str) -> float:
    return 0 if zelle == "-" else float(zelle.replace(",", "."))


def recompute(daten: Path, schluessel: str) -> dict[str, float]:
    """Every indicator that the tables give for an area, from their cells alone."""
    t = tabellen(daten)
    einwohner = zahl(gedruckt(t["nrw_12411_15i"], schluessel)[0][3])
    insgesamt, sgb2, _, _, alter, erwerb, asyl = map(zahl, gedruckt(t["nrw_22811_05i"], schluessel)[0][4:11])
    werte = {
        "dem_einw": einwohner, "ein_mindest": 100 * insgesamt / einwohner, "ein_asylblg": 1000 * asyl / einwohner,
    }  # fmt: skip
    for z in gedruckt(t["nrw_12411_09i"], schluessel):
        jahre = [zahl(w) for w in z[4:95]]
        assert sum(jahre) == zahl(z[3]) == einwohner
        mitte = sum(jahre[20:65])
        werte |= {
            "dem_jugendq": 100 * sum(jahre[:20]) / mitte, "dem_altenq": 100 * sum(jahre[65:]) / mitte,
            "dem_u6": 100 * sum(jahre[:6]) / einwohner, "dem_u18": 100 * sum(jahre[:18]) / einwohner,
            "dem_ab65": 100 * sum(jahre[65:]) / einwohner, "ein_sgb2": 100 * sgb2 / sum(jahre[:65]),
            "ein_gsalter": 100 * alter / sum(jahre[65:]), "ein_gserwerb": 100 * erwerb / sum(jahre[18:65]),
        }  # fmt: skip
    if staaten := {z[3]: [zahl(w) for w in z[5:8]] for z in gedruckt(t["nrw_12521_03i"], schluessel)}:
        alle, _, frauen = (sum(staaten[g][n] for g in "123459") for n in range(3))
        werte |= {
            "dem_ausl": alle, "dem_ausl_frauen": 100 * frauen / alle,
            "dem_ausl_eu": 100 * sum(staaten[s][0] for s in EU) / alle,
            "dem_ausl_asyl": 100 * sum(staaten[s][0] for s in ASYL) / alle,
        }  # fmt: skip
    return werte


def top10(daten: Path, schluessel: str) -> dict[str, float]:
    """The ten most frequent nationalities of an area."""
    zeilen = gedruckt(tabellen(daten)["nrw_12521_03i"], schluessel)
    staaten = sorted(((zahl(z[5]), z[3]) for z in zeilen if re.fullmatch(r"[1-5]\d\d", z[3])), reverse=True)
    return {f"staat_{s}": n for n, s in staaten[:10]}


def named_top10(data: Path, gebiet: str) -> dict[str, float]:
    frage = (
        "select gruppe, wert from marts.indikator_zeitreihe where indikator = 'dem_top10' and geschlecht = 'insgesamt'"
    )
    return dict(query(data, f"{frage} and gebiet_id = '{gebiet}' and wert is not null"))


def test_the_report_is_there_and_names_every_source_with_its_licence(krefeld: Path) -> None:
    assert (krefeld / "marts" / "bericht" / "index.html").exists()
    quellen = query(krefeld, "select fertige_quelle, lizenz, adresse from dim.quelle where quellenart = 'tabellen'")
    assert sorted(quellen) == [(v, "dl-de/by-2-0", LDB) for v in sorted(VORLAGEN)]


def test_a_town_that_is_no_part_of_a_kreis_has_sixteen_real_indicators(krefeld: Path, daten: Path) -> None:
    soll = recompute(daten, KREFELD.schluessel)
    assert len({*soll, "dem_top10"}) == 16
    assert values(krefeld, KREFELD.ags) == {i: pytest.approx(w) for i, w in soll.items()}
    assert named_top10(krefeld, KREFELD.ags) == top10(daten, KREFELD.schluessel)


def test_a_town_of_a_kreis_has_three_of_its_own_and_the_others_of_its_kreis(ratingen: Path, daten: Path) -> None:
    eigene, des_kreises = recompute(daten, RATINGEN.ags), recompute(daten, str(RATINGEN.kreis))
    assert sorted(eigene) == ["dem_einw", "ein_asylblg", "ein_mindest"]
    assert values(ratingen, RATINGEN.ags) == {i: pytest.approx(w) for i, w in eigene.items()}
    assert values(ratingen, str(RATINGEN.kreis)) == {i: pytest.approx(w) for i, w in des_kreises.items()}
    assert named_top10(ratingen, str(RATINGEN.kreis)) == top10(daten, str(RATINGEN.kreis))
    ebenen = query(
        ratingen,
        "select distinct ebene from marts.indikator_zeitreihe where indikator = 'dem_jugendq' and wert is not null",
    )
    assert ebenen == [("kreis",)], "what exists for the Kreis only says so"


def test_nothing_in_these_reports_is_an_example_and_nothing_stands_on_two_counts_of_people(
    krefeld: Path, ratingen: Path
) -> None:
    for data in (krefeld, ratingen):
        frage = "select count(*) filter (where beispieldaten), count(*) filter (where not nenner_passt), count(*) > 0 "
        assert query(data, frage + "from marts.indikator_zeitreihe where wert is not null") == [(0, 0, True)]


def test_the_printed_rate_of_an_earlier_year_stands_as_printed(krefeld: Path, daten: Path) -> None:
    quote = zahl(gedruckt(tabellen(daten)["nrw_22811_01i"], KREFELD.schluessel)[0][2])
    frage = "select wert from marts.indikator_zeitreihe where indikator = 'ein_mindest' and stichtag = '2023-12-31'"
    assert query(krefeld, f"{frage} and geschlecht = 'insgesamt'") == [(quote,)]
