"""What a delivery would store, held against the vocabulary before it is taken: what `check` accepts can be published.

Belongs here: violations as findings with their cells. Tables and sheets only: they hold no persons, so values may be shown.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.foundation.findings import Befund, Code, Schwere
from schemas.model import Tabelle
from schemas.validate import Verletzung, als_pandas, check_pandas

if TYPE_CHECKING:
    import pyarrow as pa

GENANNT = 10  # cells listed in one finding


SCHLUESSEL = "multiple_fields_uniqueness"
REGELN = {SCHLUESSEL: "jeder Schlüssel einmal", "not_nullable": "nicht leer", "dtype": "Art der Zahl oder Angabe"}


def _einmal(verletzungen: list[Verletzung]) -> list[Verletzung]:
    """A key that stands twice is one violation, not one of every column of the key."""
    schluessel = [v for v in verletzungen if v.regel == SCHLUESSEL]
    uebrige = [v for v in verletzungen if v.regel != SCHLUESSEL]
    return uebrige + [replace(v, spalte=", ".join(w.spalte for w in schluessel)) for v in schluessel[:1]]


def vokabularbefunde(tabelle: Tabelle, werte: "pa.Table", datei: str, mit_schluessel: bool = True) -> list[Befund]:
    """Every rule of the vocabulary that rows break, one finding a rule and column, an error each.

    Without `mit_schluessel` keys that stand twice are left to whoever has told them already.
    """
    if not len(werte):
        return []
    rahmen = als_pandas(tabelle, werte.to_pandas())
    befunde = []
    for v in _einmal(check_pandas(tabelle, rahmen)):
        if v.regel == SCHLUESSEL and not mit_schluessel:
            continue
        stellen = [str(o) for o in rahmen["fundstelle"].iloc[list(v.positionen)[:GENANNT]]] if v.positionen else []
        wert = f" (»{rahmen[v.spalte].iloc[v.positionen[0]]}«)" if v.positionen and v.spalte in rahmen.columns else ""
        befunde.append(
            Befund(Code.schema, Schwere.fehler, datei, stellen[0] if stellen else "",
                   f"in der Spalte {v.spalte} gilt die Regel »{REGELN.get(v.regel, v.regel)}« nicht{wert}",
                   f"ein Wert, wie ihn docs/datenwoerterbuch.md unter {v.spalte} nennt (Layout in kommune.yaml prüfen)",
                   anzahl=v.anzahl, zellen=tuple(stellen))
        )  # fmt: skip
    return befunde
