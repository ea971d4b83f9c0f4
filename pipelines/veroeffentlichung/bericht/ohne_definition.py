"""Figures of municipalities without a definition of Migrationshintergrund: inhabitants and foreigners by day and source.

Belongs here: this one table. Does not belong here: figures by definition (population_tables.py).
"""

from collections.abc import Sequence

import duckdb

from pipelines.veroeffentlichung.bericht.bemerkungen import NONE, Remarks, tell_remarks
from pipelines.veroeffentlichung.bericht.checked import ANGENOMMEN
from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.herkunft import angenommene
from pipelines.veroeffentlichung.bericht.numbers import GEHEIM_CODES, anteil, anzahl, datum
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow


def load_without_definition(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Zeile]:
    """All days of the whole municipality (a row of dim.kommune) without a definition, that name inhabitants or foreigners.

    `angenommen`: whether the day is only assumed.
    """
    nur_angenommen = angenommene(con)
    wo = {"kommune": kommune["kommune"], "ags": kommune["ags"]}
    gefunden = rows_of(con, "ohne_definition", **wo, geheim=list(GEHEIM_CODES))
    return [z | {"angenommen": z["lieferung_id"] in nur_angenommen} for z in gefunden]


def _tag(z: Zeile) -> str:
    return f"{datum(z['stichtag'])} (angenommen)" if z["angenommen"] else datum(z["stichtag"])


def ohne_definition(kommune: Zeile, werte: Sequence[Zeile], remarks: Remarks = NONE) -> Tabelle | None:
    """The table of those days; None without any."""
    quellen = {z["herkunft"] for z in werte}
    return Tabelle(
        f"Einwohner:innen und Ausländer:innen {in_ort(kommune['name'])}",
        ("Stichtag", "Einwohner:innen", "Ausländer:innen", "Anteil Ausländer:innen", "Quelle", "Fundstelle"),
        tuple(
            TableRow((
                _tag(z), anzahl(z, "einwohner"), anzahl(z, "auslaender"), anteil(z, "anteil_auslaender"),
                z["herkunft"] or "–", z["fundstelle"] or "–",
            ))
            for z in werte
        ),
        anmerkungen=(
            *((ANGENOMMEN,) if any(z["angenommen"] for z in werte) else ()),
            *(("Zahlen verschiedener Quellen bilden keine Zeitreihe.",) if len(quellen) > 1 else ()),
            *tell_remarks(werte, remarks, ("einwohner", "auslaender", "anteil_auslaender"), je_tag=True),
        ),
    ) if werte else None  # fmt: skip
