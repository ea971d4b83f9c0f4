"""The tables of the indicator catalogue: what can be measured, and which Handlungsfeld it belongs to.

Belongs here: tables whose columns come from schemas/spalten/indikator.py. Does not belong here: figures of indicators.
"""

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.indikator import SPALTEN_INDIKATOR
from schemas.spalten.konzept import SPALTEN_KONZEPT


def _spalten(*namen: str) -> tuple[Spalte, ...]:
    return tuple(SPALTEN_INDIKATOR.get(n) or SPALTEN_KONZEPT.get(n) or SPALTEN[n] for n in namen)


DIM_INDIKATOR = Tabelle(
    "dim", "indikator", "Indikatoren", "Der Indikatorenkatalog: Definition, Formel, Quelle und was daneben stehen muss.",
    ("indikator",),
    _spalten(
        "indikator", "nummer", "name", "thema", "thema_name", "definition", "zaehler_text", "nenner_text", "einheit", "faktor",
        "richtung", "gliederungen", "nach_geschlecht", "hauptgruppe", "vergleichsgruppe", "datenquellen", "periodizitaet",
        "bezugstag", "rahmen", "prozess", "vorbilder", "formel_vorschlag", "mindestnenner", "mindestzaehler",
        "urteil_nenner", "urteil_zaehler", "ist_anteil",
        "relevanzschwelle", "relevanz_art", "herleitung", "nach_definition", "zaehler_merkmal", "zaehler_filter",
        "nenner_merkmal", "nenner_filter", "nennerversatz", "liefermerkmal", "formel", "nicht_berechnet", "registerreihe",
        "beachten",
    ),
    leer_erlaubt=frozenset({
        "nenner_text", "vergleichsgruppe", "bezugstag", "mindestnenner", "mindestzaehler", "urteil_nenner", "urteil_zaehler",
        "zaehler_merkmal",
        "zaehler_filter", "nenner_merkmal", "nenner_filter", "liefermerkmal", "formel", "nicht_berechnet",
        "registerreihe",
    }),
    warnungen=("Relevanzschwellen und Formeln mit formel_vorschlag sind Vorschläge dieses Projekts.",),
)  # fmt: skip

DIM_INDIKATOR_FELD = Tabelle(
    "dim", "indikator_handlungsfeld", "Indikatoren der Handlungsfelder",
    "Welcher Indikator zu welchem Handlungsfeld gehört; nur Fassungen, die eine Kommune dieses Datenordners hat.",
    ("indikator", "kommune", "konzept", "handlungsfeld"),
    _spalten("indikator", "kommune", "konzept", "handlungsfeld", "handlungsfeld_name", "vorschlag"),
    warnungen=("Zeilen mit vorschlag stehen in keiner Quelle; die Kommune soll sie bestätigen oder ändern.",),
)  # fmt: skip

DIM_LEITZIEL_INDIKATOR = Tabelle(
    "dim", "leitziel_indikator", "Indikatoren der Leitziele", "Woran ein Leitziel gemessen wird, im Wortlaut und im Katalog.",
    ("kommune", "konzept", "leitziel", "indikator_text"),
    _spalten("kommune", "konzept", "leitziel", "indikator_text", "indikator", "name", "vorschlag"),
    leer_erlaubt=frozenset({"indikator", "name"}),
    warnungen=("Zeilen mit vorschlag stehen in keiner Quelle; die Kommune soll sie bestätigen oder ändern. Ohne indikator steht "
               "der Wortlaut des Konzepts nicht im Katalog.",),
)  # fmt: skip

INDIKATOREN = (DIM_INDIKATOR, DIM_INDIKATOR_FELD, DIM_LEITZIEL_INDIKATOR)
