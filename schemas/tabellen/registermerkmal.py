"""The published facts of one extract.

Belongs here: the table. Does not belong here: what its columns mean (schemas/spalten/register.py), its cube (wuerfel.py).
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
        replace(SPALTEN["personen"], beschreibung="Personen mit dieser Ausprägung des Merkmals."),
        replace(SPALTEN["anteil"], beschreibung="personen / Grundgesamtheit desselben Gebiets und Geschlechts."),
        *spalten(*WERTSPALTEN),
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    warnungen=(
        SCHUTZWARNUNG,
        "Die Kommune steht nach Geschlecht da, ihre Gebiete ohne; Wahlberechtigung, Altersjahre und Zuzugsjahre nur die Kommune. "
        "Unter dem Verfahren cellkey ist die Tabelle leer.",
        "zuzugsjahr zählt, wer noch da ist: es ist keine Zahl der Zuzüge.",
    ),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)  # fmt: skip
