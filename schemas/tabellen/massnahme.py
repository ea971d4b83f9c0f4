"""The tables of measures: as read, published, their progress and changes; council papers.

Belongs here: tables whose columns come from schemas/spalten/massnahme.py. Does not belong here: the concept's own tables.
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.konzept import FELDCODE, SPALTEN_KONZEPT
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.spalten.steuerung import SPALTEN_STEUERUNG
from schemas.tabellen.steuerung import EINGANG_STEUERUNG, FUNDSTELLE, STEUERUNG
from schemas.types import arrow_schema
from schemas.words.massnahmen import STATUS

MESSWERTE = ("istwert_w", "istwert_m", "istwert_gesamt")
VORLAGE_DER_MASSNAHME = replace(SPALTEN_KONZEPT["vorlage_nr"], beschreibung="Vorlage, auf der die Maßnahme ruht; NULL: nicht "
                                "genannt.")  # fmt: skip
STATUS_DER_MASSNAHME = replace(SPALTEN_MASSNAHME["status_massnahme"], name="status")
ART_DER_AENDERUNG = replace(SPALTEN_MASSNAHME["aenderung"], name="art")
DATENSTAND = replace(SPALTEN["datenstand"], beschreibung="Jüngster Stand in der Lieferung.")
HINWEISE = replace(
    SPALTEN["hinweise"], beschreibung="geheim: eine Zahl ist geschützt; nicht_erhoben; "
    "personenangabe: ein Text ist nicht veröffentlicht.",
)  # fmt: skip
FORTSCHRITT_STATUS = replace(
    SPALTEN["status"], werte=("ok", "keine_daten", "nicht_bewertbar"),
    beschreibung="ok; keine_daten: zu keiner Maßnahme des Felds liegt ein Stand vor; nicht_bewertbar: das Feld hat keine.",
)  # fmt: skip
VORLAGE_STATUS = replace(
    SPALTEN["status"], werte=("ok", "nicht_erhoben"),
    beschreibung="ok: die Vereinbarkeit steht so im Blatt; nicht_erhoben: die Vorlage wurde nicht eingestuft.",
)  # fmt: skip


def _spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    woher = SPALTEN | SPALTEN_KONZEPT | SPALTEN_STEUERUNG | SPALTEN_MASSNAHME
    return tuple(woher[n] if isinstance(n, str) else n for n in namen)


KORN = ("kommune", "konzept", "massnahme_nr", "stand")
_INHALT = (
    "handlungsfeld", "leitziel", "titel", "art", "verantwortlich", STATUS_DER_MASSNAHME, "risiko", "beginn",
    "beginn_genauigkeit", "ende", "ende_genauigkeit", "begruendung", "aufwand", "ertrag", "eigenanteil", "vzae",
    "beschreibung", "zielgruppe", "partner", "indikator", "zielwert", "zielzahl", "einheit_ziel", *MESSWERTE, "teilnehmende",
    "teilnehmende_w", "teilnehmende_m", "teilnehmende_von", "teilnehmende_bis",
    "nicht_erhoben", "wirkung", "wirkung_grund", "sozialraum", VORLAGE_DER_MASSNAHME,
    "beschluss_am", "naechste_schritte", "prioritaet", "bemerkung",
)  # fmt: skip
_LEER = frozenset({
    "handlungsfeld", "leitziel", "verantwortlich", "risiko", "beginn", "beginn_genauigkeit", "ende", "ende_genauigkeit",
    "begruendung", "aufwand", "ertrag", "eigenanteil", "vzae", "beschreibung", "zielgruppe", "indikator", "zielwert",
    *MESSWERTE, "teilnehmende", "naechste_schritte", "prioritaet", "bemerkung", "zielzahl", "einheit_ziel", "teilnehmende_w",
    "teilnehmende_m", "teilnehmende_von", "teilnehmende_bis", "wirkung",
    "wirkung_grund", "sozialraum", "vorlage_nr", "beschluss_am",
})  # fmt: skip

EINGANG_MASSNAHME = Tabelle(
    "eingang", "massnahme", "Gelesene Maßnahmenblätter",
    "Maßnahmen der Blätter, Zeile für Zeile, jede Fassung einer Datei; nur im geschützten Bereich.",
    (*KORN, "lieferung_id"),
    _spalten(*KORN, *_INHALT, "istwert_zaehlt", "titel_norm", "personenangabe", "beispieldaten", "quelle_id", "blatt",
             "zeile", FUNDSTELLE,
             "datei", DATENSTAND, "lieferung_id", "eingelesen_am"),
    leer_erlaubt=_LEER | {"istwert_zaehlt"},
)  # fmt: skip
EINGANG_VORLAGE = Tabelle(
    "eingang", "vorlage", "Gelesene Vorlagen", "Vorlagen der Maßnahmenmappen; nur im geschützten Bereich.",
    ("kommune", "vorlage_nr", "lieferung_id"),
    _spalten("kommune", "vorlage_nr", "konzept", "datum", "titel", "vereinbarkeit", "begruendung", "personenangabe",
             "beispieldaten", "quelle_id", "blatt", "zeile", FUNDSTELLE, "datei", DATENSTAND, "lieferung_id", "eingelesen_am"),
    leer_erlaubt=frozenset({"begruendung"}),
)  # fmt: skip
GELESEN_MASSNAHME, GELESEN_VORLAGE = arrow_schema(EINGANG_MASSNAHME), arrow_schema(EINGANG_VORLAGE)

_WERT = (HINWEISE, DATENSTAND, "lieferung_id", FUNDSTELLE, "veroeffentlichung")
MASSNAHME = Tabelle(
    "marts", "massnahme", "Maßnahmen",
    "Status jeder Maßnahme zu jedem Stand, in der jüngsten Fassung. status ist hier der Status der Maßnahme.", KORN,
    _spalten(*KORN, *_INHALT[: _INHALT.index("begruendung")], "ueberfaellig", "ueberfaellig_heute",
             "ausgewertet_am",
             *_INHALT[_INHALT.index("begruendung"): _INHALT.index("teilnehmende")], "istwert_art",
             *_INHALT[_INHALT.index("teilnehmende"):],
             "zielerreichung", "gebiet_id", "gebiet", "kosten", "kosten_von", "kosten_bis", "kosten_jahre",
             "kosten_je_teilnehmende", "risiko_abgeleitet",
             "begruendet", "stand_letzter", "beispieldaten", "quelle_id", "herkunft", *_WERT),
    leer_erlaubt=_LEER | {"risiko_abgeleitet", "zielerreichung", "gebiet_id", "gebiet", "kosten", "kosten_von", "kosten_bis",
                          "kosten_jahre", "kosten_je_teilnehmende"},
    warnungen=("Zeilen mit beispieldaten sind erfunden.", "Status und Risiko sind zweierlei.",
               "Stände nicht addieren; stand_letzter wählt den jüngsten."),
)  # fmt: skip
FELD_ODER_KEINES = replace(
    SPALTEN_KONZEPT["handlungsfeld"], beschreibung="Code des Handlungsfelds innerhalb der Fassung; »-«: Maßnahmen ohne "
    "Handlungsfeld.",
    muster=rf"{FELDCODE}|-",
)  # fmt: skip
FORTSCHRITT = Tabelle(
    "marts", "handlungsfeld_fortschritt", "Fortschritt der Handlungsfelder",
    "Wie viele Maßnahmen eines Felds welchen Status haben, zu jedem Stand; Felder ohne Maßnahmen stehen mit 0.",
    ("kommune", "konzept", "handlungsfeld", "stand"),
    _spalten("kommune", "konzept", FELD_ODER_KEINES, "stand", "name", "massnahmen",
             *(s for s in STATUS if s != "idee"), "ohne_angabe", "ideen", "anteil_umgesetzt", "anteil_begonnen",
             "ohne_begruendung", "ueberfaellig", "ueberfaellig_heute", "ausgewertet_am",
             "stand_letzter", "beispieldaten", FORTSCHRITT_STATUS,
             replace(SPALTEN["hinweise"], beschreibung="keine_daten: Maßnahmen des Katalogs fehlen im Blatt; "
                     "nicht_bewertbar: das Feld hat keine Maßnahmen."),
             DATENSTAND, "lieferung_id", FUNDSTELLE, "veroeffentlichung"),
    leer_erlaubt=frozenset({"anteil_umgesetzt", "anteil_begonnen", "fundstelle"}),
    zahl=("anteil_umgesetzt",),
    warnungen=("Ein Stand, zu dem nur ein Teil der Blätter vorliegt, hat viele Maßnahmen ohne_angabe.",),
)  # fmt: skip
AENDERUNG = Tabelle(
    "marts", "massnahme_aenderung", "Änderungen an Maßnahmen",
    "Was sich von einem Stand zum nächsten geändert hat, und was für einen Stand nachträglich berichtigt wurde.",
    (*KORN, "art"),
    _spalten(*KORN, ART_DER_AENDERUNG, "titel", "vorher", "nachher", "begruendung", "lieferung_vorher", "beispieldaten",
             DATENSTAND, "lieferung_id", FUNDSTELLE, "veroeffentlichung"),
    leer_erlaubt=frozenset({"vorher", "nachher", "begruendung", "fundstelle"}),
)  # fmt: skip
VORLAGE = Tabelle(
    "marts", "vorlage", "Vorlagen", "Vorlagen für Rat und Ausschüsse mit ihrer Vereinbarkeit mit dem Integrationskonzept.",
    ("kommune", "vorlage_nr"),
    _spalten("kommune", "vorlage_nr", "konzept", "datum", "titel", "vorlagenart", "auswirkung_finanziell",
             "auswirkung_personell", "auswirkung_organisatorisch", "vereinbarkeit", "begruendung", "beispieldaten", "quelle_id",
             "herkunft", VORLAGE_STATUS, HINWEISE, DATENSTAND, "lieferung_id", FUNDSTELLE, "veroeffentlichung"),
    leer_erlaubt=frozenset({
        "datum", "vorlagenart", "auswirkung_finanziell", "auswirkung_personell", "auswirkung_organisatorisch", "vereinbarkeit",
        "begruendung", "quelle_id", "datenstand", "lieferung_id", "fundstelle",
    }),
    zahl=("vereinbarkeit",),
)  # fmt: skip

MASSNAHMEN_GEHEIM = (EINGANG_MASSNAHME, EINGANG_VORLAGE, *EINGANG_STEUERUNG)
MASSNAHMEN = (MASSNAHME, FORTSCHRITT, AENDERUNG, VORLAGE, *STEUERUNG)
# What is stored of a workbook, by table.
GELESEN = {t.name: arrow_schema(t) for t in MASSNAHMEN_GEHEIM}
