"""Tables of the concept itself: its versions and what of them was not at hand, bodies and days, indicators of the goals.

Belongs here: rows of dim.konzept, marts.beratungsfolge and dim.leitziel_indikator → columns and words. Does not belong here:
measures, duties and money (tables.py).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.massnahmen.words import MONATE
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

NICHT_ERHOBEN = "nicht erhoben"
TEILE = {"handlungsfelder": "Handlungsfelder", "leitziele": "Leitziele", "indikatoren": "Indikatoren", "massnahmen": "Maßnahmen",
         "verantwortliche": "Verantwortliche", "beschluss": "Beschluss", "geltung": "Geltung"}  # fmt: skip
BEHANDLUNGEN = {"vorberatung": "Vorberatung", "beschluss": "Beschluss", "kenntnisnahme": "Kenntnisnahme"}
ERGEBNISSE = {"beschlossen": "beschlossen", "geaendert_beschlossen": "geändert beschlossen", "abgelehnt": "abgelehnt",
              "vertagt": "vertagt", "zur_kenntnis_genommen": "zur Kenntnis genommen"}  # fmt: skip
VORLAGENARTEN = {"vorlage": "Vorlage", "mitteilung": "Mitteilung", "antrag": "Antrag", "anfrage": "Anfrage"}
AUSWIRKUNGEN = {"ja": "ja", "nein": "nein", "noch_nicht_absehbar": "noch nicht abzusehen"}


def make_tabelle(titel: str, kopf: tuple[str, ...], reihen: Iterable[tuple[Any, ...]]) -> Tabelle | None:
    """A table of words, a dash for what is not there; None without rows."""
    fertig = tuple(TableRow(tuple("–" if z is None or z == "" else str(z) for z in r)) for r in reihen)
    return Tabelle(titel, kopf, fertig) if fertig else None


def auswirkungen(v: Zeile) -> str:
    """The three effects of a paper as its head ticks them."""
    return ", ".join(
        AUSWIRKUNGEN.get(v[f"auswirkung_{n}"], NICHT_ERHOBEN) for n in ("finanziell", "personell", "organisatorisch")
    )


def _beschluss(k: Zeile) -> str | None:
    tag, genau = k["beschluss"], k["beschluss_genauigkeit"]
    if tag is None:
        return NICHT_ERHOBEN if "beschluss" in (k["nicht_erhoben"] or []) else None
    return (
        str(tag.year) if genau == "jahr" else f"{MONATE[tag.month - 1]} {tag.year}" if genau == "monat" else datum(tag)
    )


def _geltung(k: Zeile) -> str | None:
    von, bis = (datum(k[n]) if k[n] else None for n in ("gueltig_von", "gueltig_bis"))
    return f"{von} bis {bis}" if von and bis else f"ab {von}" if von else f"bis {bis}" if bis else None


def konzepttabelle(konzepte: list[Zeile]) -> Tabelle | None:
    """The versions of the concept; what was not at hand is named with its reason, never shown as zero."""

    def zahl(k: Zeile, spalte: str, teil: str) -> Any:
        return NICHT_ERHOBEN if teil in (k["nicht_erhoben"] or []) else k[spalte]

    def missing(k: Zeile) -> str | None:
        teile = ", ".join(TEILE[t] for t in k["nicht_erhoben"] or [])
        return f"{teile}: {k['nicht_erhoben_grund']}" if teile else None

    tabelle = make_tabelle(
        "Integrationskonzepte",
        ("Konzept", "Beschluss", "Geltung", "Handlungsfelder", "Leitziele", "Maßnahmen im Katalog", "nicht erhoben"),
        (
            (k["titel"], _beschluss(k), _geltung(k), zahl(k, "handlungsfelder", "handlungsfelder"),
             zahl(k, "leitziele", "leitziele"), zahl(k, "katalogmassnahmen", "massnahmen"), missing(k))
            for k in konzepte
        ),
    )  # fmt: skip
    bemerkungen = tuple(f"{k['titel']}: {k['bemerkung']}" for k in konzepte if k["bemerkung"])
    return tabelle and replace(tabelle, anmerkungen=bemerkungen)


def beratungstabelle(beratung: list[Zeile], konzepte: list[Zeile]) -> Tabelle | None:
    """Which body deals with which paper on which day, and how; where no paper is known, with which version of the concept."""
    je_konzept = {k["konzept"]: k for k in konzepte}

    def vorlage(b: Zeile) -> str | None:
        if b["vorlage_titel"] is None:
            if (k := je_konzept.get(b["konzept"])) is None:
                return None
            return f"{k['titel']} (Beschluss {_beschluss(k) or 'ohne Tag'}; Vorlage {NICHT_ERHOBEN})"
        return f"{VORLAGENARTEN[b['vorlagenart']]} {b['vorlage_nr']}: {b['vorlage_titel']}"

    return make_tabelle(
        "Beratungsfolge",
        ("Vorlage oder Konzept", "Folge", "Gremium", "Termin", "Behandlung", "Ergebnis"),
        (
            (vorlage(b), b["reihenfolge"], b["gremium_name"], datum(b["termin"]) if b["termin"] else NICHT_ERHOBEN,
             BEHANDLUNGEN.get(b["behandlung"], NICHT_ERHOBEN), ERGEBNISSE.get(b["ergebnis"], "nicht bekannt"))
            for b in beratung
        ),
    )  # fmt: skip


def leitzieltabelle(leitziele: list[Zeile]) -> Tabelle | None:
    """What a goal is measured by: named by the concept, or proposed by this project and marked so."""
    return make_tabelle(
        "Woran die Leitziele gemessen werden",
        ("Leitziel", "Wortlaut", "Indikator", "Zuordnung"),
        (
            (z["leitziel"], z["text"],
             z["name"] if z["indikator"] else f"{z['indikator_text']} (nicht im Katalog)",
             "Vorschlag dieses Projekts" if z["vorschlag"] else "Konzept")
            for z in leitziele
        ),
    )  # fmt: skip
