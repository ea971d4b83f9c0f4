"""The tables of the register in the secure zone: staged persons, and the cubes that count them.

Belongs here: what is counted before anything is protected. Does not belong here: what may be told (bevoelkerung.py), the cube
of data states (datenstand.py).
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import anzahl, ja_nein, spalten, text
from schemas.spalten.person import PERSON
from schemas.spalten.register import EINZELJAHRE, MERKMALE, SPALTEN_REGISTER

PERSONEN = Tabelle(
    "eingang", "melderegister", "Bestand aus dem Melderegister",
    "Personen des Bestands mit den nötigen Merkmalen, pseudonymisiert; nur im geschützten Bereich.",
    ("zeile",), PERSON,
    leer_erlaubt=frozenset({
        "geburtsjahr", "geburtstag", "alter", "sta_2", "sta_3", "art_dt_sta", "geburtsstaat", "zuzug_staat", "zuzug_tag",
        "einzug_tag",
        "eltern_1_zeile", "eltern_2_zeile", "eltern_1_gleiche_adresse", "eltern_2_gleiche_adresse",
    }),
)  # fmt: skip
WUERFEL = Tabelle(
    "bevoelkerung", "wuerfel", "Bevölkerungswürfel",
    "Ungeschützte Zählung je Definition und zutreffender Regel; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe", "regel", "generation", "ist_auslaender"),
    spalten(
        "kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe",
        text("regel", "Regel", "Name der Regel der Definition, die entschied.", muster=r"[a-z][a-z0-9_]*"),
        "generation",
        ja_nein("ist_auslaender", "Ausländer", "Ohne deutsche Staatsangehörigkeit."),
        "ergebnis_mh",
        "personen",
    ),
)  # fmt: skip
STAATENWUERFEL = Tabelle(
    "bevoelkerung",
    "staatenwuerfel",
    "Würfel der Staatsangehörigkeiten",
    "Ungeschützte Zählung je Staatsangehörigkeit; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "geschlecht", "staat"),
    spalten("kommune", "stichtag", "gebiet_id", "geschlecht", "staat", "personen"),
)
BEZUGSLANDWUERFEL = Tabelle(
    "bevoelkerung",
    "bezugslandwuerfel",
    "Würfel der Bezugsländer",
    "Ungeschützte Zählung der Personen mit MH je Bezugsland; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "staat"),
    spalten("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "staat", "personen"),
)
VERGLEICHSWUERFEL = Tabelle(
    "bevoelkerung", "vergleichswuerfel", "Würfel der abweichenden Entscheidungen",
    "Ungeschützte Zählung der Personen, über die zwei Definitionen verschieden urteilen; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b"),
    spalten("kommune", "stichtag", "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b", "ergebnis_a", "ergebnis_b",
            "personen"),
)  # fmt: skip
ARTENWUERFEL = Tabelle(
    "bevoelkerung", "artenwuerfel", "Würfel der Personenarten",
    "Ungeschützte Zählung nach dem, was alle Definitionen zusammen über jemanden sagen; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "geschlecht", "altersgruppe", "regeln", "generation", "mehrstaatig", "ist_auslaender"),
    spalten("kommune", "stichtag", "gebiet_id", "geschlecht", "altersgruppe",
            text("regeln", "Regeln", "Je Definition die Regel, die entschied: »definition=regel«, durch Leerzeichen getrennt."),
            "generation",
            ja_nein("mehrstaatig", "Mehrstaatig", "Deutsche mit einer weiteren Staatsangehörigkeit."),
            ja_nein("ist_auslaender", "Ausländer", "Ohne deutsche Staatsangehörigkeit."), "personen"),
)  # fmt: skip
OPTIONSWUERFEL = Tabelle(
    "bevoelkerung", "optionswuerfel", "Würfel des abgeschalteten Optionskennzeichens",
    "Ungeschützte Zählung der Personen, die eine Definition mit dem Optionskennzeichen anders zählte; nur im geschützten "
    "Bereich.",
    ("kommune", "stichtag", "profil"),
    spalten("kommune", "stichtag", "profil", "personen",
            anzahl("traeger", "Mit Optionskennzeichen", "Personen, die das Kennzeichen tragen.")),
)  # fmt: skip
ALTERSWUERFEL = Tabelle(
    "bevoelkerung", "alterswuerfel", "Würfel der Altersjahre",
    "Ungeschützte Zählung je Altersjahr, Grundlage der Indikatoren; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe", "altersjahr", "ist_auslaender",
     "ergebnis_mh"),
    spalten("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe",
            text("altersjahr", "Altersjahr", "Vollendete Lebensjahre als Text oder »unbekannt«.", muster=r"\d{1,3}|unbekannt"),
            Spalte("alter", "BIGINT", "Alter", "Vollendete Lebensjahre am Stichtag; NULL unbekannt.", "Jahre", minimum=0,
                    maximum=130),
            ja_nein("ist_auslaender", "Ausländer", "Ohne deutsche Staatsangehörigkeit."), "ergebnis_mh", "personen"),
    leer_erlaubt=frozenset({"alter"}),
)  # fmt: skip
EINTRAGSWUERFEL = Tabelle(
    "bevoelkerung", "eintragswuerfel", "Würfel der Geschlechtseinträge",
    "Ungeschützte Zählung der ganzen Kommune je Geschlechtseintrag, auch divers und ohne Eintrag; nur im geschützten Bereich.",
    ("kommune", "stichtag", "geschlecht"),
    spalten("kommune", "stichtag", "geschlecht", "personen"),
)  # fmt: skip
BEWEGUNGSWUERFEL = Tabelle(
    "bevoelkerung", "bewegungswuerfel", "Würfel der Bewegungen",
    "Ungeschützte Zählung der Bewegungen zwischen zwei Stichtagen; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "geschlecht", "bewegung", "gruppe"),
    (*spalten("kommune", "stichtag"), SPALTEN_REGISTER["stichtag_vorher"], *spalten("gebiet_id", "geschlecht"),
     SPALTEN_REGISTER["bewegung"], SPALTEN_REGISTER["gruppe"], *spalten("personen")),
)  # fmt: skip
MERKMALSWUERFEL = Tabelle(
    "bevoelkerung", "merkmalswuerfel", "Würfel der Merkmale",
    "Ungeschützte Zählung dessen, was ein Auszug über die Definitionen hinaus sagt; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "geschlecht", "merkmal", "auspraegung"),
    (*spalten("kommune", "stichtag", "gebiet_id", "geschlecht"),
     replace(SPALTEN_REGISTER["merkmal"], werte=(*MERKMALE, *EINZELJAHRE)), SPALTEN_REGISTER["auspraegung"],
     *spalten("personen")),
)  # fmt: skip
