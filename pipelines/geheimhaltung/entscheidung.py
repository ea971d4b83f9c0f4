"""One decision per cell: the table geheimhaltung.entscheidung that every door reads by join.

Belongs here: families in their order of Stichtage, writing the table. Which cells are hidden is chosen in choose.py. The table is
kept in the secure zone: why a cell is hidden is never published. `gezeigt` is the count as doors may show it where it is not
hidden; `personen` is the true one and passes no door.
"""

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.by_levels import RECHENZEIT, choose_by_size
from pipelines.geheimhaltung.family import QUELLEN, Familie, read_familien
from pipelines.geheimhaltung.group_disclosure import read_hidden_zeros, remember_hidden_zeros
from pipelines.geheimhaltung.many_areas import tell_too_slow
from pipelines.geheimhaltung.methods import gezeigte, read_method
from pipelines.geheimhaltung.model import TooSlow, Wahl
from pipelines.geheimhaltung.relations import link_cells
from pipelines.geheimhaltung.system import Schluessel
from pipelines.stamm.schutz import SPERRUNG
from pipelines.steps.left_out import Auswahl, drop_municipalities, ohne_schuldige
from pipelines.steps.sql_step import register_views
from schemas.tabellen.registry import INTERN
from schemas.types import arrow_schema

NAME = "entscheidung"
_SCHEMA = arrow_schema(INTERN[f"geheimhaltung.{NAME}"])


def write_entscheidungen(ablage: Ablage) -> dict[str, int]:
    """Decide every cell of every family and write the table; returns numbers of cells."""
    return ohne_schuldige(
        ablage, f"geheimhaltung.{NAME}", lambda auswahl, versuch: _entscheidungen(ablage, auswahl, versuch)
    )


def _entscheidungen(ablage: Ablage, auswahl: Auswahl, versuch: bool) -> dict[str, int]:
    zeilen: list[dict[str, Any]] = []
    vorher: dict[str, tuple[date, frozenset[Schluessel]]] = {}
    slow: dict[str, Meldung] = {}
    lps = 0
    with ablage.arbeitsdatenbank() as con:
        register_views(ablage, con, list(QUELLEN), auswahl)
        verfahren, nullen = read_method(ablage, con), read_hidden_zeros(con)
        for familie in list(read_familien(con)):
            if familie.kommune in slow:
                continue
            link_cells(familie)
            hides = verfahren[familie.kommune].name == SPERRUNG
            remember_hidden_zeros(familie, nullen.get(familie.kommune, frozenset()))
            gezeigt = gezeigte(verfahren[familie.kommune], familie.tafel, familie.stichtag)
            if not hides:
                # Rounded or perturbed as a whole: nothing is hidden beside it.
                zeilen += _zeilen(familie, Wahl(), gezeigt)
                continue
            _, frueher = vorher.get(familie.kommune, (None, frozenset()))
            nummern = frozenset(familie.tafel.nummer[k] for k in frueher if k in familie.tafel.nummer)
            try:
                wahl = choose_by_size(familie.tafel, familie.kinder, familie.schwelle, nummern)
            except TooSlow:
                slow[familie.kommune] = tell_too_slow(familie.kommune, familie.stichtag, round(RECHENZEIT / 60))
                continue
            lps += wahl.lps
            vorher[familie.kommune] = (familie.stichtag, frozenset(familie.tafel.schluessel[i] for i in wahl.geheim))
            zeilen += _zeilen(familie, wahl, gezeigt)
    zeilen = [z for z in zeilen if z["kommune"] not in slow]
    if not versuch:
        drop_municipalities(ablage, slow.values())
        with ablage.neu(ablage.tabelle("geheimhaltung", NAME)) as neu:
            pq.write_table(pa.Table.from_pylist(zeilen, schema=_SCHEMA), neu)
    return {"Zellen": len(zeilen), "davon verborgen": sum(z["geheim"] for z in zeilen), "LPs": lps}


def _zeilen(f: Familie, wahl: Wahl, gezeigt: list[int]) -> list[dict[str, Any]]:
    t = f.tafel

    def grund(i: int) -> str:
        if i in t.bekannt:
            return "gedruckt"
        if i in wahl.ableitbar:
            return "aus gedruckten Zahlen ableitbar"
        if i in t.kleine_zeile and i in wahl.geheim:
            return "kleine Zeile"
        return "primaer" if i in wahl.primaer else "sekundaer" if i in wahl.sekundaer else ""

    return [
        {"kommune": f.kommune, "stichtag": f.stichtag, **k._asdict(), "personen": t.wert[i], "gezeigt": gezeigt[i],
         "geheim": i in wahl.geheim, "grund": grund(i)}
        for i, k in enumerate(t.schluessel)
        if t.oeffentlich[i]
    ]  # fmt: skip
