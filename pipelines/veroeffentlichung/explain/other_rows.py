"""What is said of a key that no row has, or more than one: which values there are, which parts are missing.

Belongs here: these two answers. Does not belong here: the answer to a key of one row (lookup.py, text.py).
"""

import duckdb

from pipelines.foundation.storage import execute, sql
from pipelines.veroeffentlichung.explain.table_form import Form, build_bedingung, typed_wert
from pipelines.veroeffentlichung.explain.text import Satz

HOECHSTENS = 10  # rows or values listed


def _werte(con: duckdb.DuckDBPyConnection, form: Form, spalte: str, wo: str, werte: list[str]) -> tuple[list[str], int]:
    """First values of a column among the rows that meet a condition, and how many there are."""
    alle = con.execute(
        f"select distinct {spalte}::varchar from {form.name} where {wo} and {spalte} is not null order by all", werte
    ).fetchall()
    return [w for (w,) in alle[:HOECHSTENS]], len(alle)


def explain_missing(con: duckdb.DuckDBPyConnection, formen: list[Form], bedingungen: dict[str, dict[str, str]]) -> str:
    """No such row; what exists if one part of the key were another."""
    zeilen = ["Diese Zahl gibt es in der Veröffentlichung nicht."]
    for form in formen:
        je = bedingungen[form.name]
        nah = []
        for spalte in je:
            vorhanden, anzahl = _werte(con, form, spalte, *build_bedingung(form, je, ohne=spalte))
            if vorhanden:
                mehr = f" … ({anzahl})" if anzahl > len(vorhanden) else ""
                nah.append(f"  {spalte}={je[spalte]} gibt es hier nicht; vorhanden: {', '.join(vorhanden)}{mehr}")
        for spalte in je if not nah else ():
            vorhanden, anzahl = _werte(con, form, spalte, "true", [])
            gesucht = typed_wert(je[spalte], form.spalten[spalte])
            if (
                gesucht not in vorhanden
                and not con.execute(
                    f"select 1 from {form.name} where {spalte}::varchar = ? limit 1", [gesucht]
                ).fetchall()
            ):
                mehr = f" … ({anzahl})" if anzahl > len(vorhanden) else ""
                nah.append(f"  {spalte}={je[spalte]} gibt es nirgends; vorhanden: {', '.join(vorhanden)}{mehr}")
        if nah:
            zeilen += [f"In {form.name}:", *nah]
        zeilen += _entfallen(con, form, je)
    if len(zeilen) == 1:
        zeilen.append("Jede Angabe für sich gibt es, aber nicht zusammen; bitte weniger Angaben nennen.")
    return "\n".join(zeilen)


def _entfallen(con: duckdb.DuckDBPyConnection, form: Form, bedingungen: dict[str, str]) -> list[str]:
    """Whether a row with exactly this key was published before."""
    if set(bedingungen) != set(form.schluessel):
        return []
    text = "; ".join(f"{s}={typed_wert(bedingungen[s], form.spalten[s])}" for s in form.schluessel)
    return [
        f"Bis zur Veröffentlichung {vorher} gab es sie; seit {seit} ist sie entfallen."
        for vorher, seit in execute(
            con, sql("queries/veroeffentlichung/entfallen"), {"tabelle": form.name, "schluessel": text}
        )
    ]


def explain_ambiguous(
    con: duckdb.DuckDBPyConnection,
    treffer: list[tuple[Form, Satz]],
    anzahl: int,
    bedingungen: dict[str, dict[str, str]],
) -> str:
    """More than one row: some of them, and which parts of the key are missing."""
    formen = {f.name: f for f, _ in treffer}
    zeilen = [f"Der Schlüssel passt zu {anzahl} Zeilen. Die ersten:"]
    zeilen += [f"  {f.name}: {z['schluessel_text']}" for f, z in treffer[:HOECHSTENS]]
    for form in formen.values():
        wo, werte = build_bedingung(form, bedingungen[form.name])
        fehlend = []
        for spalte in form.schluessel:
            vorhanden, verschiedene = _werte(con, form, spalte, wo, werte)
            if verschiedene > 1:
                fehlend.append(f"{spalte} ({', '.join(vorhanden[:5])}{' …' if verschiedene > 5 else ''})")
        if fehlend:
            zeilen.append(f"In {form.name} fehlt: {', '.join(fehlend)}.")
    if len(formen) > 1:
        zeilen.append("Es fehlt die Tabelle: --tabelle NAME.")
    return "\n".join(zeilen)
