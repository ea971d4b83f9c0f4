"""What a sheet of a measure workbook holds: measures, papers, money, milestones, adjustments; by its name, else by its headers.

Belongs here: choosing the kind and its header row. Does not belong here: finding a header row of one kind (header.py), reading
rows (read.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipelines.eingang.grid.sheet import Blatt
from pipelines.eingang.massnahmen.header import Kopf, Kopfsuche, blattart, feld_von, inhalt, spaltentitel
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.konzept.models import Fassung
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from schemas.words.massnahmen import PFLICHT_VORLAGE, PFLICHTSPALTEN, VORLAGENKOEPFE, vergleichsform
from schemas.words.steuerung import KOPF_GEMEINT, NEBENBLAETTER

MASSNAHMEN, VORLAGEN = "massnahmen", "vorlagen"
BLATTWORT = {MASSNAHMEN: "Maßnahmen", VORLAGEN: "Vorlagen", **{n.tabelle: n.blattnamen[0] for n in NEBENBLAETTER}}


@dataclass(frozen=True)
class Blattlayout:
    """How sheets of one kind look."""

    art: str
    koepfe: Mapping[str, tuple[str, ...]]
    eigene: Mapping[str, tuple[str, ...]]
    pflicht: tuple[str, ...]

    def titles(self) -> str:
        """The headers it must have, in the words of the sheet."""
        return ", ".join(map(spaltentitel, self.pflicht))


class Blattwahl(NamedTuple):
    """Kind of a sheet, its header row if it has one, and whether its name says that kind."""

    art: str
    kopf: Kopf | None
    benannt: bool


@dataclass
class Gelesenesblatt:
    """A sheet that was read: its kind, the columns it has, the headers nobody knows, how many rows it has; `zelle`: where its
    header begins."""

    art: str
    blatt: str
    spalten: frozenset[str]
    ungelesen: tuple[str, ...]
    zelle: str
    zeilen: int = field(default=0)


def describe_sheet(art: str, blatt: Blatt, kopf: Kopf) -> Gelesenesblatt:
    """The sheet as it is read by this header."""
    titel = {s: str(w).strip() for s, w in enumerate(blatt.werte[kopf.zeile]) if str(w).strip()}
    bekannt = {*kopf.spalten.values()}
    return Gelesenesblatt(art, blatt.name or "", frozenset(kopf.spalten), tuple(t for s, t in titel.items() if s not in bekannt),
                          blatt.adresse(kopf.zeile, 0))  # fmt: skip


def raise_unread(kopf: Kopf, blatt: Blatt, art: str) -> list[Befund]:
    """What is to be told of the header; an unknown column with values beside the known ones of a side tab is a warning.

    Such a tab has few columns: what nobody reads there is an amount or a date under another name.
    """
    neben = next((n for n in NEBENBLAETTER if n.tabelle == art), None)

    def change(b: Befund) -> Befund:
        spalte = next(
            (s for s in range(len(blatt.werte[kopf.zeile])) if b.zellen == (blatt.adresse(kopf.zeile, s),)), None
        )
        if neben is None or b.code is not Code.spalte_ungelesen or spalte is None:
            return b
        if not any(inhalt(blatt, z, spalte) != "" for z in range(kopf.daten_ab, len(blatt.werte))):
            return b
        fehlt = [spaltentitel(s) for s in neben.koepfe if s not in kopf.spalten]
        gemeint = KOPF_GEMEINT.get(vergleichsform(str(inhalt(blatt, kopf.zeile, spalte))), b.vorschlag)
        erwartet = f"eine der Überschriften, die hier fehlen: {', '.join(fehlt)}" if fehlt else b.erwartet
        return replace(b, schwere=Schwere.warnung, erwartet=erwartet, vorschlag=gemeint if gemeint in fehlt else None)

    return [change(b) for b in kopf.befunde]


def load_layouts(quelle: Massnahmenquelle) -> dict[str, Blattlayout]:
    """Kind → how its sheets look; measures first, with the town's own headers."""
    return {
        MASSNAHMEN: Blattlayout(MASSNAHMEN, quelle.koepfe(), quelle.spalten, PFLICHTSPALTEN),
        VORLAGEN: Blattlayout(VORLAGEN, VORLAGENKOEPFE, {}, PFLICHT_VORLAGE),
        **{n.tabelle: Blattlayout(n.tabelle, n.koepfe, {}, n.pflicht) for n in NEBENBLAETTER},
    }


def choose_kind(blatt: Blatt, layouts: Mapping[str, Blattlayout], fassung: Fassung, datei: str) -> Blattwahl:
    """The name of a sheet counts as long as its mandatory columns are there; else the kind that knows most of its headers."""
    name = blatt.name or ""
    genannt = blattart(name)
    benannt = genannt != MASSNAHMEN or feld_von(fassung, name) is not None

    def find(art: str) -> Kopf | None:
        return Kopfsuche(layouts[art].koepfe, layouts[art].eigene, datei).find(blatt)

    eigener = find(genannt)
    if eigener and {*layouts[genannt].pflicht} <= {*eigener.spalten}:
        return Blattwahl(genannt, eigener, benannt)
    # A sheet of measures may say its day in a line above the header.
    bester, art = eigener, genannt
    for andere in layouts:
        kopf = find(andere) if andere != genannt else None
        ganz = kopf is not None and {*layouts[andere].pflicht} <= {*kopf.spalten}
        if kopf and (ganz or not benannt) and len(kopf.spalten) > len(bester.spalten if bester else ()):
            bester, art = kopf, andere
    return Blattwahl(art, bester, benannt and art == genannt)
