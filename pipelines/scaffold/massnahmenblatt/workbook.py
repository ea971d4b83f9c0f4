"""The status sheet of one concept version as a workbook: empty to be filled in, or with the rows of a known state.

Belongs here: which tabs there are, their rows and drop-downs. Does not belong here: the words in it (schemas/words/massnahmen.py,
words.py), one tab's cells (tab.py), where it is put (scaffold/massnahmen.py) and reading it back
(eingang/massnahmen/read.py).
The same input gives the same bytes.
"""

import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.scaffold.massnahmenblatt.tab import (
    ERSTELLT_VON,
    KOPFZEILE,
    Blatt,
    Zeile,
    fuellung,
    schrift,
    seite,
    set_value,
)
from pipelines.scaffold.massnahmenblatt.words import (
    AMPEL_ERKLAERUNG,
    ANLEITUNG,
    ART_WORTE,
    EINGABEN,
    STATUS_ERKLAERUNG,
    VORLAGEN,
)
from pipelines.stamm.konzept.models import Fassung, Handlungsfeld, Massnahme, normalform
from schemas.words.massnahmen import (
    AMPELSCHEMATA,
    BRAUCHT_GRUND,
    ISTWERT_ZAEHLT,
    NICHT_ERHOBEN,
    PFLICHT_VORLAGE,
    PFLICHTSPALTEN,
    SPALTENKOEPFE,
    STATUS,
    VEREINBARKEITEN,
    VORLAGENKOEPFE,
)

FESTER_TAG = datetime(2000, 1, 1)  # in the file's properties and its parts, so that the same sheet has the same bytes
BEISPIELTITEL = "BEISPIEL – erfundene Stände, echter Katalog"
BEISPIEL_OHNE_KATALOG = "BEISPIEL – erfundene Maßnahmen und Stände, echte Handlungsfelder"
ANLEITUNGSBLATT, VORLAGENBLATT, LISTENBLATT, OHNE_FELD = "Anleitung", "Vorlagen", "Listen", "Übergreifend"
LEERE_ZEILEN = 8
OHNE_ENDE = ("offen", "fortlaufend")  # precision of a time that has no end
BLATTNAME_HOECHSTENS = 31  # Excel's limit
SPALTEN = tuple(EINGABEN)
VORGEGEBEN = ("massnahme_nr", "titel", "handlungsfeld", "leitziel")


