"""What each measure cost, whom it reached and what came of it; its money by year, milestones, adjustments.

Belongs here: these tables from rows of the marts. Does not belong here: state and reasons (tables.py), targets
in the sheet's words (values.py).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.massnahmen.concept import NICHT_ERHOBEN, make_tabelle
from pipelines.veroeffentlichung.bericht.massnahmen.values import reached
from pipelines.veroeffentlichung.bericht.massnahmen.words import (
    MEILENSTEINWORTE,
    STATUSWORTE,
    WIRKUNGSWORTE,
    euro,
    tell_costs,
    tell_years,
    zeitpunkt,
)
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, Wert, datum, dezimal
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

ANDERES = (
    "Ein Strich bei Teilnehmenden: Gezählt ist dort etwas anderes; was, steht im Bericht unter »Woran Maßnahmen gemessen "
    "werden«."
)

KOSTEN = (
    "Kosten: das Ist des Blatts Haushalt in den genannten Jahren bis zum Stand; für das Jahr des Stands, wo es fehlt, der "
    "Aufwand der Zeile. Kosten je Person gibt es nur für dieselben Jahre, in denen die Teilnehmenden gezählt sind."
)
EIN_JAHR = "Beträge des Jahres, in dem der Stand des Blatts liegt."
BEWERTUNG = "Die Bewertung ist eine Einschätzung der Verantwortlichen, keine Messung und kein Nachweis einer Wirkung."


def _beispiel(z: Zeile) -> str:
    return f"{z['massnahme_nr']}{' (Beispieldaten)' if z['beispieldaten'] else ''}"


def _counts_others(m: Zeile) -> bool:
    """Whether a result is told, but of something else than who took part: contacts, papers, groups."""
    return m["teilnehmende"] is None and m["istwert_gesamt"] is not None


def _gezaehlt(m: Zeile, spalte: str) -> Wert:
    """Persons who took part; women and men are those of the result where that counts the same persons."""
    if (
        m[spalte] is None
        and m["teilnehmende"] is not None
        and m["teilnehmende"] == m["istwert_gesamt"]
        and m["istwert_art"] == "personen"
    ):
        spalte = spalte.replace("teilnehmende", "istwert")
    wert = reached(m, spalte)
    if wert.text != KEIN_WERT:
        return wert
    return Wert(None, KEIN_WERT if _counts_others(m) else NICHT_ERHOBEN)


def _tell_costs_per_person(m: Zeile) -> str:
    """The amount with its tell_years; without one, why costs and persons cannot be set against each other."""
    if m["kosten_je_teilnehmende"] is not None:
        von, bis = (m["teilnehmende_von"] or m["stand"]).year, (m["teilnehmende_bis"] or m["stand"]).year
        return f"{euro(m['kosten_je_teilnehmende'])} ({tell_years(von, bis)})"
    if m["kosten"] is None or not m["teilnehmende"]:
        return KEIN_WERT
    return "Zeitraum der Teilnehmenden fehlt" if m["teilnehmende_von"] is None else "andere Jahre als die Kosten"


def _ziel(m: Zeile) -> str:
    if m["zielerreichung"] is None:
        return NICHT_ERHOBEN if m["zielzahl"] is None else f"Ziel {_zahl(m['zielzahl'])}, Istwert fehlt"
    einheit = f" {m['einheit_ziel']}" if m["einheit_ziel"] else ""
    return f"{dezimal(worte.exakt(m['zielerreichung'] * 100), 0)} % von {_zahl(m['zielzahl'])}{einheit}"


def _zahl(wert: float) -> str:
    zahl = worte.exakt(wert)
    return dezimal(zahl, 0 if zahl.denominator == 1 else 2)


def _bewertung(m: Zeile) -> str:
    if m["wirkung"] is None:
        return NICHT_ERHOBEN
    wort = WIRKUNGSWORTE[m["wirkung"]]
    return f"{wort}: {m['wirkung_grund']}" if m["wirkung_grund"] else wort


def outcome_table(massnahmen: Iterable[Zeile], stand: str) -> Tabelle | None:
    """One row a measure: what it cost, whom it reached, what came of it; what nobody recorded says so."""
    gezeigt = [m for m in massnahmen if m["art"] != "idee" and m["status"] != "idee"]
    reihen = tuple(
        TableRow((_beispiel(m), m["titel"], STATUSWORTE.get(str(m["status"]), str(m["status"])),
               tell_costs(m) or NICHT_ERHOBEN, _gezaehlt(m, "teilnehmende"),
               _gezaehlt(m, "teilnehmende_w"), _gezaehlt(m, "teilnehmende_m"), _tell_costs_per_person(m),
               m["gebiet"] or m["sozialraum"] or KEIN_WERT, _ziel(m), _bewertung(m)))
        for m in gezeigt
    )  # fmt: skip
    if not reihen:
        return None
    return Tabelle(
        f"Was hat es gekostet, wen hat es erreicht, was kam heraus? {stand}".rstrip(),
        ("Nr.", "Maßnahme", "Status", "Kosten", "Teilnehmende", "Frauen", "Männer", "Kosten je teilnehmende Person", "Sozialraum",
         "Ziel erreicht",
         "Bewertung der Wirkung"),
        reihen,
        anmerkungen=(KOSTEN, BEWERTUNG, *((ANDERES,) if any(_counts_others(m) for m in gezeigt) else ())),
    )  # fmt: skip


def budget_table(haushalt: Iterable[Zeile]) -> Tabelle | None:
    """Plan and actual by budget year, where the money comes from, until when, posts with and without an end."""

    def stellen(h: Zeile) -> str | None:
        teile = [f"{_zahl(h[s])} {w}" for s, w in (("vzae_befristet", "befristet"), ("vzae_unbefristet", "unbefristet"))
                 if h[s] is not None]  # fmt: skip
        return ", ".join(teile) or None

    def paar(h: Zeile, art: str) -> str:
        return " / ".join(euro(h[f"{art}_{p}"]) or NICHT_ERHOBEN for p in ("plan", "ist"))

    return make_tabelle(
        "Haushalt: Plan und Ist",
        ("Nr.", "Jahr", "Aufwand Plan / Ist", "Ertrag Plan / Ist", "Mittelherkunft", "Förderung bis", "Stellen (VZÄ)"),
        (
            (_beispiel(h), h["jahr"], paar(h, "aufwand"), paar(h, "ertrag"), h["mittelherkunft"],
             datum(h["foerderende"]) if h["foerderende"] else None, stellen(h))
            for h in haushalt
        ),
    )  # fmt: skip


def means_table(massnahmen: Iterable[Zeile]) -> Tabelle | None:
    """Money and posts that a measure's own row tells, of the year of its state; only measures with such a figure."""

    def stellen(m: Zeile) -> str | None:
        return _zahl(m["vzae"]) if m["vzae"] is not None else None

    def betrag(m: Zeile) -> str | None:
        return euro(m["aufwand"]) or (None if m["kosten"] is None else "siehe Haushalt")

    tabelle = make_tabelle(
        "Mittel und Stellen laut Maßnahmenblatt",
        ("Nr.", "Maßnahme", "Aufwand", "Ertrag", "Eigenanteil", "Stellen (VZÄ)"),
        (
            (_beispiel(m), m["titel"], betrag(m), euro(m["ertrag"]), euro(m["eigenanteil"]), stellen(m))
            for m in massnahmen
            if any(m[s] is not None for s in ("aufwand", "ertrag", "eigenanteil", "vzae"))
        ),
    )
    return replace(tabelle, anmerkungen=(EIN_JAHR,)) if tabelle else None


