"""The published facts of one extract, flows between two, and the record of what was linked.

Belongs here: these tables. Does not belong here: what its columns mean (schemas/spalten/register.py), their cubes (wuerfel.py).
"""

from dataclasses import replace

from schemas.model import Tabelle
from schemas.spalten.common import SPALTEN, spalten
from schemas.spalten.register import SPALTEN_REGISTER
from schemas.tabellen.bevoelkerung import SCHUTZWARNUNG
from schemas.tabellen.lieferung import WERTSPALTEN

REGISTERMERKMAL = Tabelle(
    "marts", "registermerkmal", "Was das Register über die Definitionen hinaus sagt",
    "Aufenthalts- und Wohndauer, Mehrstaatigkeit, Asylherkunft, Wahlberechtigung, Altersjahre und Jahr des Zuzugs aus dem "
    "Ausland: Zahlen eines einzelnen Auszugs.",
    ("kommune", "stichtag", "gebiet_id", "merkmal", "auspraegung", "geschlecht"),
    (
        *spalten("kommune", "stichtag", "gebiet_id"), SPALTEN_REGISTER["merkmal"], SPALTEN_REGISTER["auspraegung"],
        *spalten("geschlecht", "gebiet", "ebene"), SPALTEN_REGISTER["auspraegung_name"], SPALTEN_REGISTER["grundgesamtheit"],
        replace(SPALTEN["personen"], beschreibung="Personen mit dieser Ausprägung des Merkmals: Altersjahre "
                "genau, alle anderen gerundet auf das Doppelte der Mindestfallzahl, unter dem Vierfachen verborgen; die größte "
                "Ausprägung ist, was die anderen gezeigten übrig lassen."),
        replace(SPALTEN["anteil"], beschreibung="personen / Grundgesamtheit desselben Gebiets und Geschlechts."),
        *spalten(*WERTSPALTEN),
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    warnungen=(
        SCHUTZWARNUNG,
        "Nur die ganze Kommune, nach Geschlecht (Zuzugsjahre ohne): neben den Kategorien einer Definition verriete ein Merkmal "
        "in einem Gebiet Einzelne. Die Gruppen von wahlberechtigung überschneiden sich; altersjahr_auslaender und zuzugsjahr "
        "zählen nur Ausländerinnen und Ausländer. Unter dem Verfahren cellkey ist die Tabelle leer.",
        "zuzugsjahr zählt, wer noch da ist: es ist keine Zahl der Zuzüge.",
    ),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)  # fmt: skip
BEWEGUNG = Tabelle(
    "marts", "bewegung", "Bewegungen zwischen zwei Stichtagen",
    "Zu- und Fortzüge, Geburten, Sterbefälle und Einbürgerungen der ganzen Kommune: Übergänge zwischen den Auszügen "
    "zweier aufeinanderfolgender Stichtage.",
    ("kommune", "stichtag", "gebiet_id", "bewegung", "gruppe", "geschlecht"),
    (
        *spalten("kommune", "stichtag", "gebiet_id"), SPALTEN_REGISTER["bewegung"], SPALTEN_REGISTER["gruppe"],
        *spalten("geschlecht"), SPALTEN_REGISTER["stichtag_vorher"], SPALTEN_REGISTER["tage"], *spalten("gebiet", "ebene"),
        SPALTEN_REGISTER["bewegung_name"],
        replace(SPALTEN["personen"], beschreibung="Personen mit dieser Bewegung, gerundet auf das Doppelte der Mindestfallzahl; "
                "insgesamt ist die Summe der gerundeten Frauen und Männer. NULL: weniger als das Vierfache, auch niemand; "
                "insgesamt auch, wo Frauen oder Männer fehlen."),
        replace(SPALTEN["anteil"], beschreibung="personen / Bestand derselben Gruppe, desselben Gebiets und Geschlechts am "
                "vorigen Stichtag; bei Einbürgerungen / Ausländer (Einbürgerungsquote). Nicht auf ein Jahr umgerechnet."),
        *spalten(*WERTSPALTEN),
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    warnungen=(
        SCHUTZWARNUNG,
        "Nur Kommunen mit fluesse: true (dim.kommune.fluesse) haben Zeilen; verknüpft wird nur im geschützten Bereich.",
        "Keine amtliche Wanderungsstatistik: Zuzüge sind neue Personen zwischen zwei Auszügen, Fortzüge fehlende.",
        "Nur die ganze Kommune: in einem Gebiet folgte aus beiden Beständen fast jede geschützte Bewegung, weil zwischen "
        "Gebieten wenige umziehen.",
        "Eine Gruppe (Ausländer, Frauen und Männer) steht nur da, wo mindestens das Zwanzigfache der Mindestfallzahl zu- und "
        "ebenso viele fortzogen und von keinem Bestand neben ihr wenige übrig bleiben. Der vorige Bestand mit den gerundeten "
        "Bewegungen ist deshalb nicht genau der Bestand.",
    ),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)  # fmt: skip
VERKNUEPFUNG = Tabelle(
    "protokoll", "verknuepfung", "Verknüpfte Auszüge",
    "Welche Auszüge zweier Stichtage im geschützten Bereich verknüpft wurden, worauf das beruht und wann gelöscht wird.",
    ("kommune", "stichtag"),
    (*spalten("kommune", "stichtag"), SPALTEN_REGISTER["stichtag_vorher"], SPALTEN_REGISTER["fluesse_rechtsgrundlage"],
     SPALTEN_REGISTER["loeschung_bis"], *spalten("veroeffentlichung")),
    leer_erlaubt=frozenset({"fluesse_rechtsgrundlage"}),
)  # fmt: skip
