"""Which columns say what a figure is for: areas, keys, breakdowns, the row of the total.

Belongs here: those guesses, also for tables in rows (GENESIS). Does not belong here: what the figures count (guess_figures.py).
"""

import re

from pipelines.eingang.layout_proposal.guess_time import MitZeit
from pipelines.eingang.layout_proposal.shape import (
    Spalte,
    dimensionen,
    rollen,
    schluesselspalte,
    summenlabels,
    zahlformat,
)
from pipelines.eingang.tabelle.labels import SUMMENWOERTER
from pipelines.eingang.tabelle.words import (
    FLACH_OHNE,
    FLACH_WERT,
    GEBIETSWORT,
    MERKMALWORT,
    WERTWORT,
    ZEITWORT,
    fremde_staaten,
    norm,
)
from pipelines.foundation.findings import Code
from pipelines.foundation.names import mit_art, vergleichsform


class MitBeschriftungen(MitZeit):
    """A proposal that knows its labels."""

    def _flach(self, frei: list[Spalte]) -> list[Spalte]:
        """Of a GENESIS table in rows, the columns that are something: time, values of variables, figures and their sign."""
        self.flach = any(re.fullmatch(FLACH_WERT, c.voll.casefold()) for c in frei)
        return [c for c in frei if not (self.flach and re.fullmatch(FLACH_OHNE, c.voll.casefold()))]

    def _beschriftungen(self, frei: list[Spalte]) -> None:
        """Which columns say what a figure is for; the rest are figures or passed over."""
        self.rollen = rollen(frei)
        zahlen = self.rollen.zahlen
        if not zahlen:
            erwartet = "mindestens eine Spalte mit Zahlen"
            raise self.bild.abweisung(Code.zeile_fehlt, "keine Spalte mit Zahlen ist zu erkennen", erwartet)
        labels = dimensionen(self.rollen.texte)
        if "staat" in labels:
            self._gruppen(labels["staat"])
        if self.flach:
            self._flache_beschriftungen(labels)
            return
        uebrig = [c for c in self.rollen.texte if c not in labels.values()]
        self.gebiet = self._gebietsspalte(uebrig)
        if self.gebiet:
            uebrig.remove(self.gebiet)
        self.schluessel = schluesselspalte(self.rollen.schluessel, self.gebiet, {g.gebiet_id for g in self.bekannte})
        hoechstens = len(self.bild.zeilen) // 2
        mehrfach = [c for c in uebrig if 1 < len(set(c.gefuellt)) <= hoechstens and len(c.gefuellt) == len(c.texte)]
        self.lang = len(zahlen) == 1 and zahlen[0].kopf in WERTWORT
        if "merkmal" in labels:
            self.merkmalspalten = [labels.pop("merkmal")]
        else:
            self.merkmalspalten = mehrfach if self.lang else []
        if not self.merkmalspalten and mehrfach and not self.lang:
            labels["gruppe"] = mehrfach[0]
        alle = {"gebiet_id": self.schluessel, "gebiet": self.gebiet, **labels}
        self.wahl |= {name: self.bild.ref(label) for name, label in alle.items() if label}
        for c in (self.schluessel, labels.get("gruppe")):
            if c and re.fullmatch(r"(?:\w+ )?(?:code|label)|bezeichnung|name|wert", c.kopf):
                self.entwurf.doubt(f"Die Überschrift »{c.voll}« sagt nicht, was darin steht: bitte prüfen.")
        g = self.gebiet
        if g and g.texte[0] and len(g.gefuellt) < 0.8 * len(g.texte) and labels:
            self.entwurf.set_value("fuellen", ["gebiet"], "der Name steht nur in der ersten Zeile jedes Blocks")
        self.format, zweifel = zahlformat(zahlen)
        if zweifel:
            self.entwurf.doubt(zweifel)
        if self.gebiet:
            self._summenzeile(self.gebiet)

    def _flache_beschriftungen(self, labels: dict[str, Spalte]) -> None:
        """A GENESIS table in rows: areas, breakdowns, measure, figure and sign by their fixed names."""
        alle = {c.voll.casefold(): c for c in self.bild.spalten}
        werte = {m[1]: n for n in alle if (m := re.fullmatch(FLACH_WERT, n)) and m[2] == "label"}
        raum: dict[str, int] = {}
        for nr, name in werte.items():
            variable = " ".join(
                t for n in (f"{nr}_variable_label", f"{nr}_merkmal_label") if n in alle for t in alle[n].gefuellt[:1]
            )
            codes = alle.get(name.replace("label", "code"))
            ziffern = codes is not None and all(re.fullmatch(r"\d{2,8}|DG", t) for t in codes.gefuellt)
            raum[nr] = (
                2 * bool(re.search(rf"{GEBIETSWORT}|laender|\bland\b|kreise|deutschland|regierung", norm(variable)))
                + ziffern
            )
        nummer = max(raum, key=lambda n: raum[n], default=None)
        nummer = nummer if nummer and raum[nummer] else None
        self.gebiet = alle[werte[nummer]] if nummer else None
        self.schluessel = alle.get(werte[nummer].replace("label", "code")) if nummer else None
        if self.gebiet:
            self.entwurf.doubt(
                f"Die Gebiete sind aus der Spalte {self.gebiet.s + 1} (»{self.gebiet.voll}«) angenommen."
            )
        eigene = [alle[n] for nr, n in werte.items() if nr != nummer]
        labels = {d: c for d, c in dimensionen(eigene).items() if d != "merkmal"}
        rest = [c for c in eigene if c not in labels.values()]
        if rest:
            labels["gruppe"] = rest[0]
        if len(rest) > 1:
            namen = "«, »".join(c.voll for c in rest[1:])
            self.entwurf.doubt(
                f"Auch »{namen}« gliedert die Zahlen und wird nicht gelesen: vorher auf einen Wert einschränken."
            )
        if "staat" in labels:
            self._gruppen(labels["staat"])
        self.wahl |= {
            k: self.bild.ref(c) for k, c in {"gebiet_id": self.schluessel, "gebiet": self.gebiet, **labels}.items() if c
        }
        zahlen = [c for c in self.rollen.zahlen if not re.fullmatch(FLACH_WERT, c.voll.casefold())]
        self.rollen.zahlen[:] = [alle["value"]] if alle.get("value") in zahlen else zahlen
        if not self.rollen.zahlen:
            raise self.bild.abweisung(
                Code.zeile_fehlt, "die Spalte value enthält keine Zahlen", "Zahlen in der Spalte value"
            )
        if "value" in alle and "value_q" in alle:
            self.rollen.zeichen[alle["value"].s + 1] = alle["value_q"]
        self.lang = len(self.rollen.zahlen) == 1 and "value_variable_label" in alle
        self.merkmalspalten = [alle["value_variable_label"]] if self.lang else []
        self.format, zweifel = zahlformat(self.rollen.zahlen)
        if zweifel:
            self.entwurf.doubt(zweifel)

    def _gruppen(self, staat: Spalte) -> None:
        """Nationalities that are not in the list are proposed as groups."""
        if fremd := fremde_staaten(staat.gefuellt):
            kommentar = "stehen nicht in staaten.csv, hier als Gruppen; einzelne Staaten gehören unter woerter"
            self.entwurf.set_value("gruppen", fremd, kommentar)
            satz = f"{len(fremd)} Staatsangehörigkeiten oder Gruppen stehen nicht in der Staatenliste."
            self.entwurf.doubt(satz)

    def _gebietsspalte(self, texte: list[Spalte]) -> Spalte | None:
        """The column of area names: by the areas known, else by its header, by the keys beside it, or by variety."""
        formen = {vergleichsform(g.name) for g in self.bekannte}
        treffer = {c.s: len({t for t in c.gefuellt if vergleichsform(t) in formen}) for c in texte}
        beste = max(texte, key=lambda c: treffer[c.s], default=None)
        if beste and treffer[beste.s] and treffer[beste.s] * 3 >= min(len(formen), len(set(beste.gefuellt))):
            if treffer[beste.s] * 2 < len(set(beste.gefuellt)):
                kommentar = "die Datei nennt viele Gebiete, die nicht zur Kommune gehören"
                self.entwurf.set_value("fremde_gebiete", "ausserhalb", kommentar)
            return beste
        neben = [
            c for k in self.rollen.schluessel for c in texte
            if c.s == k.s + 1 and len(set(k.texte)) == len(set(zip(k.texte, c.texte, strict=True)))
        ]  # fmt: skip
        keine = rf"{MERKMALWORT}|\bid\b|uuid|{ZEITWORT}"
        texte = [c for c in texte if not re.search(rf"^\w*(?:{ZEITWORT})", c.kopf) or re.search(GEBIETSWORT, c.kopf)]
        andere = [c for c in texte if len(set(c.gefuellt)) > 1 and not re.search(keine, c.kopf)]
        genannt = [c for c in texte if re.search(GEBIETSWORT, c.kopf)] or neben[:1] or andere
        wahl = max(genannt, key=lambda c: len(set(c.gefuellt)), default=None)
        if wahl:
            self.entwurf.doubt(f"Die Gebiete sind aus der Spalte {wahl.s + 1} (»{wahl.voll}«) angenommen.")
        return wahl

    def _summenzeile(self, gebiet: Spalte) -> None:
        """The row of the municipality as a whole: by its name, else because it is the sum of all others."""
        worte = list(dict.fromkeys(gebiet.gefuellt))
        namen = [vergleichsform(g.name) for g in self.bekannte if g.ebene == "gemeinde"]
        gemeinden = {(n, art) for n in namen for art in (None, "stadt", "gemeinde")}
        muster = rf"(?:{'|'.join(w for w in SUMMENWOERTER if len(w) > 1)}|stadt|gesamtstadt|stadtgebiet)\b.*"
        nach_name = [w for w in worte if mit_art(w) in gemeinden]
        nach_name = nach_name or [w for w in worte if re.fullmatch(muster, norm(w))]
        rechnet, denkbar = summenlabels(gebiet, self.rollen.zahlen, self.format)
        etwa = [w for w in nach_name if w in denkbar]
        wahl = etwa if len(etwa) == 1 else rechnet if len(rechnet) == 1 else []
        if wahl:
            stimmt = "die Summe der übrigen Zeilen" if wahl[0] in rechnet else "nur am Namen erkannt"
            self.entwurf.set_value("summenzeile", wahl[0], f"die Kommune insgesamt: {stimmt}")
        elif len(nach_name) == 1:
            self.entwurf.doubt(
                f"»{nach_name[0]}« ist vielleicht die Kommune insgesamt, aber nicht die Summe der übrigen "
                "Zeilen (mehrere Gebietsebenen?); dann unter summenzeile nennen."
            )
