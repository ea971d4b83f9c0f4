"""A file → a draft of the layout by which it could be read; a person decides.

Belongs here: choosing areas, time, labels and measures, and saying how sure that is. Does not belong here: where in a sheet
something stands (shape.py), what words mean (eingang/tabelle/words.py), writing (draft.py), reading by a layout
(eingang/tabelle/read.py). Nothing is invented: what a file does not show is left out, or asked for in German.
Long because one draft grows through guesses that build on each other.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipelines.eingang.grid.sheet import Blatt
from pipelines.eingang.grid.workbook import read_workbook
from pipelines.eingang.layout_proposal.draft import Entwurf, als_eintrag
from pipelines.eingang.layout_proposal.shape import (
    Spalte,
    Tabellenbild,
    dimensionen,
    gerundet,
    rollen,
    schluesselspalte,
    summenlabels,
    zahlformat,
)
from pipelines.eingang.tabelle.dates import MONATE
from pipelines.eingang.tabelle.labels import SUMMENWOERTER
from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN
from pipelines.eingang.tabelle.words import (
    BIS_UNTER,
    FLACH_OHNE,
    FLACH_WERT,
    GEBIETSWORT,
    MERKMALWORT,
    MH_MERKMALE,
    PLATZHALTER,
    THEMA,
    WERTWORT,
    ZEITWORT,
    Deutung,
    art,
    bekannt,
    bevoelkerung,
    dateimuster,
    fremde_staaten,
    ganzzahlig,
    interpret,
    kennung,
    norm,
    read,
    textart,
    zaehlbar,
    zeitform,
)
from pipelines.foundation.findings import Code, KonfigurationsFehler
from pipelines.foundation.names import mit_art, vergleichsform
from pipelines.foundation.yaml_file import check
from pipelines.stamm.kommune import Gebiet
from pipelines.stamm.quellen.layout import UNGENANNT, Layout
from pipelines.stamm.quellen.time_label import tag_von
from schemas.spalten.lieferung import MERKMALE


@dataclass(frozen=True)
class Vorschlag:
    """A draft: what it says, as commented YAML that loads as a layout, the areas found (key, name), and what is unsure."""

    layout: Layout
    yaml: str
    gebiete: list[tuple[str, str]]
    unsicher: list[str]
    art: str = ""  # kind of a table that is known

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


_MONATE = tuple(m.replace("ä", "ae") for m in MONATE)  # as words are compared here
_JE_PERSON = {"einwohner", "auslaender", "deutsche", *MH_MERKMALE, "deutsche_mit_mh", "anteil_auslaender"}


class _Vorschlagen:
    """The steps of a proposal; each states what it finds in `entwurf` and takes its columns from those still free."""

    def __init__(self, pfad: Path, blatt: Blatt, gebiete: Sequence[Gebiet], andere: Sequence[str] = ()):
        self.pfad, self.bekannte = pfad, gebiete
        self.bild = Tabellenbild(pfad, blatt)
        self.entwurf = Entwurf()
        self.wahl: dict[str, Any] = {}  # becomes `spalten`
        self.werte: list[dict[str, Any]] = []
        self.thema = self._thema()
        if stellen := [*self.bild.weitere(), *(f"Blatt »{n}«" for n in andere)]:
            self.entwurf.doubt(
                f"Auch dort stehen Zahlen, die dieser Entwurf nicht liest: {', '.join(stellen)}. Jede Tabelle braucht einen "
                "eigenen Eintrag."
            )

    def _thema(self) -> str:
        """What is counted if a title or the file's name says that it is something else than inhabitants."""
        texte = [*self.bild.titelzeilen, self.bild.blatt.name or "", self.pfad.stem]
        for text in texte:
            form = norm(text, klammern=True)
            if (treffer := re.search(rf"\b(?:{THEMA})", form)) and not re.search("einwohner|bevoelkerung", form):
                return treffer[0].split()[0].capitalize()
        return ""

    def _flach(self, frei: list[Spalte]) -> list[Spalte]:
        """Of a GENESIS table in rows, the columns that are something: time, values of variables, figures and their sign."""
        self.flach = any(re.fullmatch(FLACH_WERT, c.voll.casefold()) for c in frei)
        return [c for c in frei if not (self.flach and re.fullmatch(FLACH_OHNE, c.voll.casefold()))]

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

    def _zeit(self, frei: list[Spalte]) -> bool:
        """Where the day stands: in a column, in the file name, or above the table. Returns whether a column says it."""
        erste = self.bild.spalten[0]
        spalte, form = next(((c, f) for c in frei if (f := zeitform(c.texte, c.pfad, c is erste))), (None, ""))
        name, tag, kommentar = dateimuster(self.pfad.name)
        im_namen = tag_von(name[1], {"stichtag": "datum"}.get(name[2], name[2]), tag) if name[2] else None
        tage = {tag_von(t, form) for t in spalte.gefuellt} if spalte else set()
        if spalte:
            frei.remove(spalte)
        jahr_im_tag = (
            spalte is not None and form == "jahr" and im_namen is not None and name[2] in ("stichtag", "monat")
        )
        if spalte and jahr_im_tag and im_namen not in tage:
            self.entwurf.doubt(
                f"Der Dateiname nennt den {im_namen:%d.%m.%Y}, die Spalte »{spalte.voll}« nur ein Jahr: welcher Tag gilt?"
            )
        if spalte and not (jahr_im_tag and {t.year for t in tage if t} == {im_namen.year}) and tage != {im_namen}:  # type: ignore[union-attr]
            kommentar = "die Tage stehen in der Datei; ein Platzhalter ist nicht nötig"
            self.entwurf.set_value("datei", self.pfad.name, kommentar)
            angabe = {"spalte": self.bild.ref(spalte), "form": form}
            if form == "jahr":
                angabe |= self._tag_im_jahr(spalte, frei)
            self.entwurf.set_value("zeit", angabe, f"{len(tage)} verschiedene Zeitangaben")
            return True
        self.entwurf.set_value("datei", name[0], kommentar)
        if name[2] and tag != "12-31":
            self.entwurf.set_value("tag", tag, "aus dem Dateinamen angenommen")
        if name[2] == "jahr":
            self.entwurf.doubt("Der Dateiname nennt keinen genauen Tag: Stichtag prüfen (tag).")
        return False

    def _tag_im_jahr(self, jahr: Spalte, frei: list[Spalte]) -> dict[str, str]:
        """Which day of the year a column of years means: another column or the header may say; it is asked in any case."""
        neben = [c for c in frei if re.search(r"stichtag|datum|monat|quartal|\btag\b", c.kopf) and not bekannt(c.kopf)]
        for c in neben:
            frei.remove(c)
        tage = {t for c in neben for t in c.gefuellt}
        fest = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", next(iter(tage))) if len(tage) == 1 else None
        im_kopf = next((m for m, name in enumerate(_MONATE, 1) if re.search(rf"\b{name}\b", jahr.kopf)), None)
        tag = f"{int(fest[2]):02d}-{int(fest[1]):02d}" if fest else ""
        if im_kopf and not tag:
            tag = f"{im_kopf:02d}-{(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[im_kopf - 1]}"
        gut = bool(tag) and tag_von("2023", "jahr", tag) is not None
        if neben and not fest:
            namen = "«, »".join(c.voll for c in (*neben, jahr))
            self.entwurf.doubt(
                f"Der Tag steht in mehreren Spalten (»{namen}«), gelesen wird nur das Jahr: bitte zu einem Datum verbinden."
            )
        wort = tag if gut else "12-31"
        satz = f"Die Spalte »{jahr.voll}« nennt nur das Jahr; als Tag ist der {wort[3:]}.{wort[:2]}. angenommen (zeit: tag)."
        self.entwurf.doubt(satz + " Stimmt das?")
        return {"tag": tag} if gut and tag != "12-31" else {}

    def _zeitzelle(self) -> None:
        """A day in the rows above the header. Raises: KonfigurationsFehler if there is none."""
        beste = min(self.bild.zeitzellen(), default=None)
        if beste is None:
            raise KonfigurationsFehler(
                f"{self.pfad.name}: Der Stichtag steht weder im Dateinamen noch in einer Spalte noch über der Tabelle. Bitte "
                f"die Datei mit ihrem Stichtag benennen, z. B. {self.pfad.stem}_2024-12-31{self.pfad.suffix}, oder ein Layout "
                "angeben."
            )
        muster = {} if beste.text == beste.zeit else {"muster": f"({beste.muster})"}
        self.entwurf.set_value(
            "zeit", {"zelle": beste.zelle, "form": beste.form} | muster, f"über der Tabelle steht »{beste.text}«"
        )
        self.entwurf.doubt(f"Der Stichtag ist aus der Zelle {beste.zelle} angenommen (»{beste.text}«).")

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
