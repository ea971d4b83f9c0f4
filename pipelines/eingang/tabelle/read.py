"""A table (XLSX or CSV) by its layout → figures, each with its sign, its meaning and the cell it came from.

Belongs here: rows and columns to figures. Does not belong here: bytes to cells (eingang/grid/workbook.py), what a number, a
label or a key means (numbers.py, labels.py, gebiet_lookup.py), whether figures agree (checks.py). Such tables are not personal
data: findings show the cell's value.
"""

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from pipelines.eingang.grid.workbook import Blatt, Csvform, Mappe, read_workbook
from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz
from pipelines.eingang.tabelle.column_plan import KOPF_GESUCHT, Figur, Spaltenplan, plan_columns
from pipelines.eingang.tabelle.gebiet_lookup import Gebietsfinder, verschoben
from pipelines.eingang.tabelle.labels import UEBERGANGEN, Woerterbuch, WortUnbekannt
from pipelines.eingang.tabelle.number_style import Schreibweise, check_number
from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN, Zahl, Zahlformat, read_number
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.names import clean
from pipelines.foundation.patterns import Muster, MusterZuLangsam
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI, tag_von
from pipelines.stamm.referenz import gueltig
from schemas.spalten.common import INSGESAMT
from schemas.spalten.lieferung import MERKMALE
from schemas.tabellen.lieferung import GELESEN

GANZE = ("personen", "faelle", "haushalte")
LEER = DIN_ZEICHEN[""]
OHNE_KOMMUNE = "insgesamt"
ZU_GROSS = 1e15  # a spreadsheet keeps 15 digits
BLOCK_AB = 3  # rows shifted together from which it is a block and no coincidence


@dataclass
class Tabelleneinlesung:
    """What became of one table. `werte` has the columns of schemas.tabellen.lieferung.GELESEN."""

    werte: pa.Table
    bilanz: Zeilenbilanz
    kodierung: str | None
    mappe: Mappe
    blatt: Blatt
    befunde: list[Befund] = field(default_factory=list)


# Columns of the result that differ from cell to cell, in the order in which the reader collects them.
JE_ZELLE = (
    "stichtag", "gebiet_id", "merkmal", "groesse", "geschlecht", "altersgruppe", "staat", "gruppe", "gebiet_text", "wert",
    "gedruckt", "stellen", "kennzeichen", "wert_einheit", "zeile", "spalte_nr", "fundstelle",
)  # fmt: skip


def _als_tabelle(zellen: list[tuple[Any, ...]], **gleich: Any) -> pa.Table:
    """Collected cells and what holds for all of them, as columns."""
    spalten = dict(zip(JE_ZELLE, zip(*zellen, strict=True), strict=True)) if zellen else dict.fromkeys(JE_ZELLE, ())
    felder = [
        pa.array(spalten[f.name], f.type)
        if f.name in spalten
        else pa.repeat(pa.scalar(gleich[f.name], f.type), len(zellen))
        for f in GELESEN
    ]
    return pa.Table.from_arrays(felder, schema=GELESEN)


