"""The published tables of the population: Migrationshintergrund, nationalities, categories, how definitions differ.

Belongs here: marts of figures of the register and of printed tables. Does not belong here: indices and series over them
(segregation.py, zeitreihe.py, spanne.py, datenstand.py), the counts behind them (wuerfel.py).
"""

from dataclasses import replace

from schemas.model import Tabelle
from schemas.spalten.common import SPALTEN, spalten
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.tabellen.lieferung import PROFIL, WERTSPALTEN

LIZENZ = SPALTEN_TABELLE["lizenz"]
SCHUTZWARNUNG = "Geschützte Werte sind NULL, nicht 0; status und hinweise nennen den Grund."
UMFANGSWARNUNG = "Wie tief gegliedert ist, bestimmt veroeffentlichung.umfang: was nicht dazugehört, hat keine Zeile."
MIGRATIONSHINTERGRUND = Tabelle(
    "marts", "migrationshintergrund", "Personen mit Migrationshintergrund",
    "Bestand, Ausländer und Personen mit Migrationshintergrund unter jeder benannten Definition.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe", "quelle"),
    spalten(
        "kommune", "stichtag", "gebiet_id", PROFIL, "geschlecht", "altersgruppe", "quelle",
        "gebiet", "ebene", "profilversion", "ist_hauptdefinition", "einwohner", "auslaender", "deutsche_mit_mh",
        "personen_mit_mh", "unentscheidbar", "anteil_auslaender", "anteil_mh", "anteil_mh_min", "anteil_mh_max",
        "lokationsquotient_mh",
        "anteil_auslaender_gerechnet", "anteil_mh_gerechnet", "herkunft", LIZENZ, *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({
        "einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar", "anteil_auslaender",
        "anteil_mh", "anteil_mh_min", "anteil_mh_max", "lokationsquotient_mh", "anteil_auslaender_gerechnet",
        "anteil_mh_gerechnet", "fundstelle",
    }),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG, "status spricht vom Anteil mit MH.",
               "Definitionen (profil) und Quellen nie mischen: Für Summen marts.heute und marts.heute_gebiete nehmen."),
    zahl=("anteil_mh",),
    nebenzahlen=("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar", "anteil_auslaender",
                 "anteil_mh_max", "lokationsquotient_mh"),
)  # fmt: skip
STAATSANGEHOERIGKEIT = Tabelle(
    "marts", "staatsangehoerigkeit", "Bestand nach Staatsangehörigkeit",
    "Einwohner nach Staatsangehörigkeit; seltene sind unter »uebrige« zusammengefasst.",
    ("kommune", "stichtag", "gebiet_id", "staat", "geschlecht", "quelle"),
    spalten(
        "kommune", "stichtag", "gebiet_id", "staat", "geschlecht", "quelle", "gebiet", "ebene", "staat_name",
        "staatengruppe", "personen", "anteil", "rang", "rang_bezug", "herkunft", LIZENZ, *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "rang", "rang_bezug", "fundstelle"}),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)  # fmt: skip
STAATENGRUPPE = Tabelle(
    "marts", "staatengruppe", "Ausländer nach Staatengruppe",
    "Ausländer aus der EU, aus Drittstaaten und aus deren Erdteilen, nach dem Stand des Stichtags; vor dem Schutz gezählt.",
    ("kommune", "stichtag", "gebiet_id", "staatengruppe", "geschlecht"),
    spalten(
        "kommune", "stichtag", "gebiet_id",
        replace(SPALTEN["staatengruppe"], beschreibung="insgesamt = EU + Drittstaaten; Drittstaaten = Erdteile + sonstige "
                "(seltene Erdteile, staatenlos, ungeklärt). Mitgliedschaft in der EU am Stichtag (dim.staat.eu_von, eu_bis)."),
        "geschlecht", "gebiet", "ebene",
        replace(SPALTEN["personen"], beschreibung="Ausländer dieser Staatengruppe."),
        "anteil", *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG, "Staatengruppen verschiedener Ebenen nie addieren: Drittstaaten enthält die "
               "Erdteile. Gebiete nennen die Erdteile ohne Geschlecht."),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)  # fmt: skip

