"""The views of the published file: what they show, column by column.

Belongs here: shape and words of each view; a view holds no figure of its own and has no Parquet twin. Does not belong here: its
statement (sql/ansichten/<name>.sql), the view that explains every figure (herkunft.py).
"""

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN, spalten, text
from schemas.spalten.indikator import SPALTEN_INDIKATOR
from schemas.spalten.konzept import SPALTEN_KONZEPT
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.spalten.zeitreihe import SPALTEN_ZEITREIHE
from schemas.tabellen.herkunft import HERKUNFT

# Inside the published file the share and the counts stand in one row: their units are in the columns' comments.
_HEUTE = (
    "kommune", "stichtag", "gebiet_id", "gebiet", "ebene", "profil", "quelle", "einwohner", "auslaender", "personen_mit_mh",
    "anteil_auslaender", "anteil_mh", "anteil_mh_min", "anteil_mh_max", "status", "hinweise", "beispieldaten",
    "veroeffentlichung",
)  # fmt: skip
_HEUTE_LEER = frozenset({
    "einwohner", "auslaender", "personen_mit_mh", "anteil_auslaender", "anteil_mh", "anteil_mh_min", "anteil_mh_max",
})  # fmt: skip
HEUTE = Tabelle(
    "marts", "heute", "Der jüngste Stand jeder Kommune",
    "Die Kommune als Ganzes an ihrem jüngsten Stichtag: Hauptdefinition, alle Geschlechter und Altersgruppen, eine Quelle. Eine "
    "Ansicht ohne eigene Daten: Was hier addiert wird, zählt niemanden zweimal. Wer nur geschätzte Zahlen hat, fehlt.",
    ("kommune",),
    spalten(*_HEUTE),
    leer_erlaubt=_HEUTE_LEER,
    warnungen=("Geschützte Werte sind NULL, nicht 0.", "Kommunen sind nur unter derselben Definition (profil) vergleichbar."),
)  # fmt: skip
HEUTE_GEBIETE = Tabelle(
    "marts", "heute_gebiete", "Der jüngste Stand jedes Gebiets",
    "Die kleinsten Gebiete jeder Kommune an deren jüngstem Stichtag mit Gebieten, sonst wie marts.heute: ihre Summe ist die "
    "Kommune, keine Ebene steht doppelt. Eine Ansicht ohne eigene Daten.",
    ("kommune", "gebiet_id"),
    spalten(*_HEUTE),
    leer_erlaubt=_HEUTE_LEER,
    warnungen=("Geschützte Werte sind NULL, nicht 0: Mit ihnen ist eine Summe zu klein.",),
)  # fmt: skip
INDIKATOR_REIHE = Tabelle(
    "marts", "indikator_reihe", "Zeitreihe eines Indikators",
    "Jeder Indikator für die Kommune als Ganzes: Hauptdefinition oder keine, alle Geschlechter und Altersgruppen, mit Namen und "
    "Einheit. Eine Ansicht ohne eigene Daten.",
    ("kommune", "indikator", "gruppe", "zeitraum"),
    (
        SPALTEN["kommune"], SPALTEN_INDIKATOR["indikator"], text("name", "Name", "Name des Indikators im Katalog."),
        *(SPALTEN_ZEITREIHE[s] for s in ("gruppe", "zeitraum")), SPALTEN["stichtag"], SPALTEN_ZEITREIHE["wert"],
        SPALTEN["einheit"],
        *(SPALTEN_ZEITREIHE[s] for s in ("abschnitt", "veraenderung_vorperiode", "trend", "ziel", "quelle")),
        SPALTEN["status"], SPALTEN["hinweise"], SPALTEN["beispieldaten"], SPALTEN["veroeffentlichung"],
    ),
    leer_erlaubt=frozenset({"wert", "veraenderung_vorperiode", "trend", "ziel"}),
    warnungen=("Werte verschiedener Abschnitte (abschnitt) nie zu einer Linie verbinden.",),
)  # fmt: skip
UEBERFAELLIG = Tabelle(
    "marts", "massnahme_ueberfaellig", "Überfällige Maßnahmen",
    "Maßnahmen, deren Ende an ihrem jüngsten Stand oder bis zum Tag der Auswertung verstrichen ist, mit Handlungsfeld. Eine "
    "Ansicht ohne eigene Daten.",
    ("kommune", "konzept", "massnahme_nr"),
    (
        SPALTEN["kommune"], SPALTEN_KONZEPT["konzept"], *(SPALTEN_MASSNAHME[s] for s in ("massnahme_nr", "titel")),
        text("handlungsfeld", "Handlungsfeld", "Name des Handlungsfelds; NULL ohne Feld."),
        *(SPALTEN_MASSNAHME[s] for s in ("verantwortlich", "ende")),
        text("status", "Stand der Maßnahme", "Status am jüngsten gemeldeten Stand."),
        *(SPALTEN_MASSNAHME[s] for s in ("stand", "ausgewertet_am")),
        Spalte("am_stand", "BOOLEAN", "Am Stand überfällig", "Ob das Ende schon am gemeldeten Stand verstrichen war; "
               "sonst erst seitdem."),
        SPALTEN_MASSNAHME["begruendung"], SPALTEN["beispieldaten"], SPALTEN["veroeffentlichung"],
    ),
    leer_erlaubt=frozenset({"handlungsfeld", "verantwortlich", "ende", "begruendung"}),
)  # fmt: skip
# What two figures of one indicator may differ in, so that they cannot stand beside each other.
UNTERSCHIEDE = ("beispieldaten", "definition", "einheit", "bevoelkerung", "quelle", "stichtag", "allein")
ORT_NEBEN_ORT = Tabelle(
    "marts", "ort_neben_ort", "Ort neben Ort",
    "Städte und Kreise nebeneinander: je Indikator eine Zahl je Ort, dazu Frauen und Männer vom selben Tag und aus derselben "
    "Quelle; vergleichbar sind die mit derselben Definition, Einheit, "
    "Bevölkerung, Quelle und demselben Stichtag. Gewählt ist der Vergleich mit den meisten Orten, von gleichen der jüngste. Eine "
    "Ansicht ohne eigene Daten.",
    ("indikator", "gruppe", "geschlecht", "gebiet_id"),
    (
        SPALTEN_INDIKATOR["indikator"], text("name", "Name", "Name des Indikators im Katalog."), SPALTEN_ZEITREIHE["gruppe"],
        *(SPALTEN[s] for s in ("geschlecht", "gebiet_id", "gebiet", "ebene", "kommune", "stichtag")), SPALTEN_ZEITREIHE["wert"],
        *(SPALTEN[s] for s in ("einheit", "profil", "profilversion")), SPALTEN_TABELLE["bevoelkerung"],
        SPALTEN_ZEITREIHE["quelle"], SPALTEN["herkunft"],
        Spalte("vergleichbar", "BOOLEAN", "Vergleichbar", "Ob die Zahl neben denen der anderen vergleichbaren Orte stehen darf."),
        text("unterschied", "Unterschied", "Worin die Zahl zuerst von den verglichenen abweicht; allein: sie ist selbst die "
             "verglichene, und keine stimmt mit ihr überein; NULL: vergleichbar.", werte=UNTERSCHIEDE),
        Spalte("orte", "BIGINT", "Orte", "Zahl der Orte, deren Zahlen vergleichbar sind; 1: keine zwei.", "Orte", minimum=1),
        Spalte("rang", "BIGINT", "Rang", "Rang unter den vergleichbaren Orten derselben Ebene, der größte zuerst.",
               minimum=1),
        *(SPALTEN[s] for s in ("status", "hinweise", "beispieldaten", "veroeffentlichung")),
    ),
    leer_erlaubt=frozenset({"herkunft", "unterschied", "rang", "bevoelkerung", "profilversion"}),
    warnungen=("Nur Zeilen mit vergleichbar = true nebeneinander stellen.",),
)  # fmt: skip

ANSICHTEN = (HERKUNFT, HEUTE, HEUTE_GEBIETE, INDIKATOR_REIHE, UEBERFAELLIG, ORT_NEBEN_ORT)
# Views that read `zahl_<mart>` (pipelines/veroeffentlichung/views.py).
MIT_ZAHLEN = (HERKUNFT,)
