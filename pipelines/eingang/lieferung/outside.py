"""What may be said of a register extract outside the secure zone: on the screen, in Dagster's events, in the protocol.

Belongs here: findings without line numbers, their counts through the threshold or rounded. Does not belong here: finding
anything, and the full messages, which stand in intern/meldungen.txt. A line number names a person to whoever has the extract;
an exact count is one that moves by one when one person moves.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.foundation.findings import Befund, Code

WO = "die Zeilen nennt intern/meldungen.txt"
MEHR = " weitere Zeilen"
# Counted by rows although no line is named.
GEZAEHLT = (Code.schema, Code.geburtsort_ergaenzt)
ZEILENANGABE = re.compile(r"^Zeilen? (?!1\b)[\d, …]+(, )?")


def ungefaehr(anzahl: int, schwelle: int) -> str:
    """A count of the register as it may be said: nothing below the threshold, else two digits, at least to the threshold."""
    if 0 < anzahl < schwelle:
        return f"weniger als {schwelle}"
    stufe = max(schwelle, 10 ** (len(str(anzahl)) - 2)) if anzahl else 1
    gerundet = (2 * anzahl + stufe) // (2 * stufe) * stufe
    return f"{'' if anzahl == 0 else 'rund '}{gerundet:,}".replace(",", ".")


def _spalte(b: Befund) -> str:
    return ZEILENANGABE.sub("", b.ort)


def _was(b: Befund) -> str:
    return b.was.rpartition(": ")[0] if b.was.endswith(MEHR) else b.was


def _zeilenweise(b: Befund) -> bool:
    return bool(b.zeilen) or b.anzahl > 1 or b.code in GEZAEHLT or b.was.endswith(MEHR)


def draussen(befunde: Sequence[Befund], schwelle: int) -> list[Befund]:
    """For each finding the one that may be told instead; findings of one rule and column have the same."""
    anzahl: dict[tuple[object, ...], int] = {}
    for b in befunde:
        if _zeilenweise(b):
            gruppe = (b.datei, b.code, b.schwere, _spalte(b))
            anzahl[gruppe] = anzahl.get(gruppe, 0) + b.anzahl
    ergebnis = []
    for b in befunde:
        was = b.draussen or _was(b)
        if _zeilenweise(b):
            zeilen = ungefaehr(anzahl[b.datei, b.code, b.schwere, _spalte(b)], schwelle)
            was += f" (in {zeilen} Zeilen; {WO})"
        ergebnis.append(replace(b, ort=_spalte(b), was=was, anzahl=1, zeilen=(), gefunden=None, draussen=None))
    return ergebnis


def nur_einmal(befunde: Sequence[Befund]) -> list[Befund]:
    """Each finding once, in the order found."""
    return list(dict.fromkeys(befunde))