BEZUGSLAND = Tabelle(
    "marts",
    "bezugsland",
    "Personen mit Migrationshintergrund nach Bezugsland",
    "Woher Personen mit MH oder ihre Eltern stammen, nach der Merkmalsfolge der Definition; historische Staaten bleiben "
    "eigene Gruppen.",
    ("kommune", "stichtag", "gebiet_id", "profil", "staat", "geschlecht"),
    spalten(
        "kommune",
        "stichtag",
        "gebiet_id",
        "profil",
        "staat",
        "geschlecht",
        "gebiet",
        "ebene",
        "staat_name",
        replace(SPALTEN["personen"], beschreibung="Personen mit Migrationshintergrund mit diesem Bezugsland."),
        "anteil",
        "rang",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "rang", "fundstelle"}),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG, "Nur die Hauptdefinition (die erste in profile)."),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)
MH_KATEGORIE = Tabelle(
    "marts",
    "mh_kategorie",
    "Einwohner nach Kategorie der Definition",
    "Aus welchen Gruppen sich die Personen mit und ohne MH zusammensetzen, mit Generation.",
    ("kommune", "stichtag", "gebiet_id", "profil", "kategorie", "generation", "geschlecht"),
    spalten(
        "kommune",
        "stichtag",
        "gebiet_id",
        "profil",
        "kategorie",
        "generation",
        "geschlecht",
        "gebiet",
        "ebene",
        "kategorie_name",
        "ergebnis_mh",
        replace(SPALTEN["personen"], beschreibung="Einwohner dieser Kategorie der Definition."),
        "anteil",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
    warnungen=(
        SCHUTZWARNUNG,
        UMFANGSWARNUNG,
        "Kategorien verschiedener Definitionen tragen teils dieselben Kurzzeichen.",
    ),
)
DEFINITIONSVERGLEICH = Tabelle(
    "marts",
    "definitionsvergleich",
    "Worin sich zwei Definitionen unterscheiden",
    "Personen, über die zwei Definitionen verschieden urteilen, nach dem Paar der Regeln, die entschieden.",
    ("kommune", "stichtag", "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b"),
    spalten(
        "kommune",
        "stichtag",
        "gebiet_id",
        "profil_a",
        "profil_b",
        "regel_a",
        "regel_b",
        "gebiet",
        "ebene",
        "ergebnis_a",
        "ergebnis_b",
        "grund",
        replace(SPALTEN["personen"], beschreibung="Personen, über die die beiden Definitionen verschieden urteilen."),
        "anteil",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    warnungen=(
        SCHUTZWARNUNG,
        UMFANGSWARNUNG,
        "Die Kommune steht nach Paaren von Regeln da, die sich zu ihrer Summe addieren; ihre Gebiete nur mit ihrer Summe.",
    ),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)
OPTIONSKENNZEICHEN = Tabelle(
    "marts", "optionskennzeichen", "Was das abgeschaltete Optionskennzeichen ändert",
    "Wie viele Personen eine Definition anders zählte (mit, ohne oder unentscheidbar), wenn die Kommune das Optionskennzeichen "
    "verwendete; nur für die ganze Kommune, nur wo es abgeschaltet ist und eine Regel danach fragt.",
    ("kommune", "stichtag", "profil"),
    spalten("kommune", "stichtag", "profil",
            replace(SPALTEN["personen"], beschreibung="Personen mit anderem Ergebnis, Kinder von Trägern des Kennzeichens "
                     "eingeschlossen; beim Einlesen des Auszugs gezählt. Verborgen, wenn die Zahl klein ist oder von den "
                     "Trägern, den Personen ohne MH oder allen nur wenige übrig lässt."),
            *WERTSPALTEN),
    leer_erlaubt=frozenset({"personen", "fundstelle"}),
    zahl=("personen",),
    warnungen=(SCHUTZWARNUNG,),
)  # fmt: skip
