"""The tables of data states: the small count each extract leaves, and the published comparison of two of them.

Belongs here: tables whose columns come from schemas/spalten/datenstand.py.
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN, ja_nein
from schemas.spalten.datenstand import SPALTEN_DATENSTAND
from schemas.tabellen.lieferung import WERTSPALTEN

STATUS = replace(
    SPALTEN["status"],
    werte=("ok", "geheim", "zu_klein", "bruch", "nicht_bewertbar"),
    beschreibung="Leitender Code: geheim: der Unterschied bei Einwohnern oder Personen mit MH ist kleiner als die "
    "Mindestfallzahl (oder eine Zahl ist es), oder ein anderes Gebiet wäre zu errechnen; "
    "bruch: die Datenstände sind mit verschiedenen Versionen der Definition gezählt; nicht_bewertbar: keine Einwohner; "
    "zu_klein: weniger Einwohner als der Mindestnenner.",
)  # fmt: skip
HINWEISE = replace(SPALTEN["hinweise"], beschreibung="Alle zutreffenden Codes, auch die der Ausländer; Bedeutung wie bei "
                   "status.")  # fmt: skip
DATENSTAND = replace(SPALTEN["datenstand"], beschreibung="Der spätere der verglichenen Datenstände.")
LIEFERUNG_ID = replace(SPALTEN["lieferung_id"], beschreibung="Lieferung des späteren Datenstands, Verweis auf "
                       "protokoll.lieferung.")  # fmt: skip
EIGENE = SPALTEN_DATENSTAND | {
    "status": STATUS,
    "hinweise": HINWEISE,
    "datenstand": DATENSTAND,
    "lieferung_id": LIEFERUNG_ID,
}


def _spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    return tuple((EIGENE.get(n) or SPALTEN[n]) if isinstance(n, str) else n for n in namen)


DATENSTANDWUERFEL = Tabelle(
    "bevoelkerung", "datenstandwuerfel", "Würfel der Datenstände",
    "Ungeschützte Zählung jedes Auszugs eines Stichtags, auch der überholten; nur im geschützten Bereich.",
    ("kommune", "stichtag", "datenstand", "gebiet_id", "profil", "geschlecht", "ist_auslaender", "ergebnis_mh"),
    _spalten(
        "kommune", "stichtag", SPALTEN["datenstand"], "gebiet_id", "profil", "geschlecht",
        ja_nein("ist_auslaender", "Ausländer", "Ohne deutsche Staatsangehörigkeit."), "ergebnis_mh",
        SPALTEN["profilversion"], "personen",
    ),
)  # fmt: skip

DATENSTANDVERGLEICH = Tabelle(
    "marts", "datenstandvergleich", "Vergleich der Datenstände",
    "Wie sich der Bestand eines Stichtags durch Nachmeldungen änderte: jeder Auszug gegen den nächsten späteren, bei mehr als "
    "zweien auch der erste gegen den letzten.",
    ("kommune", "stichtag", "gebiet_id", "profil", "datenstand_alt", "datenstand_neu"),
    _spalten(
        "kommune", "stichtag", "gebiet_id", "profil", "datenstand_alt", "datenstand_neu", "gebiet", "ebene", "profilversion",
        "einwohner_alt", "einwohner_neu", "einwohner_differenz", "einwohner_aenderung", "auslaender_alt", "auslaender_neu",
        "auslaender_differenz", "personen_mit_mh_alt", "personen_mit_mh_neu", "personen_mit_mh_differenz", "anteil_mh_alt",
        "anteil_mh_neu", "anteil_mh_differenz", "nachmeldetage", *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({
        "einwohner_alt", "einwohner_neu", "einwohner_differenz", "einwohner_aenderung", "auslaender_alt", "auslaender_neu",
        "auslaender_differenz", "personen_mit_mh_alt", "personen_mit_mh_neu", "personen_mit_mh_differenz", "anteil_mh_alt",
        "anteil_mh_neu", "anteil_mh_differenz", "fundstelle",
    }),
    zahl=("personen_mit_mh_differenz",),
    nebenzahlen=("einwohner_differenz", "einwohner_aenderung", "auslaender_differenz", "anteil_mh_differenz"),
    status_auch_neben=True,
    warnungen=(
        "Der Unterschied zweier Datenstände ist keine Entwicklung der Bevölkerung: beide beschreiben denselben Tag.",
        "Geschützte Werte sind NULL, nicht 0; status und hinweise nennen den Grund. Ist ein Unterschied verborgen, fehlt auch "
        "die frühere Zahl.",
        "Alle übrigen Tabellen zeigen den letzten Datenstand.",
    ),
)  # fmt: skip
