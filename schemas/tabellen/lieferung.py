"""The tables of delivered figures: as read, at their latest state, published.

Belongs here: tables whose columns come from schemas/spalten/lieferung.py. Does not belong here: the other tables (beside it).
"""

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN, text
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.types import arrow_schema

WERTSPALTEN = ("status", "hinweise", "beispieldaten", "datenstand", "lieferung_id", "fundstelle", "veroeffentlichung")
PROFIL = text(
    "profil", "Definition", "Kennung der Definition von Migrationshintergrund (dim.profil); »-«, wo die Quelle keine "
    "braucht oder nennt.", muster=r"[a-z][a-z0-9_]*|-",
)  # fmt: skip
STAAT = text(
    "staat", "Staatsschlüssel", "Dreistelliger Destatis-Schlüssel als Text; »insgesamt« enthält alle.",
    muster=r"\d{3}|insgesamt|uebrige|NZO",
)  # fmt: skip
KORN = (
    "kommune", "quelle_id", "stichtag", "gebiet_id", "merkmal", "groesse", "profil", "geschlecht", "altersgruppe", "staat",
    "gruppe",
)  # fmt: skip


def _spalten(*namen: str) -> tuple[Spalte, ...]:
    eigene = {"profil": PROFIL, "staat": STAAT}
    return tuple(eigene.get(n) or SPALTEN_TABELLE.get(n) or SPALTEN[n] for n in namen)


_GELESEN = (
    *KORN, "gebiet_text", "wert", "gedruckt", "stellen", "kennzeichen", "wert_einheit", "blatt", "zeile", "spalte_nr",
    "fundstelle", "bemerkung", "datei", "datenstand", "lieferung_id", "veroeffentlicht",
)  # fmt: skip
_LEER = frozenset({"wert", "gedruckt", "kennzeichen", "gebiet_text", "bemerkung"})

STADTTEILTABELLE = Tabelle(
    "eingang", "stadtteiltabelle", "Gelesene Stadtteiltabellen",
    "Zahlen der Tabellen, Zelle für Zelle; jede mit ihrem Zeichen und ihrer Fundstelle.",
    (*KORN, "lieferung_id"), _spalten(*_GELESEN), leer_erlaubt=_LEER,
)  # fmt: skip
INDIKATORTABELLE = Tabelle(
    "eingang", "indikatortabelle", "Gelesene Indikatorlieferungen",
    "Zahlen der Indikatorlieferungen, Zelle für Zelle; jede mit ihrem Zeichen und ihrer Fundstelle.",
    (*KORN, "lieferung_id"), _spalten(*_GELESEN), leer_erlaubt=_LEER,
)  # fmt: skip

GELESEN = arrow_schema(STADTTEILTABELLE)

TABELLENWERT = Tabelle(
    "marts", "tabellenwert", "Gelieferte Zahlen",
    "Jede Zahl aus Stadtteiltabellen und Indikatorlieferungen in ihrer letzten Fassung, mit Quelle, Lizenz und Definition; "
    "Grundlage der Zeitreihen.",
    (*KORN, "umgerechnet"),
    _spalten(
        *KORN, "umgerechnet", "gebiet", "ebene", "gebietsstand", "merkmal_titel", "profilversion", "wert", "gedruckt",
        "kennzeichen", "nachgerechnet", "bemerkung", "wert_einheit", "bevoelkerung", "methode", "herkunft", "lizenz",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"wert", "gedruckt", "kennzeichen", "nachgerechnet", "bemerkung"}),
    zahl=("wert",),
    warnungen=(
        "Zahlen verschiedener Quellen (quelle_id), Bevölkerungsbegriffe und Definitionen nie in einer Quote mischen.",
        "Gerundete oder mit Cell-Key geschützte Zahlen nicht selbst addieren.",
    ),
)  # fmt: skip
DIM_QUELLE = Tabelle(
    "dim", "quelle", "Quellen", "Die Quellen jeder Kommune: was sie liefern, woher und unter welcher Lizenz.",
    ("kommune", "quelle_id"),
    _spalten("kommune", "quelle_id", "quellenart", "titel", "herkunft", "lizenz", "adresse", "fertige_quelle"),
    leer_erlaubt=frozenset({"lizenz", "adresse", "fertige_quelle"}),
)  # fmt: skip
DIM_BRUECKE = Tabelle(
    "dim", "bruecke", "Gebietsänderungen", "Welcher Teil eines alten Gebiets in welches neue eingeht.",
    ("kommune", "alt_id", "alt_stand", "neu_id", "neu_stand"),
    _spalten("kommune", "alt_id", "alt_stand", "neu_id", "neu_stand", "gewicht", "umrechnung", "bruch_am"),
)  # fmt: skip
