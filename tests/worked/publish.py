"""Publish a worked example and hold it against printed totals.

Belongs here: the totals with where they are printed, and the questions to the published file. Does not belong here: the folders
(towns.py).
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.foundation.storage import WURZEL
from tests.conftest import monitoring_im_prozess
from tests.worked.towns import BERLIN, KOELN, lay_out

TABLE = "select coalesce(sum({}), 0)::bigint from marts.tabellenwert where merkmal = '{}' and stichtag = '{}' and {}"
_BREAKDOWNS = ("gruppe", "staat", "geschlecht", "altersgruppe")
WHOLE = " and ".join(["groesse = 'wert'", *(f"{b} = 'insgesamt'" for b in _BREAKDOWNS)])


@dataclass(frozen=True)
class Total:
    """A total as it is printed, and the same from the published file."""

    what: str
    printed: int
    question: str


def _of(merkmal: str, day: str, where: str) -> str:
    return TABLE.format("wert", merkmal, day, f"{WHOLE} and {where}")


def _level(ebene: str) -> str:
    return f"gebiet_id in (select gebiet_id from dim.gebiet where ebene = '{ebene}')"


_PARTS = """
select count(*) from (
    select gebiet_id, stichtag, max(wert) filter (where merkmal = 'personen_mit_mh') as mh,
        sum(wert) filter (where merkmal in ('deutsche_mit_mh', 'auslaender')) as teile
    from marts.tabellenwert where {} group by gebiet_id, stichtag
) where mh = teile"""
_DISTRICT, _QUARTER = "bezirk", "stadtteil"
_OF_SOURCE = "select count(distinct gebiet_id) from marts.tabellenwert where quelle_id = '{}'"
_SERIES = (
    "select zaehler::bigint from marts.indikator_zeitreihe where indikator = 'dem_mh_anteil' and stichtag = '2022-06-30' and "
    "geschlecht = 'insgesamt' and altersgruppe = 'insgesamt' and profil = 'berlin_afs' and gebiet_id = '{}'"
)
_KOELN_LEVELS = (
    ("Stadt", f"gebiet_id = '{KOELN}'"), ("Summe der Bezirke", _level(_DISTRICT)), ("Summe der Stadtteile", _level(_QUARTER)),
)  # fmt: skip
_BERLIN_LEVELS = (
    ("Stadt", "quelle_id = 't1_stadt'"), ("Summe der Bezirke", "quelle_id = 't1_bezirke'"),
    ("Summe der Planungsräume", "quelle_id = 'bestand'"),
)  # fmt: skip
_MIGRA = "quelle_id = 'migra'"
TOTALS = {
    "koeln": (
        Total("Stadtteile", 86, f"select count(*) from dim.gebiet where ebene = '{_QUARTER}'"),
        Total("Bezirke", 9, f"select count(*) from dim.gebiet where ebene = '{_DISTRICT}'"),
        *(Total(f"Ausländer 2012, {n}", 180415, _of("auslaender", "2012-12-31", w)) for n, w in _KOELN_LEVELS),
        Total("Gebiete und Jahre, in denen MH = Deutsche mit MH + Ausländer", 768, _PARTS.format(WHOLE)),
    ),
    "berlin": (
        Total("Planungsräume bis 2020", 448, _OF_SOURCE.format("ewr")),
        Total("Planungsräume ab 2021", 542, _OF_SOURCE.format("bestand")),
        Total("Personen mit MH 2007, Summe der Planungsräume", 842344, _of("personen_mit_mh", "2007-12-31", _MIGRA)),
        Total("Personen mit MH 2016, Summe der Planungsräume", 1151732, _of("personen_mit_mh", "2016-12-31", _MIGRA)),
        Total("Einwohner 2020, Summe der Planungsräume", 3769962, _of("einwohner", "2020-12-31", "quelle_id = 'ewr'")),
        *(Total(f"Einwohner Mitte 2022, {n}", 3821881, _of("einwohner", "2022-06-30", w)) for n, w in _BERLIN_LEVELS),
        *(Total(f"Ausländer Mitte 2022, {n}", 863095, _of("auslaender", "2022-06-30", w)) for n, w in _BERLIN_LEVELS),
        Total("Personen mit MH Mitte 2022, Stadt (Zeitreihe)", 1441213, _SERIES.format(BERLIN)),
    ),
}  # fmt: skip


def publish(town: str, files: Path, data: Path) -> Path:
    """Lay the town out in a fresh data folder and refresh it; returns the published file.

    Raises: RuntimeError with what the refresh said where it found a fault.
    """
    if data.exists():
        shutil.rmtree(data)
    (data / "raw").mkdir(parents=True)
    shutil.copytree(WURZEL / "data" / "raw" / "referenz", data / "raw" / "referenz")
    lay_out(town, files, data / "raw")
    run = monitoring_im_prozess(data, "refresh")
    if run.code:
        raise RuntimeError(run.output)
    return data / "marts" / "integrationsmonitoring.duckdb"


def compare(town: str, file: Path) -> list[tuple[Total, int | None]]:
    """Every total with what the published file says."""
    with duckdb.connect(str(file), read_only=True) as con:
        return [(t, (con.execute(t.question).fetchone() or (None,))[0]) for t in TOTALS[town]]
