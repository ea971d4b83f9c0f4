"""A file's name → the pattern of its successors: which part of it is a day, a month or a year.

Belongs here: names of files. Does not belong here: days inside a file (guess_time.py).
"""

import re
from typing import NamedTuple

from pipelines.eingang.tabelle.words import JAHR, MONAT
from pipelines.stamm.quellen.time_label import TAG, tag_von

MONATSENDE = {f"{m:02d}": f"{m:02d}-{t}" for m, t in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)}


class Dateimuster(NamedTuple):
    """A file's name as a pattern: the text that its `platz` (stichtag, monat, jahr or none) stands for, the day it means."""

    muster: str
    text: str
    platz: str
    tag: str
    kommentar: str


def dateimuster(name: str) -> Dateimuster:
    """The pattern of a file name; without a placeholder where it names no day."""
    stamm, punkt, endung = name.rpartition(".")
    for platz, muster in (("stichtag", TAG), ("monat", rf"(?<!\d){MONAT.pattern}(?!\d)"),
                          ("jahr", rf"(?<!\d){JAHR.pattern}(?!\d)")):  # fmt: skip
        funde = [f for f in re.finditer(muster, stamm) if platz != "stichtag" or tag_von(f[0], "datum")]
        if not funde:
            continue
        fund = funde[-1]
        vor, nach = stamm[: fund.start()], stamm[fund.end() :]
        monat = re.search(r"(?<!\d)(\d{2})[-_.]$", vor) or re.match(r"-(\d{2})(?!\d)", nach)
        tag = MONATSENDE.get(monat[1], "12-31") if platz == "jahr" and monat else "12-31"
        kommentar = f"aus dem Namen »{name}«; {{{platz}}} steht für den Stichtag jeder weiteren Lieferung"
        if "{" in vor + nach:
            break
        return Dateimuster(f"{vor}{{{platz}}}{nach}{punkt}{endung}", fund[0], platz, tag, kommentar)
    return Dateimuster(name, "", "", "12-31", "der Dateiname nennt keinen Stichtag")