def write_workbook(
    konzept: Fassung,
    ziel: Path,
    stand: date | None = None,
    zeilen: Mapping[str, Sequence[Zeile]] | None = None,
    beispiel: bool = False,
    *,
    vorlagen: Sequence[Zeile] = (),
    ampel_schema: str | Mapping[str, str] = "massnahmen",
) -> Path:
    """Write the status sheet of one concept version to `ziel` and return it.

    `zeilen`: Handlungsfeld code ("" for none) → rows of canonical column → value, as `aktueller_stand` gives them; a
    measure of the catalogue without such a row stays empty. `stand` is then only the title's; in an empty sheet it also
    stands in each row of the catalogue. `vorlagen`: rows with the keys of VORLAGEN.
    `ampel_schema`: name of a scheme, or the town's own words → risk.
    """
    felder = felder_mit_blatt(konzept)
    ampel = AMPELSCHEMATA[ampel_schema] if isinstance(ampel_schema, str) else ampel_schema
    erklaerung = AMPEL_ERKLAERUNG[ampel_schema if isinstance(ampel_schema, str) else "massnahmen"]
    marke = (BEISPIELTITEL if konzept.massnahmen else BEISPIEL_OHNE_KATALOG) if beispiel else ""
    gefuellt = _nach_blatt(zeilen or {}, felder, konzept)
    namen = {f.code: f.name for f in konzept.handlungsfelder}
    mappe = Workbook()
    mappe.remove(mappe.worksheets[0])
    _anleitung(
        mappe.create_sheet(ANLEITUNGSBLATT), konzept, stand, marke, [(w, erklaerung[r]) for w, r in ampel.items()]
    )
    blaetter = [(f.code, blattname(f), f"{f.code} {f.name}") for f in felder]
    ohne = [m for m in konzept.massnahmen if m.handlungsfeld is None]
    if ohne or gefuellt.get("") or not blaetter:
        blaetter.append(("", OHNE_FELD, "Maßnahmen ohne Handlungsfeld"))
    listen = _Listen(konzept, felder, {risiko: wort for wort, risiko in ampel.items()})
    for code, name, titel in blaetter:
        blatt = Blatt(mappe.create_sheet(name), EINGABEN, {s: SPALTENKOEPFE[s][0] for s in SPALTEN}, PFLICHTSPALTEN)
        blatt.kopf(titel, _untertitel(konzept, stand), marke)
        katalog = [m for m in konzept.massnahmen if (m.handlungsfeld or "") == code]
        zeilen_blatt = _zusammen(katalog, gefuellt.get(code, []), namen, None if zeilen is not None else stand)
        for zeile, gesperrt in zeilen_blatt:
            blatt.zeile({s: listen.wort(s, w) for s, w in zeile.items()}, gesperrt)
        blatt.leere_zeilen(LEERE_ZEILEN)
        listen.an(blatt, code)
        blatt.abschluss("C")
    _vorlagen(mappe, listen, konzept, stand, marke, vorlagen)
    listen.blatt_schreiben(mappe)
    mappe.properties.creator = mappe.properties.lastModifiedBy = ERSTELLT_VON
    mappe.properties.created = FESTER_TAG
    mappe.properties.title = f"Umsetzungsstand der Maßnahmen: {konzept.titel}"
    mappe.properties.category = "Beispiel" if beispiel else None
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_bytes(_feste_bytes(mappe))
    return ziel


def felder_mit_blatt(konzept: Fassung) -> list[Handlungsfeld]:
    """The fields that get a tab: all but guiding principles, which carry no measures unless the catalogue says so."""
    mit = {m.handlungsfeld for m in konzept.massnahmen}
    felder = [f for f in konzept.handlungsfelder if f.art != "leitlinie" or f.code in mit]
    return felder or list(konzept.handlungsfelder)


def blattname(feld: Handlungsfeld) -> str:
    """`S1 Arbeit und Beschäftigung`: a tab's name, without the characters Excel forbids, at most 31 long."""
    name = re.sub(r"[\[\]:*?/\\]+", " ", f"{feld.code} {feld.name}")
    return textwrap.shorten(name, BLATTNAME_HOECHSTENS, placeholder="…").strip("' ")


def zeitangabe(tag: date | None, genauigkeit: str | None) -> str | None:
    """A date as the sheet shows it: 15.03.2022, 03/2022, III/2023, 2. Halbjahr 2023, 2022; fortlaufend without one."""
    if tag is None:
        return "fortlaufend" if genauigkeit in OHNE_ENDE else None
    formen = {
        "monat": f"{tag:%m/%Y}",
        "quartal": f"{('I', 'II', 'III', 'IV')[(tag.month - 1) // 3]}/{tag.year}",
        "halbjahr": f"{(tag.month + 5) // 6}. Halbjahr {tag.year}",
        "jahr": str(tag.year),
    }
    return formen.get(genauigkeit or "", f"{tag:%d.%m.%Y}")


def aktueller_stand(zeilen: Iterable[Zeile]) -> dict[str, list[dict[str, Any]]]:
    """Rows of marts.massnahme (one a measure) → what `write_workbook` takes as `zeilen`."""
    ergebnis: dict[str, list[dict[str, Any]]] = {}
    for z in zeilen:
        zeile = {s: z.get(s) for s in SPALTEN}
        zeile["ampel"], zeile["stand_datum"] = z.get("risiko"), z.get("stand")
        zeile["istwert_zaehlt"] = z.get("istwert_zaehlt") or z.get("istwert_art")  # undecided: empty
        for s in ("beginn", "ende"):
            zeile[s] = zeitangabe(z.get(s), z.get(f"{s}_genauigkeit"))
        if isinstance(partner := zeile["partner"], (list, tuple)):
            zeile["partner"] = "; ".join(partner)
        zeile |= {s: NICHT_ERHOBEN[0] for s in z.get("nicht_erhoben") or () if s in SPALTEN}
        ergebnis.setdefault(z.get("handlungsfeld") or "", []).append(zeile)
    return ergebnis


