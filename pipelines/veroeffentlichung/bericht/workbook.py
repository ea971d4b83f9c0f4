"""The report as a workbook: typed numbers, one row per published row, for those who calculate on.

Belongs here: sheets, columns, cell formats. Does not belong here: which rows belong to the report (load.py).
Protected and missing cells hold a mark as text, so that no formula takes them for zero.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipelines.veroeffentlichung.bericht.checked import FOLGEN
from pipelines.veroeffentlichung.bericht.content import BANNER, Bericht, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import sheet as indikatorblatt
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorteil
from pipelines.veroeffentlichung.bericht.numbers import (
    ERKLAERUNGEN,
    GESCHLECHT_WORTE,
    LOKATIONSQUOTIENT,
    Wert,
    alter_wort,
    anteil,
    anzahl,
    datum,
    status_wort,
)  # fmt: skip

ERSTELLT_VON = "integrationsmonitoring"
FORMATE = {
    "anzahl": "#,##0", "anteil": "0.0 %", "quotient": "0.00", "datum": "DD.MM.YYYY", "jahr": "0", **indikatorblatt.FORMATE,
}  # fmt: skip
LEGENDE = "• geschützt · – kein Wert (Grund in den Spalten Status und Hinweise) · 0 genau null"
KOPFHOEHE = 45  # three lines
ZEICHEN_JE_SEITE = 300  # more characters side by side are too small on paper
BREITE_HOECHSTENS, BREITE_MINDESTENS = 60, 11


@dataclass(frozen=True)
class Spalte:
    """A column of a sheet: header, how to take its value from (definition, row), its format; by unit where rows differ."""

    kopf: str
    wert: Callable[[Definition | None, Zeile], Any]
    art: str = "text"


def _feld(kopf: str, name: str, art: str = "text") -> Spalte:
    return Spalte(kopf, lambda _, z: z[name], art)


def _anzahl(kopf: str, name: str) -> Spalte:
    return Spalte(kopf, lambda _, z: anzahl(z, name), "anzahl")


def _anteil(kopf: str, name: str) -> Spalte:
    return Spalte(kopf, lambda _, z: anteil(z, name), "quotient" if name == LOKATIONSQUOTIENT else "anteil")


DEFINITION = Spalte("Definition", lambda d, _: d.name if d else "")
HERKUNFT = (
    Spalte("Status", lambda _, z: status_wort(z["status"])),
    Spalte("Hinweise", lambda _, z: ", ".join(status_wort(c) for c in z["hinweise"] or [])),
    _feld("Quelle", "quelle"),
    _feld("Datenstand", "datenstand", "datum"),
    _feld("Lieferung", "lieferung_id"),
    _feld("Fundstelle", "fundstelle"),
    _feld("Veröffentlichung", "veroeffentlichung"),
)
WERTE = (
    _anzahl("Einwohner:innen", "einwohner"),
    _anzahl("Ausländer:innen", "auslaender"),
    _anteil("Anteil Ausländer:innen", "anteil_auslaender"),
    _anzahl("Deutsche mit Migrationshintergrund", "deutsche_mit_mh"),
    _anzahl("Personen mit Migrationshintergrund", "personen_mit_mh"),
    _anteil("Anteil mit Migrationshintergrund", "anteil_mh"),
    _anzahl("nicht entscheidbar", "unentscheidbar"),
    _anteil("Anteil mindestens", "anteil_mh_min"),
    _anteil("Anteil höchstens", "anteil_mh_max"),
)
STICHTAG = _feld("Stichtag", "stichtag", "datum")
GEBIETE = (
    _feld("Gebiet", "gebiet"), _feld("Gebietsschlüssel", "gebiet_id"), _feld("Ebene", "ebene"), DEFINITION, STICHTAG,
    *WERTE, _anteil("Lokationsquotient", LOKATIONSQUOTIENT), *HERKUNFT,
)  # fmt: skip
ZEITREIHE = (STICHTAG, DEFINITION, *WERTE, *HERKUNFT)
GESCHLECHTSWORT = Spalte("Geschlecht", lambda _, z: GESCHLECHT_WORTE.get(z["geschlecht"], z["geschlecht"]))
GESCHLECHT = (GESCHLECHTSWORT, DEFINITION, STICHTAG, *WERTE, *HERKUNFT)
ALTER = (
    Spalte("Altersgruppe", lambda _, z: alter_wort(z["altersgruppe"])), DEFINITION, STICHTAG, *WERTE, *HERKUNFT,
)  # fmt: skip
STAATEN = (
    Spalte("Rang", lambda _, z: anzahl(z, "rang") if z["rang"] is not None else "", "anzahl"),
    _feld("Staatsangehörigkeit", "staat_name"), _feld("Staatsschlüssel", "staat"),
    _feld("Staatengruppe", "staatengruppe"), STICHTAG, _anzahl("Personen", "personen"),
    _anteil("Anteil an allen Einwohner:innen", "anteil"), *HERKUNFT,
)  # fmt: skip
STAATENGRUPPEN = (
    _feld("Gebiet", "gebiet"), _feld("Gebietsschlüssel", "gebiet_id"), _feld("Ebene", "ebene"),
    _feld("Staatengruppe", "staatengruppe"), GESCHLECHTSWORT, STICHTAG, _anzahl("Personen", "personen"),
    _anteil("Anteil an allen Einwohner:innen", "anteil"), *HERKUNFT,
)  # fmt: skip
INDIKATOREN = tuple(_feld(kopf, name, art) for kopf, name, art in indikatorblatt.SPALTEN)
PRUEFUNGEN = (
    Spalte("Prüfung", lambda _, z: z["titel"] or z["pruefung"]), _feld("Kennung", "pruefung"),
    _feld("Datei oder Tabelle", "datei"), _feld("Schwere", "schwere"), _feld("Ergebnis", "ergebnis"),
    Spalte("Fälle", lambda _, z: z["anzahl"], "anzahl"), _feld("erster Fall", "beispiel"),
    _feld("erwartet", "erwartet"), Spalte("Folge", lambda _, z: FOLGEN.get(z.get("folge") or "", "")),
)  # fmt: skip


class _Blatt:
    """Writes one sheet from top to bottom."""

    def __init__(self, mappe: Any, titel: str, b: Bericht):
        self.blatt = mappe.create_sheet(titel)
        self.blatt.page_setup.orientation = "landscape"
        self.blatt.page_setup.paperSize = self.blatt.PAPERSIZE_A4
        self.blatt.page_setup.fitToWidth, self.blatt.page_setup.fitToHeight = 1, 0
        self.blatt.sheet_properties.pageSetUpPr.fitToPage = True
        self.zeile = 0
        self.text(f"{titel} – {b.kommune['name']}", fett=True, groesse=14)
        if b.synthetisch:
            self.text(BANNER, fett=True, grund="FFE08A")
        self.text(f"Veröffentlichung {b.veroeffentlichung or 'keine Daten'}")

    def zelle(self, spalte: int, wert: Any, art: str = "text") -> Any:
        """Set a cell of the current row: exact numbers typed, everything else as text that is never a formula."""
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        zelle = self.blatt.cell(row=self.zeile, column=spalte)
        if isinstance(wert, Wert):
            wert = wert.text if wert.zahl is None else wert.zahl
        if isinstance(wert, Fraction):
            wert = float(wert)
        if isinstance(wert, str):
            zelle.value = ILLEGAL_CHARACTERS_RE.sub("", wert)
            zelle.data_type = "s"
        elif wert is not None:
            zelle.value = wert
            zelle.number_format = FORMATE.get(art, "General")
        return zelle

    def text(self, text: str, fett: bool = False, groesse: int = 11, grund: str | None = None) -> None:
        """A line of text in the first column."""
        from openpyxl.styles import Font, PatternFill

        self.zeile += 1
        zelle = self.zelle(1, text)
        zelle.font = Font(bold=fett, size=groesse)
        if grund:
            for spalte in range(1, 9):
                self.blatt.cell(row=self.zeile, column=spalte).fill = PatternFill("solid", start_color=grund)

    def tabelle(self, spalten: Sequence[Spalte], zeilen: Sequence[tuple[Definition | None, Zeile]]) -> None:
        """Header and rows, header frozen and filterable; `keine Daten` instead of an empty table."""
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        self.zeile += 2
        kopf = self.zeile
        breiten = []
        for i, s in enumerate(spalten, start=1):
            zelle = self.zelle(i, s.kopf)
            zelle.font = Font(bold=True, color="FFFFFF")
            zelle.fill = PatternFill("solid", start_color="12436D")
            zelle.alignment = Alignment(wrap_text=True, vertical="center")
            breiten.append(max(BREITE_MINDESTENS, min(len(s.kopf), 18)))
        for d, z in zeilen:
            self.zeile += 1
            for i, s in enumerate(spalten, start=1):
                wert = s.wert(d, z)
                zelle = self.zelle(i, wert, indikatorblatt.zahlenformat(s.art, z.get("einheit", "")))
                if s.art != "text":
                    zelle.alignment = Alignment(horizontal="right")
                if wert and (s.art == "text" or isinstance(wert, str)):
                    breiten[i - 1] = max(breiten[i - 1], min(len(str(wert)) + 2, BREITE_HOECHSTENS))
        self.blatt.row_dimensions[kopf].height = KOPFHOEHE
        if not zeilen:
            self.text("keine Daten")
        for i, breite in enumerate(breiten, start=1):
            self.blatt.column_dimensions[get_column_letter(i)].width = breite
        self.blatt.page_setup.fitToWidth = max(1, sum(breiten) // ZEICHEN_JE_SEITE)
        if self.blatt.page_setup.fitToWidth > 1:
            self.blatt.print_title_cols = "A:B"
        self.blatt.freeze_panes = self.blatt.cell(row=kopf + 1, column=2)
        self.blatt.auto_filter.ref = f"A{kopf}:{get_column_letter(len(spalten))}{max(self.zeile, kopf)}"
        self.blatt.print_title_rows = f"{kopf}:{kopf}"


def _schutz(kommune: dict[str, Any]) -> list[str]:
    """How the figures of the register are protected, as sentences."""
    anteile = (
        f"Anteile an weniger als {kommune['mindestnenner']} Personen werden nicht gezeigt. {kommune['begruendung']}"
    )
    if kommune["verfahren"] != "sperrung":
        return [f"Schutz: {kommune['verfahren_text']} {anteile}"]
    return [
        f"Schutz: Anzahlen unter {kommune['mindestfallzahl']} und {anteile}",
        "Welche Zahlen des Registers geschützt sind, ist für alle Tabellen zusammen entschieden und vor der Veröffentlichung "
        "durch einen Angriff auf die fertige Datei geprüft; Näheres im Bericht unter Hinweise zur Methode.",
    ]


def _lesehilfe(mappe: Any, b: Bericht) -> None:
    from openpyxl.styles import Alignment

    blatt = _Blatt(mappe, "Lesehilfe", b)
    absaetze = [
        *(f"{s.wort}: jüngster Stand {datum(s.tag)}." for s in b.staende),
        *(f"Quelle: {h.text}" + (f" ({h.marke})" if h.marke else "") for h in b.herkunft),
        f"Amtlicher Gemeindeschlüssel {b.kommune['ags']}.",
        LEGENDE,
        *_schutz(b.kommune),
        "Zustandsindikatoren beweisen nicht die Wirkung einzelner Maßnahmen.",
        "Zahlen verschiedener Definitionen nie addieren oder zu einer Zeitreihe verbinden.",
        "Anteile stehen in den Zellen, wie sie veröffentlicht sind, und werden auf eine Nachkommastelle gerundet angezeigt.",
    ]
    for absatz in absaetze:
        blatt.text(absatz)
    blatt.zeile += 1
    blatt.text("Definitionen von Migrationshintergrund", fett=True)
    for d in b.definitionen:
        kopf = f"{d.buchstabe} · {d.titel}, Version {d.version}"
        blatt.text(f"{kopf}: {d.beschreibung} {f'Art: {d.art}. ' if d.art else ''}Quelle: {d.herkunft}")
    if not b.definitionen:
        blatt.text("keine Daten")
    blatt.zeile += 1
    blatt.text("Status und Hinweise", fett=True)
    for wort, erklaerung in ERKLAERUNGEN.values():
        blatt.text(f"{wort}: {erklaerung}")
    blatt.blatt.column_dimensions["A"].width = 120
    for (zelle,) in blatt.blatt.iter_rows(min_col=1, max_col=1):
        zelle.alignment = Alignment(wrap_text=True, vertical="top")
    blatt.blatt.freeze_panes = "A2"


def write_report_workbook(b: Bericht, indikatoren: Indikatorteil, gebietswerte: Sequence[Zeile], ziel: Path) -> None:
    """Write the workbook of one municipality to `ziel`."""
    import openpyxl

    mappe = openpyxl.Workbook()
    mappe.remove(mappe.worksheets[0])
    mappe.properties.creator = ERSTELLT_VON
    mappe.properties.lastModifiedBy = ERSTELLT_VON
    mappe.properties.title = f"Integrationsmonitoring {b.kommune['name']}"
    _lesehilfe(mappe, b)
    inhalte: list[tuple[str, Sequence[Spalte], list[tuple[Definition | None, Zeile]]]] = [
        ("Indikatoren", INDIKATOREN, [(None, z) for z in indikatorblatt.blattzeilen(indikatoren, gebietswerte)]),
        ("Stadtteile", GEBIETE, [(d, z) for d, zeilen in b.gebiete for z in zeilen]),
        ("Zeitreihe", ZEITREIHE, [(r.definition, z) for r in b.reihen for z in r.zeilen]),
        ("Geschlecht", GESCHLECHT, [(d, z) for d, zeilen in b.geschlecht for z in zeilen]),
        ("Alter", ALTER, [(d, z) for d, zeilen in b.alter for z in zeilen]),
        ("Staatsangehörigkeit", STAATEN, [(None, z) for z in b.staaten]),
        ("Staatengruppen", STAATENGRUPPEN, [(None, z) for z in b.staatengruppen]),
        ("Prüfungen", PRUEFUNGEN, [(None, z) for z in [*b.verletzt, *b.bestanden]]),
    ]
    for titel, spalten, zeilen in inhalte:
        blatt = _Blatt(mappe, titel, b)
        if titel != "Prüfungen":
            blatt.text(LEGENDE)
        for satz in indikatorblatt.anmerkungen(indikatoren) if titel == "Indikatoren" else ():
            blatt.text(satz)
        blatt.tabelle(spalten, zeilen)
    with ziel.open("wb") as datei:
        mappe.save(datei)
