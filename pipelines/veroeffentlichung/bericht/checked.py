"""What was delivered and what checking it came to, as tables of the report.

Belongs here: the deliveries with what became of their rows, the violated checks with what they lead to. Does not belong here:
which indicators and breakdowns were delivered (lieferungen.py), figures of the population (population_tables.py).
"""

from pipelines.veroeffentlichung.bericht.content import (
    REGISTER,
    Bericht,
    Zeile,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.numbers import (
    GESCHUETZT,
    Wert,
    datum,
    ganz,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.orte import fuer_ort
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow


def _faelle(n: int | None) -> Wert:
    """How often a check is violated; a count that is itself protected has no number."""
    return Wert(n, ganz(n)) if n is not None else Wert(None, GESCHUETZT, ("geheim",))


def _beispielwort(b: Bericht, lieferung: Zeile) -> str:
    if lieferung["synthetisch"] and lieferung["quelle"] == REGISTER:
        return "ja, erzeugt"
    return "ja, erfunden" if lieferung["lieferung_id"] in b.erzeugte else "nein"


ANGENOMMEN = (
    "Angenommen: Die Quelle nennt keinen Tag; die Kommune hat ihn angenommen. Das gilt für jede Zahl der Lieferung."
)


def _tag(lieferung: Zeile) -> str:
    """The Stichtag, and whether it is only assumed; a published file of an earlier version does not say."""
    tage = datum(lieferung["stichtag"]) if lieferung["stichtag"] else "je Zeile"
    return f"{tage} (angenommen)" if lieferung.get("stichtag_angenommen") else tage


def lieferungen(b: Bericht) -> Tabelle | None:
    """What was delivered and what became of its rows."""
    reihen = tuple(
        TableRow((
            li["datei"], _tag(li), _faelle(li["zeilen_gelesen"]), _faelle(li["zeilen_uebernommen"]),
            _faelle(li["zeilen_ausserhalb"]), _faelle(li["zeilen_abgewiesen"]),
            _beispielwort(b, li),
            "übernommen" if li["status"] == "uebernommen" else str(li["status"]), li["lieferung_id"],
        ))
        for li in b.lieferungen
    )  # fmt: skip
    return Tabelle(
        f"Lieferungen {fuer_ort(b.kommune['name'])}",
        ("Datei", "Stichtag", "Zeilen gelesen", "davon übernommen", "davon außerhalb", "davon abgewiesen",
         "Beispiel", "Status", "Kennung der Lieferung"),
        reihen,
        anmerkungen=("Außerhalb: Personen, die nicht zum Bestand zählen (Nebenwohnung, verzogen, verstorben), und "
                     "Zeilen ohne Zahlen. Abgewiesen: Zeilen mit Fehlern. Gelesen = übernommen + außerhalb + "
                     "abgewiesen.", *((ANGENOMMEN,) if any(li.get("stichtag_angenommen") for li in b.lieferungen) else ())),
    ) if reihen else None  # fmt: skip


# What a violated check leads to.
FOLGEN = {
    "haelt_an": "hält die Veröffentlichung an",
    "abgewiesen": "Betroffenes wird nicht übernommen",
    "keine": "nur vermerkt",
}


def verletzte_pruefungen(b: Bericht) -> Tabelle | None:
    """Every violated check in full."""
    reihen = tuple(
        TableRow((
            p["titel"] or p["pruefung"], p["datei"], p["schwere"], _faelle(p["anzahl"]), p["beispiel"] or "–",
            p["erwartet"], FOLGEN.get(p.get("folge") or "", "–"),
        ))
        for p in b.verletzt
    )  # fmt: skip
    return Tabelle(
        "Verletzte Prüfungen",
        ("Prüfung", "Datei oder Tabelle", "Schwere", "Fälle", "erster Fall", "erwartet", "Folge"),
        reihen,
    ) if reihen else None  # fmt: skip
