"""The tables that explain keys: municipalities, areas, definitions, states, breaks, the data dictionary.

Belongs here: `dim.*` of every municipality. Does not belong here: dimensions of the catalogue and of the concept (indikator.py,
konzept.py), bridges of areas (lieferung.py).
"""

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import anteil, anzahl, spalten, text
from schemas.spalten.intern import SPALTEN_INTERN
from schemas.spalten.register import SPALTEN_REGISTER

DIM_BRUCH = Tabelle(
    "dim",
    "bruch",
    "Brüche in Zeitreihen",
    "Tage, ab denen Werte eine frühere Reihe nicht fortsetzen.",
    ("bruch_id",),
    spalten("bruch_id", "gilt_fuer", "schluessel", "datum", "grund", "herkunft"),
)
DIM_KOMMUNE = Tabelle(
    "dim", "kommune", "Kommunen", "Die Kommunen dieses Datenordners.", ("kommune",),
    spalten("kommune", "name", "ags", "land", SPALTEN_INTERN["definitionen"],
            anzahl("mindestfallzahl", "Mindestfallzahl", "Kleinere Zahlen werden geschützt."),
            anzahl("mindestnenner", "Mindestnenner", "Kleinere Nenner geben keinen Anteil."),
            anzahl("mindestzeile", "Mindestzeile", "Zeilen mit weniger Einwohnern zeigen keine Gliederung, auch keine Nullen "
                    "(schutz.mindestzeile; Vorschlag dieses Projekts)."),
            Spalte("geheime_nullen", "VARCHAR[]", "Geheime Nullen", "Tabellen, in denen auch Nullen geheim sind: dort "
                    "kann »geheim« 0 heißen (schutz.nullen, mit Begründung)."),
            Spalte("asylherkunft", "VARCHAR[]", "Hauptherkunftsländer", "Staatsschlüssel der Hauptherkunftsländer von "
                    "Asylsuchenden in marts.registermerkmal (registermerkmale.asylherkunft; Vorgabe: die acht des IAB, "
                    "Afghanistan, Eritrea, Irak, Iran, Nigeria, Pakistan, Somalia, Syrien)."),
            anteil("mindestwert_ab", "Mindestwert ab", "Könnte ein Anteil um mehr als das höher sein, wenn alle "
                    "Unentscheidbaren MH hätten, ist er ein Mindestwert (veroeffentlichung.mindestwert_ab; "
                    "Vorschlag dieses Projekts)."),
            text("begruendung", "Begründung", "Wer die Schutzregeln beschlossen hat."),
            text("verfahren", "Verfahren", "Wie Anzahlen aus dem Register geschützt sind; eines für alle Tabellen.",
                  werte=("sperrung", "rundung", "cellkey")),
            anzahl("hoechstfehler", "Höchstfehler", "Um höchstens so viele Personen weicht eine gezeigte Anzahl von der "
                    "wahren ab; eine Summe aus n Anzahlen also um höchstens (n + 1)-mal so viele."),
            text("verfahren_text", "Verfahren in Worten", "Verfahren, Parameter und erwarteter Fehler."),
            SPALTEN_REGISTER["fluesse"], SPALTEN_REGISTER["fluesse_rechtsgrundlage"],
            *spalten("offene_daten_lizenz", "offene_daten_beitragende_stelle", "offene_daten_kontakt", "offene_daten_adresse")),
    leer_erlaubt=frozenset({"fluesse_rechtsgrundlage", "offene_daten_lizenz", "offene_daten_beitragende_stelle",
                            "offene_daten_kontakt", "offene_daten_adresse"}),
)  # fmt: skip
DIM_GEBIET = Tabelle(
    "dim",
    "gebiet",
    "Gebiete",
    "Die Gebiete der Kommunen mit ihrer Gliederung.",
    ("kommune", "gebiet_id"),
    spalten(
        "kommune",
        "gebiet_id",
        "gebiet",
        "ebene",
        "uebergeordnet",
        "gebietsstand",
        "gueltig_von",
        "gueltig_bis",
        "kachel_x",
        "kachel_y",
        "geometrie",
        "geometrie_herkunft",
    ),
    leer_erlaubt=frozenset({"gueltig_von", "gueltig_bis", "kachel_x", "kachel_y", "geometrie", "geometrie_herkunft"}),
)
DIM_PROFIL = Tabelle(
    "dim", "profil", "Definitionen von Migrationshintergrund", "Jede Definition mit Version, Herkunft und Regeln.",
    ("profil",),
    spalten("profil", "version", "titel", "beschreibung", "herkunft", "naeherung", "rekonstruktion", "regeln",
            SPALTEN_INTERN["kommunen"]),
)  # fmt: skip
DIM_STAAT = Tabelle(
    "dim", "staat", "Staatsschlüssel", "Destatis-Schlüssel mit Gruppen und Gültigkeit.", ("staat",),
    spalten("staat", "name", "fruehere_namen", "iso2", "iso3", "staatengruppe", "kontinent", "eu_von", "eu_bis", "gueltig_von",
            "gueltig_bis", "als_staat", "nachfolgegruppe", "aussiedlungsgebiet", "vertreibungsgebiet"),
    leer_erlaubt=frozenset({"fruehere_namen", "iso2", "iso3", "eu_von", "eu_bis", "gueltig_von", "gueltig_bis",
                            "nachfolgegruppe"}),
)  # fmt: skip
DIM_SPALTE = Tabelle(
    "dim", "spalte", "Datenwörterbuch", "Jede Spalte jeder veröffentlichten Tabelle.", ("tabelle", "spalte"),
    spalten("tabelle", "spalte", "typ", "titel", "beschreibung", "einheit", "herkunft", "werte", "schluesselteil",
            "leer_erlaubt"),
)  # fmt: skip