def milestone_table(meilensteine: Iterable[Zeile]) -> Tabelle | None:
    """What is to be reached by when, and how late it was or is."""

    def stand(n: Zeile) -> str:
        tage = "1 Tag" if n["verzug_tage"] == 1 else f"{n['verzug_tage']} Tage"
        verzug = f", {tage} nach dem Termin" if n["verzug_tage"] else ""
        am = f" am {datum(n['erreicht_am'])}" if n["erreicht_am"] else ""
        return f"{MEILENSTEINWORTE[n['status']]}{am}{verzug}"

    return make_tabelle(
        "Meilensteine",
        ("Nr.", "Meilenstein", "geplant bis", "Status", "Bemerkung"),
        (
            (
                _beispiel(n),
                n["meilenstein"],
                zeitpunkt(n["geplant_am"], n["geplant_genauigkeit"]),
                stand(n),
                n["bemerkung"],
            )
            for n in meilensteine
        ),
    )


def adjustment_table(anpassungen: Iterable[Zeile]) -> Tabelle | None:
    """What the steering group changed, when and why."""
    zeilen: Iterable[tuple[Any, ...]] = (
        (_beispiel(a), datum(a["datum"]), a["gremium_name"], a["anpassung"], a["begruendung"]) for a in anpassungen
    )
    return make_tabelle("Anpassungen", ("Nr.", "Datum", "Gremium", "Anpassung", "Begründung"), zeilen)
