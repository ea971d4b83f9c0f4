"""The view that explains every figure: what it shows, column by column, which figures of which tables, and which it leaves out.

Belongs here: its shape and words. Does not belong here: other views (ansichten.py), its statement (sql/ansichten).
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN, text
from schemas.spalten.indikator import SPALTEN_INDIKATOR
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.spalten.zeitreihe import SPALTEN_ZEITREIHE

HERKUNFT = Tabelle(
    "marts", "herkunft_der_zahl", "Herkunft jeder Zahl",
    "Wie jede veröffentlichte Zahl zustande kam: Definition, Zähler und Nenner, Lieferung und Zelle, Schutz, frühere Werte. Eine "
    "Ansicht ohne eigene Daten.",
    ("tabelle", "schluessel", "spalte"),
    (
        SPALTEN["tabelle"],
        text("schluessel", "Schlüssel", "Schlüssel der Zeile als Text, »spalte=wert« in der Reihenfolge des Schlüssels der "
             "Tabelle, getrennt durch »; «; so auch in protokoll.revision."),
        text("spalte", "Spalte", "Spalte der Tabelle, in der die Zahl steht."),
        text("kennzahl", "Kennzahl", "Kennung des Indikators, wo die Zahl sein Wert ist; sonst der Name der Spalte."),
        SPALTEN["kommune"],
        replace(SPALTEN["gebiet_id"], beschreibung="Gebiet der Zahl; bei der Segregation die Kommune, bei einem Handlungsfeld "
                "keines."),
        SPALTEN["gebiet"],
        replace(SPALTEN["stichtag"], beschreibung="Tag, für den die Zahl gilt; bei einem Trend der letzte Wert (ohne Werte der "
                "Datenstand), bei Maßnahmen der Stand."),
        text("bezeichnung", "Bezeichnung", "Was die Zahl ist, in wenigen Worten."),
        Spalte("wert", "DOUBLE", "Wert", "Die veröffentlichte Zahl; NULL, wo »schutz« sagt, warum."),
        SPALTEN["einheit"],
        text("definition", "Definition", "Definition des Indikators, Titel der Definition von Migrationshintergrund oder "
             "Beschreibung der Spalte."),
        text("version", "Version", "Version der Definition von Migrationshintergrund; »-«, wo keine gilt."),
        SPALTEN_INDIKATOR["beachten"],
        replace(SPALTEN_ZEITREIHE["zaehler"], einheit="", beschreibung="Veröffentlichter Zähler eines Anteils oder "
                "Verhältnisses; NULL, wo es keinen gibt oder er geschützt ist."),
        replace(SPALTEN_ZEITREIHE["nenner"], einheit="", beschreibung="Veröffentlichter Nenner; NULL wie beim Zähler."),
        Spalte("regeln", "STRUCT(kategorie VARCHAR, kategorie_name VARCHAR, personen BIGINT, ergebnis VARCHAR)[]",
               "Zählung nach Kategorien", "Registerzählung je Kategorie der Definition (marts.mh_kategorie) für dasselbe Gebiet, "
               "denselben Tag und dasselbe Geschlecht; geschützte sind NULL. NULL bei Zahlen, die nicht Migrationshintergrund "
               "aller Altersgruppen zählen oder nicht aus dem Register sind.", einheit="Personen"),
        text("quelle", "Quelle", "Kennung der Quelle in kommune.yaml; »-«: Rechnung aus mehreren."),
        SPALTEN["herkunft"],
        SPALTEN_TABELLE["lizenz"],
        SPALTEN["lieferung_id"],
        SPALTEN["datei"],
        SPALTEN["sha256"],
        SPALTEN["fundstelle"],
        SPALTEN["datenstand"],
        SPALTEN["eingelesen_am"],
        replace(SPALTEN["status"], beschreibung="Status dieser Zahl: der ihrer Zeile oder, wo hinweise code:spalte nennt, "
                "ihr eigener; »ok« auch, wo nur eine andere Zahl der Zeile fehlt."),
        SPALTEN["hinweise"],
        text("schutz", "Schutz", "Was die Zahl geschützt oder gerundet hat, oder warum es sie nicht gibt, als Satz."),
        Spalte("frueher", "STRUCT(veroeffentlichung VARCHAR, wert DOUBLE, grund VARCHAR)[]", "Frühere Werte",
               "Was in früheren Veröffentlichungen an dieser Stelle stand (protokoll.revision), die älteste zuerst."),
        SPALTEN["veroeffentlichung"],
    ),
    leer_erlaubt=frozenset({
        "gebiet_id", "gebiet", "wert", "zaehler", "nenner", "regeln", "herkunft", "lizenz", "datei", "sha256", "fundstelle",
        "eingelesen_am",
    }),
    warnungen=(
        "Die Ansicht rechnet bei jeder Abfrage: tabelle, kommune, gebiet_id und stichtag einschränken.",
        "Klienten vor DuckDB 1.2 müssen die Datei selbst öffnen, nicht mit attach.",
    ),
)  # fmt: skip

# Explained table → its columns with figures, in their order.
ERKLAERT: dict[str, tuple[str, ...]] = {
    "marts.migrationshintergrund": (
        "einwohner",
        "auslaender",
        "deutsche_mit_mh",
        "personen_mit_mh",
        "unentscheidbar",
        "anteil_auslaender",
        "anteil_mh",
        "anteil_mh_min",
        "anteil_mh_max",
        "lokationsquotient_mh",
        "anteil_auslaender_gerechnet",
        "anteil_mh_gerechnet",
    ),
    "marts.staatsangehoerigkeit": ("personen", "anteil", "rang"),
    "marts.staatengruppe": ("personen", "anteil"),
    "marts.bezugsland": ("personen", "anteil", "rang"),
    "marts.mh_kategorie": ("personen", "anteil"),
    "marts.definitionsvergleich": ("personen", "anteil"),
    "marts.optionskennzeichen": ("personen",),
    "marts.registermerkmal": ("personen", "anteil"),
    "marts.bewegung": ("tage", "personen", "anteil"),
    "marts.segregation": ("wert", "anzahl_gebiete"),
    "marts.tabellenwert": ("wert", "nachgerechnet"),
    "marts.indikator_zeitreihe": (
        "wert",
        "zaehler",
        "nenner",
        "untergrenze",
        "obergrenze",
        "vergleichswert",
        "abstand",
        "verhaeltnis",
        "vorwert",
        "veraenderung_vorperiode",
        "veraenderung_basis",
        "index_basis",
        "veraenderung_je_jahr",
        "vergleich_veraenderung",
        "abstand_veraenderung",
        "lage_rang",
        "lage_gebiete",
        "lage_quantil",
        "lage_quotient",
        "zielabstand",
        "ziel_tempo",
    ),
    "marts.indikator_trend": ("steigung_je_jahr", "veraenderung", "kleinster", "groesster", "tau", "punkte", "luecken"),
    "marts.wertespanne": (
        "anteil",
        "unentscheidbar_unten",
        "unentscheidbar_oben",
        "unentscheidbar_spanne",
        "definition_unten",
        "definition_oben",
        "definition_spanne",
        "anzahl_profile",
        "anzahl_mindestwerte",
        "stichprobe_unten",
        "stichprobe_oben",
        "stichprobe_spanne",
        "gesamt_unten",
        "gesamt_oben",
    ),
    "marts.datenstandvergleich": (
        "einwohner_alt",
        "einwohner_neu",
        "einwohner_differenz",
        "einwohner_aenderung",
        "auslaender_alt",
        "auslaender_neu",
        "auslaender_differenz",
        "personen_mit_mh_alt",
        "personen_mit_mh_neu",
        "personen_mit_mh_differenz",
        "anteil_mh_alt",
        "anteil_mh_neu",
        "anteil_mh_differenz",
        "nachmeldetage",
    ),
    "marts.massnahme_reichweite": (
        "reichweite",
        "teilnehmende",
        "zielgruppe_groesse",
        "hoechstmoegliche_aenderung",
        "stabilitaetsband",
        "kleinste_sichtbare_aenderung",
        "noetiger_anteil_veraendert",
    ),
    "marts.handlungsfeld_fortschritt": (
        "anteil_umgesetzt",
        "anteil_begonnen",
        "massnahmen",
        "geplant",
        "begonnen",
        "laufend",
        "daueraufgabe",
        "abgeschlossen",
        "verschoben",
        "nicht_begonnen",
        "entfallen",
        "ohne_angabe",
        "ideen",
        "ohne_begruendung",
        "ueberfaellig",
        "ueberfaellig_heute",
    ),
}

# Explained only where the table is named: they are drawn from the others, and a key without a table means those.
NUR_GENANNT = ("marts.indikator_trend", "marts.wertespanne", "marts.datenstandvergleich")  # fmt: skip

_GELIEFERT = "Angaben eines Maßnahmenblatts, wie sie geliefert sind; Datei und Zelle nennt die Zeile selbst."
_EINGESTELLT = "Einstellungen und Reihenfolgen aus der Konfiguration, keine Zahlen über Personen."
_PROTOKOLL = "Was ein Lauf über sich selbst festhält."
# Published tables with numbers that the view does not explain, and why. Every other one stands in ERKLAERT.
OHNE_ERKLAERUNG: dict[str, str] = {
    "marts.massnahme": _GELIEFERT,
    "marts.massnahme_haushalt": _GELIEFERT,
    "marts.massnahme_meilenstein": _GELIEFERT,
    "marts.foerderung": _GELIEFERT,
    "marts.berichtspflicht": "Tage bis zu einer Frist: die Zeile nennt Frist und Tag.",
    "marts.beratungsfolge": "Jahr des Konzepts und Reihenfolge der Gremien; die Zeile nennt Vorlage und Fundstelle.",
    "dim.bruecke": _EINGESTELLT,
    "dim.kommune": _EINGESTELLT,
    "dim.konzept": _EINGESTELLT,
    "dim.gremium": _EINGESTELLT,
    "dim.handlungsfeld": _EINGESTELLT,
    "dim.massnahme": _EINGESTELLT,
    "dim.indikator": _EINGESTELLT,
    "dim.ziel": _EINGESTELLT,
    "protokoll.lieferung": _PROTOKOLL,
    "protokoll.pruefung": _PROTOKOLL,
    "protokoll.geheimhaltung": _PROTOKOLL,
}
