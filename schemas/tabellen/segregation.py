"""The table of segregation indices.

Belongs here: the table whose columns come from schemas/spalten/segregation.py.
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.spalten.segregation import SPALTEN_SEGREGATION
from schemas.tabellen.lieferung import PROFIL, WERTSPALTEN

STATUS = replace(
    SPALTEN["status"],
    werte=("ok", "gerundet", "zu_klein", "bruch", "keine_daten", "nicht_erhoben", "nicht_bewertbar", "vorlaeufig",
           "geschaetzt", "korrigiert"),
    beschreibung="Leitender Code: nicht_erhoben: die Quelle zählt die Gruppe nicht; keine_daten: nicht jedes bewohnte Gebiet "
    "hat eine Zahl aus derselben Quelle; nicht_bewertbar: weniger als 10 bewohnte Gebiete oder niemand in der Gruppe oder "
    "bei den Übrigen, oder (Hinweis viele_unentscheidbar) unter dieser Definition sind so viele unentscheidbar, dass die "
    "Übrigen keine Gruppe ohne MH sind; zu_klein: Gruppe oder Übrige unter dem Zwanzigfachen der Mindestfallzahl; gerundet: auf "
    "den Schritt, den Mindestfallzahl Menschen anderswo ausmachen, außer aus gedruckten Zahlen; geschaetzt: ohne die Gebiete, "
    "deren Zahlen geschützt sind (anzahl_gebiete), und gerundet.",
)  # fmt: skip
HINWEISE = replace(SPALTEN["hinweise"], beschreibung="Alle zutreffenden Codes; ihre Bedeutung steht bei status.")
FUNDSTELLE = replace(
    SPALTEN["fundstelle"],
    beschreibung="Erste und letzte Zelle der gelesenen Zahlen: Blatt und Zelle einer Mappe, Zeile und "
    "Feld einer Textdatei; NULL bei Registerzählungen.",
)
EIGENE = SPALTEN_SEGREGATION | {"profil": PROFIL, "status": STATUS, "hinweise": HINWEISE, "fundstelle": FUNDSTELLE}


def _spalten(*namen: str) -> tuple[Spalte, ...]:
    return tuple(EIGENE.get(n) or SPALTEN.get(n) or SPALTEN_TABELLE[n] for n in namen)


# `quelle` is part of the key: a register and a printed table of the same Stichtag stand side by side.
SEGREGATION = Tabelle(
    "marts", "segregation", "Segregation",
    "Wie ungleich eine Gruppe und alle übrigen Einwohner über die Gebiete der Kommune verteilt wohnen; gerechnet aus "
    "den Gebieten der feinsten vollständigen Ebene, deren Anzahlen veröffentlicht sind.",
    ("kommune", "stichtag", "profil", "gruppe", "mass", "quelle"),
    _spalten(
        "kommune", "stichtag", "profil", "gruppe", "mass", "quelle", "profilversion", "ist_hauptdefinition", "ebene",
        "wert", "anzahl_gebiete",
        "herkunft", "lizenz", *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"wert", "fundstelle"}),
    zahl=("wert",),
    warnungen=(
        "Städte mit verschieden zugeschnittenen Gebieten nie vergleichen: Zahl und Größe der Gebiete bestimmen das Maß mit.",
        "Nicht über eine Gebietsänderung oder einen Wechsel der ebene hinweg vergleichen.",
        "Die Maße hängen vom Anteil der Gruppe ab und sehen nicht, welche Gebiete nebeneinander liegen.",
        "Definitionen (profil) und Quellen nie mischen; Unentscheidbare zählen zu den Übrigen, ihre Zahl steht in "
        "marts.migrationshintergrund.",
        "Ausländer hängen an keiner Definition: ihre Maße stehen bei jeder noch einmal. Zum Auflisten und Mitteln nur "
        "ist_hauptdefinition.",
        "Ein Maß sagt, wie verteilt gewohnt wird, nicht, warum.",
    ),
)  # fmt: skip
