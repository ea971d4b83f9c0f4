"""The series of indicators as a table on paper: the last values of each with their change, or why there is none.

Belongs here: that table. Does not belong here: the series themselves (indikatoren/series.py), the population (build.py).
"""

from collections.abc import Collection, Iterator, Sequence

from pipelines.veroeffentlichung.bericht.aussagen.indikatoren import shown_series
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.differences import difference
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, datum
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

TITEL = "Indikatoren mit mehreren Werten"
KOPF = ("Stichtag", "Wert", "Änderung zum vorigen Wert", "Quelle")
WERTE = 5  # further ones are in the report
BEISPIEL = " (Beispieldaten)"


def make_series_table(t: Indikatorteil, ohne: Collection[str] = ()) -> Tabelle | None:
    """The last values of each series that has several; `ohne`: indicators that another table tells; None without any."""
    reihen: list[TableRow] = []
    for r in shown_series(t):
        k = t.katalog[r.schluessel[0]]
        werte = [z for z in r.zeilen if z["wert"] is not None]
        if len(werte) < 2 or k["prozess"] or r.schluessel[0] in ohne:
            continue
        gruppe = "" if r.letzte["gruppe"] == INSGESAMT else f" ({worte.gruppe(r.letzte['gruppe'], {})})"
        reihen.append(TableRow((f"{k['name']}{gruppe}",), zwischentitel=True))
        reihen += _tell_values(werte)
    return Tabelle(TITEL, KOPF, tuple(reihen)) if reihen else None


def _tell_values(werte: Sequence[Zeile]) -> Iterator[TableRow]:
    """A row for each value; the change stands only where the two may be compared."""
    for n, z in list(enumerate(werte))[-WERTE:]:
        tag = f"{datum(z['stichtag'])}{BEISPIEL if z['beispieldaten'] else ''}"
        yield TableRow((tag, worte.indikatorwert(z), _tell_change(z, werte[n - 1] if n else None), z["herkunft"]))


def _tell_change(z: Zeile, vorher: Zeile | None) -> str:
    if vorher is None:
        return KEIN_WERT
    if z["abschnitt"] != vorher["abschnitt"]:
        grund = worte.GRUENDE.get(z["abschnitt_grund"] or "", "neuer Abschnitt")
        return f"nicht vergleichbar: {grund}"
    if (z["stichtag"].month, z["stichtag"].day) != (vorher["stichtag"].month, vorher["stichtag"].day):
        return f"nicht vergleichbar: {worte.GRUENDE['anderer_stichtag']}"
    return difference(z["wert"] - vorher["wert"], z["wert"], vorher["wert"], z["einheit"])
