"""What is new in the published file since the release before it: deliveries, Stichtage, changed figures.

Belongs here: comparing two published files. Does not belong here: which figure changed (protokoll.revision says it).
"""

from pathlib import Path

import duckdb

from pipelines.foundation.storage import Ablage, sqltext
from pipelines.veroeffentlichung.archive import ARCHIV, veroeffentlichungen
from pipelines.veroeffentlichung.bericht.numbers import ganz
from pipelines.veroeffentlichung.bericht.query import rows_of

NICHTS = "Keine neuen Lieferungen, keine geänderten Zahlen."
GENANNT = 4


def release_before(ablage: Ablage, kennung: str | None) -> Path | None:
    """The file of the release before this one, as far as the archive still has it."""
    frueher = [k for k in veroeffentlichungen(ablage) if k != kennung]
    datei = ablage.marts / ARCHIV / frueher[-1] / ablage.publikation.name if frueher else None
    return datei if datei and datei.exists() else None


def load_news(
    con: duckdb.DuckDBPyConnection, vorher: Path | None, kommune: str, kennung: str | None
) -> tuple[str, ...]:
    """Sentences on what is new of one municipality; that it is its first release where it is."""
    if vorher is None:
        return ("Erste Veröffentlichung im Archiv.",)
    con.execute(f"attach if not exists {sqltext(vorher)} as vorher (read_only)")
    (war_da,) = con.execute("select count(*) from vorher.dim.kommune where kommune = ?", [kommune]).fetchall()[0]
    if not war_da:
        return ("Neu: erstmals veröffentlicht.",)
    dateien = [z["datei"] for z in rows_of(con, "neue_lieferungen", kommune=kommune)]
    (anders,) = con.execute(
        "select count(*) from protokoll.revision where kommune = ? and veroeffentlichung = ?", [kommune, kennung]
    ).fetchall()[0]
    saetze = []
    if dateien:
        mehr = f" und {ganz(len(dateien) - GENANNT)} weitere" if len(dateien) > GENANNT else ""
        saetze.append(f"Neue Lieferungen: {', '.join(dateien[:GENANNT])}{mehr}.")
    if anders:
        saetze.append(f"{ganz(anders)} früher veröffentlichte {'Zahl' if anders == 1 else 'Zahlen'} geändert.")
    return tuple(saetze) or (NICHTS,)
