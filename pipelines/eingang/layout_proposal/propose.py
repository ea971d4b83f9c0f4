"""A file → a draft of the layout by which it could be read; a person decides.

Belongs here: putting the guesses together, definitions, signs, areas. Does not belong here: the guesses (guess_time.py,
guess_labels.py, guess_figures.py), where in a sheet something stands (shape.py), what words mean (eingang/tabelle/words.py),
writing (draft.py), reading by a layout (eingang/tabelle/read.py). Nothing is invented: what a file does not show is left out, or
asked for in German.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipelines.eingang.grid.workbook import read_workbook
from pipelines.eingang.layout_proposal.draft import als_eintrag
from pipelines.eingang.layout_proposal.guess_figures import MitWerten
from pipelines.eingang.layout_proposal.shape import (
    gerundet,
)
from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN
from pipelines.eingang.tabelle.words import (
    MH_MERKMALE,
    PLATZHALTER,
    ZEITWORT,
    art,
    bevoelkerung,
    kennung,
    norm,
    textart,
)
from pipelines.foundation.names import vergleichsform
from pipelines.foundation.yaml_file import check
from pipelines.stamm.kommune import Gebiet
from pipelines.stamm.quellen.layout import UNGENANNT, Layout


@dataclass(frozen=True)
class Vorschlag:
    """A draft: what it says, as commented YAML that loads as a layout, the areas found (key, name), and what is unsure."""

    layout: Layout
    yaml: str
    gebiete: list[tuple[str, str]]
    unsicher: list[str]
    art: str = ""  # kind of a table that is known
    landesgebiete: tuple[tuple[str, str], ...] = ()  # of a known table of a whole Land: all areas that it names

    @property
    def abschnitt(self) -> str:
        """Where the entry belongs: a series without areas is an indicator's delivery."""
        return self.art or (
            "tabellen" if {"gebiet", "gebiet_id"} & set(yaml.safe_load(self.yaml)["spalten"]) else "indikatoren"
        )

    def eintrag(self, einzug: int = 4) -> str:
        """The draft as an entry of a list, to be put below `tabellen:` of kommune.yaml."""
        return als_eintrag(self.yaml, einzug)


def propose(pfad: Path, tmp: Path, gebiete: Sequence[Gebiet] = ()) -> Vorschlag:
    """Propose a layout; `gebiete` are the areas by whose names the area column is known.

    Raises: LieferungAbgewiesen if there is no table or no header; KonfigurationsFehler if no day can be found anywhere.
    """
    blaetter = read_workbook(pfad, tmp).blaetter
    offen = [b for b in blaetter if not b.verborgen] or blaetter
    blatt = max(offen, key=lambda b: sum(art(w) == "zahl" for r in b.werte for w in r))
    andere = [b.name or "" for b in offen if b is not blatt and sum(art(w) == "zahl" for r in b.werte for w in r) > 2]
    return _Vorschlagen(pfad, blatt, gebiete, andere).vorschlag()


