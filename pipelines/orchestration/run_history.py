"""Dagster's own files (runs, events, schedules), looked over before they are opened: damaged ones are put aside, new ones begin.

Belongs here: SQLite files of the run history. Does not belong here: the pipeline's own state (eingang/own_state.py). No figure
rests on the run history: it is what the interface shows of the past, and the partitions to choose there, which every refresh
registers anew.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import ALLE, Meldung

DATENBANKEN = ("runs.db", "schedules.db", "schedules/schedules.db", "history/runs.db", "history/runs/index.db")
GRUENDLICH_BIS_BYTES = 50_000_000  # a larger one is opened and its size compared with its header only


def _broken(datei: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{datei}?mode=ro", uri=True)) as con:
            con.execute("select count(*) from sqlite_master").fetchall()
            if datei.stat().st_size <= GRUENDLICH_BIS_BYTES:
                return bool(con.execute("pragma quick_check(1)").fetchall()[0][0] != "ok")
    except sqlite3.OperationalError:
        return False  # busy, or no rights: told by whoever opens it
    except sqlite3.DatabaseError:
        return True
    return False


def beschaedigte(ordner: Path) -> Iterator[Path]:
    """Databases of a run history that cannot be read."""
    for name in DATENBANKEN:
        datei = ordner / name
        if datei.is_file() and datei.stat().st_size and _broken(datei):
            yield datei


def heal_run_history(ordner: Path) -> list[Meldung]:
    """Put a run history aside in which a database is damaged, beside itself; says so."""
    kaputt = next(beschaedigte(ordner), None)
    if kaputt is None:
        return []
    nummer, beiseite = 1, ordner.with_name(f"{ordner.name}.beschaedigt")
    while beiseite.exists():
        nummer += 1
        beiseite = ordner.with_name(f"{ordner.name}.beschaedigt.{nummer}")
    os.replace(ordner, beiseite)
    ordner.mkdir(mode=0o700)
    text = (
        f"{kaputt}: Die Laufgeschichte der Oberfläche war beschädigt und liegt nun in {beiseite}; eine neue beginnt. Zahlen und "
        "Lieferungen sind nicht betroffen. Bitte den Datenträger prüfen; der beiseite gelegte Ordner darf gelöscht werden."
    )
    return [Meldung(Schwere.warnung, ALLE, "laufgeschichte", "stoerung", text)]
