"""The status sheet of one concept version as a workbook: empty to be filled in, or with the rows of a known state.

Belongs here: which tabs there are. Does not belong here: their rows (rows.py), drop-downs (lists.py), the first tab (guide.py),
the words (schemas/words/massnahmen.py, words.py), one tab's cells (tab.py), where it is put (scaffold/massnahmen.py) and
reading it back (eingang/massnahmen/read.py).
The same input gives the same bytes.
"""

import io
import re
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from pipelines.scaffold.massnahmenblatt.guide import write_anleitung
from pipelines.scaffold.massnahmenblatt.lists import Listen
from pipelines.scaffold.massnahmenblatt.rows import SPALTEN, felder_mit_blatt, merge_rows, rows_by_blatt
from pipelines.scaffold.massnahmenblatt.tab import ERSTELLT_VON, Tab, Zeile
from pipelines.scaffold.massnahmenblatt.words import AMPEL_ERKLAERUNG, EINGABEN, NEBEN, VORLAGEN
from pipelines.stamm.konzept.models import Fassung, Handlungsfeld
from schemas.words.massnahmen import AMPELSCHEMATA, PFLICHT_VORLAGE, PFLICHTSPALTEN, SPALTENKOEPFE, VORLAGENKOEPFE
from schemas.words.steuerung import NEBENBLAETTER

FESTER_TAG = datetime(2000, 1, 1)  # in the file's properties and its parts, so that the same sheet has the same bytes
BEISPIELTITEL = "BEISPIEL – erfundene Stände, echter Katalog"
BEISPIEL_OHNE_KATALOG = "BEISPIEL – erfundene Maßnahmen und Stände, echte Handlungsfelder"
ANLEITUNGSBLATT, VORLAGENBLATT, OHNE_FELD = "Anleitung", "Vorlagen", "Übergreifend"
LEERE_ZEILEN = 8
BLATTNAME_HOECHSTENS = 31  # Excel's limit


def write_workbook(
    konzept: Fassung,
    ziel: Path,
    stand: date | None = None,
    zeilen: Mapping[str, Sequence[Zeile]] | None = None,
    beispiel: bool = False,
    *,
    vorlagen: Sequence[Zeile] = (),
    neben: Mapping[str, Sequence[Zeile]] | None = None,
    ampel_schema: str | Mapping[str, str] = "massnahmen",
) -> Path:
    """Write the status sheet of one concept version to `ziel` and return it.

    `zeilen`: Handlungsfeld code ("" for none) → rows of canonical column → value, as `aktueller_stand` gives them; a
    measure of the catalogue without such a row stays empty. `stand` is then only the title's; in an empty sheet it also
    stands in each row of the catalogue. `vorlagen`: rows with the keys of VORLAGEN; `neben`: table → rows with the keys of
    NEBEN.
    `ampel_schema`: name of a scheme, or the town's own words → risk.
    """
    felder = felder_mit_blatt(konzept)
    ampel = AMPELSCHEMATA[ampel_schema] if isinstance(ampel_schema, str) else ampel_schema
    erklaerung = AMPEL_ERKLAERUNG[ampel_schema if isinstance(ampel_schema, str) else "massnahmen"]
    marke = (BEISPIELTITEL if konzept.massnahmen else BEISPIEL_OHNE_KATALOG) if beispiel else ""
    gefuellt = rows_by_blatt(zeilen or {}, felder, konzept)
    namen = {f.code: f.name for f in konzept.handlungsfelder}
    mappe = Workbook()
    mappe.remove(mappe.worksheets[0])
    write_anleitung(
        mappe.create_sheet(ANLEITUNGSBLATT), konzept, stand, marke, [(w, erklaerung[r]) for w, r in ampel.items()]
    )
    blaetter = [(f.code, blattname(f), f"{f.code} {f.name}") for f in felder]
    ohne = [m for m in konzept.massnahmen if m.handlungsfeld is None]
    if ohne or gefuellt.get("") or not blaetter:
        blaetter.append(("", OHNE_FELD, "Maßnahmen ohne Handlungsfeld"))
    listen = Listen(konzept, felder, {risiko: wort for wort, risiko in ampel.items()})
    for code, name, titel in blaetter:
        blatt = Tab(mappe.create_sheet(name), EINGABEN, {s: SPALTENKOEPFE[s][0] for s in SPALTEN}, PFLICHTSPALTEN)
        blatt.kopf(titel, _untertitel(konzept, stand, je_zeile=True), marke)
        katalog = [m for m in konzept.massnahmen if (m.handlungsfeld or "") == code]
        zeilen_blatt = merge_rows(katalog, gefuellt.get(code, []), namen, None if zeilen is not None else stand)
        for zeile, gesperrt in zeilen_blatt:
            blatt.zeile({s: listen.wort(s, w) for s, w in zeile.items()}, gesperrt)
        blatt.leere_zeilen(LEERE_ZEILEN)
        listen.an(blatt, code)
        blatt.abschluss("C")
    _nebenblaetter(mappe, konzept, stand, marke, neben or {})
    _vorlagen(mappe, listen, konzept, stand, marke, vorlagen)
    listen.write_blatt(mappe)
    mappe.properties.creator = mappe.properties.lastModifiedBy = ERSTELLT_VON
    mappe.properties.created = FESTER_TAG
    mappe.properties.title = f"Umsetzungsstand der Maßnahmen: {konzept.titel}"
    mappe.properties.category = "Beispiel" if beispiel else None
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_bytes(_feste_bytes(mappe))
    return ziel


