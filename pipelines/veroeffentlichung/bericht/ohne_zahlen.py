"""What the report cannot tell yet, in one list: chapters and sections without figures, and what would be needed for them.

Belongs here: that list. Does not belong here: why a section is empty in words (empty_sections.py), chapters (kapitel.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.kapitel import Kapitel


@dataclass(frozen=True)
class Luecke:
    """A chapter or section without figures: what is missing, what would be needed; `geliefert`: what of the kind there is.

    `teilweise`: the chapter has figures or measures, only some of its indicators have none.
    """

    name: str
    fehlt: str
    gebraucht: str
    geliefert: str = ""
    teilweise: bool = False


def _needed(namen: Sequence[str], katalog: Mapping[str, Zeile]) -> str:
    """The sources that the named indicators are made of, each once, in the order of the catalogue."""
    quellen = [
        q
        for k in sorted(katalog.values(), key=lambda k: k["nummer"])
        if k["name"] in namen
        for q in k["datenquellen"] or []
    ]
    return "; ".join(dict.fromkeys(quellen))


def _goals(k: Kapitel) -> str:
    return f" Leitziele: {'; '.join(z.text for z in k.leitziele)}." if k.leitziele else ""


def missing_chapters(kapitel: Sequence[Kapitel], katalog: Mapping[str, Zeile]) -> list[Luecke]:
    """Chapters without figures, and indicators without figures of the others."""
    luecken = []
    for k in kapitel:
        namen = k.feld.ohne_zahlen if k.feld else ()
        if not namen and not k.leer:
            continue
        ziele = "; ".join(dict.fromkeys(name for z in k.leitziele for _, name in z.indikatoren))
        if namen:
            fehlt, sonst = f"Indikatoren: {'; '.join(namen)}.", ""
        elif ziele:
            fehlt = f"Das Kapitel hat keine Maßnahmen und keine eigenen Indikatoren; seine Leitziele messen andere: {ziele}."
            sonst = "ein Maßnahmenblatt, oder eigene Indikatoren des Kapitels"
        else:
            fehlt = "Dem Kapitel ist kein Indikator zugeordnet, und es hat keine Maßnahmen."
            sonst = "eine Zuordnung von Indikatoren oder ein Maßnahmenblatt"
        gebraucht = _needed(namen, katalog) or (sonst if k.leer else "") or "Angaben der Kommune"
        luecken.append(Luecke(k.name, fehlt + (_goals(k) if k.leer else ""), gebraucht, teilweise=not k.leer))
    return luecken
