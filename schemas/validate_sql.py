"""The contract of a table as SQL: what pandera checks of a frame, asked of any relation in one statement.

Belongs here: turning a `Tabelle` into conditions and counts. Does not belong here: pandera itself (validate.py). Both are derived
from the same declaration, and a test holds them against each other, row by row. Persons are checked this way: a frame of them
would cost more than everything else that is done with them.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from schemas.model import Spalte, Tabelle
from schemas.validate import BEISPIELE, Verletzung, make_pattern

NICHT_LEER = "not_nullable"
JE_ZEILE_ANDERS = {"pseudonym"}  # texts of which hardly two rows have the same: each is looked at where it stands


class Bedingung(NamedTuple):
    """A rule of a column and the SQL condition that is true of rows that break it (pandera's names of the rules)."""

    spalte: str
    regel: str
    verletzt: str


def find_conditions(tabelle: Tabelle) -> list[Bedingung]:
    """Every rule of a table that single rows can break. A value that is not there breaks only the rule that it must be."""
    return [bedingung for spalte in tabelle.spalten for bedingung in _of_column(tabelle, spalte)]


def _of_column(tabelle: Tabelle, spalte: Spalte) -> list[Bedingung]:
    name = f'"{spalte.name}"'
    regeln = {}
    if spalte.name not in tabelle.leer_erlaubt:
        regeln[NICHT_LEER] = f"{name} is null"
    if spalte.werte:
        regeln["werteliste"] = f"{name} not in ({', '.join(map(_text, spalte.werte))})"
    if spalte.muster:
        regeln["muster"] = f"not regexp_full_match({name}, {_text(make_pattern(spalte.muster))})"
    if spalte.minimum is not None:
        regeln["minimum"] = f"{name} < {spalte.minimum}"
    if spalte.maximum is not None:
        regeln["maximum"] = f"{name} > {spalte.maximum}"
    return [Bedingung(spalte.name, regel, verletzt) for regel, verletzt in regeln.items()]


def check_relation(con: Any, tabelle: Tabelle, quelle: str, beispiele: int | None = BEISPIELE) -> list[Verletzung]:
    """All violations of a relation (a table, or `read_parquet(…)`), its columns and types first; an empty list if it is sound.

    Rows are counted in one statement over all rules; only rules that are broken are asked for their rows. A text is looked at
    once for all rows that have it.
    """
    typen = {name: typ for name, typ, *_ in con.execute(f"describe from {quelle}").fetchall()}
    befunde = [Verletzung(n, "spalte_fehlt", 1, ()) for n in tabelle.namen if n not in typen]
    befunde += [Verletzung(n, "spalte_nicht_erklaert", 1, ()) for n in typen if n not in tabelle.namen]
    befunde += [Verletzung(s.name, "dtype", 1, ()) for s in tabelle.spalten if typen.get(s.name, s.typ) != s.typ]
    pruefbar = [b for b in find_conditions(tabelle) if b.spalte in typen and not _of_another_type(b.spalte, befunde)]
    if not pruefbar:
        return befunde
    texte = {s.name for s in tabelle.spalten if s.typ == "VARCHAR"} - JE_ZEILE_ANDERS
    anzahlen = dict(con.execute(" union all ".join(_count_broken(pruefbar, quelle, texte))).fetchall())
    for nummer, bedingung in enumerate(pruefbar):
        if anzahl := anzahlen[nummer]:
            stellen = _rows(con, quelle, bedingung, beispiele)
            befunde.append(Verletzung(bedingung.spalte, bedingung.regel, anzahl, stellen))
    return befunde


def _count_broken(bedingungen: list[Bedingung], quelle: str, texte: set[str]) -> Iterator[str]:
    """SELECTs of the rule's number and how many rows break it; the file itself knows how many values are missing."""
    je_text: dict[str, dict[int, str]] = {}
    je_zeile: dict[int, str] = {}
    for nummer, b in enumerate(bedingungen):
        if b.regel == NICHT_LEER:
            je_zeile[nummer] = f'count(*) - count("{b.spalte}")'
        elif b.spalte in texte:
            je_text.setdefault(b.spalte, {})[nummer] = f"coalesce(sum(anzahl) filter (where {b.verletzt}), 0)::bigint"
        else:
            je_zeile[nummer] = f"count(*) filter (where {b.verletzt})"
    for spalte, zaehler in je_text.items():
        yield _as_rows(zaehler, f'(select "{spalte}", count(*) as anzahl from {quelle} group by all)')
    if je_zeile:
        yield _as_rows(je_zeile, quelle)


def _as_rows(zaehler: dict[int, str], quelle: str) -> str:
    return f"select unnest({list(zaehler)}) as nummer, unnest([{', '.join(zaehler.values())}]) as anzahl from {quelle}"


def _rows(con: Any, quelle: str, bedingung: Bedingung, beispiele: int | None) -> tuple[int, ...]:
    grenze = "" if beispiele is None else f" limit {beispiele}"
    nummeriert = f"select row_number() over () - 1 as stelle, {bedingung.spalte} from {quelle}"
    zeilen = con.execute(
        f"select stelle from ({nummeriert}) where {bedingung.verletzt} order by stelle{grenze}"
    ).fetchall()
    return tuple(int(stelle) for (stelle,) in zeilen)


def _of_another_type(spalte: str, befunde: list[Verletzung]) -> bool:
    return any(b.spalte == spalte and b.regel == "dtype" for b in befunde)


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