def _nach_blatt(
    zeilen: Mapping[str, Sequence[Zeile]], felder: list[Handlungsfeld], konzept: Fassung
) -> dict[str, list[Zeile]]:
    """Rows by the tab they go to: that of their field, else that of their measure in the catalogue, else the last."""
    katalog = {m.nr: m.handlungsfeld or "" for m in konzept.massnahmen}
    codes = {f.code for f in felder}
    ergebnis: dict[str, list[Zeile]] = {}
    for code, liste in zeilen.items():
        for zeile in liste:
            blatt = code if code in codes else katalog.get(str(zeile.get("massnahme_nr")), "")
            ergebnis.setdefault(blatt, []).append(zeile)
    return ergebnis


def _zusammen(
    katalog: list[Massnahme], zeilen: Sequence[Zeile], namen: dict[str, str], stand: date | None
) -> list[tuple[Zeile, set[str]]]:
    """Rows of one tab in the order of the catalogue, new measures after them; with each the columns to lock.

    A measure whose title the state has under another number has no second row under its old one.
    """
    da = {str(z.get("massnahme_nr")): z for z in zeilen}
    umnummeriert = {normalform(str(z.get("titel") or "")) for z in zeilen} - {""}
    ergebnis: list[tuple[Zeile, set[str]]] = []
    for m in katalog:
        if m.nr not in da and normalform(m.titel) in umnummeriert:
            continue
        vorgabe: dict[str, Any] = {"massnahme_nr": m.nr, "titel": m.titel, "handlungsfeld": namen.get(m.handlungsfeld or ""),
                   "leitziel": m.leitziel}  # fmt: skip
        zeile = {**vorgabe, "verantwortlich": m.verantwortlich, "stand_datum": stand}
        zeile |= {s: w for s, w in da.pop(m.nr, {}).items() if w is not None}
        feld = zeile["handlungsfeld"]
        zeile["handlungsfeld"] = namen.get(str(feld), feld)
        ergebnis.append((zeile, {s for s in VORGEGEBEN if vorgabe[s] and zeile[s] == vorgabe[s]}))
    for z in da.values():
        ergebnis.append(
            ({**z, "handlungsfeld": namen.get(z.get("handlungsfeld") or "", z.get("handlungsfeld"))}, set())
        )
    return ergebnis


def _untertitel(konzept: Fassung, stand: date | None) -> str:
    return f"{konzept.titel} · " + (f"Stand {stand:%d.%m.%Y}" if stand else "Stand: je Zeile in der Spalte Stand")


def _regel(formel: str, farbe: str) -> Rule:
    """Conditional format: this fill where the formula holds."""
    return Rule(type="expression", formula=[formel], dxf=DifferentialStyle(fill=fuellung(farbe)))


