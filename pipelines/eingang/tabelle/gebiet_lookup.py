"""Labels and keys of a table → areas of gebiete.csv.

Belongs here: which area a row means, and saying so when it cannot be told. Nothing is guessed: a name is compared as written
before any looser form is, and never with an area of another kind (the Landkreis is not the town); a lost zero is restored only
where exactly one area fits, and the protocol says so; so it does where a Kreis or a kreisfreie Stadt stands with five digits
in one list and with 000 behind them in the other.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.foundation.names import formen, mit_art, nachschlag, vergleichsform
from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.kommune import Gebiet

# Kinds of area that a level can be; below the town no level has one, and an addition is part of the name.
ARTEN_JE_EBENE = {"gemeinde": ("stadt", "gemeinde"), "kreis": ("kreis", "region")}
# The official key of a Kreis has five digits; tables of municipalities fill it up. A kreisfreie Stadt is both.
KREISSTELLEN, OHNE_GEMEINDE = 5, "000"


# How tables call a town that is its own Kreis: of the level kreis, though it is a town.
KREISFREI = re.compile(r",\s*(?:krfr\b|kreisfreie\b)", re.IGNORECASE)


def key_stem(schluessel: str) -> str:
    """An official key without the zeros that name no municipality: `05114000` → `05114`; any other as it is."""
    kreis = schluessel.removesuffix(OHNE_GEMEINDE)
    return kreis if schluessel.isdigit() and len(kreis) == KREISSTELLEN else schluessel


def _andere_form(schluessel: str) -> str | None:
    """The same official key in its other form; None for a key that has but one."""
    stamm = key_stem(schluessel)
    if stamm != schluessel:
        return stamm
    return schluessel + OHNE_GEMEINDE if schluessel.isdigit() and len(schluessel) == KREISSTELLEN else None


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
    gekuerzt: bool = False  # found by the other form of its official key


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
        # Per form of comparison, the strictest first: translations, total rows, areas.
        self.alias = nachschlag(self.aliase, formen)
        self.summen: list[set[str]] = [set(), set(), set()]
        self.namen: list[dict[str, list[str]]] = [defaultdict(list), defaultdict(list), defaultdict(list)]
        self.mit_art: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.ohne_nullen: dict[str, list[str]] = defaultdict(list)
        self.andere: dict[str, str] = {}
        for g in self.gebiete:
            andere = _andere_form(g.gebiet_id) if g.ebene in ARTEN_JE_EBENE else None
            if andere is not None and andere not in self.ids:
                self.andere[andere] = g.gebiet_id
                self.ohne_nullen[andere.lstrip("0")].append(andere)
            for stufe, form in enumerate(formen(g.name)):
                self.namen[stufe][form].append(g.gebiet_id)
            for stamm, art in self._arten(g.name, g.ebene):
                self.mit_art[stamm, art].append(g.gebiet_id)
            if g.gebiet_id.isdigit():
                self.ohne_nullen[g.gebiet_id.lstrip("0")].append(g.gebiet_id)
        for s in self.summenzeilen:
            for stufe, form in enumerate(formen(s)):
                self.summen[stufe].add(form)
        self.summen_mit_art = {paar for s in self.summenzeilen for paar in self._arten(s, "gemeinde")}
        self.gemerkt: dict[tuple[str, str], Treffer] = {}

    @staticmethod
    def _arten(name: str, ebene: str) -> list[tuple[str, str]]:
        """A name with each kind of area it can stand for."""
        stamm, art = mit_art(name)
        return [(stamm, art)] if art else [(stamm, a) for a in ARTEN_JE_EBENE.get(ebene, ())]

    def gleich(self, gebiet_id: str, name: str) -> bool:
        """Whether a row's name can be that of an area whose key stands beside it."""
        soll = self.ids[gebiet_id]
        if vergleichsform(soll.name) == vergleichsform(name):
            return True
        stamm, art = mit_art(name)
        stamm_soll, art_soll = mit_art(soll.name)
        erlaubt = (art_soll,) if art_soll else ARTEN_JE_EBENE.get(soll.ebene, ())
        kreisfrei = soll.ebene == "kreis" and art_soll is None and KREISFREI.search(name) is not None
        return stamm == stamm_soll and (art is None or art in erlaubt or kreisfrei)

    def find(self, schluessel: str, name: str) -> Treffer:
        """The area of one row; the same key and name always give the same answer."""
        if (schluessel, name) not in self.gemerkt:
            self.gemerkt[schluessel, name] = self._find(schluessel.strip(), name.strip())
        return self.gemerkt[schluessel, name]

    def _find(self, schluessel: str, name: str) -> Treffer:
        if not (schluessel or name):
            return Treffer(
                fehler="die Zeile hat Zahlen, aber kein Gebiet",
                erwartet="ein Gebiet in jeder Zeile mit Zahlen; steht es nur in der ersten Zeile eines Blocks: fuellen: [gebiet]",
            )  # fmt: skip
        if not self.gebiete:
            return Treffer(self.ags if self._is_sum(name) else schluessel or name)
        bekannt = schluessel in self.ids or schluessel in self.andere
        for stufe, (form_s, form_n) in enumerate(zip(formen(schluessel), formen(name), strict=True)):
            for form in (form_s, form_n):
                if form and form in self.alias[stufe]:
                    return Treffer(self.alias[stufe][form])
            if name and not bekannt and form_n in self.summen[stufe]:
                return Treffer(self.ags)
            if not schluessel and form_n in self.namen[stufe]:
                return self._eines(name, self.namen[stufe][form_n])
        if name and not bekannt and mit_art(name) in self.summen_mit_art:
            return Treffer(self.ags)
        if schluessel:
            return self._nach_schluessel(schluessel, name)
        if moeglich := self.mit_art.get(mit_art(name)):  # type: ignore[arg-type]
            return self._eines(name, moeglich)
        if self.fremde_ausserhalb:
            return Treffer(fremd=True)
        return self._unbekannt(f"das Gebiet »{name}«", name, name)

    def knows(self, text: str) -> bool:
        """Whether a text is the key or name of an area of the list, a total row or a translated label."""
        return (
            text in self.ids
            or text in self.andere
            or any(
                form in d
                for stufe, form in enumerate(formen(text))
                for d in (self.alias[stufe], self.summen[stufe], self.namen[stufe])
            )
        )

    def _is_sum(self, name: str) -> bool:
        return (
            any(f in s for f, s in zip(formen(name), self.summen, strict=True)) or mit_art(name) in self.summen_mit_art
        )

    def find_namesakes(self, name: str) -> list[str]:
        """Areas of this name, by the strictest form that has any."""
        for stufe, form in enumerate(formen(name)):
            if form in self.namen[stufe]:
                return self.namen[stufe][form]
        return self.mit_art.get(mit_art(name), [])  # type: ignore[arg-type]

    def _nach_schluessel(self, schluessel: str, name: str) -> Treffer:
        gefunden, ergaenzt = schluessel, False
        if schluessel not in self.ids and schluessel not in self.andere and schluessel.isdigit():
            moeglich = [g for g in self.ohne_nullen[schluessel.lstrip("0")] if len(g) > len(schluessel)]
            if len(moeglich) == 1:
                gefunden, ergaenzt = moeglich[0], True
            elif moeglich:
                return Treffer(
                    fehler=f"der Schlüssel »{schluessel}« hat führende Nullen verloren; möglich: {', '.join(moeglich)}",
                    erwartet="der Schlüssel als Text, mit allen Nullen", code="gebiet_mehrdeutig",
                )  # fmt: skip
        gekuerzt = gefunden in self.andere
        gefunden = self.andere.get(gefunden, gefunden)
        if gefunden not in self.ids:
            if self.fremde_ausserhalb:
                return Treffer(fremd=True)
            return self._unbekannt(f"der Schlüssel »{schluessel}«" + (f" ({name})" if name else ""), schluessel, name)
        soll = self.ids[gefunden].name
        if name and not self.gleich(gefunden, name):
            eigentlich = [g for g in self.find_namesakes(name) if g != gefunden]
            gehoert = f"; »{name}« hat den Schlüssel {', '.join(eigentlich)}" if eigentlich else ""
            return Treffer(
                fehler=f"der Schlüssel »{schluessel}« gehört zu »{soll}«, die Zeile heißt »{name}«{gehoert}",
                erwartet="Schlüssel und Name desselben Gebiets wie in gebiete.csv",
                vorschlag=f"Schlüssel {eigentlich[0]}" if len(eigentlich) == 1 else None, code="schluessel_name",
            )  # fmt: skip
        return Treffer(gefunden, ergaenzt=ergaenzt, gekuerzt=gekuerzt)

    @staticmethod
    def _eines(name: str, moeglich: list[str]) -> Treffer:
        if len(moeglich) == 1:
            return Treffer(moeglich[0])
        return Treffer(
            fehler=f"»{name}« heißen mehrere Gebiete: {', '.join(sorted(moeglich))}",
            erwartet="eine Spalte mit dem Gebietsschlüssel", code="gebiet_mehrdeutig",
        )  # fmt: skip

    def _unbekannt(self, was: str, schluessel: str, name: str) -> Treffer:
        nah = self._aehnlich(schluessel, name)
        return Treffer(
            fehler=f"{was} steht nicht in gebiete.csv" + (f"; ähnlich: »{nah}«" if nah else ""),
            erwartet="einer der Namen aus gebiete.csv oder die Summenzeile"
            + (f'; heißt es in der Quelle wirklich so: woerter: {{gebiet: {{"{name}": gebiet_id}}}}' if nah and name else ""),
            vorschlag=nah,
        )  # fmt: skip

    def _aehnlich(self, schluessel: str, name: str) -> str | None:
        namen = {g.name for g in self.gebiete} | set(self.summenzeilen)
        return aehnlich(name, sorted(namen)) if name else aehnlich(schluessel, sorted(self.ids))


class Gebietspaar(NamedTuple):
    """A row with its key and its name of an area."""

    zeile: int
    schluessel: str
    name: str


def verschoben(paare: Sequence[Gebietspaar], finder: Gebietsfinder) -> list[int]:
    """Rows of a block whose keys belong to the name one row above or below; pairs in file order."""
    treffer = []
    for nummer, paar in enumerate(paare):
        if paar.schluessel not in finder.ids or finder.gleich(paar.schluessel, paar.name):
            continue
        nachbarn = [paare[n].name for n in (nummer - 1, nummer + 1) if 0 <= n < len(paare)]
        if any(finder.gleich(paar.schluessel, n) for n in nachbarn):
            treffer.append(paar.zeile)
    return treffer
