"""Whether the header above a column read by its position says the same as the layout.

Belongs here: headers that slipped, were swapped or are missing where nothing but the position tells what a column is. Does not
belong here: columns found by their header (column_plan.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.eingang.grid.sheet import Blatt
from pipelines.eingang.tabelle.words import GEBIETSWORT, norm
from pipelines.eingang.tabelle.words import bekannt as bekanntes_merkmal
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.common import INSGESAMT

ERWARTET = (
    "Überschriften über ihren Spalten; stimmen sie, die Positionen im Layout berichtigen oder die Überschrift nennen"
)


@dataclass(frozen=True)
class Lage:
    """A column that the layout names by its position: label (`gebiet` …) or measure, and whether it counts everybody."""

    name: str
    ist_zahl: bool
    alle: bool = True


def check_lage(
    blatt: Blatt,
    layout: Layout,
    datei: str,
    pfade: Sequence[Sequence[str]],
    lagen: Mapping[int, Lage],
    erste: int,
    ende: int,
) -> list[Befund]:
    """An error for headers that contradict the positions or are none; nothing where no position is named."""
    zeilen = layout.kopfzeilen()
    if not zeilen or not any(lage.ist_zahl for lage in lagen.values()):
        return []
    letzte = zeilen[-1] - 1
    was = (
        _zahlen_im_kopf(blatt, lagen, letzte)
        or _widerspruch(pfade, lagen)
        or _verschoben(blatt, pfade, lagen, erste, ende)
    )
    if was:
        return [Befund(Code.kopfzeile, Schwere.fehler, datei, blatt.ort(letzte, None), was, ERWARTET)]
    if not any(pfade):
        leer = "über den Spalten steht keine Überschrift; was sie enthalten, sagt allein ihre Position"
        return [Befund(Code.kopfzeile, Schwere.warnung, datei, blatt.ort(letzte, None), leer, ERWARTET)]
    return []


def _zahlen_im_kopf(blatt: Blatt, lagen: Mapping[int, Lage], z: int) -> str | None:
    """A row of data in the place of the header: numbers above all columns of figures, neither years nor 1, 2, 3 …"""
    reihe = blatt.werte[z] if z < len(blatt.werte) else []
    texte = [str(reihe[s]).strip() if s < len(reihe) else "" for s, lage in sorted(lagen.items()) if lage.ist_zahl]
    if not all(re.fullmatch(r"\d[\d.,]*", t) for t in texte):
        return None
    ganze = [int(t) for t in texte if t.isdecimal()]
    jahre = bool(ganze) and all(1900 <= g <= 2100 for g in ganze)
    gezaehlt = ganze == list(range(ganze[0], ganze[0] + len(texte))) if ganze and ganze[0] < len(reihe) + 1 else False
    gezeigt = ", ".join(f"»{t}«" for t in texte[:3])
    return None if jahre or gezaehlt else f"in der Kopfzeile stehen Zahlen ({gezeigt}); die Überschriften fehlen wohl"


def _widerspruch(pfade: Sequence[Sequence[str]], lagen: Mapping[int, Lage]) -> str | None:
    """A header that is the name of something the layout reads in another column."""
    namen = {lage.name for lage in lagen.values()}
    for s, lage in sorted(lagen.items()):
        titel = pfade[s][-1] if s < len(pfade) and pfade[s] else ""
        bekannt = bekanntes_merkmal(titel)
        if lage.ist_zahl and lage.alle and re.fullmatch(GEBIETSWORT, norm(titel)):
            bekannt = "gebiet"
        if lage.alle and bekannt and bekannt != lage.name and bekannt in namen:
            return (
                f"über Spalte {s + 1} steht »{titel}«, das Layout liest dort {lage.name} und {bekannt} in Spalte "
                f"{', '.join(str(t + 1) for t, andere in sorted(lagen.items()) if andere.name == bekannt)}; Überschriften "
                "oder Spalten sind verrutscht oder vertauscht"
            )
    return None


def _verschoben(
    blatt: Blatt, pfade: Sequence[Sequence[str]], lagen: Mapping[int, Lage], erste: int, ende: int
) -> str | None:
    """Figures without a header beside a header without figures."""
    belegt = set(_belegte(blatt, erste, ende))
    ohne = [
        s for s, lage in sorted(lagen.items()) if lage.ist_zahl and s in belegt and not (s < len(pfade) and pfade[s])
    ]
    leere = [s for s, pfad in enumerate(pfade) if pfad and s not in belegt]
    if not ohne or not leere:
        return None
    return (
        f"Spalte {ohne[0] + 1} hat Zahlen und keine Überschrift, Spalte {leere[0] + 1} (»{pfade[leere[0]][-1]}«) eine "
        "Überschrift und keine Zahlen; die Kopfzeile ist wohl verrutscht"
    )


def _belegte(blatt: Blatt, erste: int, ende: int) -> Iterator[int]:
    for reihe in blatt.werte[erste:ende]:
        yield from (s for s, wert in enumerate(reihe) if wert != "")


def als_lage(wo: str, fest: Mapping[str, str] | None) -> Lage:
    """What the layout reads by position: `spalten.gebiet` a label, a figure its measure."""
    if fest is None:
        return Lage(wo.rpartition(".")[2], ist_zahl=False)
    dimensionen = ("geschlecht", "altersgruppe", "staat", "gruppe")
    alle = all(fest.get(d, INSGESAMT) == INSGESAMT for d in dimensionen) and fest.get("groesse", "wert") == "wert"
    return Lage(fest.get("merkmal", "wert"), ist_zahl=True, alle=alle)