def read_tabelle(ablage: Ablage, kommune: Kommune | None, layout: Layout, lieferung: Lieferung) -> Tabelleneinlesung:
    """Read one table by its layout; without a municipality the table's own labels are its areas.

    Rows with a fault are set aside and named; titles, blank rows and footnotes count as `ausserhalb`.
    Raises: LieferungAbgewiesen if file, sheet or header cannot be read, or nothing in it.
    """
    form = Csvform(layout.format.zeichen, layout.format.kodierung, layout.format.anfuehrung)
    mappe = read_workbook(lieferung.pfad, ablage.create_folders().tmp, form, [layout.blatt] if layout.blatt else None)
    blatt = _blatt(mappe, layout)
    try:
        plan = plan_columns(blatt, layout, lieferung, mappe.pfad.name, gueltig(ablage.roh, "staaten.csv"))
        leser = _Leser(ablage, kommune, layout, lieferung, blatt, plan)
        leser.read()
    except LieferungAbgewiesen as grund:
        raise LieferungAbgewiesen([*grund.befunde, *_anderes_blatt(mappe, blatt, layout, grund.befunde)]) from None
    except MusterZuLangsam as grund:
        raise LieferungAbgewiesen(
            [Befund(Code.layout, Schwere.fehler, mappe.pfad.name, f"kommune.yaml, Layout {layout.id}", str(grund),
                    "ein Muster ohne Wiederholung in der Wiederholung, etwa a+ statt (a+)+")]
        ) from None  # fmt: skip
    befunde = [*mappe.hinweise, *plan.befunde, *leser.befunde]
    if not leser.uebernommen:
        raise LieferungAbgewiesen(
            [Befund(Code.zeile_fehlt, Schwere.fehler, mappe.pfad.name, "", "keine einzige Zeile ließ sich lesen",
                    "Zeilen mit Zahlen und Gebieten, wie das Layout sie beschreibt"), *befunde]
        )  # fmt: skip
    werte = _als_tabelle(
        leser.zellen, kommune=lieferung.kommune, quelle_id=layout.id, profil=layout.profil or "-", blatt=blatt.name or "",
        datei=lieferung.datei, lieferung_id=lieferung.lieferung_id, veroeffentlicht=layout.bereits_veroeffentlicht,
        datenstand=lieferung.datenstand if lieferung.datenstand != IN_DER_DATEI else max(leser.tage),
    )  # fmt: skip
    return Tabelleneinlesung(werte, leser.bilanz, mappe.kodierung, mappe, blatt, befunde)


def _anderes_blatt(mappe: Mappe, gelesen: Blatt, layout: Layout, befunde: tuple[Befund, ...]) -> list[Befund]:
    """Which other sheets have the labels that this one lacks: a sheet of notes may lie in front of the table."""
    if layout.blatt is not None or not any(b.code is Code.spalte_fehlt for b in befunde):
        return []
    namen = {w for folge in layout.spalten.values() for w in folge if isinstance(w, str)}
    namen |= {w.spalte for w in layout.werte if isinstance(w.spalte, str)}
    passend = [
        b.name for b in mappe.blaetter
        if b is not gelesen and b.name and namen and namen <= {clean(str(w)) for r in b.werte[:KOPF_GESUCHT] for w in r}
    ]  # fmt: skip
    if not passend:
        return []
    liste = ", ".join(f"»{n}«" for n in passend)
    return [
        Befund(Code.blatt_fehlt, Schwere.hinweis, mappe.pfad.name, "",
               f"gelesen wurde das Blatt »{gelesen.name}«, weil das Layout keines nennt; alle Überschriften stehen auf {liste}",
               f'blatt: "{passend[0]}" im Layout {layout.id} (kommune.yaml)')
    ]  # fmt: skip


def _blatt(mappe: Mappe, layout: Layout) -> Blatt:
    if mappe.kodierung is not None or (len(mappe.blaetter) == 1 and mappe.blaetter[0].name is None):
        return mappe.blaetter[0]
    if layout.blatt is None:
        return next((b for b in mappe.blaetter if not b.verborgen), mappe.blaetter[0])
    gewaehlt = next((b for b in mappe.blaetter if b.name == layout.blatt), None)
    if gewaehlt is None:
        vorhanden = ", ".join(f"»{b.name}«" for b in mappe.blaetter)
        raise LieferungAbgewiesen(
            [Befund(Code.blatt_fehlt, Schwere.fehler, mappe.pfad.name, "",
                    f"das Blatt »{layout.blatt}« fehlt; vorhanden: {vorhanden}",
                    f"ein Blatt »{layout.blatt}« (kommune.yaml, blatt)")]
        )  # fmt: skip
    return gewaehlt


