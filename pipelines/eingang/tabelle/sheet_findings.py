"""What is said once of many cells of a sheet: empty and hidden ones, keys that were completed, shortened or have slipped.

Belongs here: the finding and its words. Does not belong here: findings of single cells (cells.py) and rows (read.py).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.eingang.grid.sheet import Blatt, Ort
from pipelines.eingang.tabelle.cells import Zellenleser
from pipelines.eingang.tabelle.column_plan import Spaltenplan
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.quellen.layout import Layout

ZENSUS = re.compile(r"\bZensus(?:es)?\s+(\d{4})\b")
# What is wrong with a label, whatever stands beside it.
LABEL_CODES = (Code.gebiet_unbekannt, Code.gebiet_mehrdeutig, Code.schluessel_name, Code.wort_unbekannt)
BLOCK_AB = 3  # rows shifted together from which it is a block and no coincidence


def leere_zellen(blatt: Blatt, layout: Layout, datei: str, leere: Sequence[Ort]) -> list[Befund]:
    """Empty cells among figures: neither zero nor secret nor unknown, as long as nobody says which."""
    if not leere or "" in layout.zeichen:
        return []
    return [
        Befund(Code.zelle_leer, Schwere.hinweis, datei, blatt.ort(*leere[0]),
               "eine Zelle zwischen Zahlen ist leer; sie gilt als nicht erhoben" if len(leere) == 1 else
               f"{len(leere)} Zellen zwischen Zahlen sind leer; sie gelten als nicht erhoben",
               'eine Zahl oder ein Zeichen (– genau null, . unbekannt oder geheim), oder im Layout zeichen: {"": "-"}',
               zellen=tuple(blatt.adresse(z, s) for z, s in leere))
    ]  # fmt: skip


def verborgene_zellen(leser: Zellenleser, plan: Spaltenplan) -> list[Befund]:
    """Figures in hidden rows or columns are read like others, but whoever sent them may not know of them."""
    blatt = leser.blatt
    if not blatt.verborgene_zeilen and not blatt.verborgene_spalten:
        return []
    stellen = [
        (z, f.spalte)
        for f in plan.figuren
        for z in range(plan.daten_ab, min(plan.ende, len(blatt.werte)))
        if (z in blatt.verborgene_zeilen or f.spalte in blatt.verborgene_spalten) and leser.is_filled(z, f.spalte)
    ]
    if not stellen:
        return []
    return [
        Befund(Code.verborgen, Schwere.warnung, leser.datei, blatt.ort(*stellen[0]),
               "ausgeblendete Zeilen oder Spalten enthalten Zahlen; sie wurden gelesen", "alle Zahlen sichtbar",
               anzahl=len(stellen), zellen=tuple(blatt.adresse(*o) for o in stellen))
    ]  # fmt: skip


def check_zensusbasis(blatt: Blatt, layout: Layout, datei: str, plan: Spaltenplan) -> list[Befund]:
    """A layout that names a Zensus, where the text around the table names a later one: a new edition of the table."""
    if layout.zensusbasis is None:
        return []
    for z, reihe in enumerate(blatt.werte):
        if plan.daten_ab <= z < plan.ende:
            continue
        genannt = [int(j) for w in reihe for j in ZENSUS.findall(str(w))]
        if genannt and max(genannt) > layout.zensusbasis:
            return [
                Befund(Code.layout, Schwere.warnung, datei, blatt.ort(z, None),
                       f"die Tabelle nennt den Zensus {max(genannt)}, das Layout zensusbasis: {layout.zensusbasis}",
                       "den Zensus, auf dem die Zahlen dieser Ausgabe beruhen (kommune.yaml, bei dieser Quelle zensusbasis)")
            ]  # fmt: skip
    return []


def ergaenzte_schluessel(blatt: Blatt, datei: str, s: int, zeilen: Sequence[int]) -> Befund:
    """Keys of areas that a spreadsheet took for numbers."""
    return Befund(Code.schluessel_ergaenzt, Schwere.hinweis, datei, blatt.ort(zeilen[0], s),
                  "verlorene führende Nullen des Gebietsschlüssels wurden ergänzt, weil genau ein Gebiet passt",
                  "Schlüssel als Text", anzahl=len(zeilen), zellen=tuple(blatt.adresse(n, s) for n in zeilen))  # fmt: skip


def hint_shortened(blatt: Blatt, datei: str, s: int, zeilen: Mapping[int, tuple[str, str]]) -> Befund:
    """Keys of Kreise and kreisfreie Städte that have 000 at their end in one list only; `zeilen`: both keys of each row."""
    paare = [f"{hier} in der Datei ist {dort} in gebiete.csv" for hier, dort in dict.fromkeys(zeilen.values())]
    return Befund(Code.schluessel_ergaenzt, Schwere.hinweis, datei, blatt.ort(min(zeilen), s),
                  f"{'; '.join(paare[:3])}: derselbe amtliche Schlüssel, einmal mit und einmal ohne 000 am Ende",
                  "nichts zu tun, wenn dieses Gebiet gemeint ist", anzahl=len(zeilen),
                  zellen=tuple(blatt.adresse(n, s) for n in zeilen))  # fmt: skip


def merge_labels(befunde: Sequence[Befund]) -> list[Befund]:
    """Findings with one for all rows whose label is wrong in the same way: an area stands in hundreds of them."""
    alle: dict[tuple[object, ...], Befund] = {}
    for n, b in enumerate(befunde):
        schluessel = (b.code, b.was) if b.code in LABEL_CODES else (n,)
        if (bisher := alle.get(schluessel)) is not None:
            b = replace(bisher, anzahl=bisher.anzahl + b.anzahl, zellen=(*bisher.zellen, *b.zellen))
        alle[schluessel] = b
    return list(alle.values())


def mit_verschobenen(
    befunde: list[Befund], blatt: Blatt, datei: str, s: int, zeilen: Sequence[int]
) -> list[Befund]:  # fmt: skip
    """Findings with one for a block of keys that have slipped: one cause, so the rows' own findings say nothing more."""
    if len(zeilen) < BLOCK_AB:
        return befunde
    orte = {blatt.adresse(z, s) for z in zeilen}
    return [
        *(b for b in befunde if b.code is not Code.schluessel_name or not orte & set(b.zellen)),
        Befund(Code.schluessel_name, Schwere.fehler, datei, blatt.ort(zeilen[0], s),
               f"ein Block von {len(zeilen)} Zeilen hat Schlüssel, die um eine Zeile gegen die Namen verschoben sind",
               "jeder Schlüssel neben dem Namen seines Gebiets", anzahl=len(zeilen),
               zellen=tuple(blatt.adresse(n, s) for n in zeilen),
               vorschlag="die Schlüsselspalte um eine Zeile zurückschieben"),
    ]  # fmt: skip
