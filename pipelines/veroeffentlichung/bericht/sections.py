"""Which sections a page has, in which order and under which title; those without figures stand in one list instead.

Belongs here: that choice. Does not belong here: what a section shows (population_tables.py and the parts), why one is empty in
words (empty_sections.py).
"""

from collections.abc import Mapping
from typing import Any

from pipelines.veroeffentlichung.bericht.empty_sections import INHALT, warum_kein_vergleich, warum_leer
from pipelines.veroeffentlichung.bericht.ohne_zahlen import Luecke, missing_chapters
from pipelines.veroeffentlichung.bericht.orte import fuer_ort
from pipelines.veroeffentlichung.bericht.parts import Teile

TITEL = {
    "aussagen": "Das Wichtigste", "indikatoren": "Handlungsfelder: Ziele, Indikatoren, Maßnahmen",
    "konzept": "Umsetzung des Integrationskonzepts", "kennzahlen": "Bevölkerung nach Definition",
    "gebiete": "Stadtteile und Gebiete", "zeitreihe": "Entwicklung", "geschlecht": "Frauen und Männer",
    "alter": "Altersgruppen", "staaten": "Staatsangehörigkeiten",
    "register": "Dauer, Wahlrecht, Bewegungen: was das Register sonst sagt",
    "luecken": "Noch ohne Zahlen: was gebraucht würde", "lesehilfe": "Lesehilfe: Definitionen und Zeichen",
    "sicherheit": "Wie sicher ist die Zahl?", "vergleich": "Register und gedruckte Tabelle",
    "geliefertes": "Gelieferte Zahlen ohne eigenen Abschnitt", "korrekturen": "Korrekturen",
    "datenstand": "Datenstand und Prüfungen", "methode": "Hinweise zur Methode",
}  # fmt: skip
IMMER = ("aussagen", "lesehilfe", "korrekturen", "datenstand", "methode")
# Section → the table it stands on, where that is named otherwise.
TABELLE = {"sicherheit": "spannen"}
BEVOELKERUNG = "ein Auszug des Melderegisters oder eine Tabelle nach einer der Definitionen"
STAATEN = "ein Auszug des Melderegisters oder eine Tabelle der ganzen Kommune nach Staatsangehörigkeit"


def _without_figures(teile: Mapping[str, Any]) -> list[str]:
    return [a for a in INHALT if not teile[TABELLE.get(a, a)] and not (a == "staaten" and teile["staatengruppen"])]


def missing(t: Teile, teile: Mapping[str, Any], verglichen: bool) -> list[Luecke]:
    """All that the page cannot tell yet: chapters of the concept, sections of the population, the concept, the comparison."""
    luecken = missing_chapters(t.kapitel, t.indikatoren.katalog)
    if t.indikatoren.leer:
        luecken.append(Luecke("Indikatoren", "Keine Daten: Es ist nichts veröffentlicht, aus dem sich ein Indikator ergibt.",
                              "ein Auszug des Melderegisters, eine Tabelle oder eine Lieferung von Indikatoren"))  # fmt: skip
    if t.konzept.leer:
        luecken.append(Luecke(TITEL["konzept"], "Keine Daten: Veröffentlicht sind weder Maßnahmen noch Berichtspflichten, "
                              "Vorlagen oder Förderung.", "ein Integrationskonzept und ein Maßnahmenblatt"))  # fmt: skip
    for a in _without_figures(teile):
        grund, geliefert = warum_leer(t.b, a, t.geliefertes.gliederungen)
        luecken.append(Luecke(TITEL[a], grund, STAATEN if a == "staaten" else BEVOELKERUNG, geliefert))
    if not verglichen:
        luecken.append(Luecke(TITEL["vergleich"], warum_kein_vergleich(t.b), "beides für denselben Stichtag"))
    return luecken


def present(t: Teile, teile: Mapping[str, Any], gebietswerte: bool, verglichen: bool) -> set[str]:
    """The sections that the page has."""
    leer = _without_figures(teile)
    da = {*IMMER, *(a for a in INHALT if a not in leer)}
    da |= {"indikatoren"} if gebietswerte or any(not k.leer for k in t.kapitel) else set()
    da |= {"register"} if teile["register"] else set()
    da |= {"konzept"} if not t.konzept.leer else set()
    da |= {"vergleich"} if verglichen else set()
    da |= {"geliefertes"} if t.geliefertes.tabelle else set()
    return da | ({"luecken"} if missing(t, teile, verglichen) else set())


def titles(da: set[str]) -> dict[str, str]:
    """Section → title, in the order of the page."""
    return {k: titel for k, titel in TITEL.items() if k in da}


def nothing_published(name: str) -> str:
    """What stands first where no sentence can be said."""
    return (
        f"Keine Daten: {fuer_ort(name).replace('für', 'Für', 1)} ist noch keine Zahl veröffentlicht, aus der sich eine "
        "Aussage ergibt. Was gebraucht würde, steht unten."
    )