class _Leser:
    """Reads the rows of one sheet; everything it finds is in `sammler` and `befunde`."""

    def __init__(
        self, ablage: Ablage, kommune: Kommune | None, layout: Layout, lieferung: Lieferung, blatt: Blatt, plan: Spaltenplan
    ) -> None:  # fmt: skip
        self.layout, self.lieferung, self.blatt, self.plan = layout, lieferung, blatt, plan
        self.datei = lieferung.pfad.name
        self.woerter = Woerterbuch(layout, gueltig(ablage.roh, "staaten.csv"))
        self.finder = Gebietsfinder(
            tuple(g for g in kommune.gebiete) if kommune else (), kommune.angaben.ags if kommune else OHNE_KOMMUNE,
            layout.summenzeilen(), layout.woerter.get("gebiet", {}), layout.fremde_gebiete == "ausserhalb",
        )  # fmt: skip
        self.format = Zahlformat(layout.zahlen.dezimal, layout.zahlen.tausender)
        self.zeichen = {**DIN_ZEICHEN, **layout.zeichen}
        self.zellen: list[tuple[Any, ...]] = []
        self.einheiten = {m: layout.einheit(m) for m in (*MERKMALE, *layout.merkmale)}
        self.hat_faule_zellen = bool(blatt.formeln or blatt.fehlerwerte or blatt.halbe_zeichen)
        self.befunde: list[Befund] = []
        self.uebernommen = self.ausserhalb = self.abgewiesen = 0
        self.tage: set[date] = set()
        self.gefuellt: dict[str, str] = {}
        self.ergaenzt: list[int] = []
        self.leere: list[tuple[int, int]] = []
        self.breite = self._breite()
        self.schreibweise = Schreibweise(layout.zahlen.tausender)
        self.zeitmuster = Muster(layout.zeit.muster, "zeit.muster") if layout.zeit and layout.zeit.muster else None

    @property
    def bilanz(self) -> Zeilenbilanz:
        gelesen = self.uebernommen + self.ausserhalb + self.abgewiesen
        return Zeilenbilanz(gelesen, self.uebernommen, self.ausserhalb, self.abgewiesen)

    def fehler(
        self, code: Code, z: int, s: int | None, was: str, erwartet: str, vorschlag: str | None = None
    ) -> Befund:
        zellen = (self.blatt.adresse(z, s),) if s is not None else ()
        return Befund(
            code, Schwere.fehler, self.datei, self.blatt.ort(z, s), was, erwartet, zellen=zellen, vorschlag=vorschlag
        )

    def _breite(self) -> tuple[int, int]:
        """Fields a row of a text file must have at least (as many as have a header) and may have; (0, 0): not asked."""
        kopf = [z - 1 for z in self.layout.kopfzeilen() if z <= len(self.blatt.felder)]
        if kopf:
            return max(len(self.blatt.werte[z]) for z in kopf), max(self.blatt.felder[z] for z in kopf)
        haeufig = Counter(self.blatt.felder[self.plan.daten_ab : self.plan.ende]).most_common(1)
        return (haeufig[0][0], haeufig[0][0]) if haeufig else (0, 0)

    def _feldzahl(self, z: int) -> Befund | None:
        """A row with more or fewer fields than the header: what it says cannot be told from where it says it.

        Empty fields at the end are padding; a row that names nothing the layout knows is a title or a footnote.
        """
        if not self.blatt.felder or not any(self.breite):
            return None
        hat, belegt = self.blatt.felder[z], len(self.blatt.werte[z])
        if belegt <= self.breite[1] and hat >= self.breite[0]:
            return None
        if not any(self._gefuellt(z, f.spalte) for f in self.plan.figuren) and not self._says_something(z):
            return None
        if belegt > self.breite[1] and not self._says_something(z) and self._does_not_belong(z):
            return None
        return self.fehler(
            Code.feldzahl, z, None, f"die Zeile hat {hat} Felder, die Kopfzeile {self.breite[1]}",
            "so viele Felder wie die Kopfzeile; Text, der das Trennzeichen enthält (auch ein Dezimalkomma), in Anführungszeichen",
        )  # fmt: skip

    def _says_something(self, z: int) -> bool:
        """Whether a label of a row is one the layout knows: a day, an area of the list, a word."""
        labels = self.plan.labels
        if self.layout.zeit and "zeit" in labels and tag_von(self._roh(z, "zeit"), self.layout.zeit.form):
            return True
        if any(isinstance(w, str) and w and self.finder.knows(w) for w in self.blatt.werte[z]):
            return True
        for name in self.plan.dimensionen:
            if name != "gruppe" and (text := self._roh(z, name)):
                with suppress(WortUnbekannt):
                    self.woerter.bedeutung(name, text)
                    return True
        return (
            not (self.finder.gebiete or "zeit" in labels) and self.blatt.felder[z] > 1 and not self._does_not_belong(z)
        )

    def _does_not_belong(self, z: int) -> bool:
        """Whether none of a row's cells of figures is a number: text below or above a table."""
        zellen = [self.blatt.werte[z][f.spalte] for f in self.plan.figuren if f.spalte < len(self.blatt.werte[z])]
        return not any(isinstance(w, int | float) or re.search(r"\d", str(w)) for w in zellen)

    def read(self) -> None:
        paare: list[tuple[int, str, str]] = []
        for z in range(self.plan.daten_ab, len(self.blatt.werte)):
            if z >= self.plan.ende:
                self.ausserhalb += 1
                continue
            if feldzahl := self._feldzahl(z):
                self._refuse([feldzahl])
                continue
            if not any(self._gefuellt(z, f.spalte) for f in self.plan.figuren):
                self._remember_empty(z)
                self._remember_labels(z)
                self.ausserhalb += 1
                continue
            if "gebiet" in self.plan.labels and "gebiet_id" in self.plan.labels:
                paare.append((z, self._text(z, "gebiet_id"), self._text(z, "gebiet")))
            self._zeile(z)
        self._verschoben(paare)
        self._leere_zellen()
        self.befunde += self.schreibweise.befunde(self.datei, self.blatt)
        if self.blatt.verborgene_zeilen or self.blatt.verborgene_spalten:
            self._verborgen()
        if self.ergaenzt:
            z = self.ergaenzt[0]
            s = self.plan.labels["gebiet_id"][0]
            self.befunde.append(
                Befund(Code.schluessel_ergaenzt, Schwere.hinweis, self.datei, self.blatt.ort(z, s),
                       "verlorene führende Nullen des Gebietsschlüssels wurden ergänzt, weil genau ein Gebiet passt",
                       "Schlüssel als Text", anzahl=len(self.ergaenzt),
                       zellen=tuple(self.blatt.adresse(n, s) for n in self.ergaenzt))
            )  # fmt: skip

    def _gefuellt(self, z: int, s: int) -> bool:
        reihe = self.blatt.werte[z]
        return (s < len(reihe) and reihe[s] != "") or (z, s) in self.blatt.formeln or (z, s) in self.blatt.fehlerwerte

    def _remember_empty(self, z: int) -> None:
        """A row without any figure that names an area of the list, or a day, belongs to the table all the same.

        Where labels are filled downwards such a row is a heading of the rows below.
        """
        if self.layout.fuellen or not any(n in self.plan.labels for n in ("gebiet", "gebiet_id", "zeit")):
            return
        fehler: list[Befund] = []
        gebiet = self._gebiet(z, fehler) if self.finder.gebiete else None
        tag = self._tag(z, fehler)
        worte = {}
        for name in self.plan.dimensionen:
            with suppress(WortUnbekannt):
                worte[name] = self.woerter.bedeutung(name, self._text(z, name))[1]
        vollstaendig = len(worte) == len(self.plan.dimensionen) and UEBERGANGEN not in worte.values()
        if not fehler and vollstaendig and tag and (gebiet or not self.finder.gebiete):
            self.leere += [(z, f.spalte) for f in self.plan.figuren]

    def _leere_zellen(self) -> None:
        """Empty cells among figures: neither zero nor secret nor unknown, as long as nobody says which."""
        if not self.leere or "" in self.layout.zeichen:
            return
        self.befunde.append(
            Befund(Code.zelle_leer, Schwere.hinweis, self.datei, self.blatt.ort(*self.leere[0]),
                   "eine Zelle zwischen Zahlen ist leer; sie gilt als nicht erhoben" if len(self.leere) == 1 else
                   f"{len(self.leere)} Zellen zwischen Zahlen sind leer; sie gelten als nicht erhoben",
                   'eine Zahl oder ein Zeichen (– genau null, . unbekannt oder geheim), oder im Layout zeichen: {"": "-"}',
                   zellen=tuple(self.blatt.adresse(z, s) for z, s in self.leere))
        )  # fmt: skip

    def _remember_labels(self, z: int) -> None:
        for name in self.layout.fuellen:
            if text := self._roh(z, name):
                self.gefuellt[name] = text

    def _roh(self, z: int, name: str) -> str:
        reihe = self.blatt.werte[z]
        teile = [_als_text(reihe[s]) if s < len(reihe) else "" for s in self.plan.labels[name]]
        return " | ".join(teile) if any(teile) else ""

    def _text(self, z: int, name: str) -> str:
        text = self._roh(z, name)
        if name in self.layout.fuellen:
            if not text:
                return self.gefuellt.get(name, "")
            self.gefuellt[name] = text
        return text

    def _zeile(self, z: int) -> None:
        fehler: list[Befund] = []
        for stellen in self.plan.labels.values():
            for s in stellen:
                if fund := self._zellfehler(z, s):
                    fehler.append(fund)
        if fehler:
            self._refuse(fehler)
            return
        worte: dict[str, str] = {}
        for name in self.plan.dimensionen:
            s = self.plan.labels[name][0]
            try:
                dimension, wert = self.woerter.bedeutung(name, self._text(z, name))
            except WortUnbekannt as grund:
                fehler.append(self.fehler(Code.wort_unbekannt, z, s, str(grund), grund.erlaubt, grund.vorschlag))
                continue
            if wert == UEBERGANGEN:
                self.ausserhalb += 1
                return
            worte[dimension] = wert
        gebiet = self._gebiet(z, fehler)
        if gebiet is None and not fehler:
            self.ausserhalb += 1  # an area of somebody else
            return
        stichtag = self._tag(z, fehler)
        funde = [(f, zahl) for f in self.plan.figuren if (zahl := self._zahl(z, f, worte, fehler)) is not None]
        if fehler:
            self._refuse(fehler)
            return
        self.uebernommen += 1
        self.leere += [
            (z, f.spalte) for f, zahl in funde if zahl.kennzeichen == LEER and not self._gefuellt(z, f.spalte)
        ]
        text = self._text(z, "gebiet") if "gebiet" in self.plan.labels else ""
        for figur, zahl in funde:
            self._take(z, figur, zahl, worte, figur.fest.get("gebiet") or gebiet, figur.stichtag or stichtag, text)

    def _refuse(self, fehler: list[Befund]) -> None:
        self.befunde += fehler
        self.abgewiesen += 1

    def _zellfehler(self, z: int, s: int) -> Befund | None:
        if not self.hat_faule_zellen:
            return None
        if formel := self.blatt.formeln.get((z, s)):
            return self.fehler(Code.formel_ohne_wert, z, s, f"die Formel {formel} hat keinen gespeicherten Wert",
                               "die Mappe in Excel oder LibreOffice öffnen, rechnen lassen und speichern")  # fmt: skip
        if (z, s) in self.blatt.halbe_zeichen:
            return self.fehler(Code.zeichen_unbekannt, z, s, "der Text enthält ein halbes Zeichen (zerschnittenes Emoji)",
                               "Text ohne beschädigte Zeichen; bitte die Zelle neu eingeben")  # fmt: skip
        if wert := self.blatt.fehlerwerte.get((z, s)):
            return self.fehler(Code.fehlerwert, z, s, f"»{wert}« ist ein Fehlerwert der Tabellenkalkulation",
                               "die Zahl oder ein Zeichen wie . oder –")  # fmt: skip
        return None

    def _gebiet(self, z: int, fehler: list[Befund]) -> str | None:
        labels = self.plan.labels
        if "gebiet" not in labels and "gebiet_id" not in labels:
            return self.finder.ags
        schluessel = self._text(z, "gebiet_id") if "gebiet_id" in labels else ""
        name = self._text(z, "gebiet") if "gebiet" in labels else ""
        treffer = self.finder.find(schluessel, name)
        for wort in ("gebiet_id", "gebiet"):
            s = labels[wort][0] if wort in labels else len(self.blatt.werte[z])
            if (
                s < len(self.blatt.werte[z])
                and isinstance(self.blatt.werte[z][s], date)
                and (treffer.fehler or treffer.fremd)
            ):
                fehler.append(self.fehler(
                    Code.gebiet_unbekannt, z, s, f"»{self._text(z, wort)}« ist ein Datum; die Tabellenkalkulation hat es aus dem "
                    "Schlüssel oder Namen gemacht (etwa aus 10-1 oder 1.10)",
                    "die Spalte als Text formatieren und die Schlüssel neu eingeben",
                ))  # fmt: skip
                return None
        if treffer.fehler:
            s = labels["gebiet_id" if schluessel or "gebiet" not in labels else "gebiet"][0]
            fehler.append(self.fehler(Code(treffer.code), z, s, treffer.fehler, treffer.erwartet, treffer.vorschlag))
            return None
        if treffer.ergaenzt:
            self.ergaenzt.append(z)
        return None if treffer.fremd else treffer.gebiet_id

    def _tag(self, z: int, fehler: list[Befund]) -> date:
        zeit = self.layout.zeit
        if zeit is None or zeit.spalte is None:
            return self.plan.stichtag
        s = self.plan.labels["zeit"][0]
        rohwert = self.blatt.werte[z][s] if s < len(self.blatt.werte[z]) else ""
        if isinstance(rohwert, date):
            return rohwert
        text = self._text(z, "zeit")
        if self.zeitmuster:
            text = self.zeitmuster.angabe(text)
        tag = tag_von(text, zeit.form, zeit.tag)
        if tag is None or not tag.year >= 1900 or tag > date.today() + timedelta(days=366):
            formen = {"datum": "TT.MM.JJJJ", "jahr": "JJJJ", "monat": "JJJJMM", "schuljahr": "JJJJ/JJ"}
            fehler.append(self.fehler(Code.datum, z, s, f"»{text}« ist keine Zeitangabe", formen[zeit.form]))
            return date.min
        return tag

    def _zahl(self, z: int, figur: Figur, worte: dict[str, str], fehler: list[Befund]) -> Zahl | None:
        """The figure of a cell; None where the column does not exist in this row."""
        if fund := self._zellfehler(z, figur.spalte):
            fehler.append(fund)
            return None
        reihe = self.blatt.werte[z]
        roh = reihe[figur.spalte] if figur.spalte < len(reihe) else ""
        merkmal = worte.get("merkmal") or figur.fest["merkmal"]
        einheit = self.einheiten[merkmal]
        try:
            if isinstance(roh, date):
                raise ValueError("ist ein Datum, keine Zahl")
            zahl = read_number(roh, self.format, self.zeichen)
            if zahl.wert is not None and abs(zahl.wert) >= ZU_GROSS:
                raise ValueError("hat mehr als 15 Stellen; das kann keine Tabellenkalkulation genau schreiben")
            if einheit in GANZE and zahl.wert is not None:
                check_number(roh, self.format)
                self.schreibweise.remember(z, figur.spalte, roh)
                if zahl.prozent or zahl.wert < 0 or zahl.wert != int(zahl.wert):
                    raise ValueError("ist keine Anzahl")
            elif zahl.prozent and einheit not in ("prozent",):
                raise ValueError("ist eine Prozentangabe")
        except ValueError as grund:
            erwartet = "eine Zahl wie 6.417" if einheit in GANZE else "eine Zahl wie 8,4"
            fehler.append(self.fehler(Code.zahl, z, figur.spalte, f"»{_als_text(roh)}« {grund}", erwartet))
            return None
        if figur.kennzeichen is not None and figur.kennzeichen < len(reihe):
            zeichen = _als_text(reihe[figur.kennzeichen])
            if zeichen and zeichen not in ("e", "E"):  # e: final, which says nothing further
                if zeichen not in self.zeichen and zeichen not in ("p", "r", "s"):
                    fehler.append(
                        self.fehler(Code.zeichen_unbekannt, z, figur.kennzeichen, f"das Zeichen »{zeichen}« ist unbekannt",
                                    "ein Zeichen wie . - / x p r s, oder ein Eintrag unter zeichen in kommune.yaml")
                    )  # fmt: skip
                    return None
                zahl = zahl._replace(kennzeichen=self.zeichen.get(zeichen, zeichen))
        return zahl

    def _take(
        self, z: int, figur: Figur, zahl: Zahl, worte: dict[str, str], gebiet: str | None, stichtag: date, text: str
    ) -> None:  # fmt: skip
        fest = figur.fest
        merkmal = worte.get("merkmal") or fest["merkmal"]
        self.tage.add(stichtag)
        self.zellen.append((
            stichtag, gebiet, merkmal, fest["groesse"], _eins(fest["geschlecht"], worte.get("geschlecht")),
            _eins(fest["altersgruppe"], worte.get("altersgruppe")), _eins(fest["staat"], worte.get("staat")),
            _eins(fest["gruppe"], worte.get("gruppe")), text or fest.get("gebiet") or gebiet, zahl.wert, zahl.gedruckt,
            zahl.stellen, zahl.kennzeichen, self.einheiten[merkmal], self.blatt.zeilen_nr[z], figur.spalte + 1,
            self.blatt.adresse(z, figur.spalte),
        ))  # fmt: skip

    def _verborgen(self) -> None:
        """Figures in hidden rows or columns are read like others, but whoever sent them may not know of them."""
        stellen = [
            (z, f.spalte)
            for f in self.plan.figuren
            for z in range(self.plan.daten_ab, min(self.plan.ende, len(self.blatt.werte)))
            if (z in self.blatt.verborgene_zeilen or f.spalte in self.blatt.verborgene_spalten)
            and self._gefuellt(z, f.spalte)
        ]
        if stellen:
            self.befunde.append(
                Befund(Code.verborgen, Schwere.warnung, self.datei, self.blatt.ort(*stellen[0]),
                       "ausgeblendete Zeilen oder Spalten enthalten Zahlen; sie wurden gelesen", "alle Zahlen sichtbar",
                       anzahl=len(stellen), zellen=tuple(self.blatt.adresse(*o) for o in stellen))
            )  # fmt: skip

    def _verschoben(self, paare: list[tuple[int, str, str]]) -> None:
        zeilen = verschoben(paare, self.finder)
        if len(zeilen) >= BLOCK_AB:
            # One cause, one finding: the rows' own findings say nothing more.
            orte = {self.blatt.adresse(z, self.plan.labels["gebiet_id"][0]) for z in zeilen}
            self.befunde = [b for b in self.befunde if b.code is not Code.schluessel_name or not orte & set(b.zellen)]
            s = self.plan.labels["gebiet_id"][0]
            self.befunde.append(
                Befund(Code.schluessel_name, Schwere.fehler, self.datei, self.blatt.ort(zeilen[0], s),
                       f"ein Block von {len(zeilen)} Zeilen hat Schlüssel, die um eine Zeile gegen die Namen verschoben sind",
                       "jeder Schlüssel neben dem Namen seines Gebiets", anzahl=len(zeilen),
                       zellen=tuple(self.blatt.adresse(n, s) for n in zeilen),
                       vorschlag="die Schlüsselspalte um eine Zeile zurückschieben")
            )  # fmt: skip


def _eins(fest: str, wort: str | None) -> str:
    return fest if fest != INSGESAMT else wort or INSGESAMT


def _als_text(wert: object) -> str:
    return wert.strftime("%d.%m.%Y") if isinstance(wert, date) else str(wert)
