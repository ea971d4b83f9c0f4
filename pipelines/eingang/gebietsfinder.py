"""Labels and keys of a table → areas of gebiete.csv.

Belongs here: which area a row means, and saying so when it cannot be told. Nothing is guessed: a lost zero is restored only
where exactly one area fits, and the protocol says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.kommune import Gebiet
from pipelines.konfiguration import aehnlich

# What offices append to a name: ", krfr. Stadt", ", Stadt", ", kreisfreie Stadt", ", Kreis".
ZUSATZ = re.compile(r",\s*(?:krfr\.?|kreisfreie|wiss\.?-?)?\s*(?:stadt|kreis|landkreis|gemeinde|regierungsbezirk)$")
FUSSNOTE = re.compile(r"(?:[¹²³⁰⁴-⁹]+(?:,\s*[¹²³⁰⁴-⁹]+)*|\s*\d{1,2}\))$")


def vergleichsform(name: str) -> str:
    """A name as names are compared: case, blanks, office's additions and footnote marks do not matter."""
    text = re.sub(r"\s+", " ", FUSSNOTE.sub("", name.strip())).casefold()
    text = ZUSATZ.sub("", text.replace(" und ", " & ").replace("/ ", "/").replace(" /", "/").replace("str.", "straße"))
    return re.sub(r"\s*[-–]\s*", "-", text).strip()


@dataclass(frozen=True)
class Treffer:
    """What a row's label and key mean: an area, a foreign area (`fremd`), or a fault in German words."""

    gebiet_id: str | None = None
    fremd: bool = False
    fehler: str | None = None
    erwartet: str = ""
    vorschlag: str | None = None
    code: str = "gebiet_unbekannt"
    ergaenzt: bool = False


@dataclass
class Gebietsfinder:
    """Finds areas by key and name; `gebiete` empty means that no area list exists and labels are areas themselves."""

    gebiete: tuple[Gebiet, ...]
    ags: str
    summenzeilen: tuple[str, ...] = ()
    aliase: dict[str, str] = field(default_factory=dict)
    fremde_ausserhalb: bool = False

    def __post_init__(self) -> None:
        self.ids = {g.gebiet_id: g for g in self.gebiete}
        self.namen: dict[str, list[str]] = defaultdict(list)
        self.ohne_nullen: dict[str, list[str]] = defaultdict(list)
        for g in self.gebiete:
            self.namen[vergleichsform(g.name)].append(g.gebiet_id)
            if g.gebiet_id.isdigit():
                self.ohne_nullen[g.gebiet_id.lstrip("0")].append(g.gebiet_id)
        self.summen = {vergleichsform(s) for s in self.summenzeilen}
        self.alias = {vergleichsform(a): g for a, g in self.aliase.items()}
        self.gemerkt: dict[tuple[str, str], Treffer] = {}

    def finde(self, schluessel: str, name: str) -> Treffer:
        """The area of one row; the same key and name always give the same answer."""
        if (schluessel, name) not in self.gemerkt:
            self.gemerkt[schluessel, name] = self._finde(schluessel.strip(), name.strip())
        return self.gemerkt[schluessel, name]

    def _finde(self, schluessel: str, name: str) -> Treffer:
        if not self.gebiete:
            return Treffer(self.ags if vergleichsform(name) in self.summen else schluessel or name)
        form = vergleichsform(name)
        if name and form in self.summen and (not schluessel or schluessel not in self.ids):
            return Treffer(self.ags)
        for text in (schluessel, name):
            if text and vergleichsform(text) in self.alias:
                return Treffer(self.alias[vergleichsform(text)])
        if schluessel:
            return self._nach_schluessel(schluessel, name, form)
        return self._nach_name(name, form)

    def _nach_schluessel(self, schluessel: str, name: str, form: str) -> Treffer:
        gefunden, ergaenzt = schluessel, False
        if schluessel not in self.ids and schluessel.isdigit():
            moeglich = [g for g in self.ohne_nullen[schluessel.lstrip("0")] if len(g) > len(schluessel)]
            if len(moeglich) == 1:
                gefunden, ergaenzt = moeglich[0], True
            elif moeglich:
                return Treffer(
                    fehler=f"der Schlüssel »{schluessel}« hat führende Nullen verloren; möglich: {', '.join(moeglich)}",
                    erwartet="der Schlüssel als Text, mit allen Nullen", code="gebiet_mehrdeutig",
                )  # fmt: skip
        if gefunden not in self.ids:
            if self.fremde_ausserhalb:
                return Treffer(fremd=True)
            return self._unbekannt(f"der Schlüssel »{schluessel}«" + (f" ({name})" if name else ""), schluessel, name)
        soll = self.ids[gefunden].name
        if name and form != vergleichsform(soll):
            eigentlich = [g for g in self.namen[form] if g != gefunden]
            gehoert = f"; »{name}« hat den Schlüssel {', '.join(eigentlich)}" if eigentlich else ""
            return Treffer(
                fehler=f"der Schlüssel »{schluessel}« gehört zu »{soll}«, die Zeile heißt »{name}«{gehoert}",
                erwartet="Schlüssel und Name desselben Gebiets wie in gebiete.csv",
                vorschlag=f"Schlüssel {eigentlich[0]}" if len(eigentlich) == 1 else None, code="schluessel_name",
            )  # fmt: skip
        return Treffer(gefunden, ergaenzt=ergaenzt)

    def _nach_name(self, name: str, form: str) -> Treffer:
        moeglich = self.namen.get(form, [])
        if len(moeglich) == 1:
            return Treffer(moeglich[0])
        if moeglich:
            return Treffer(
                fehler=f"»{name}« heißen mehrere Gebiete: {', '.join(sorted(moeglich))}",
                erwartet="eine Spalte mit dem Gebietsschlüssel", code="gebiet_mehrdeutig",
            )  # fmt: skip
        if self.fremde_ausserhalb:
            return Treffer(fremd=True)
        return self._unbekannt(f"das Gebiet »{name}«", name, name)

    def _unbekannt(self, was: str, schluessel: str, name: str) -> Treffer:
        nah = self._aehnlich(schluessel, name)
        return Treffer(
            fehler=f"{was} steht nicht in gebiete.csv" + (f"; ähnlich: »{nah}«" if nah else ""),
            erwartet="einer der Namen aus gebiete.csv oder die Summenzeile", vorschlag=nah,
        )  # fmt: skip

    def _aehnlich(self, schluessel: str, name: str) -> str | None:
        namen = {g.name for g in self.gebiete} | set(self.summenzeilen)
        return aehnlich(name, sorted(namen)) if name else aehnlich(schluessel, sorted(self.ids))


def verschoben(paare: Iterable[tuple[int, str, str]], finder: Gebietsfinder) -> list[int]:
    """Rows of a block whose keys belong to the name one row above or below: (row, key, name) in file order."""
    liste = list(paare)
    treffer = []
    for nummer, (zeile, schluessel, name) in enumerate(liste):
        richtig = finder.ids[schluessel].name if schluessel in finder.ids else None
        if richtig is None or vergleichsform(richtig) == vergleichsform(name):
            continue
        nachbarn = [liste[n][2] for n in (nummer - 1, nummer + 1) if 0 <= n < len(liste)]
        if any(vergleichsform(richtig) == vergleichsform(n) for n in nachbarn):
            treffer.append(zeile)
    return treffer
