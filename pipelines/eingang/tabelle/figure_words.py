"""A figure of a table in German: its number, its column, of whom, where and when.

Belongs here: how the facts that several checks return are written; numbers arrive as whole billionths, as the statements count.
Does not belong here: the sentences (sentences.py), reading a number (numbers.py).
"""

import re
from math import exp, log

from pipelines.eingang.wording import Row, ganz, tag

EINS = 10**9
GANZ = re.compile(r"-?\d{1,15}", re.ASCII)
EBENEN = {
    "stadtteil": "Stadtteile",
    "bezirk": "Bezirke",
    "gemeinde": "Gemeinden",
    "planungsraum": "Planungsräume",
    "kreis": "Kreise",
}
GESCHLECHTER = {"m": "männlich", "w": "weiblich", "d": "divers", "x": "Geschlecht ohne Angabe"}
GROESSEN = {"zaehler": ", Zähler", "nenner": ", Nenner"}
VIELFACHE = (
    (1000, "etwa das Tausendfache", "etwa ein Tausendstel"),
    (100, "etwa das Hundertfache", "etwa ein Hundertstel"),
    (10, "etwa das Zehnfache", "etwa ein Zehntel"),
)


def zahl(fest: int) -> str:
    """A number in billionths as it is printed in German, without trailing zeros."""
    nachkomma = f"{abs(fest) % EINS:09d}".rstrip("0")
    return ("-" if fest < 0 else "") + ganz(abs(fest) // EINS) + ("," + nachkomma if nachkomma else "")


def nachkommazahl(ziffern: int, stellen: int) -> str:
    """Digits without their comma as a number with so many decimals."""
    vor, nach = divmod(abs(ziffern), 10**stellen)
    return ("-" if ziffern < 0 else "") + ganz(vor) + (f",{nach:0{stellen}d}" if stellen else "")


def gedruckt(angabe: Row) -> str:
    """A number as it was printed, with all its decimals; else its sign."""
    text: str | None = angabe["gedruckt"]
    if text is None:
        return angabe["kennzeichen"] or "leer"
    return ganz(int(text)) if GANZ.fullmatch(text) else text.replace(".", ",")


def zeichen(einheit: str) -> str:
    """The sign behind a share."""
    return {"prozent": " %", "promille": " ‰"}.get(einheit, "")


def geschlecht(kennung: str) -> str:
    """A sex in words; `insgesamt` stays."""
    return GESCHLECHTER.get(kennung, kennung)


def zusatz(von: Row) -> str:
    """Of whom, without what is `insgesamt`; empty if nothing is left."""
    teile = (
        ("", geschlecht(von["geschlecht"])),
        ("Alter ", von["altersgruppe"]),
        ("Staat ", von["staat"]),
        ("", von["gruppe"]),
    )
    return GROESSEN.get(von["groesse"], "") + "".join(f", {vor}{wort}" for vor, wort in teile if wort != "insgesamt")


def spaltenname(spalte: Row) -> str:
    """A column: its title and of whom."""
    return f"{spalte['titel']}{zusatz(spalte['zusatz'])}"


def figur(wovon: Row) -> str:
    """One figure: title, where, when, of whom."""
    spalte = wovon["spalte"]
    return f"{spalte['titel']} in {wovon['gebiet']} am {tag(wovon['stichtag'])}{zusatz(spalte['zusatz'])}"


def sprung(fest: int, aenderung: float) -> str:
    """What a change (logarithm of the ratio) comes to."""
    if fest == 0:
        return "fällt auf null"
    for vielfaches, mehr, weniger in VIELFACHE:
        if abs(abs(aenderung) - log(vielfaches)) < 0.2:
            return mehr if aenderung > 0 else weniger
    return f"Faktor {exp(aenderung):.2f}".replace(".", ",")


def deutung(woraus: Row) -> str:
    """What a printed share does follow from, if anything."""
    match woraus["art"]:
        case "nenner":
            text = f"»{woraus['titel']}« vom {tag(woraus['stichtag'])} ({zahl(woraus['wert'])})"
        case "geschlecht":
            text = f"»{woraus['titel']}« {geschlecht(woraus['geschlecht'])} ({zahl(woraus['wert'])})"
        case "zaehler":
            text = f"»{woraus['titel']}« ({zahl(woraus['wert'])}) als Zähler"
        case "zeile":
            text = f"den Zahlen von »{woraus['gebiet']}« ({zahl(woraus['wert'])} von {zahl(woraus['nenner'])})"
        case _:
            return ""
    return f"; folgt aus {text}"
