"""The shape of a sheet nobody has described yet: columns and their parts, what stands around the figures, number format.

Belongs here: where something stands, told by the kinds of cells and the words around them. Does not belong here: the block of
figures and its header (figure_block.py), what words mean (eingang/tabelle/words.py), what is proposed from it (propose.py),
sheets with a layout (eingang/tabelle/column_plan.py).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipelines.eingang.grid.sheet import TRENNER, Blatt, abgewiesen, spaltenname
from pipelines.eingang.layout_proposal.figure_block import find_block, find_kopf
from pipelines.eingang.tabelle.header_paths import kopfpfade
from pipelines.eingang.tabelle.labels import SUMMENWOERTER, altersgruppe
from pipelines.eingang.tabelle.numbers import Zahlformat
from pipelines.eingang.tabelle.words import (
    DATUM,
    FORMATE,
    FUSSWORT,
    GEBIETSWORT,
    JAHR,
    MERKMALWORT,
    SCHLUESSELWORT,
    ZEITWORT,
    alter,
    art,
    bekannt,
    geschlecht,
    norm,
    read,
    staatenliste,
    zelltext,
)
from pipelines.foundation.findings import Code
from pipelines.foundation.names import ohne_fussnote


class TimeCell(NamedTuple):
    """A time above the header: how doubtful it is, its cell, its form, all the cell says, the time in it, its pattern."""

    rang: tuple[bool, bool, bool, int]
    zelle: str
    form: str
    text: str
    zeit: str
    muster: str


@dataclass
class Spalte:
    """A column: position from 0, header as the reader sees it and as it is meant, cells of the data rows."""

    s: int
    voll: str
    pfad: list[str]
    texte: list[str]  # as many as data rows
    gedruckt: set[str]  # numbers that are texts and hold a separator
    arten: Counter[str] = field(default_factory=Counter)

    @property
    def kopf(self) -> str:
        return norm(" ".join(self.pfad), klammern=True)

    @property
    def gefuellt(self) -> list[str]:
        return [t for t in self.texte if t]

    def anteil(self, *arten: str) -> float:
        return sum(self.arten[a] for a in arten) / max(sum(self.arten.values()), 1)


class Tabellenbild:
    """A sheet as it is understood. Rows and columns count from 0; `zeilen` are the rows of figures.

    Raises: LieferungAbgewiesen if there is no table or no header.
    """

    def __init__(self, pfad: Path, blatt: Blatt):
        self.pfad, self.blatt = pfad, blatt
        self.arten = [[art(w) for w in r] for r in blatt.werte]
        block = find_block(blatt, self.arten)
        if block is None:
            raise self.abweisung(
                Code.zeile_fehlt, "darin ist keine Tabelle mit Zahlen zu erkennen", "Überschriften und darunter Zahlen"
            )
        self.erste, self.letzte, self.kern = block.erste, block.letzte, block.kern
        self.kopfzeilen = find_kopf(blatt, self.arten, self.erste, self.kern)
        if not self.kopfzeilen:
            wo = f"Über den Zahlen ab {blatt.ort(self.erste, None)} steht"
            raise self.abweisung(
                Code.kopfzeile, f"{wo} keine Zeile mit Überschriften", "eine Überschrift über jeder Spalte"
            )
        self.zeilen = [z for z in range(self.erste, self.letzte + 1) if {"zahl", "zeichen"} & set(self.arten[z])]
        pfade = kopfpfade(blatt, tuple(z + 1 for z in self.kopfzeilen))
        self.koepfe = [TRENNER.join(p) for p in pfade]
        self.spalten = self._spalten(pfade)
        self.titelzeilen = [self.anfang(z) for z in reversed(range(self.kopfzeilen[0]))]

    def anfang(self, z: int) -> str:
        """The first text of a row."""
        return next((t for w in self.blatt.werte[z] if (t := zelltext(w))), "")

    @property
    def umfeld(self) -> str:
        """All texts above and below the figures."""
        reihen = (r for z, r in enumerate(self.blatt.werte) if not self.erste <= z <= self.letzte)
        return " ".join(zelltext(w) for r in reihen for w in r)

    def ref(self, c: Spalte) -> str | int:
        """How a layout names the column: by its header if that is unique, else by position."""
        return c.voll if c.voll and self.koepfe.count(c.voll) == 1 else c.s + 1

    def abweisung(self, code: Code, was: str, erwartet: str) -> Exception:
        """The refusal of this sheet."""
        return abgewiesen(code, self.pfad, f'Blatt "{self.blatt.name}"' if self.blatt.name else "", was, erwartet)

    def fussnoten(self) -> tuple[int, str] | None:
        """Row and beginning of what stands below the figures, if no row of figures begins like that."""
        for z in range(self.letzte + 1, len(self.blatt.werte)):
            if text := self.anfang(z)[:40].strip():
                # Something in a column of figures is a figure gone wrong, not a footnote: it must be read and complained of.
                reihe = self.blatt.werte[z]
                if not re.match(FUSSWORT, norm(text)) and any(
                    s < len(reihe) and reihe[s] != "" for s in self.kern if s > 0
                ):
                    return None
                return None if any(self.anfang(d).startswith(text) for d in self.zeilen) else (z, text)
        return None

    def weitere(self) -> list[str]:
        """Where other figures stand on the sheet: rows above or below the block, columns beyond an empty one."""
        draussen = [z for z in range(len(self.arten)) if not self.kopfzeilen[0] <= z <= self.letzte
                    and "zahl" in self.arten[z] and not re.match(FUSSWORT, norm(self.anfang(z)))]  # fmt: skip
        gruppen: list[list[int]] = []
        for z in draussen:
            if gruppen and z == gruppen[-1][-1] + 1:
                gruppen[-1].append(z)
            else:
                gruppen.append([z])
        stellen = [f"Zeilen {g[0] + 1} bis {g[-1] + 1}" for g in gruppen if len(g) > 1]
        voll = {s for z in (*self.kopfzeilen, *self.zeilen) for s, a in enumerate(self.arten[z]) if a != "leer"}
        luecken = [s for s in range(min(voll), max(voll)) if s not in voll]
        for s in luecken:
            ende = next((n - 1 for n in luecken if n > s), max(voll))
            if s + 1 in voll and any(self.arten[z][s + 1 : ende + 1].count("zahl") for z in self.zeilen):
                stellen.append(f"Spalten {spaltenname(s + 1)} bis {spaltenname(ende)}")
        return stellen

    def zeitzellen(self) -> Iterator[TimeCell]:
        """The times above the header; the lowest is best."""
        for z in range(self.kopfzeilen[0]):
            for s, wert in enumerate(self.blatt.werte[z]):
                text = zelltext(wert)
                links = norm(" ".join(zelltext(w) for w in self.blatt.werte[z][: s + 1]))
                if re.search(r"datenstand|gebietsstand|erstellt|abruf|druck", links) or len(text) > 120:
                    continue
                for form, muster in (("datum", DATUM.pattern), ("jahr", rf"(?<!\d){JAHR.pattern}(?!\d)")):
                    if treffer := re.findall(muster, text):
                        rang = (form == "jahr", not re.search(ZEITWORT, links), len(treffer) > 1, z)
                        yield TimeCell(rang, f"{spaltenname(s)}{z + 1}", form, text, treffer[0], muster)
                        break

    def _spalten(self, echt: Sequence[Sequence[str]]) -> list[Spalte]:
        gemeint = [list(p) for p in echt]
        if len(self.kopfzeilen) > 1 and not self.blatt.verbunden:
            # A CSV cannot merge cells: what stands above a group stands above its first column only.
            roh = [
                [zelltext(self.blatt.werte[z][s]) if s < len(self.blatt.werte[z]) else "" for s in range(len(echt))]
                for z in self.kopfzeilen
            ]
            for reihe in roh[:-1]:
                for s in range(1, len(reihe)):
                    if not reihe[s] and roh[-1][s] and reihe[s - 1] and roh[-1][s - 1]:
                        reihe[s] = reihe[s - 1]
            gemeint = [
                [t for n, t in enumerate(p) if t and (not n or t != p[n - 1])]
                for p in map(list, zip(*roh, strict=True))
            ]
        ergebnis = []
        for s, pfad in enumerate(gemeint):
            texte = [zelltext(self.blatt.werte[z][s]) if s < len(self.blatt.werte[z]) else "" for z in self.zeilen]
            arten = Counter(a for z in self.zeilen if s < len(self.arten[z]) and (a := self.arten[z][s]) != "leer")
            if arten:
                zellen = (
                    self.blatt.werte[z][s] for z in self.zeilen if s < len(self.arten[z]) and self.arten[z][s] == "zahl"
                )
                gedruckt = {w.strip() for w in zellen if isinstance(w, str) and re.search(r"[.,'’]", w)}
                ergebnis.append(Spalte(s, TRENNER.join(echt[s]), pfad, texte, gedruckt, arten))
        return ergebnis


@dataclass
class Rollen:
    """What the columns are for: keys of areas, labels, signs beside a figure (by position), figures."""

    schluessel: list[Spalte]
    texte: list[Spalte]
    zeichen: dict[int, Spalte]
    zahlen: list[Spalte]


def rollen(frei: Sequence[Spalte]) -> Rollen:
    """Tell labels from figures; a column that is neither is in no list."""
    mit_kopf = any(c.pfad for c in frei)
    zahl_ab = next((c.s for c in frei if c.pfad and c.anteil("zahl") >= 0.5), 0)
    ziffern = [c for c in frei if all(re.fullmatch(r"\d+", t) for t in c.gefuellt)]
    schluessel = [
        c for c in ziffern
        if (any(t[0] == "0" and len(t) > 1 for t in c.gefuellt) or re.search(SCHLUESSELWORT, c.kopf)
            or re.fullmatch(GEBIETSWORT, c.kopf)) and not bekannt(c.kopf) and not alter(c.kopf)
    ]  # fmt: skip
    ohne_kopf = [c for c in ziffern if mit_kopf and not c.pfad and c not in schluessel]
    texte = [
        c for c in frei
        if c not in schluessel and c.anteil("zahl", "zeichen") < 0.5 and not c.arten["datum"]
        and (c.s < zahl_ab or not all(re.fullmatch(r"[a-zA-Z./–-]{1,2}", t) for t in c.gefuellt))
    ]  # fmt: skip
    zeichen = {c.s: c for c in frei if c not in texte and not c.arten["zahl"] and c.anteil("text", "zeichen") == 1}
    zahlen = [
        c for c in frei if c not in (*schluessel, *ohne_kopf, *texte) and c.s not in zeichen
        and c.arten["zahl"] and c.anteil("zahl", "zeichen") >= 0.5
    ]  # fmt: skip
    return Rollen(schluessel, texte, zeichen, zahlen)


def dimensionen(texte: Sequence[Spalte]) -> dict[str, Spalte]:
    """Sex, age group, nationality or measure → the column of labels that says it in every row."""
    gefunden: dict[str, Spalte] = {}
    namen, staaten = staatenliste()
    for c in texte:
        worte = set(c.gefuellt)
        laender = sum(re.match(r"eu-\d\d|drittstaaten|(?:europa|asien|afrika|amerika)$", w.casefold()) is not None
                      for w in worte)  # fmt: skip
        staat = {w for w in worte if ohne_fussnote(w).casefold() in namen or w in staaten}
        geschlechter = [w for w in worte if geschlecht(w) is not None or w.casefold() in SUMMENWOERTER]
        passend = {
            "geschlecht": len(geschlechter) >= 0.8 * len(worte),
            "altersgruppe": sum(altersgruppe(w) is not None for w in worte) >= 0.8 * len(worte),
            "staat": (len(staat) >= 3 and len(staat) * 3 >= len(worte))
            or (laender >= 2 and laender * 4 >= len(worte))
            or re.search(r"staatsangeh|nationalitaet", c.kopf) is not None,
            "merkmal": re.search(rf"^(?:{MERKMALWORT})", c.kopf) is not None,
        }
        wahl = next((d for d, fits in passend.items() if fits and d not in gefunden), None)
        if wahl and len(c.gefuellt) == len(c.texte):
            gefunden[wahl] = c
    return gefunden


def schluesselspalte(spalten: Sequence[Spalte], gebiet: Spalte | None, ids: Collection[str]) -> Spalte | None:
    """The key column: by known keys, else one key for one name where there are names, else the one with most keys."""
    if nach_liste := [c for c in spalten if sum(t in ids for t in set(c.gefuellt)) * 2 > len(ids)]:
        return nach_liste[0]
    if not gebiet:
        return max(spalten, key=lambda c: len(set(c.gefuellt)), default=None)
    namen = len(set(gebiet.gefuellt))
    paare = {c.s: len(set(zip(c.texte, gebiet.texte, strict=True))) for c in spalten}
    genau = [c for c in spalten if namen <= len(set(c.gefuellt)) == paare[c.s]]
    return min(genau, key=lambda c: abs(c.s - gebiet.s), default=None)


def summenlabels(gebiet: Spalte, zahlen: Sequence[Spalte], format: Zahlformat) -> tuple[list[str], list[str]]:
    """Areas that are the sum of all others in some column, and areas that by their size might be."""
    worte = list(dict.fromkeys(gebiet.gefuellt))
    summen: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(zahlen))
    for n, c in enumerate(zahlen):
        for name, text in zip(gebiet.texte, c.texte, strict=True):
            summen[name][n] += read(text, format) or 0.0
    alle = [sum(s[n] for s in summen.values()) for n in range(len(zahlen))]
    voll = [n for n, t in enumerate(alle) if t > 0 and not any("%" in x for x in zahlen[n].texte)]
    rechnet = [w for w in worte if len(worte) > 2 and any(abs(2 * summen[w][n] - alle[n]) < 0.5 for n in voll)]
    denkbar = [w for w in worte if any(1.8 < alle[n] / max(summen[w][n], 1e-9) < 2.2 for n in voll) or not voll]
    return rechnet, denkbar


def zahlformat(spalten: Sequence[Spalte]) -> tuple[Zahlformat, str]:
    """How numbers are printed, by all cells of figures, and a doubt where it can be read in two ways."""
    texte = sorted(set().union(*(c.gedruckt for c in spalten)))
    if not texte:
        return FORMATE[0], ""
    lesbar = {f: sum(read(t, f) is not None for t in texte) for f in FORMATE}
    gut = [f for f in FORMATE if lesbar[f] == max(lesbar.values())]
    zweifel = ""
    if len({tuple(read(t, f) for t in texte) for f in gut}) > 1:
        gut.sort(key=lambda f: sum((read(t, f) or 0) % 1 > 0 for t in texte))
        wert = read(texte[0], gut[0])
        zweifel = f"Zahlen wie »{texte[0]}« können zweierlei heißen; gelesen als {wert:g} (zahlen prüfen)."
    return gut[0], zweifel


def gerundet(spalten: Sequence[Spalte], format: Zahlformat, auf: int) -> bool:
    """Whether so many counts are multiples of a number that they must have been rounded to it."""
    zahlen = [z for c in spalten for t in c.gefuellt if (z := read(t, format)) and "%" not in t]
    return len(zahlen) >= 20 and all(z % auf == 0 for z in zahlen)
