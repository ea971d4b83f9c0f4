"""The tables of goals in figures, of ranges, and of the reach of measures.

Belongs here: tables whose columns come from schemas/spalten/spanne.py. Does not belong here: series (zeitreihe.py), measures
and concepts themselves.
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.indikator import SPALTEN_INDIKATOR
from schemas.spalten.konzept import SPALTEN_KONZEPT
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.spalten.spanne import SPALTEN_SPANNE
from schemas.spalten.zeitreihe import SPALTEN_ZEITREIHE
from schemas.tabellen.lieferung import PROFIL, WERTSPALTEN


def _spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    return tuple((SPALTEN_SPANNE.get(n) or SPALTEN[n]) if isinstance(n, str) else n for n in namen)


INDIKATOR, GRUPPE = SPALTEN_INDIKATOR["indikator"], SPALTEN_ZEITREIHE["gruppe"]
ZIEL, ZIELJAHR = (
    replace(SPALTEN_ZEITREIHE["ziel"], beschreibung="Zielwert laut konzept.yaml."),
    SPALTEN_ZEITREIHE["ziel_jahr"],
)
KONZEPTKENNUNG = SPALTEN_KONZEPT["konzept"]

DIM_ZIEL = Tabelle(
    "dim", "ziel", "Ziele in Zahlen", "Was ein Integrationskonzept in Zahlen erreichen will, je Leitziel.",
    ("kommune", "konzept", "indikator", "gebiet_id", "profil", "gruppe", "geschlecht"),
    _spalten("kommune", KONZEPTKENNUNG, INDIKATOR, "gebiet_id",
             replace(PROFIL, beschreibung="Definition, für die das Ziel gilt (dim.profil); »-«: für jede."), GRUPPE,
             "geschlecht", SPALTEN_KONZEPT["leitziel"], "gebiet", ZIEL, SPALTEN_INDIKATOR["einheit"], ZIELJAHR, "herkunft"),
    warnungen=("Eine Zeile steht hier nur, wo ein Konzept eine Zahl nennt; nichts ist hineingelesen.",),
)  # fmt: skip

WERTESPANNE = Tabelle(
    "marts", "wertespanne", "Spannen der Anteile",
    "Wie weit ein Anteil mit Migrationshintergrund anders ausfallen kann, getrennt nach Definition, Unentscheidbaren und "
    "Stichprobe.",
    ("kommune", "stichtag", "gebiet_id", "geschlecht", "altersgruppe", "profil", "quelle"),
    _spalten(
        "kommune", "stichtag", "gebiet_id", "geschlecht", "altersgruppe", "profil", "quelle", "gebiet", "ebene", "profilversion",
        replace(SPALTEN["anteil_mh"], name="anteil"), "mindestwert", "unentscheidbar_unten", "unentscheidbar_oben",
        "unentscheidbar_spanne", "definition_unten", "definition_oben", "definition_spanne", "profil_unten", "profil_oben",
        "anzahl_profile", "anzahl_mindestwerte", "stichprobe_art", "stichprobe_unten", "stichprobe_oben", "stichprobe_spanne",
        "gesamt_unten", "gesamt_oben", "groesste_ursache", *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({
        "anteil", "unentscheidbar_unten", "unentscheidbar_oben", "unentscheidbar_spanne", "definition_unten", "definition_oben",
        "definition_spanne", "profil_unten", "profil_oben", "stichprobe_unten", "stichprobe_oben", "stichprobe_spanne",
        "gesamt_unten", "gesamt_oben", "groesste_ursache", "fundstelle",
    }),
    zahl=("anteil",),
    warnungen=(
        "Geschützte Werte sind NULL, nicht 0; status und hinweise nennen den Grund.",
        "Keine der Spannen ist die andere: Definitionen sind verschiedene Fragen, Unentscheidbare fehlende Angaben, Stichproben "
        "Zufall.",
    ),
)  # fmt: skip

REICHWEITE = Tabelle(
    "marts", "massnahme_reichweite", "Reichweite der Maßnahmen",
    "Wie groß eine Maßnahme ist, gemessen an ihrer Zielgruppe, und ob ein Indikator sie überhaupt zeigen könnte.",
    ("kommune", "konzept", "massnahme_nr", "stand"),
    _spalten(
        "kommune", KONZEPTKENNUNG, *(SPALTEN_MASSNAHME[n] for n in ("massnahme_nr", "stand", "titel")), "zielgruppe_text",
        INDIKATOR, "groesse", "gebiet_id", PROFIL, GRUPPE, "geschlecht", SPALTEN_KONZEPT["vorschlag"], "zielgruppe_groesse",
        "zielgruppe_stichtag", SPALTEN_MASSNAHME["teilnehmende"], "reichweite", "hoechstmoegliche_aenderung", "stabilitaetsband",
        "kleinste_sichtbare_aenderung", "noetiger_anteil_veraendert", "sichtbar", "annahmen",
        replace(SPALTEN["status"], beschreibung="Leitender Code. geheim: Teilnehmende sind geschützt; nicht_erhoben: "
                "sie fehlen im Blatt, oder die Quelle nennt keine Anzahl; keine_daten: es gibt keine Zeile der Zeitreihe bis zum "
                "Stand; nicht_bewertbar: der Indikator ist kein Anteil oder hat kein Stabilitätsband; sonst der Code der Zeile, "
                "der die Anzahl fehlt."),
        replace(SPALTEN["hinweise"], beschreibung="Alle zutreffenden Codes, auch ueber_hundert (reichweite über 1)."),
        replace(SPALTEN["beispieldaten"], beschreibung="Ob Teilnehmende oder Zielgruppe erzeugt oder erfunden sind."),
        *WERTSPALTEN[3:],
    ),
    leer_erlaubt=frozenset({
        "zielgruppe_text", "zielgruppe_groesse", "zielgruppe_stichtag", "teilnehmende", "reichweite",
        "hoechstmoegliche_aenderung", "stabilitaetsband", "kleinste_sichtbare_aenderung", "noetiger_anteil_veraendert",
        "sichtbar", "fundstelle",
    }),
    zahl=("reichweite",),
    warnungen=(
        "Kein Nachweis einer Wirkung, nur eine Größenordnung; Annahmen in der Spalte annahmen.",
        "Zeilen mit vorschlag: Zielgruppe und Indikator hat dieses Projekt zugeordnet, keine Quelle.",
    ),
)  # fmt: skip

SPANNEN = (DIM_ZIEL, WERTESPANNE, REICHWEITE)