@dataclass
class _Listen:
    """The hidden sheet of allowed words, and the drop-downs that point at it."""

    konzept: Fassung
    felder: list[Handlungsfeld]
    ampel: Mapping[str, str]  # risk → word

    def __post_init__(self) -> None:
        mit_grund = [wort for s in BRAUCHT_GRUND for wort in STATUS[s]]
        self.spalten: dict[str, list[str]] = {
            "Status": [worte[0] for worte in STATUS.values()],
            "Ampel": list(self.ampel.values()),
            "Vereinbarkeit": list(VEREINBARKEITEN),
            "Handlungsfeld": [f.name for f in self.felder],
            "Status mit Begründung": mit_grund,
            "Art": list(ART_WORTE.values()),
            "Istwert zählt": [worte[0] for worte in ISTWERT_ZAEHLT.values()],
        }
        for code in ("", *(f.code for f in self.felder)):
            self.spalten[f"Leitziel {code}"] = [z.code for z in self.konzept.leitziele
                                               if not code or z.handlungsfeld in (code, None)]  # fmt: skip

    def wort(self, spalte: str, wert: Any) -> Any:
        """The sheet's word for a canonical status, risk or kind; everything else unchanged."""
        if spalte == "status" and wert in STATUS:
            return STATUS[wert][0]
        if spalte == "istwert_zaehlt":
            return ISTWERT_ZAEHLT[wert][0] if wert in ISTWERT_ZAEHLT else None
        if spalte == "art":
            return ART_WORTE.get(wert, wert)
        return self.ampel.get(wert) if spalte == "ampel" else wert

    def bezug(self, name: str) -> str:
        """`Listen!$A$2:$A$10`."""
        b = get_column_letter(list(self.spalten).index(name) + 1)
        return f"{LISTENBLATT}!${b}$2:${b}${len(self.spalten[name]) + 1}"

    def auswahl(self, blatt: Blatt, spalte: str, name: str) -> None:
        """A drop-down, unless there is nothing to choose from."""
        if self.spalten[name]:
            fehler = "Bitte einen Eintrag aus der Liste wählen."
            blatt.pruefung(spalte, "list", fehler, formula1=self.bezug(name))

    def an(self, blatt: Blatt, code: str) -> None:
        """Everything that watches the cells of one tab of measures."""
        for spalte, name in (("status", "Status"), ("ampel", "Ampel"), ("handlungsfeld", "Handlungsfeld"), ("art", "Art"),
                             ("istwert_zaehlt", "Istwert zählt"),
                             ("leitziel", f"Leitziel {code}")):  # fmt: skip
            self.auswahl(blatt, spalte, name)
        blatt.tage("stand_datum")
        for spalte in ("vzae", "aufwand", "ertrag", "eigenanteil"):
            grenze = {"operator": "greaterThanOrEqual", "formula1": "0"}
            blatt.pruefung(spalte, "decimal", "Bitte eine Zahl ab 0 eingeben, ohne Einheit.", **grenze)
        c = f"{blatt.buchstabe['teilnehmende']}{KOPFZEILE + 1}"
        ganz = f'OR(AND(ISNUMBER({c}),{c}>=0,{c}=INT({c})),{c}="{NICHT_ERHOBEN[0]}")'
        blatt.pruefung(
            "teilnehmende", "custom", "Bitte eine ganze Zahl ab 0 oder »nicht erhoben« eingeben.", formula1=ganz
        )
        self._farben(blatt)

    def _farben(self, blatt: Blatt) -> None:
        status, grund, ampel = (f"${blatt.buchstabe[s]}{KOPFZEILE + 1}" for s in ("status", "begruendung", "ampel"))
        fehlt = f'AND(COUNTIF({self.bezug("Status mit Begründung")},{status})>0,{status}<>"",TRIM({grund})="")'
        orange = _regel(fehlt, "hinweis")
        blatt.blatt.conditional_formatting.add(blatt.bereich("begruendung"), orange)
        for risiko, wort in self.ampel.items():
            regel = _regel(f'{ampel}="{wort}"', risiko)
            blatt.blatt.conditional_formatting.add(blatt.bereich("ampel"), regel)

    def blatt_schreiben(self, mappe: Workbook) -> None:
        """The sheet itself: one list a column, hidden and protected."""
        blatt = mappe.create_sheet(LISTENBLATT)
        for i, (name, werte) in enumerate(self.spalten.items(), start=1):
            for j, wert in enumerate((name, *werte), start=1):
                set_value(blatt.cell(row=j, column=i), wert)
        blatt.sheet_state = "hidden"
        blatt.protection.sheet = True


