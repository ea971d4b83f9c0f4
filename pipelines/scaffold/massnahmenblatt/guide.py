"""The first tab: how the workbook is filled in, what each status, colour and column means.

Belongs here: its layout. Does not belong here: its words (words.py).
"""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.scaffold.massnahmenblatt.tab import fuellung, schrift, seite, set_value
from pipelines.scaffold.massnahmenblatt.words import ANLEITUNG, EINGABEN, STATUS_ERKLAERUNG
from pipelines.stamm.konzept.models import Fassung
from schemas.words.massnahmen import PFLICHTSPALTEN, SPALTENKOEPFE, STATUS


def write_anleitung(
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