class _Vorschlagen(MitWerten):
    """The whole proposal."""

    def vorschlag(self) -> Vorschlag:
        """Put everything together; the result has been loaded as a layout."""
        bild, set_value = self.bild, self.entwurf.set_value
        stamm = self.pfad.stem
        grund = re.sub(r"^m_", "tabelle_", kennung(re.sub(r"[\d_-]+$", "", stamm) or stamm))
        titel = next((t for t in bild.titelzeilen if len(t) > 8 and textart(t) == "text" and not t.endswith(":")
                      and not re.match(rf"\w*(?:{ZEITWORT})", norm(t))), stamm)  # fmt: skip
        set_value("id", grund, "Kennung dieser Tabelle; steht bei jeder Zahl")
        set_value("titel", titel, "aus dem Kopf der Datei oder ihrem Namen")
        set_value("herkunft", UNGENANNT, "wer die Tabelle veröffentlicht hat, wo und wann")
        set_value("lizenz", UNGENANNT)
        frei = self._flach(list(bild.spalten))
        zeit = self._zeit(frei)
        if bild.blatt.name:
            set_value("blatt", bild.blatt.name, "das Blatt mit den meisten Zahlen")
        kopf = [z + 1 for z in bild.kopfzeilen]
        set_value("kopfzeile", kopf[0] if len(kopf) == 1 else kopf, "Zeile der Überschriften, von oben gezählt")
        set_value("daten_ab", bild.erste + 1)
        if ende := bild.fussnoten():
            set_value("ende", ende[1], f"ab Zeile {ende[0] + 1} stehen Fußnoten")
        self._beschriftungen(frei)
        self._werte()
        set_value("spalten", self.wahl, "Überschrift, Pfad der Überschriften oder Position")
        if self.entwurf.eigene:
            set_value("merkmale", self.entwurf.eigene, "eigene Merkmale: Titel und Einheit prüfen")
        datei = self.entwurf.angaben["datei"]
        if not zeit and "{" not in datei and not (self.werte and all("stichtag" in w for w in self.werte)):
            self._zeitzelle()
        self._definitionen()
        zeichen = self._zeichen()
        self._ungelesen()
        text = self.entwurf.yaml([
            f"Entwurf aus {self.pfad.name}. Nichts davon ist entschieden; bitte jede Zeile prüfen.",
            f"Gelesen werden die Zeilen {bild.erste + 1} bis {bild.letzte + 1}.",
            *([f"Zeichen statt Zahlen: {' '.join(zeichen)}"] if zeichen else []),
        ])  # fmt: skip
        layout = check(self.pfad, yaml.safe_load(text), {}, Layout)
        return Vorschlag(layout, text, self._gebiete(), self.entwurf.unsicher)

    def _definitionen(self) -> None:
        """Who is counted, by which definition, and how the source protects: only what words or numbers show."""
        woerter = self.entwurf.angaben.get("woerter", {}).get("merkmal", {})
        if {*self.wahl, *(w["merkmal"] for w in self.werte), *woerter.values()} & MH_MERKMALE:
            kommentar = "ANNAHME: nach welcher Definition gezählt ist, muss ein Mensch entscheiden"
            self.entwurf.set_value("profil", "kosis_like", kommentar)
            self.entwurf.doubt("Die Definition von Migrationshintergrund (profil) ist nicht zu erkennen.")
        text = self.bild.umfeld + " " + " ".join(c.voll for c in self.bild.spalten)
        if begriff := bevoelkerung(text):
            self.entwurf.set_value("bevoelkerung", begriff, "nach Wörtern der Datei; wer ist gezählt?")
        zehn = gerundet(self.rollen.zahlen, self.format, 10)
        if re.search(r"vielfaches von 5|auf 5 gerundet", norm(text, klammern=True)):
            self.entwurf.set_value("methode", "gerundet_5", "die Datei sagt, dass ihre Zahlen gerundet sind")
        elif zehn:
            kommentar = "alle Zahlen sind Vielfache von 10, also gerundet: Summen werden nicht geprüft"
            self.entwurf.set_value("methode", "keine", kommentar)
        elif gerundet(self.rollen.zahlen, self.format, 5):
            self.entwurf.set_value("methode", "gerundet_5", "alle Zahlen sind Vielfache von 5, also gerundet")

    def _zeichen(self) -> list[str]:
        """State words that stand instead of numbers; returns the signs of official statistics that do."""
        alle = {t for c in self.rollen.zahlen for t in c.gefuellt if textart(t) == "zeichen"}
        ohne_leer = {t: re.sub(r"\s", "", t.casefold()) for t in sorted(alle - set(DIN_ZEICHEN))}
        if eigene := {t: PLATZHALTER[k] for t, k in ohne_leer.items() if k in PLATZHALTER}:
            self.entwurf.set_value("zeichen", eigene, "Wörter statt Zahlen: Bedeutung prüfen")
        return sorted(alle & set(DIN_ZEICHEN))

    def _ungelesen(self) -> None:
        """Name the columns that nothing above refers to."""
        gelesen = {str(x) for w in self.werte for x in (w["spalte"], w.get("kennzeichen"))}
        gelesen |= {str(x) for w in self.wahl.values() for x in (w if isinstance(w, list) else [w])}
        gelesen.add(str(self.entwurf.angaben.get("zeit", {}).get("spalte")))
        spalten = [c for c in self.bild.spalten if c.voll and not {str(self.bild.ref(c)), str(c.s + 1)} & gelesen]
        if spalten:
            namen = list(dict.fromkeys(c.voll for c in spalten))
            self.entwurf.set_value("ignorieren", namen, "nicht gelesen; fehlt davon etwas?")

    def _gebiete(self) -> list[tuple[str, str]]:
        """(key, name) of every area of the file but the total; own keys 01, 02 … where the file has none."""
        namen = self.gebiet.texte if self.gebiet else self.schluessel.texte if self.schluessel else []
        paare = dict.fromkeys(zip(self.schluessel.texte if self.schluessel else [""] * len(namen), namen, strict=True))
        summe = self.entwurf.angaben.get("summenzeile")
        eigene = {vergleichsform(g.name): g.gebiet_id for g in self.bekannte}
        liste = [(k, n) for k, n in paare if n and n != summe and (k or not self.schluessel)]
        breite = max(2, len(str(len(liste))))
        return [(k or eigene.get(vergleichsform(n)) or f"{nr:0{breite}d}", n) for nr, (k, n) in enumerate(liste, 1)]
