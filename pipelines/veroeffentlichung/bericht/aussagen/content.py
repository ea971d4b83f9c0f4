"""The shapes of a sentence that is bound to its numbers, and the query by which a reader finds each number again.

Belongs here: numbers with their place in the published file. Does not belong here: any one sentence (bevoelkerung.py,
indikatoren.py, massnahmen.py) and which of them are told (select.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, GEHEIM_CODES, Wert, datum
from schemas.model import OHNE_ZAHL
from schemas.tabellen.registry import TABELLEN

STEHT, GEAENDERT, ACHTEN = "steht", "geaendert", "achten"
ARTEN = {STEHT: "Stand", GEAENDERT: "Änderung", ACHTEN: "Zu beachten"}


@dataclass(frozen=True)
class BelegteZahl:
    """A number of a sentence: as printed, as it stands in the file, and the query that returns it there."""

    text: str
    wert: float
    abfrage: str


Teil = str | BelegteZahl


@dataclass(frozen=True)
class Aussage:
    """A sentence of text and numbers; `beleg`: what stands behind it, as (word, text); `marke` of invented figures."""

    art: str
    teile: tuple[Teil, ...]
    beleg: tuple[tuple[str, str], ...]
    marke: str = ""

    @property
    def artwort(self) -> str:
        return ARTEN[self.art]

    @property
    def zahlen(self) -> list[BelegteZahl]:
        return [t for t in self.teile if isinstance(t, BelegteZahl)]

    @property
    def satz(self) -> str:
        return "".join(t.text if isinstance(t, BelegteZahl) else t for t in self.teile)


def sql_value(wert: Any) -> str:
    """A value as SQL writes it."""
    if isinstance(wert, date):
        return f"date '{wert.isoformat()[:10]}'"
    if isinstance(wert, bool | int | float):
        return str(wert).lower()
    return "'" + str(wert).replace("'", "''") + "'"


def cell_query(tabelle: str, spalte: str, zeile: Mapping[str, Any]) -> str:
    """The query of one cell of a published table, by the key of its row."""
    schluessel = " and ".join(f"{s} = {sql_value(zeile[s])}" for s in TABELLEN[tabelle].schluessel)
    return f"select {spalte} from {tabelle} where {schluessel}"


def cell(tabelle: str, spalte: str, zeile: Mapping[str, Any], text: str) -> BelegteZahl:
    """A number that stands in one cell."""
    return BelegteZahl(text, float(zeile[spalte]), cell_query(tabelle, spalte, zeile))


def difference(tabelle: str, spalte: str, spaeter: Zeile, frueher: Zeile, text: str) -> BelegteZahl:
    """What lies between two cells of a column, later less earlier."""
    return BelegteZahl(
        text,
        float(spaeter[spalte]) - float(frueher[spalte]),
        f"select ({cell_query(tabelle, spalte, spaeter)}) - ({cell_query(tabelle, spalte, frueher)})",
    )


def protection(zeilen: Sequence[Mapping[str, Any]]) -> str:
    """What limits or protects the figures of a sentence, in words of the reading aid."""
    codes = dict.fromkeys(c for z in zeilen for c in _find_codes(z) if c in ERKLAERUNGEN)
    genannt = [c for c in codes if c != "ok"] or ["ok"]
    satz = " ".join(f"{ERKLAERUNGEN[c][0]}: {ERKLAERUNGEN[c][1]}" for c in genannt)
    if any(c in GEHEIM_CODES for c in genannt):
        return f"{satz} Gezeigt wird nur, was veröffentlicht ist."
    return satz


def _find_codes(zeile: Mapping[str, Any]) -> list[str]:
    """Codes of a row that speak of the figure it shows; why another figure of it is missing says nothing of this one."""
    status = str(zeile.get("status"))
    weitere = [c for c in zeile.get("hinweise") or [] if status in OHNE_ZAHL or c not in OHNE_ZAHL]
    return [status, *weitere]


def stichtage(zeilen: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(datum(t) for t in sorted({z["stichtag"] for z in zeilen}))


def cells(tabelle: str, spalte: str, zeilen: Sequence[Mapping[str, Any]]) -> str:
    """Where the figures stand: table and column, and the cell of the delivered file where there is one."""
    orte = list(dict.fromkeys(str(z["fundstelle"]) for z in zeilen if z.get("fundstelle")))
    return f"Tabelle {tabelle}, Spalte {spalte}" + (f"; in der Lieferung: {', '.join(orte)}" if orte else "")


def printed(wert: Wert) -> str:
    """A value inside a sentence: a lower bound is said in a word."""
    return wert.text.replace("ab ", "mindestens ", 1) if wert.text.startswith("ab ") else wert.text
