"""Which sheet of a workbook holds the table.

Belongs here: the sheet the layout names, or the first one to be seen; a hint where another has the labels. Does not belong here:
what stands on it (read.py).
"""

from pipelines.eingang.grid.workbook import Blatt, Mappe
from pipelines.eingang.tabelle.column_plan import KOPF_GESUCHT
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.names import clean
from pipelines.stamm.quellen.layout import Layout


def choose_blatt(mappe: Mappe, layout: Layout) -> Blatt:
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


def hint_other_blatt(mappe: Mappe, gelesen: Blatt, layout: Layout, befunde: tuple[Befund, ...]) -> list[Befund]:
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
