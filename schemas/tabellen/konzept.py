"""The tables of the Integrationskonzept: fields, goals, crosswalk, report duties, funding.

Belongs here: tables whose columns come from schemas/spalten/konzept.py. Does not belong here: measures and their status.
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.konzept import SPALTEN_KONZEPT


def _spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    return tuple((SPALTEN_KONZEPT.get(n) or SPALTEN[n]) if isinstance(n, str) else n for n in namen)


DIM_HANDLUNGSFELD = Tabelle(
    "dim", "handlungsfeld", "Handlungsfelder", "Die Felder jeder Fassung eines Integrationskonzepts.",
    ("kommune", "konzept", "handlungsfeld"),
    _spalten("kommune", "konzept", "handlungsfeld", "name", "aliase", "art", "reihenfolge", "beschreibung", "gueltig_von",
             "gueltig_bis", "herkunft"),
    leer_erlaubt=frozenset({"gueltig_von", "gueltig_bis"}),
    warnungen=("Fassungen teilen sich die Felder verschieden ein; die Brücke ist dim.handlungsfeld_zuordnung.",),
)  # fmt: skip

DIM_LEITZIEL = Tabelle(
    "dim", "leitziel", "Leitziele", "Die Ziele jeder Fassung mit ihren Indikatoren.",
    ("kommune", "konzept", "leitziel"),
    _spalten("kommune", "konzept", "leitziel", "handlungsfeld", "text", "beschreibung", "indikatoren", "fundstelle",
             "herkunft"),
    leer_erlaubt=frozenset({"handlungsfeld"}),
)  # fmt: skip

DIM_ZUORDNUNG = Tabelle(
    "dim", "handlungsfeld_zuordnung", "Felder früherer Fassungen", "Welches frühere Feld in welchem späteren fortlebt.",
    ("kommune", "von_konzept", "von_handlungsfeld", "nach_konzept", "nach_handlungsfeld"),
    _spalten("kommune", "von_konzept", "von_handlungsfeld", "nach_konzept", "nach_handlungsfeld", "von_name", "nach_name",
             "zuordnung", "vorschlag", "herkunft"),
    leer_erlaubt=frozenset({"von_name", "nach_name"}),
    warnungen=("Zeilen mit vorschlag stehen in keiner Quelle; die Kommune soll sie bestätigen oder ändern.",),
)  # fmt: skip

# The due date is the contract's key, but a duty may have none, and a key has no NULL. So the running number of the date is
# the key; (kommune, konzept, bericht, faellig_am) is unique all the same, with at most one NULL a duty.
BERICHTSPFLICHT = Tabelle(
    "marts", "berichtspflicht", "Berichtspflichten", "Wann welchen Gremien zu berichten ist und was davon erledigt ist.",
    ("kommune", "konzept", "bericht", "nummer"),
    _spalten("kommune", "konzept", "bericht", "nummer", "faellig_am", "titel", "gremien",
             replace(SPALTEN_KONZEPT["bericht_status"], name="status"), "tage_bis_faellig", "ausgewertet_am",
             "abgegeben_am", "regel", "grund", "verantwortlich", "herkunft"),
    leer_erlaubt=frozenset({"faellig_am", "tage_bis_faellig", "abgegeben_am", "grund", "verantwortlich"}),
    warnungen=("Eine Abgabe kennt nur, wer sie in konzept.yaml einträgt; ueberfaellig heißt: keine vermerkt, obwohl die "
              "Kommune Abgaben festhält (eine zu dieser Pflicht, oder abgaben_gepflegt: true); sonst unbekannt.",),
)  # fmt: skip

FOERDERUNG = Tabelle(
    "marts", "foerderung", "Förderung", "Aufwand, Ertrag und Eigenanteil der Förderprogramme, wie die Quelle sie druckt.",
    ("kommune", "programm", "baustein", "jahr"),
    _spalten("kommune", "programm", "baustein", "jahr", "konzept", "titel", "traeger", "jahr_angenommen", "vzae", "aufwand",
             "ertrag", "eigenanteil", "anmerkung", "herkunft",
             replace(SPALTEN["status"], werte=("ok", "gerundet", "keine_daten"),
                     beschreibung="ok: gedruckte Beträge; gerundet: die Quelle sagt »rund«; keine_daten: kein Betrag gedruckt."),
             replace(SPALTEN["hinweise"], beschreibung="gerundet; keine_daten: ein Betrag fehlt; jahr_angenommen; "
                     "rechnet_nicht_auf: Aufwand − Ertrag ist nicht der Eigenanteil."),
             "beispieldaten", "veroeffentlichung"),
    leer_erlaubt=frozenset({"vzae", "aufwand", "ertrag", "eigenanteil"}),
    zahl=("aufwand", "ertrag", "eigenanteil"),
    warnungen=("»insgesamt« und die Bausteine nicht addieren; Zeilen verschiedener Träger auch nicht.",),
)  # fmt: skip

KONZEPT = (DIM_HANDLUNGSFELD, DIM_LEITZIEL, DIM_ZUORDNUNG, BERICHTSPFLICHT, FOERDERUNG)
