"""Figures of municipalities whose tables say nothing of Migrationshintergrund: inhabitants and foreigners by day and source.

Belongs here: this one table. Does not belong here: figures by definition (bericht_tabellen.py).
"""

import duckdb

from pipelines.veroeffentlichung.bericht_indikatoren import zeilen
from pipelines.veroeffentlichung.bericht_inhalt import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht_tabellen import Reihe, Tabelle
from pipelines.veroeffentlichung.bericht_zahlen import anteil, anzahl, datum

OHNE = "-"


def lade_ohne_definition(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> Tabelle | None:
    """All days of the whole municipality without a definition; None if it has none (kommune: a row of dim.kommune)."""
    werte = zeilen(
        con,
        f"""
        from marts.migrationshintergrund
        where kommune = ? and gebiet_id = ? and profil = '{OHNE}' and geschlecht = '{INSGESAMT}'
            and altersgruppe = '{INSGESAMT}'
        order by stichtag, quelle
        """,
        kommune["kommune"], kommune["ags"],
    )  # fmt: skip
    reihen = tuple(
        Reihe((
            datum(z["stichtag"]), anzahl(z, "einwohner"), anzahl(z, "auslaender"), anteil(z, "anteil_auslaender"),
            z["fundstelle"] or "–",
        ))
        for z in werte
    )  # fmt: skip
    return Tabelle(
        f"Einwohner:innen und Ausländer:innen in {kommune['name']}",
        ("Stichtag", "Einwohner:innen", "Ausländer:innen", "Anteil Ausländer:innen", "Fundstelle"),
        reihen,
        anmerkungen=("Die Quellen sagen nichts zum Migrationshintergrund. Zahlen verschiedener Quellen bilden keine "
                     "Zeitreihe.",),
    ) if reihen else None  # fmt: skip
