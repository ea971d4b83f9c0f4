"""The tables of indicator series and their trends.

Belongs here: tables whose columns come from schemas/spalten/zeitreihe.py. Does not belong here: the catalogue (indikator.py).
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.indikator import SPALTEN_INDIKATOR
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.spalten.zeitreihe import SPALTEN_ZEITREIHE
from schemas.tabellen.lieferung import PROFIL, WERTSPALTEN

STATUS = replace(
    SPALTEN["status"], beschreibung="Leitender Code. gerundet: auf eine Nachkommastelle, ohne Zähler und Nenner, weil Alters- "
    "oder Gruppengrenzen sonst Einzelne verrieten; bruch: der Wert gilt, setzt die frühere Reihe aber nicht fort; korrigiert: "
    "anders als früher veröffentlicht (protokoll.revision); nicht_erhoben: die Quelle gibt es nicht her, auch Frauen und Männer.",
)  # fmt: skip
EIGENE = SPALTEN_ZEITREIHE | {"profil": PROFIL, "status": STATUS}
SERIE = ("kommune", "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe")


def _spalten(*namen: str) -> tuple[Spalte, ...]:
    return tuple(EIGENE.get(n) or SPALTEN_INDIKATOR.get(n) or SPALTEN.get(n) or SPALTEN_TABELLE[n] for n in namen)


ZEITREIHE = Tabelle(
    "marts", "indikator_zeitreihe", "Indikatoren als Zeitreihen",
    "Jeder Indikator je Gebiet, Gruppe, Geschlecht und Zeitraum, mit Vergleichsgruppe, Änderung, Urteil, Ziel und Lage im Ort.",
    (*SERIE, "zeitraum"),
    _spalten(
        *SERIE, "zeitraum", "gebiet", "ebene", "stichtag", "profilversion", "einheit", "richtung", "zaehler", "nenner", "wert",
        "untergrenze", "obergrenze", "vergleichsgruppe", "vergleichswert", "abstand", "verhaeltnis", "abschnitt",
        "abschnitt_grund", "bruch_text", "vorperiode", "vorwert", "veraenderung_vorperiode", "basis", "veraenderung_basis",
        "index_basis", "veraenderung_je_jahr", "vergleich_veraenderung", "abstand_veraenderung", "abstand_fall",
        "relevanzschwelle", "relevanz_art", "trend", "trend_bezug", "trend_grund", "aenderung_im_band", "trend_auf_korrektur",
        "lage_rang", "lage_gebiete", "lage_quantil", "lage_quotient", "leitziel", "ziel", "ziel_jahr", "zielabstand",
        "ziel_tempo", "ziel_erreicht", "quelle", "nenner_quelle", "nenner_stichtag", "nenner_passt", "bevoelkerung",
        "umgerechnet", "herkunft", "lizenz", *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({
        "zaehler", "nenner", "wert", "untergrenze", "obergrenze", "vergleichsgruppe", "vergleichswert", "abstand",
        "verhaeltnis", "abschnitt_grund", "bruch_text", "vorperiode", "vorwert", "veraenderung_vorperiode", "basis",
        "veraenderung_basis", "index_basis", "veraenderung_je_jahr", "vergleich_veraenderung", "abstand_veraenderung",
        "abstand_fall", "trend", "trend_bezug", "trend_grund", "aenderung_im_band", "lage_rang", "lage_gebiete", "lage_quantil",
        "lage_quotient", "leitziel", "ziel", "ziel_jahr", "zielabstand", "ziel_tempo", "ziel_erreicht", "nenner_quelle",
        "fundstelle",
    }),
    zahl=("wert",),
    warnungen=(
        "Geschützte Werte sind NULL, nicht 0; status und hinweise nennen den Grund.",
        "Definitionen (profil), Gruppen und Abschnitte nie mischen.",
        "Was neben einem Indikator stehen muss, steht in dim.indikator.beachten. Relevanzschwellen sind Vorschläge dieses "
        "Projekts.",
    ),
)  # fmt: skip

TREND = Tabelle(
    "marts", "indikator_trend", "Trends der Indikatoren",
    "Steigung und Spanne der letzten vergleichbaren Werte jeder Zeitreihe, ohne Urteil.",
    SERIE,
    _spalten(
        *SERIE, "gebiet", "ebene", "profilversion", "einheit", "richtung", "abschnitt", "punkte", "luecken", "von", "bis",
        "kleinster", "groesster", "relevanzschwelle", "relevanz_art", "test", "mindestpunkte", "tau", "steigung_je_jahr",
        "veraenderung", "verlauf", "quelle", *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({
        "von", "bis", "kleinster", "groesster", "tau", "steigung_je_jahr", "veraenderung", "fundstelle",
    }),
    zahl=("steigung_je_jahr",),
    warnungen=(
        "Ein Trend über wenige Jahre ist kein Beleg einer Wirkung.",
        "Bestände aus denselben Personen hängen von Jahr zu Jahr voneinander ab: eine Reihe, die steigt, ist eine Beschreibung, "
        "kein statistischer Nachweis.",
    ),
)  # fmt: skip

ZEITREIHEN = (ZEITREIHE, TREND)
