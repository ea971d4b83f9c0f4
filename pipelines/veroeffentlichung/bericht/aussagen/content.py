"""The shapes of a sentence that is bound to its numbers, and the query by which a reader finds each number again.

Belongs here: numbers with their place in the published file. Does not belong here: any one sentence (bevoelkerung.py,
indikatoren.py, massnahmen.py), its text (sprachen.py) and which of them are told (select.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.veroeffentlichung.bericht.aussagen.mixed import merge_texts
from pipelines.veroeffentlichung.bericht.aussagen.numbers import BelegteZahl, Fuellung, Teil
from pipelines.veroeffentlichung.bericht.aussagen.sprachen import fill
from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH
from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, GEHEIM_CODES, Wert, datum
from schemas.model import OHNE_ZAHL
from schemas.tabellen.registry import TABELLEN

GEZAEHLT = "gezählt oder gerechnet; in keiner gelieferten Datei steht die Zahl selbst"
STEHT, GEAENDERT, ACHTEN = "steht", "geaendert", "achten"
ARTEN = {STEHT: "Stand", GEAENDERT: "Änderung", ACHTEN: "Zu beachten"}


@dataclass(frozen=True)
class Aussage:
    """A sentence: the name of its text, and what fills it. `beleg`: what stands behind it, as (word, text); `marke` of invented
    figures; `bezug`: what it is about, where several of one name may stand beside each other.
    """

    art: str
    name: str
    werte: Mapping[str, Fuellung]
    beleg: tuple[tuple[str, str], ...]
    marke: str = ""
    bezug: str = ""

    @property
    def artwort(self) -> str:
        return ARTEN[self.art]

    @property
    def kennung(self) -> str:
        """Its address on the page, the same whatever its numbers are."""
        return "-".join(t for t in ("aussage", self.name, self.bezug) if t)

    @property
    def teile(self) -> tuple[Teil, ...]:
        return self.tell(DEUTSCH)

    def tell(self, sprache: str) -> tuple[Teil, ...]:
        """The sentence in a language (sprachen.py), as texts and numbers."""
        return fill(sprache, self.name, self.werte)

    @property
    def zahlen(self) -> list[BelegteZahl]:
        return [t for t in self.teile if isinstance(t, BelegteZahl)]

    @property
    def satz(self) -> str:
        return as_text(self.teile)


def as_text(teile: Sequence[Teil]) -> str:
    return merge_texts(t.text if isinstance(t, BelegteZahl) else t for t in teile)


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


def cells(zeilen: Sequence[Mapping[str, Any]]) -> str:
    """Where the figures stand in the delivered file; that they were counted where they stand in none."""
    orte = list(dict.fromkeys(str(z["fundstelle"]) for z in zeilen if z.get("fundstelle")))
    return f"in der gelieferten Datei: {', '.join(orte)}" if orte else GEZAEHLT


def printed(wert: Wert) -> str:
    """A value inside a sentence: a lower bound is said in a word."""
    return wert.text.replace("ab ", "mindestens ", 1) if wert.text.startswith("ab ") else wert.text
