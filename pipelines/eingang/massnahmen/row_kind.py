"""What a row of a sheet is: a measure, or a heading, total or footnote; and the day a line above the header names.

Belongs here: telling rows apart. Does not belong here: what a measure's cells say (row.py).
"""

import re
from datetime import date
from typing import Any

from pipelines.eingang.grid.sheet import Blatt
from pipelines.eingang.massnahmen.header import Kopf
from pipelines.eingang.massnahmen.row import Zeile
from pipelines.eingang.massnahmen.time_span import read_time
from schemas.words.massnahmen import PFLICHTSPALTEN, vergleichsform

NUMMER = re.compile(r"[A-Za-zÄÖÜäöü]{0,4}[\s.\-]?\d+(?:[.\-/]\d+)*\s?[a-z]?\.?")
SUMMEN = ("summe", "gesamt", "insgesamt", "zusammen")


def is_massnahme(zeile: Zeile, belegt: list[str], voll: list[Any]) -> bool:
    """A row with a number, or with most of what a measure must have; else a heading, total or footnote."""
    nummer = zeile.wert("massnahme_nr")
    if isinstance(nummer, str) and vergleichsform(nummer).split(" ")[0] in SUMMEN:
        return False
    if voll and isinstance(voll[0], str) and vergleichsform(voll[0]).rstrip(":") in SUMMEN:
        return False
    hat_nummer = not isinstance(nummer, str) or bool(NUMMER.fullmatch(nummer))
    if len(belegt) == 1 and belegt[0] != "massnahme_nr":
        oben = zeile.verbunden.get((zeile.z, zeile.kopf.spalten["massnahme_nr"]))
        return bool(oben and oben[0] < zeile.z)
    return hat_nummer or sum(p in belegt for p in PFLICHTSPALTEN) >= 3


def stand_im_titel(blatt: Blatt, kopf: Kopf) -> date | None:
    """The day that a line above the header names ("Stand: 31.12.2020")."""
    for reihe in blatt.werte[: kopf.zeile]:
        for s, wert in enumerate(reihe):
            treffer = re.search(r"(?:Stand|Stichtag)\s*:?\s*(.*)", str(wert)) if isinstance(wert, str) else None
            folgt = next((w for w in reihe[s + 1 :] if w != ""), "") if treffer and not treffer[1] else ""
            if treffer and (treffer[1] or folgt):
                try:
                    return read_time(treffer[1].removeprefix("zum ").removeprefix("am ") or folgt).bis
                except ValueError:
                    continue
    return None
