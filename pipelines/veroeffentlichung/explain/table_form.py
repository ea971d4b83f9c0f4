"""Which tables of the opened file a key can mean, and the conditions it puts on their columns.

Belongs here: what is wrong with a table, a column or a figure that was named. Does not belong here: finding the row (lookup.py),
what is said where none or several have the key (other_rows.py).
"""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import aehnlich
from pipelines.veroeffentlichung.explain.key import Suche
from schemas.tabellen.herkunft import ERKLAERT, HERKUNFT, NUR_GENANNT
from schemas.tabellen.registry import TABELLEN

# Where a figure is called by what it measures, that id may be given as --kennzahl.
KENNUNG = {"marts.indikator_zeitreihe": "indikator", "marts.tabellenwert": "merkmal", "marts.segregation": "mass"}
_JA_NEIN = {"ja": "true", "nein": "false"}


@dataclass(frozen=True)
class Form:
    """A table of the opened file: columns → type, key columns in order, columns with figures."""

    name: str
    spalten: dict[str, str]
    schluessel: list[str]
    zahlen: list[str]


def load_formen(con: duckdb.DuckDBPyConnection, datei: Path) -> dict[str, Form]:
    """The explained tables as this file has them: an archived release may be older than the vocabulary."""
    if not con.execute("select 1 from duckdb_views() where view_name = ?", [HERKUNFT.name]).fetchall():
        raise KonfigurationsFehler(
            f"{datei} stammt aus einer früheren Fassung des Programms und enthält die Ansicht {HERKUNFT.voll} noch nicht."
        )
    spalten: dict[str, dict[str, str]] = {}
    for tabelle, name, typ in con.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where not internal order by table_oid, column_index"
    ).fetchall():
        spalten.setdefault(tabelle, {})[name] = typ
    return {
        t: Form(
            t,
            spalten[t],
            [s for s in TABELLEN[t].schluessel if s in spalten[t]],
            [z for z in zahlen if z in spalten[t]],
        )
        for t, zahlen in ERKLAERT.items()
        if t in spalten
    }


def _aehnlich(gefunden: str, erlaubt: list[str]) -> str:
    vorschlag = aehnlich(gefunden, erlaubt)
    return f" Meinten Sie »{vorschlag}«?" if vorschlag else f" Möglich: {', '.join(erlaubt)}."


def narrow_formen(
    con: duckdb.DuckDBPyConnection, formen: dict[str, Form], search: Suche
) -> tuple[list[Form], dict[str, dict[str, str]]]:
    """The tables that can be meant, and for each the conditions on its columns."""
    if search.tabelle is not None and search.tabelle not in formen:
        raise KonfigurationsFehler(
            f"Für die Tabelle »{search.tabelle}« ist keine Herkunft je Zahl vorhanden.{_aehnlich(search.tabelle, list(formen))}"
        )
    gefragt = [formen[search.tabelle]] if search.tabelle else [f for f in formen.values() if f.name not in NUR_GENANNT]
    for spalte in search.bedingungen:
        if not any(spalte in f.spalten for f in gefragt):
            erlaubt = list(dict.fromkeys(s for f in gefragt for s in (*f.schluessel, *f.spalten)))
            wo = f" in {search.tabelle}" if search.tabelle else ""
            vorschlag = aehnlich(spalte, erlaubt)
            schluessel = ", ".join(dict.fromkeys(s for f in gefragt for s in f.schluessel))
            mehr = f" Meinten Sie »{vorschlag}«?" if vorschlag else f" Schlüsselspalten: {schluessel}."
            raise KonfigurationsFehler(f"Die Spalte »{spalte}« gibt es{wo} nicht.{mehr}")
    passende = [f for f in gefragt if set(search.bedingungen) <= set(f.spalten)]
    if not passende:
        je_spalte = "; ".join(
            f"{s}: {', '.join(f.name for f in gefragt if s in f.spalten)}" for s in search.bedingungen
        )
        raise KonfigurationsFehler(f"Keine Tabelle hat alle genannten Spalten. Sie stehen in – {je_spalte}.")
    bedingungen = {f.name: dict(search.bedingungen) for f in passende}
    if search.kennzahl is None:
        return passende, bedingungen
    mit_kennzahl = []
    for f in passende:
        kennung = KENNUNG.get(f.name)
        if search.kennzahl in f.zahlen:
            mit_kennzahl.append(f)
        elif (
            kennung and con.execute(f"select 1 from {f.name} where {kennung} = ? limit 1", [search.kennzahl]).fetchall()
        ):
            if bedingungen[f.name].setdefault(kennung, search.kennzahl) != search.kennzahl:
                raise KonfigurationsFehler(f"--kennzahl und {kennung} im Schlüssel nennen Verschiedenes.")
            mit_kennzahl.append(f)
    if not mit_kennzahl:
        zahlen = list(dict.fromkeys(z for f in passende for z in f.zahlen))
        wo = passende[0].name if len(passende) == 1 else "diesen Tabellen"
        raise KonfigurationsFehler(
            f"Die Kennzahl »{search.kennzahl}« gibt es in {wo} nicht.{_aehnlich(search.kennzahl, zahlen)}"
        )
    return mit_kennzahl, bedingungen


def typed_wert(text: str, typ: str) -> str:
    """A value as the database writes it: German dates and yes/no are understood."""
    if typ == "BOOLEAN":
        return _JA_NEIN.get(text.lower(), text.lower())
    deutsch = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    return f"{deutsch[3]}-{int(deutsch[2]):02d}-{int(deutsch[1]):02d}" if typ == "DATE" and deutsch else text


def build_bedingung(form: Form, bedingungen: dict[str, str], ohne: str | None = None) -> tuple[str, list[str]]:
    teile = {s: typed_wert(w, form.spalten[s]) for s, w in bedingungen.items() if s != ohne}
    return " and ".join(f"{s}::varchar = ?" for s in teile) or "true", list(teile.values())
