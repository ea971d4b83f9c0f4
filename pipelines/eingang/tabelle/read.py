"""A table (XLSX or CSV) by its layout → figures, each with its sign, its meaning and the cell it came from.

Belongs here: rows to figures. Does not belong here: bytes to cells (eingang/grid/workbook.py), which sheet and which columns
(sheet_choice.py, column_plan.py), what a row's labels and a cell say (row_labels.py, cells.py), what is said once of many cells
(sheet_findings.py), whether figures agree (checks.py). Such tables are not personal data: findings show the cell's value.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.eingang.grid.workbook import Blatt, Csvform, Mappe, read_workbook
from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz
from pipelines.eingang.tabelle.cells import Zellenleser, als_text
from pipelines.eingang.tabelle.column_plan import Figur, Spaltenplan, plan_columns
from pipelines.eingang.tabelle.foreign_areas import Teilmenge, find_incomplete, no_own_area
from pipelines.eingang.tabelle.gebiet_lookup import Gebietspaar, verschoben
from pipelines.eingang.tabelle.labels import UEBERGANGEN, WortUnbekannt
from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN, Zahl
from pipelines.eingang.tabelle.row_labels import Beschriftung
from pipelines.eingang.tabelle.sheet_choice import choose_blatt, hint_other_blatt
from pipelines.eingang.tabelle.sheet_findings import (
    check_zensusbasis,
    ergaenzte_schluessel,
    hint_shortened,
    leere_zellen,
    merge_labels,
    mit_verschobenen,
    verborgene_zellen,
)
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.names import clean
from pipelines.foundation.patterns import MusterZuLangsam
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from pipelines.stamm.referenz import gueltig
from schemas.spalten.common import INSGESAMT
from schemas.tabellen.lieferung import GELESEN

LEER = DIN_ZEICHEN[""]


@dataclass
class Tabelleneinlesung:
    """What became of one table. `werte` has the columns of schemas.tabellen.lieferung.GELESEN."""

    werte: pa.Table
    bilanz: Zeilenbilanz
    kodierung: str | None
    mappe: Mappe
    blatt: Blatt
    befunde: list[Befund] = field(default_factory=list)
    teilmengen: list[Teilmenge] = field(default_factory=list)


# Columns of the result that differ from cell to cell, in the order in which the reader collects them.
JE_ZELLE = (
    "stichtag", "gebiet_id", "merkmal", "groesse", "geschlecht", "altersgruppe", "staat", "gruppe", "gebiet_text", "wert",
    "gedruckt", "stellen", "kennzeichen", "wert_einheit", "zeile", "spalte_nr", "fundstelle", "bemerkung",
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
    blatt = choose_blatt(mappe, layout)
    try:
        plan = plan_columns(blatt, layout, lieferung, mappe.pfad.name, gueltig(ablage.roh, "staaten.csv"))
        leser = _TableReader(ablage, kommune, layout, lieferung, blatt, plan)
        leser.read()
    except LieferungAbgewiesen as grund:
        raise LieferungAbgewiesen([*grund.befunde, *hint_other_blatt(mappe, blatt, layout, grund.befunde)]) from None
    except MusterZuLangsam as grund:
        raise LieferungAbgewiesen(
            [Befund(Code.layout, Schwere.fehler, mappe.pfad.name, f"kommune.yaml, Layout {layout.id}", str(grund),
                    "ein Muster ohne Wiederholung in der Wiederholung, etwa a+ statt (a+)+")]
        ) from None  # fmt: skip
    befunde = [*mappe.hinweise, *plan.befunde, *leser.befunde]
    if leser.fremd and not (leser.uebernommen or leser.abgewiesen):
        raise LieferungAbgewiesen([no_own_area(leser.labels.finder, layout, mappe.pfad.name, leser.fremd), *befunde])
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
    return Tabelleneinlesung(
        werte, leser.bilanz, mappe.kodierung, mappe, blatt, befunde, find_incomplete(leser.labels.finder)
    )  # fmt: skip


class _TableReader:
    """Reads the rows of one sheet; everything it finds is in `zellen` and `befunde`."""

    def __init__(
        self, ablage: Ablage, kommune: Kommune | None, layout: Layout, lieferung: Lieferung, blatt: Blatt, plan: Spaltenplan
    ) -> None:  # fmt: skip
        self.layout, self.lieferung, self.blatt, self.plan = layout, lieferung, blatt, plan
        self.datei = lieferung.pfad.name
        self.leser = Zellenleser(blatt, layout, self.datei)
        self.labels = Beschriftung(self.leser, plan, layout, kommune, gueltig(ablage.roh, "staaten.csv"))
        self.zellen: list[tuple[Any, ...]] = []
        self.befunde: list[Befund] = []
        self.uebernommen = self.ausserhalb = self.abgewiesen = 0
        self.fremd = 0  # of those outside: rows of areas of somebody else
        self.tage: set[date] = set()
        self.leere: list[tuple[int, int]] = []
        self.breite = self._breite()

    @property
    def bilanz(self) -> Zeilenbilanz:
        gelesen = self.uebernommen + self.ausserhalb + self.abgewiesen
        return Zeilenbilanz(gelesen, self.uebernommen, self.ausserhalb, self.abgewiesen)

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
        if not any(self.leser.is_filled(z, f.spalte) for f in self.plan.figuren) and not self.labels.says_something(z):
            return None
        if belegt > self.breite[1] and not self.labels.says_something(z) and self.labels.has_no_number(z):
            return None
        return self.leser.fehler(
            Code.feldzahl, z, None, f"die Zeile hat {hat} Felder, die Kopfzeile {self.breite[1]}",
            "so viele Felder wie die Kopfzeile; Text, der das Trennzeichen enthält (auch ein Dezimalkomma), in Anführungszeichen",
        )  # fmt: skip

    def read(self) -> None:
        paare: list[Gebietspaar] = []
        for z in range(self.plan.daten_ab, len(self.blatt.werte)):
            # Nothing at all stands in most rows of a sheet whose last cell strayed to row 1,048,576.
            if z >= self.plan.ende or not self.blatt.werte[z]:
                self.ausserhalb += 1
                continue
            if feldzahl := self._feldzahl(z):
                self._refuse([feldzahl])
                continue
            if not any(self.leser.is_filled(z, f.spalte) for f in self.plan.figuren):
                self._remember_empty(z)
                self.labels.remember(z)
                self.ausserhalb += 1
                continue
            if "gebiet" in self.plan.labels and "gebiet_id" in self.plan.labels:
                paare.append(Gebietspaar(z, self.labels.text(z, "gebiet_id"), self.labels.text(z, "gebiet")))
            self._zeile(z)
        if paare:
            s, zeilen = self.plan.labels["gebiet_id"][0], verschoben(paare, self.labels.finder)
            self.befunde = mit_verschobenen(self.befunde, self.blatt, self.datei, s, zeilen)
        self.befunde = merge_labels(self.befunde)
        self.befunde += leere_zellen(self.blatt, self.layout, self.datei, self.leere)
        self.befunde += self.leser.schreibweise.befunde(self.datei, self.blatt)
        self.befunde += verborgene_zellen(self.leser, self.plan)
        self.befunde += check_zensusbasis(self.blatt, self.layout, self.datei, self.plan)
        if self.labels.ergaenzt:
            s = self.plan.labels["gebiet_id"][0]
            self.befunde.append(ergaenzte_schluessel(self.blatt, self.datei, s, self.labels.ergaenzt))
        if self.labels.gekuerzt:
            s = self.plan.labels["gebiet_id"][0]
            self.befunde.append(hint_shortened(self.blatt, self.datei, s, self.labels.gekuerzt))

    def _remember_empty(self, z: int) -> None:
        """A row without any figure that names an area of the list, or a day, belongs to the table all the same.

        Where labels are filled downwards such a row is a heading of the rows below.
        """
        if self.layout.fuellen or not any(n in self.plan.labels for n in ("gebiet", "gebiet_id", "zeit")):
            return
        fehler: list[Befund] = []
        gebiet = self.labels.gebiet(z, fehler) if self.labels.finder.gebiete else None
        tag = self.labels.tag(z, fehler)
        worte = {}
        for name in self.plan.dimensionen:
            with suppress(WortUnbekannt):
                worte[name] = self.labels.woerter.bedeutung(name, self.labels.text(z, name))[1]
        vollstaendig = len(worte) == len(self.plan.dimensionen) and UEBERGANGEN not in worte.values()
        if not fehler and vollstaendig and tag and (gebiet or not self.labels.finder.gebiete):
            self.leere += [(z, f.spalte) for f in self.plan.figuren]

    def _zeile(self, nummer: int) -> None:
        fehler: list[Befund] = []
        for stellen in self.plan.labels.values():
            for s in stellen:
                if fund := self.leser.zellfehler(nummer, s):
                    fehler.append(fund)
        if fehler:
            self._refuse(fehler)
            return
        worte: dict[str, str] = {}
        for name in self.plan.dimensionen:
            s = self.plan.labels[name][0]
            try:
                dimension, wert = self.labels.woerter.bedeutung(name, self.labels.text(nummer, name))
            except WortUnbekannt as grund:
                fehler.append(
                    self.leser.fehler(Code.wort_unbekannt, nummer, s, str(grund), grund.erlaubt, grund.vorschlag)
                )
                continue
            if wert == UEBERGANGEN:
                self.ausserhalb += 1
                return
            worte[dimension] = wert
        gebiet = self.labels.gebiet(nummer, fehler)
        if gebiet is None and not fehler:
            self.ausserhalb += 1
            self.fremd += 1
            return
        stichtag = self.labels.tag(nummer, fehler)
        if fehler and not worte.get("merkmal") and any("merkmal" not in f.fest for f in self.plan.figuren):
            self._refuse(fehler)  # without a word for what is counted no cell can be judged
            return
        funde = [
            (f, zahl) for f in self.plan.figuren if (zahl := self.leser.zahl(nummer, f, worte, fehler)) is not None
        ]
        if fehler:
            self._refuse(fehler)
            return
        self.uebernommen += 1
        self.leere += [
            (nummer, f.spalte)
            for f, zahl in funde
            if zahl.kennzeichen == LEER and not self.leser.is_filled(nummer, f.spalte)
        ]
        text = self.labels.text(nummer, "gebiet") if "gebiet" in self.plan.labels else ""
        for figur, zahl in funde:
            self._take(nummer, figur, zahl, worte, figur.fest.get("gebiet") or gebiet, figur.stichtag or stichtag, text)

    def _refuse(self, fehler: list[Befund]) -> None:
        self.befunde += fehler
        self.abgewiesen += 1

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
            zahl.stellen, zahl.kennzeichen, self.leser.einheiten[merkmal], self.blatt.zeilen_nr[z], figur.spalte + 1,
            self.blatt.adresse(z, figur.spalte), self._read_remark(z, worte.get("staat", INSGESAMT)),
        ))  # fmt: skip

    def _read_remark(self, z: int, staat: str) -> str | None:
        """What the file says of the figures of a row, in its own words; of a state also what its name does not say."""
        s, reihe = self.plan.bemerkung, self.blatt.werte[z]
        eigene = clean(als_text(reihe[s])) if s is not None and s < len(reihe) else ""
        if staat == INSGESAMT or not self.labels.woerter.says_more(text := self.labels.text(z, "staat"), staat):
            return eigene or None
        return "; ".join(t for t in (f"in der Quelle: »{clean(text)}«", eigene) if t)


def _eins(fest: str, wort: str | None) -> str:
    return fest if fest != INSGESAMT else wort or INSGESAMT
