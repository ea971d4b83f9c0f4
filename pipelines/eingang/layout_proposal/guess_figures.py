"""What each column of figures counts, and for whom.

Belongs here: measures, of the vocabulary or of their own, by header, title or label. Does not belong here: which columns are
labels (guess_labels.py), who is counted by which definition (propose.py).
"""

import re
from collections import defaultdict
from typing import Any

from pipelines.eingang.layout_proposal.guess_labels import MitBeschriftungen
from pipelines.eingang.layout_proposal.shape import (
    Spalte,
)
from pipelines.eingang.tabelle.words import (
    BIS_UNTER,
    MH_MERKMALE,
    WERTWORT,
    Deutung,
    bekannt,
    ganzzahlig,
    interpret,
    read,
    textart,
    zaehlbar,
)
from pipelines.foundation.names import vergleichsform
from pipelines.stamm.quellen.time_label import tag_von
from schemas.spalten.lieferung import MERKMALE

_JE_PERSON = {"einwohner", "auslaender", "deutsche", *MH_MERKMALE, "deutsche_mit_mh", "anteil_auslaender"}


class MitWerten(MitBeschriftungen):
    """A proposal that knows what its figures count."""

    def _werte(self) -> None:
        """What each column of figures counts and for whom."""
        dezimal, tausender = self.format.dezimal, self.format.tausender.replace(" ", "leer")
        if (dezimal, tausender) != (",", "."):
            angabe = {"dezimal": dezimal, "tausender": tausender}
            self.entwurf.set_value("zahlen", angabe, "aus allen Zahlen der Tabelle erschlossen")
        deutungen = [interpret(c.pfad) for c in self.rollen.zahlen]
        platz = ""
        if self.merkmalspalten and all(not d.rest for d in deutungen):
            platz = self._merkmalspalten(self.merkmalspalten)
            if self.lang:
                self.wahl["wert"] = self.bild.ref(self.rollen.zahlen[0])
                self._kennzeichen(self.rollen.zahlen[0], self.wahl)
                return
        elif self.merkmalspalten:
            self.wahl["gruppe"] = self.bild.ref(self.merkmalspalten[0])
        alter = {d.altersgruppe for d in deutungen if d.altersgruppe}
        offen = any(a[3:] == b[:2] for a in alter for b in alter if re.fullmatch(r"\d\d-\d\d", a) and a != b)
        gesehen: set[tuple[Any, ...]] = set()
        ids = {vergleichsform(g.name): g.gebiet_id for g in self.bekannte}
        for c, d in zip(self.rollen.zahlen, deutungen, strict=True):
            zahlen = [z for t in c.texte if (z := read(t, self.format)) is not None]
            prozent, ganz = any("%" in t for t in c.texte), ganzzahlig(zahlen)
            gebiet = next((ids[f] for t in d.rest if (f := vergleichsform(t.replace("_", " "))) in ids), None)
            merkmal, gruppe = ("", None) if gebiet else self.entwurf.merkmal(d, prozent, ganz)
            merkmal = platz or merkmal or self._aus_titel(prozent, ganz)
            if self.thema and merkmal in _JE_PERSON and not any(bekannt(t) == "einwohner" for t in d.rest):
                gruppe = gruppe or (merkmal if merkmal != "einwohner" else None)
                merkmal = self._nach_thema(merkmal, prozent, ganz)
            a = d.altersgruppe
            if offen and a and re.fullmatch(r"\d\d-\d\d", a) and not BIS_UNTER.search(c.voll):
                a = f"{a[:3]}{int(a[3:]) - 1:02d}"
            tag = tag_von(d.jahr, "jahr") if d.jahr else None
            fest = {"geschlecht": d.geschlecht, "altersgruppe": a, "gruppe": gruppe, "gebiet": gebiet, "stichtag": tag}
            if (merkmal, *fest.values()) in gesehen:
                satz = f"Die Spalte {c.s + 1} (»{c.voll}«) bedeutet dasselbe wie eine andere und wird nicht gelesen."
                self.entwurf.doubt(satz)
                continue
            gesehen.add((merkmal, *fest.values()))
            eintrag: dict[str, Any] = {"merkmal": merkmal, "spalte": self.bild.ref(c)}
            eintrag |= {k: w for k, w in fest.items() if w is not None}
            self._kennzeichen(c, eintrag)
            if len(eintrag) == 2 and merkmal in MERKMALE and merkmal not in self.wahl:
                self.wahl[merkmal] = eintrag["spalte"]
            else:
                self.werte.append(eintrag)
            if fremd := sorted({t for t in c.gefuellt if textart(t) in ("text", "datum")}):
                liste = ", ".join(fremd[:5])
                self.entwurf.doubt(f"In der Spalte {c.s + 1} stehen Texte, die keine Zahlen sind: {liste}.")
        self._frage_nach_werten(offen)

    def _frage_nach_werten(self, offen: bool) -> None:
        """What the figures leave open, and the entry of those that need more than a name."""
        fraglich = [m["titel"] for m in self.entwurf.eigene.values() if m["einheit"] == "zahl"]
        if fraglich:
            mehr = " …" if len(fraglich) > 3 else ""
            self.entwurf.doubt(
                f"Was »{'«, »'.join(fraglich[:3])}«{mehr} zählt und in welcher Einheit, steht nicht dabei "
                "(Gebiete oder Gruppen als Spalten?)."
            )
        if offen:
            self.entwurf.doubt("Altersgruppen wie 6-15 und 15-18 sind als »bis unter« gelesen.")
        if self.werte:
            kommentar = "Zahlenspalten, die ein eigenes Merkmal oder mehr als ein Merkmal brauchen"
            self.entwurf.set_value("werte", self.werte, kommentar)

    def _nach_thema(self, statt: str, prozent: bool, ganz: bool) -> str:
        """The measure of its own that a title or the file's name gives instead of one of inhabitants."""
        self.entwurf.doubt(
            f"Nach Titel oder Dateiname sind »{self.thema}« gezählt, nicht {MERKMALE[statt][0]}: was ist gezählt?"
        )
        titel = f"Anteil {self.thema}" if prozent or statt.startswith("anteil") else self.thema
        return self.entwurf.eigenes(titel, titel, prozent, ganz)

    def _kennzeichen(self, c: Spalte, ziel: dict[str, Any]) -> None:
        if nachbar := self.rollen.zeichen.get(c.s + 1):
            ziel["kennzeichen"] = self.bild.ref(nachbar) if nachbar.pfad != c.pfad else nachbar.s + 1
            if nachbar.pfad == c.pfad and isinstance(ziel.get("spalte"), str):
                ziel["spalte"] = c.s + 1

    def _aus_titel(self, prozent: bool, ganz: bool) -> str:
        """The measure of columns that only say for whom: by the lines above, or by what the other columns count."""
        for text in self.bild.titelzeilen:
            if (merkmal := bekannt(text) or bekannt(text, anfang=True)) and zaehlbar(merkmal, ganz):
                self.entwurf.doubt(f"Was gezählt ist, sagt nur der Titel »{text}«.")
                return merkmal
        andere = {bekannt(t) for c in self.rollen.zahlen for t in c.pfad}
        if ganz and andere & {"auslaender", "deutsche", "personen_mit_mh", "einwohner"}:
            return "einwohner"
        titel = self.entwurf.angaben["titel"]
        self.entwurf.doubt(f"Was gezählt ist, steht nicht dabei; angenommen: »{titel}«.")
        return self.entwurf.eigenes(titel, titel, prozent, ganz)

    def _merkmalspalten(self, spalten: list[Spalte]) -> str:
        """A long table: each label becomes a measure. Returns one of them, which stands where the layout asks for one."""
        c = self.rollen.zahlen[0]
        self.wahl["merkmal"] = [self.bild.ref(m) for m in spalten] if len(spalten) > 1 else self.bild.ref(spalten[0])
        je: dict[str, list[str]] = defaultdict(list)
        for n, teile in enumerate(zip(*(m.texte for m in spalten), strict=True)):
            je[" | ".join(teile)] += [z.texte[n] for z in self.rollen.zahlen]
        woerter = {}
        for wort, texte in je.items():
            ganz = ganzzahlig([z for t in texte if (z := read(t, self.format)) is not None])
            titel = " – ".join(wort.split(" | "))
            d = Deutung(rest=[titel], einheit=[] if c.kopf in WERTWORT else c.pfad)
            merkmal = bekannt(wort.rpartition(" | ")[2]) if len(spalten) == 1 and ganz else None
            if self.thema and merkmal in _JE_PERSON and merkmal != "einwohner":
                self._nach_thema(merkmal, False, ganz)
                merkmal = self.entwurf.eigenes(f"{self.thema} – {titel}", titel, False, ganz)
            woerter[wort] = merkmal or self.entwurf.merkmal(d, any("%" in t for t in texte), ganz)[0]
        self.entwurf.set_value("woerter", {"merkmal": woerter}, "Beschriftung der Datei: Merkmal")
        return next(iter(woerter.values()))
