"""Expressions of the catalogue: filters over the cube's columns and formulas over other indicators.

Belongs here: parsing them with sqlglot and writing the SQL of what was understood. Does not belong here: the catalogue
(katalog.py) and running the SQL. A filter can use the documented columns, literals and
`and or not ( ) = <> < <= > >= in between`; a formula indicators, numbers and `+ - * / ( )`. Nothing else gets through: the
SQL is written from the understood tree, never copied from the text.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import aehnlich
from schemas.spalten.common import ALTERSGRUPPE_MUSTER, EBENEN, GESCHLECHTER, INSGESAMT

HOECHSTLAENGE = 300  # characters; the longest filter of the catalogue has 40

# Column of a filter → what it means.
SPALTEN: dict[str, str] = {
    "alter": "vollendete Lebensjahre am Stichtag",
    "altersgruppe": "Altersgruppe wie im Würfel, z. B. '15-17' oder '75+'",
    "geschlecht": "m, w, d oder x",
    "staat": "dreistelliger Staatsschlüssel ('000' Deutschland); nur bei Zählungen nach Staatsangehörigkeit",
    "gebiet_id": "Schlüssel des Gebiets",
    "ebene": "Gliederungsebene des Gebiets",
}
# Column of a filter → column of the cells that indikatoren/register_sql.py counts; an area is that of the cell, not of the total.
WUERFELSPALTEN: dict[str, str] = {
    "alter": "alter",
    "altersgruppe": "altersgruppe",
    "geschlecht": "geschlecht",
    "gebiet_id": "zelle_gebiet_id",
    "ebene": "zelle_ebene",
}
STAATENSPALTEN: dict[str, str] = {n: n for n in ("staat", "geschlecht", "gebiet_id", "ebene")}

_MUSTER = {
    "altersgruppe": ALTERSGRUPPE_MUSTER,
    "geschlecht": "|".join((*GESCHLECHTER, INSGESAMT)),
    "staat": r"\d{3}|insgesamt|uebrige",
    "gebiet_id": r"\S{1,20}",
    "ebene": "|".join(EBENEN),
}
_VERGLEICHE: dict[type[exp.Expression], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
}  # fmt: skip
_RECHNUNGEN: dict[type[exp.Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_VERKNUEPFUNGEN: dict[type[exp.Expression], str] = {exp.And: "and", exp.Or: "or"}


@dataclass(frozen=True)
class Bedingung:
    """One comparison: a column, an operator (`=`, …, `in`, `between`) and its literals."""

    spalte: str
    vergleich: str
    werte: tuple[int | str, ...]


def _text(knoten: exp.Expression) -> str:
    """A part of an expression as its author would write it (functions in capitals)."""
    return knoten.sql(dialect="duckdb", comments=False).replace('"', "")


def _teile(knoten: exp.Expression, *namen: str) -> None:
    """Raises: KonfigurationsFehler if a node carries anything besides these parts."""
    if mehr := [n for n, wert in knoten.args.items() if n not in namen and wert]:
        raise KonfigurationsFehler(f"»{_text(knoten)}« ist nicht erlaubt ({', '.join(mehr)}).")


def _baum(ausdruck: str) -> exp.Expression:
    """Parse one expression.

    Raises: KonfigurationsFehler if it is too long, no single expression, or holds a comment.
    """
    if len(ausdruck) > HOECHSTLAENGE:
        raise KonfigurationsFehler(f"Der Ausdruck ist zu lang ({len(ausdruck)} Zeichen, höchstens {HOECHSTLAENGE}).")
    if ";" in ausdruck:
        raise KonfigurationsFehler(f"»{ausdruck}«: Ein Strichpunkt ist nicht erlaubt.")
    # Outside of literals and quoted names the column `alter` would be read as the statement ALTER.
    lesbar = re.sub(r"'[^']*'|\"[^\"]*\"|\balter\b", lambda m: '"alter"' if m[0] == "alter" else m[0], ausdruck)
    try:
        baum = sqlglot.parse_one(lesbar, read="duckdb", into=exp.Condition)
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError, AttributeError, IndexError, TypeError):
        raise KonfigurationsFehler(
            f"»{ausdruck}« ist kein gültiger Ausdruck (Klammern, Anführungszeichen und and/or/not prüfen)."
        ) from None
    if not isinstance(baum, exp.Expression):
        raise KonfigurationsFehler(f"»{ausdruck}« ist kein gültiger Ausdruck.")
    if any(k.comments for k in baum.walk()):
        raise KonfigurationsFehler(f"»{ausdruck}«: Ein Kommentar ist nicht erlaubt.")
    return baum


def _spalte(knoten: object, namen: Collection[str]) -> str:
    if type(knoten) is not exp.Column:
        wort = _text(knoten) if isinstance(knoten, exp.Expression) else "nichts"
        raise KonfigurationsFehler(f"»{wort}« ist hier nicht erlaubt: links steht eine Spalte, rechts ein Wert.")
    name = knoten.name
    if knoten.parts[:-1] or name not in namen or type(knoten.this) is not exp.Identifier:
        vorschlag = aehnlich(name, sorted(namen))
        raise KonfigurationsFehler(
            f"Die Spalte »{_text(knoten)}« gibt es in einem Filter nicht."
            + (f" Ähnlich: »{vorschlag}«." if vorschlag else "")
            + f" Erlaubt: {', '.join(sorted(namen))}."
        )
    _teile(knoten, "this")
    return name


def _wert(knoten: object, spalte: str) -> int | str:
    if type(knoten) is not exp.Literal:
        wort = _text(knoten) if isinstance(knoten, exp.Expression) else "nichts"
        raise KonfigurationsFehler(f"»{wort}« ist nicht erlaubt: rechts von »{spalte}« steht eine Zahl oder ein Text.")
    wert = str(knoten.this)
    if spalte == "alter":
        if knoten.is_string or not re.fullmatch(r"[0-9]{1,3}", wert):
            raise KonfigurationsFehler(f"»{_text(knoten)}« ist kein Alter; erwartet wird eine ganze Zahl ab 0.")
        return int(wert)
    if not knoten.is_string:
        raise KonfigurationsFehler(f"»{spalte}« ist ein Text; erwartet wird er in Anführungszeichen: '{wert}'.")
    if spalte in _MUSTER and not re.fullmatch(_MUSTER[spalte], wert):
        raise KonfigurationsFehler(f"»{wert}« kommt in der Spalte »{spalte}« nicht vor ({SPALTEN[spalte]}).")
    return wert


def _bedingung(knoten: exp.Expression, namen: Collection[str]) -> Bedingung:
    art = type(knoten)
    if art in _VERGLEICHE:
        _teile(knoten, "this", "expression")
        spalte, zeichen = _spalte(knoten.this, namen), _VERGLEICHE[art]
        if spalte != "alter" and zeichen not in ("=", "<>"):
            raise KonfigurationsFehler(f"»{_text(knoten)}«: Größer und kleiner gibt es nur bei »alter«.")
        return Bedingung(spalte, zeichen, (_wert(knoten.args.get("expression"), spalte),))
    if art is exp.In:
        _teile(knoten, "this", "expressions")
        spalte = _spalte(knoten.this, namen)
        werte = tuple(_wert(w, spalte) for w in knoten.expressions)
        if not werte:
            raise KonfigurationsFehler(f"»{_text(knoten)}«: Die Liste hinter »in« ist leer.")
        return Bedingung(spalte, "in", werte)
    if art is exp.Between:
        _teile(knoten, "this", "low", "high")
        spalte = _spalte(knoten.this, namen)
        if spalte != "alter":
            raise KonfigurationsFehler(f"»{_text(knoten)}«: »between« gibt es nur bei »alter«.")
        von, bis = _wert(knoten.args["low"], spalte), _wert(knoten.args["high"], spalte)
        if int(von) > int(bis):
            raise KonfigurationsFehler(f"»{_text(knoten)}«: {von} ist größer als {bis}.")
        return Bedingung(spalte, "between", (von, bis))
    raise KonfigurationsFehler(
        f"»{_text(knoten)}« ist in einem Filter nicht erlaubt. Erlaubt sind Vergleiche (= <> < <= > >= in between), "
        "and, or, not und Klammern."
    )


def _sql(knoten: exp.Expression, spalten: Mapping[str, str]) -> str:
    art = type(knoten)
    if art in _VERKNUEPFUNGEN:
        _teile(knoten, "this", "expression")
        return f"({_sql(knoten.this, spalten)} {_VERKNUEPFUNGEN[art]} {_sql(knoten.expression, spalten)})"
    if art in (exp.Not, exp.Paren):
        _teile(knoten, "this")
        innen = _sql(knoten.this, spalten)
        return f"(not {innen})" if art is exp.Not else innen
    b = _bedingung(knoten, spalten)
    werte = [str(w) if isinstance(w, int) else "'" + w.replace("'", "''") + "'" for w in b.werte]
    rechts = {"in": f"({', '.join(werte)})", "between": " and ".join(werte)}.get(b.vergleich, werte[0])
    return f"({spalten[b.spalte]} {b.vergleich} {rechts})"


def als_sql(ausdruck: str, spalten: Mapping[str, str] = WUERFELSPALTEN) -> str:
    """A filter as SQL in parentheses; `spalten` says which columns there are and by which expression each is read.

    Raises: KonfigurationsFehler naming what is not allowed.
    """
    return _sql(_baum(ausdruck), spalten)


def bedingungen(ausdruck: str, spalten: Collection[str] = tuple(SPALTEN)) -> list[Bedingung]:
    """All comparisons of a filter in their order.

    Raises: KonfigurationsFehler naming what is not allowed.
    """
    baum = _baum(ausdruck)
    _sql(baum, {s: s for s in spalten})

    def collect(knoten: exp.Expression) -> Iterator[Bedingung]:
        if type(knoten) in (*_VERKNUEPFUNGEN, exp.Not, exp.Paren):
            yield from collect(knoten.this)
            if type(knoten) in _VERKNUEPFUNGEN:
                yield from collect(knoten.expression)
        else:
            yield _bedingung(knoten, spalten)

    return list(collect(baum))


def gruppengrenzen(altersgruppen: Collection[str]) -> set[int]:
    """Ages at which one of these groups (`15-17`, `75+`) begins, and the age after the last of a closed group."""
    grenzen: set[int] = set()
    for gruppe in altersgruppen:
        if treffer := re.fullmatch(r"(\d{2,3})(?:-(\d{2,3})|\+)", gruppe):
            grenzen.add(int(treffer[1]))
            grenzen |= {int(treffer[2]) + 1} if treffer[2] else set()
    return grenzen


def altersgrenzen(ausdruck: str) -> set[int]:
    """Ages at which the filter's answer can change; where all are borders of the age groups, its counts add up with these.

    `alter < 18` → {18}; `alter between 6 and 17` → {6, 18}; `altersgruppe = '75+'` → {75}. Age 0 is no border.
    Raises: KonfigurationsFehler naming what is not allowed.
    """
    grenzen: set[int] = set()
    for b in bedingungen(ausdruck):
        if b.spalte == "altersgruppe":
            grenzen |= gruppengrenzen([str(w) for w in b.werte])
        elif b.spalte == "alter":
            zahlen = [int(w) for w in b.werte]
            # Where the answer begins to differ: at the number itself, after it, or both.
            beginn = {"<=": [], ">": [], "between": zahlen[:1]}.get(b.vergleich, zahlen)
            danach = {"<": [], ">=": [], "between": zahlen[1:]}.get(b.vergleich, zahlen)
            grenzen |= {*beginn, *(z + 1 for z in danach)}
    return grenzen - {0}


@dataclass(frozen=True, order=True)
class Verweis:
    """An indicator in a formula, with the group of it that is meant (`arb_alq.auslaender`)."""

    indikator: str
    gruppe: str = INSGESAMT


def _rechnung(knoten: exp.Expression, spalten: Mapping[Verweis, str] | None, verweise: set[Verweis]) -> str:
    art = type(knoten)
    if art in _RECHNUNGEN:
        links, rechts = (_rechnung(k, spalten, verweise) for k in (knoten.this, knoten.expression))
        return f"({links} / nullif({rechts}, 0))" if art is exp.Div else f"({links} {_RECHNUNGEN[art]} {rechts})"
    if art is exp.Paren:
        return _rechnung(knoten.this, spalten, verweise)
    if isinstance(knoten, exp.Literal) and re.fullmatch(r"\d{1,9}(\.\d{1,9})?", knoten.this) and not knoten.is_string:
        return str(knoten.this)
    if (
        isinstance(knoten, exp.Column)
        and len(knoten.parts) <= 2
        and all(type(p) is exp.Identifier for p in knoten.parts)
    ):
        teile = [p.name for p in knoten.parts]
        if all(re.fullmatch(r"[a-z][a-z0-9_]*", t) for t in teile):
            verweis = Verweis(*teile)
            verweise.add(verweis)
            return spalten[verweis] if spalten is not None else "null"
    raise KonfigurationsFehler(
        f"»{_text(knoten)}« ist in einer Formel nicht erlaubt. Erlaubt sind Kennungen von Indikatoren "
        "(arb_alq oder arb_alq.auslaender), Zahlen, + - * / und Klammern."
    )


def verweise(formel: str) -> list[Verweis]:
    """Indicators and groups a formula refers to, sorted.

    Raises: KonfigurationsFehler naming what is not allowed, or if it refers to none.
    """
    gefunden: set[Verweis] = set()
    _rechnung(_baum(formel), None, gefunden)
    if not gefunden:
        raise KonfigurationsFehler(f"»{formel}« nennt keinen Indikator.")
    return sorted(gefunden)


def formel_als_sql(formel: str, spalten: Mapping[Verweis, str]) -> str:
    """A formula as SQL; `spalten` gives the expression of every reference. A division by zero gives NULL.

    Raises: KonfigurationsFehler naming what is not allowed; KeyError for a reference not in `spalten`.
    """
    return _rechnung(_baum(formel), spalten, set())
