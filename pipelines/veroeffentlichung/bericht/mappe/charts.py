"""The workbook's own charts: they draw cells of its tables and hold no number of their own.

Belongs here: that sheet. Does not belong here: pictures of the page (bar_figure.py, line_figure.py).
"""

from collections.abc import Mapping
from typing import Any

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.mappe.sheet import Sheet
from pipelines.veroeffentlichung.bericht.parts import Teile

TITEL = "Bilder"
ANTEIL = "Anteil mit Migrationshintergrund"
BREITE_CM, HOEHE_CM, ZEILEN_JE_BILD = 24, 12, 26
# (sheet, column of the labels, kind of chart, title of the chart)
BILDER = (
    ("Stadtteile", "Gebiet", "balken", "Anteil mit Migrationshintergrund nach Gebiet"),
    ("Zeitreihe", "Stichtag", "linie", "Anteil mit Migrationshintergrund im Verlauf"),
    ("Alter", "Altersgruppe", "balken", "Anteil mit Migrationshintergrund nach Altersgruppe"),
)


def _first_rows(t: Teile, blatt: str) -> list[Zeile]:
    """The rows of a sheet that one chart shows: those of the first definition."""
    b = t.b
    if blatt == "Zeitreihe":
        return b.reihen[0].zeilen if b.reihen else []
    gruppen = b.gebiete if blatt == "Stadtteile" else b.alter
    return gruppen[0][1] if gruppen else []


def charted(t: Teile) -> list[str]:
    """Sheets that have a chart: those with at least two shares under the first definition."""
    return [name for name, *_ in BILDER if sum(z["anteil_mh"] is not None for z in _first_rows(t, name)) > 1]


def _chart(quelle: Sheet, art: str, titel: str, beschriftung: str, zeilen: int) -> Any:
    from openpyxl.chart import BarChart, LineChart, Reference

    assert quelle.bereich is not None
    kopf, _, namen = quelle.bereich
    bild: Any = BarChart() if art == "balken" else LineChart()
    spalte, wort = namen.index(ANTEIL) + 1, namen.index(beschriftung) + 1
    bild.add_data(Reference(quelle.blatt, min_col=spalte, min_row=kopf, max_row=kopf + zeilen), titles_from_data=True)
    bild.set_categories(Reference(quelle.blatt, min_col=wort, min_row=kopf + 1, max_row=kopf + zeilen))
    bild.title, bild.legend = titel, None
    bild.width, bild.height = BREITE_CM, HOEHE_CM
    bild.y_axis.number_format, bild.y_axis.scaling.min = "0 %", 0
    bild.x_axis.delete = bild.y_axis.delete = False
    if art == "linie":
        bild.series[0].smooth = False  # a curve would show values that nobody counted
        bild.x_axis.number_format = "DD.MM.YYYY"
    return bild


def write_charts(mappe: Any, t: Teile, blaetter: Mapping[str, Sheet]) -> None:
    """Write the sheet of charts, one below the other."""
    from openpyxl.worksheet.pagebreak import Break

    blatt = Sheet(mappe, TITEL, t.b)
    blatt.text(f"Definition: {t.b.reihen[0].definition.titel if t.b.reihen else t.b.definitionen[0].titel}. Geschützte und "
               "fehlende Werte haben keinen Balken. Die Bilder zeichnen Zellen der genannten Blätter.")  # fmt: skip
    da = charted(t)
    ort = blatt.zeile + 2
    for name, beschriftung, art, titel in BILDER:
        if name in da:
            bild = _chart(blaetter[name], art, f"{titel} (Blatt {name})", beschriftung, len(_first_rows(t, name)))
            blatt.blatt.add_chart(bild, f"A{ort}")
            ort += ZEILEN_JE_BILD
            blatt.blatt.row_breaks.append(Break(id=ort - 1))  # no chart is cut by the end of a page