def blattname(feld: Handlungsfeld) -> str:
    """`S1 Arbeit und Beschäftigung`: a tab's name, without the characters Excel forbids, at most 31 long."""
    name = re.sub(r"[\[\]:*?/\\]+", " ", f"{feld.code} {feld.name}")
    return textwrap.shorten(name, BLATTNAME_HOECHSTENS, placeholder="…").strip("' ")


def _untertitel(konzept: Fassung, stand: date | None, je_zeile: bool = False) -> str:
    """What a tab belongs to; only tabs of measures have a day in each row (`je_zeile`)."""
    if stand:
        return f"{konzept.titel} · Stand {stand:%d.%m.%Y}"
    return f"{konzept.titel} · Stand: je Zeile in der Spalte Stand" if je_zeile else konzept.titel


def _nebenblaetter(
    mappe: Workbook, konzept: Fassung, stand: date | None, beispiel: str, zeilen: Mapping[str, Sequence[Zeile]]
) -> None:
    """Money by budget year, milestones, adjustments: rows that belong to a measure by its number."""
    for neben in NEBENBLAETTER:
        koepfe = {s: neben.koepfe[s][0] for s in NEBEN[neben.tabelle]}
        blatt = Tab(mappe.create_sheet(neben.blattnamen[0]), NEBEN[neben.tabelle], koepfe, neben.pflicht)
        blatt.kopf(neben.titel, _untertitel(konzept, stand), beispiel)
        for z in zeilen.get(neben.tabelle, ()):
            blatt.zeile(z)
        blatt.leere_zeilen(LEERE_ZEILEN * 2)
        for spalte, eingabe in NEBEN[neben.tabelle].items():
            if eingabe.format == "datum":
                blatt.tage(spalte)
            elif eingabe.format in ("euro", "anteil_stelle"):
                grenze = {"operator": "greaterThanOrEqual", "formula1": "0"}
                blatt.pruefung(spalte, "decimal", "Bitte eine Zahl ab 0 eingeben, ohne Einheit.", **grenze)
        blatt.abschluss("C")


def _vorlagen(
    mappe: Workbook, listen: Listen, konzept: Fassung, stand: date | None, beispiel: str, zeilen: Sequence[Zeile]
) -> None:
    blatt = Tab(
        mappe.create_sheet(VORLAGENBLATT), VORLAGEN, {s: VORLAGENKOEPFE[s][0] for s in VORLAGEN}, PFLICHT_VORLAGE
    )
    blatt.kopf("Vorlagen und ihre Vereinbarkeit mit dem Integrationskonzept", _untertitel(konzept, stand), beispiel)
    for z in zeilen:
        blatt.zeile(z)
    blatt.leere_zeilen(LEERE_ZEILEN * 2)
    listen.auswahl(blatt, "vereinbarkeit", "Vereinbarkeit")
    blatt.tage("datum")
    blatt.abschluss("B")


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
