"""The tables of the Integrationskonzept: versions, fields, goals, bodies, papers, report duties, funding.

Belongs here: tables whose columns come from schemas/spalten/konzept.py. Does not belong here: measures and their status.
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.konzept import SPALTEN_KONZEPT
from schemas.spalten.massnahme import SPALTEN_MASSNAHME


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

DIM_KONZEPT = Tabelle(
    "dim", "konzept", "Integrationskonzepte", "Die Fassungen der Integrationskonzepte, und welche ihrer Teile nicht vorlagen.",
    ("kommune", "konzept"),
    _spalten("kommune", "konzept", "titel", "beschluss", "beschluss_genauigkeit", "gueltig_von", "gueltig_bis",
             "handlungsfelder", "leitziele", "katalogmassnahmen", "nicht_erhoben", "nicht_erhoben_grund", "bemerkung",
             "herkunft"),
    leer_erlaubt=frozenset({"beschluss", "gueltig_von", "gueltig_bis", "nicht_erhoben_grund"}),
)  # fmt: skip

DIM_GREMIUM = Tabelle(
    "dim", "gremium", "Gremien", "Die Gremien, die ein Konzept nennt, in seiner Reihenfolge.",
    ("kommune", "konzept", "gremium"),
    _spalten("kommune", "konzept", "gremium", "name", "reihenfolge", "herkunft"),
)  # fmt: skip

DIM_MASSNAHME = Tabelle(
    "dim", "massnahme", "Maßnahmenkatalog", "Die Maßnahmen und Aufgaben, wie das Konzept sie nennt; ihr Stand steht in "
    "marts.massnahme.",
    ("kommune", "konzept", "massnahme_nr"),
    _spalten("kommune", "konzept", SPALTEN_MASSNAHME["massnahme_nr"], "titel",
             replace(SPALTEN_KONZEPT["handlungsfeld"], beschreibung="Code des Handlungsfelds; NULL: das Konzept nennt keines."),
             replace(SPALTEN_KONZEPT["leitziel"], beschreibung="Leitziel; NULL: das Konzept nennt keines."),
             replace(SPALTEN_MASSNAHME["art"]), "seite", "verantwortlich",
             replace(SPALTEN_KONZEPT["vorlage_nr"], beschreibung="Vorlage, auf der sie ruht; NULL: nicht bekannt."),
             "herkunft"),
    leer_erlaubt=frozenset({"handlungsfeld", "leitziel", "seite", "verantwortlich", "vorlage_nr"}),
)  # fmt: skip

BERATUNGSFOLGE = Tabelle(
    "marts", "beratungsfolge", "Beratungsfolge", "Welches Gremium wann womit befasst ist: Vorberatung, Kenntnisnahme, Beschluss.",
    ("kommune", "konzept", "vorlage_nr", "reihenfolge"),
    _spalten("kommune", "konzept", "vorlage_nr", replace(SPALTEN_KONZEPT["reihenfolge"], beschreibung="Stelle in der "
             "Beratungsfolge, ab 1."), "konzept_titel", "konzept_jahr", "vorlage_titel", "vorlagenart", "gremium",
             "gremium_name", "behandlung", "termin", "ergebnis",
             replace(SPALTEN["status"], werte=("ok", "nicht_erhoben"),
                     beschreibung="ok: der Termin ist bekannt; nicht_erhoben: die Quelle nennt keinen."),
             replace(SPALTEN["hinweise"], beschreibung="nicht_erhoben: Termin, Behandlung oder Ergebnis nicht bekannt, als "
                     "code:spalte, wo der Termin da ist."),
             "herkunft", "beispieldaten", "veroeffentlichung"),
    leer_erlaubt=frozenset({"konzept_jahr", "vorlage_titel", "vorlagenart", "behandlung", "termin", "ergebnis"}),
    zahl=("termin",),
    nebenzahlen=("behandlung", "ergebnis"),
    warnungen=("Termine sind die vorgesehenen der Vorlage; ob so beraten wurde, sagt nur das Ergebnis.",),
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
    _spalten("kommune", "programm", "baustein", "jahr", "konzept", "titel", "traeger", "jahr_angenommen", "vzae", "stellen",
             "befristet", "mittelherkunft", "foerderende", "aufwand", "ertrag", "eigenanteil", "anmerkung", "herkunft",
             replace(SPALTEN["status"], werte=("ok", "geschaetzt", "keine_daten"),
                     beschreibung="ok: gedruckte Beträge; geschaetzt: die Quelle sagt »rund« (Hinweis quelle_gerundet); "
                     "keine_daten: kein Betrag gedruckt."),
             replace(SPALTEN["hinweise"],
                     beschreibung="quelle_gerundet: die Quelle sagt »rund«; keine_daten: ein Betrag fehlt; jahr_angenommen; "
                     "rechnet_nicht_auf: Aufwand − Ertrag ist nicht der Eigenanteil."),
             "beispieldaten", "veroeffentlichung"),
    leer_erlaubt=frozenset({
        "vzae", "stellen", "befristet", "mittelherkunft", "foerderende", "aufwand", "ertrag", "eigenanteil",
    }),
    zahl=("aufwand", "ertrag", "eigenanteil"),
    warnungen=("»insgesamt« und die Bausteine nicht addieren; Zeilen verschiedener Träger auch nicht.",),
)  # fmt: skip

KONZEPT = (DIM_KONZEPT, DIM_GREMIUM, DIM_HANDLUNGSFELD, DIM_LEITZIEL, DIM_MASSNAHME, DIM_ZUORDNUNG,
           BERATUNGSFOLGE, BERICHTSPFLICHT, FOERDERUNG)  # fmt: skip