def _vorlagen(
    mappe: Workbook, listen: _Listen, konzept: Fassung, stand: date | None, beispiel: str, zeilen: Sequence[Zeile]
) -> None:
    blatt = Blatt(
        mappe.create_sheet(VORLAGENBLATT), VORLAGEN, {s: VORLAGENKOEPFE[s][0] for s in VORLAGEN}, PFLICHT_VORLAGE
    )
    blatt.kopf("Vorlagen und ihre Vereinbarkeit mit dem Integrationskonzept", _untertitel(konzept, stand), beispiel)
    for z in zeilen:
        blatt.zeile(z)
    blatt.leere_zeilen(LEERE_ZEILEN * 2)
    listen.auswahl(blatt, "vereinbarkeit", "Vereinbarkeit")
    blatt.tage("datum")
    blatt.abschluss("B")


def _anleitung(
    blatt: Worksheet, konzept: Fassung, stand: date | None, beispiel: str, ampel: Sequence[tuple[str, str]]
) -> None:
    """The first tab: two columns, a word and what it means; vertical, so that nothing in it looks like a header row."""
    blatt.column_dimensions["A"].width, blatt.column_dimensions["B"].width = 28, 92
    zeile = 0

    def write(links: str, rechts: str = "", kopf: bool = False) -> None:
        nonlocal zeile
        zeile += 1
        a, b = (
            set_value(blatt.cell(row=zeile, column=1), links),
            set_value(blatt.cell(row=zeile, column=2), rechts or None),
        )
        a.font = schrift(bold=True, size=14 if zeile == 1 else 12 if kopf else 11, color="12436D" if kopf else "000000")
        for zelle in (a, b):
            zelle.alignment = Alignment(wrap_text=not kopf, vertical="top")
            if zeile == 1 and beispiel:
                zelle.fill = fuellung("beispiel")
        noetig = max(len(textwrap.wrap(links, 26)) if not kopf else 1, len(textwrap.wrap(rechts, 96)), 1)
        blatt.row_dimensions[zeile].height = 15 * noetig + (8 if kopf else 4)

    titel = "Umsetzungsstand der Maßnahmen"
    write(f"{beispiel}: {titel}" if beispiel else titel, kopf=True)
    write("Konzept", konzept.titel)
    write("Berichtsstand", f"{stand:%d.%m.%Y}" if stand else "steht in jeder Zeile")
    abschnitte: list[tuple[str, Iterable[tuple[str, str]]]] = [
        ("So wird die Mappe ausgefüllt", ANLEITUNG),
        ("Was der Status sagt", ((STATUS[s][0], text) for s, text in STATUS_ERKLAERUNG.items())),
        ("Was die Ampel sagt (das Wort zählt, die Farbe ist nur Zugabe)",
         ampel),
        ("Die Spalten", ((SPALTENKOEPFE[s][0] + (" *" if s in PFLICHTSPALTEN else ""),
                          e.erwartet + (f" Beispiel: {e.beispiel}" if e.beispiel else "")) for s, e in EINGABEN.items())),
        ("Die Leitziele und ihre Kennungen", ((z.code, z.text) for z in konzept.leitziele)),
    ]  # fmt: skip
    for kopf, eintraege in abschnitte:
        liste = list(eintraege)
        if liste:
            zeile += 1
            write(kopf, kopf=True)
        for links, rechts in liste:
            write(links, rechts)
    blatt.protection.sheet = True
    blatt.protection.formatColumns = blatt.protection.formatRows = False
    seite(blatt, "portrait", blatt.PAPERSIZE_A4)


def _feste_bytes(mappe: Workbook) -> bytes:
    """The workbook with fixed times, which openpyxl takes from the clock."""
    roh, fest = io.BytesIO(), io.BytesIO()
    mappe.save(roh)
    tag = f"{FESTER_TAG:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(roh) as alt, zipfile.ZipFile(fest, "w", zipfile.ZIP_DEFLATED) as neu:
        for teil in alt.namelist():
            inhalt = alt.read(teil)
            if teil == "docProps/core.xml":
                inhalt = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + tag, inhalt)
            eintrag = zipfile.ZipInfo(teil, FESTER_TAG.timetuple()[:6])
            eintrag.compress_type = zipfile.ZIP_DEFLATED
            neu.writestr(eintrag, inhalt)
    return fest.getvalue()
