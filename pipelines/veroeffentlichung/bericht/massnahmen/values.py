"""Figures of the report's part on the Integrationskonzept: what measures reached, and how papers agree with the concept.

Belongs here: these two tables from rows of the marts. Does not belong here: states, duties and money (tables.py).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.numbers import GEHEIM_CODES, GESCHUETZT, KEIN_WERT, Wert, datum, dezimal, ganz
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

# What an Istwert counts: nobody is recognised by a number of things; what is not said is protected as persons are.
ISTWERT_ARTEN = {"personen": "Personen", "sachen": "Sachen", "unbekannt": "nicht gesagt, geschützt wie Personen"}
ENTFAELLT = "entfällt"  # a contract is neither woman nor man
WERTE = ("istwert_w", "istwert_m", "istwert_gesamt", "teilnehmende")
# Indicator → the answer whose share it is.
VEREINBARKEIT = {"vor_vereinbar": "positiv", "vor_neutral": "neutral", "vor_negativ": "negativ"}


def reached(z: Zeile, spalte: str) -> Wert:
    """What a measure reached, or the mark of why there is no number."""
    if z[spalte] is not None:
        zahl = worte.exakt(z[spalte])
        return Wert(zahl, ganz(int(zahl)) if zahl.denominator == 1 else dezimal(zahl, 2).rstrip("0"))
    if z["istwert_art"] == "sachen" and spalte in ("istwert_w", "istwert_m"):
        return Wert(None, ENTFAELLT)
    if spalte in (z["nicht_erhoben"] or []):
        return Wert(None, KEIN_WERT, ("nicht_erhoben",))
    geheim = tuple(c for c in z["hinweise"] or [] if c in GEHEIM_CODES)
    return Wert(None, GESCHUETZT, geheim) if geheim else Wert(None, KEIN_WERT)


def istwerte(massnahmen: Iterable[Zeile], stand: str) -> Tabelle | None:
    """What every measure is measured by and reached, and whether persons or things are counted."""
    reihen: list[TableRow] = []
    geschuetzt = False
    for m in massnahmen:
        zahlen = [reached(m, s) for s in WERTE]
        if not m["indikator"] and all(z.text == KEIN_WERT for z in zahlen):
            continue
        geschuetzt |= any(z.geschuetzt for z in zahlen)
        beispiel = " (Beispieldaten)" if m["beispieldaten"] else ""
        gezaehlt = KEIN_WERT if all(z.text == KEIN_WERT for z in zahlen) else ISTWERT_ARTEN[m["istwert_art"]]
        reihen.append(TableRow((f"{m['massnahme_nr']}{beispiel}", m["titel"], m["indikator"] or KEIN_WERT, gezaehlt,
                             m["zielwert"] or KEIN_WERT, *zahlen)))  # fmt: skip
    if not reihen:
        return None
    anmerkungen = ["»Gezählt sind« sagt, wovon die erreichten Werte handeln: von Personen oder von Sachen (Verträge, Sitzungen, "
                   "Berichte). Kleine Zahlen von Personen sind geschützt, von Sachen nur neben Teilnehmenden."]  # fmt: skip
    if geschuetzt:
        anmerkungen.append(f"In einer Zeile mit einem geschützten Wert kann {GESCHUETZT} auch heißen: nicht angegeben.")
    return Tabelle(
        f"Woran Maßnahmen gemessen werden und was erreicht ist {stand}".rstrip(),
        ("Nr.", "Maßnahme", "Indikator", "Gezählt sind", "Zielwert", "Frauen", "Männer", "insgesamt", "Teilnehmende"),
        tuple(reihen),
        anmerkungen=tuple(anmerkungen),
    )


def vereinbarkeit(zeilen: Sequence[Zeile]) -> Tabelle | None:
    """Papers that agree, are neutral and disagree as three shares of all that were judged, side by side for each day.

    `zeilen`: the three indicators of the whole town from marts.indikator_zeitreihe.
    """
    je_tag: dict[Any, dict[str, Zeile]] = {}
    for z in zeilen:
        je_tag.setdefault(z["stichtag"], {})[VEREINBARKEIT[z["indikator"]]] = z
    reihen = []
    for tag in sorted(je_tag, reverse=True):
        antworten = je_tag[tag]
        erste = next(iter(antworten.values()))
        beispiel = " (Beispieldaten)" if erste["beispieldaten"] else ""
        alle = erste["nenner"]
        nenner = Wert(None, KEIN_WERT) if alle is None else Wert(int(alle), ganz(int(alle)))
        reihen.append(
            TableRow((f"{datum(tag)}{beispiel}", nenner, *(_anteil(antworten.get(a)) for a in VEREINBARKEIT.values())))
        )
    if not reihen:
        return None
    return Tabelle(
        "Eingestufte Ratsvorlagen nach ihrer Vereinbarkeit mit dem Integrationskonzept",
        ("Stand", "eingestufte Vorlagen", *VEREINBARKEIT.values()),
        tuple(reihen),
        anmerkungen=("Die drei Anteile ergeben zusammen 100 %. Neutral heißt nicht unvereinbar.",),
    )


def _anteil(z: Zeile | None) -> Wert:
    """A share with the number of papers behind it."""
    if z is None:
        return Wert(None, KEIN_WERT)
    wert = worte.indikatorwert(z)
    if z["zaehler"] is None or wert.zahl is None:
        return wert
    return Wert(wert.zahl, f"{wert.text} ({ganz(int(z['zaehler']))})", wert.codes)
