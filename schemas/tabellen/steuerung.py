"""The tables that steer measures: money by budget year, milestones, adjustments; as read and as published.

Belongs here: tables of the tabs beside the measures. Does not belong here: measures, papers (massnahme.py).
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.konzept import SPALTEN_KONZEPT
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.spalten.steuerung import SPALTEN_STEUERUNG

KORN = ("kommune", "konzept", "massnahme_nr")
GELD = ("aufwand_plan", "aufwand_ist", "ertrag_plan", "ertrag_ist")
DATENSTAND = replace(SPALTEN["datenstand"], beschreibung="Jüngster Stand in der Lieferung.")
HINWEISE = replace(SPALTEN["hinweise"], beschreibung="nicht_erhoben: ein Betrag fehlt; personenangabe: ein Text ist nicht "
                   "veröffentlicht.")  # fmt: skip
FUNDSTELLE = replace(SPALTEN["fundstelle"], beschreibung="Blatt und Zelle der Nummer dieser Zeile.")
STATUS = replace(SPALTEN["status"], werte=("ok", "nicht_erhoben"))


def spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    """Columns by name, looked up in the vocabulary of steering first."""
    woher = SPALTEN | SPALTEN_KONZEPT | SPALTEN_MASSNAHME | SPALTEN_STEUERUNG
    return tuple(woher[n] if isinstance(n, str) else n for n in namen)


_EIGENE = {
    "massnahme_haushalt": (
        "jahr",
        *GELD,
        "mittelherkunft",
        "foerderende",
        "vzae_befristet",
        "vzae_unbefristet",
        "bemerkung",
    ),
    "massnahme_meilenstein": ("meilenstein", "geplant_am", "geplant_genauigkeit", "erreicht_am", "bemerkung"),
    "massnahme_anpassung": ("datum", "anpassung", "gremium_name", "begruendung"),
}
_SCHLUESSEL = {"massnahme_haushalt": ("jahr",), "massnahme_meilenstein": ("meilenstein",),
               "massnahme_anpassung": ("datum", "anpassung")}  # fmt: skip
_TITEL = {
    "massnahme_haushalt": "Haushalt",
    "massnahme_meilenstein": "Meilensteine",
    "massnahme_anpassung": "Anpassungen",
}

EINGANG_STEUERUNG = tuple(
    Tabelle(
        "eingang", name, f"Gelesene {_TITEL[name]}", f"Reiter »{_TITEL[name]}« der Maßnahmenmappen, jede Fassung einer Datei; "
        "nur im geschützten Bereich.",
        (*KORN, *_SCHLUESSEL[name], "lieferung_id"),
        spalten(*KORN, *eigene, "personenangabe", "beispieldaten", "quelle_id", "blatt", "zeile", FUNDSTELLE, "datei",
                DATENSTAND, "lieferung_id", "eingelesen_am"),
        leer_erlaubt=frozenset({*eigene} - {*_SCHLUESSEL[name], "geplant_am"}),
    )
    for name, eigene in _EIGENE.items()
)  # fmt: skip

_WERT = ("beispieldaten", "quelle_id", "herkunft", STATUS, HINWEISE, DATENSTAND, "lieferung_id", FUNDSTELLE,
         "veroeffentlichung")  # fmt: skip
HAUSHALT = Tabelle(
    "marts", "massnahme_haushalt", "Haushalt der Maßnahmen", "Plan und Ist je Maßnahme und Haushaltsjahr, mit Mittelherkunft, "
    "Förderende und Stellen.",
    (*KORN, "jahr"),
    spalten(*KORN, "jahr", "aufwand_plan", "aufwand_ist", "abweichung", "ausschoepfung", "ertrag_plan", "ertrag_ist",
            "mittelherkunft", "foerderende", "vzae_befristet", "vzae_unbefristet", "bemerkung", *_WERT),
    leer_erlaubt=frozenset({*_EIGENE["massnahme_haushalt"], "abweichung", "ausschoepfung"} - {"jahr"}),
    zahl=GELD,
    warnungen=("Beträge, wie die Kommune sie meldet; keine Jahresrechnung.",),
)  # fmt: skip
MEILENSTEIN = Tabelle(
    "marts", "massnahme_meilenstein", "Meilensteine", "Was eine Maßnahme bis wann erreicht haben soll und was erreicht ist.",
    (*KORN, "meilenstein"),
    spalten(*KORN, "meilenstein", "geplant_am", "geplant_genauigkeit", "erreicht_am",
            replace(SPALTEN_STEUERUNG["meilenstein_stand"], name="status"), "verzug_tage", "ausgewertet_am", "bemerkung",
            "beispieldaten", "quelle_id", "herkunft", HINWEISE, DATENSTAND, "lieferung_id", FUNDSTELLE, "veroeffentlichung"),
    leer_erlaubt=frozenset({"geplant_genauigkeit", "erreicht_am", "verzug_tage", "bemerkung"}),
)  # fmt: skip
ANPASSUNG = Tabelle(
    "marts", "massnahme_anpassung", "Anpassungen", "Was die Steuerungsgruppe wann an einer Maßnahme geändert hat und warum.",
    (*KORN, "datum", "anpassung"),
    spalten(*KORN, "datum", "anpassung", "gremium_name", "begruendung", "beispieldaten", "quelle_id", "herkunft", HINWEISE,
            DATENSTAND, "lieferung_id", FUNDSTELLE, "veroeffentlichung"),
    leer_erlaubt=frozenset({"gremium_name", "begruendung"}),
)  # fmt: skip
STEUERUNG = (HAUSHALT, MEILENSTEIN, ANPASSUNG)
