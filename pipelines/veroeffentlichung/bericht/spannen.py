"""The report's part on how sure a number is: its range by definition, by undecidable persons, by sampling.

Belongs here: reading marts.wertespanne and saying it in words. Does not belong here: how the ranges are computed
(sql/marts/bevoelkerung/wertespanne.sql).
"""

from collections.abc import Sequence

import duckdb

from pipelines.veroeffentlichung.bericht.content import Definition, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import spalten
from pipelines.veroeffentlichung.bericht.indikatoren.words import exakt
from pipelines.veroeffentlichung.bericht.numbers import (
    GEHEIM_CODES,
    GESCHUETZT,
    LEERER_ANTEIL,
    MINDESTWERT,
    Wert,
    datum,
    fehlender_wert,
    prozent,
    zusatzcodes,
)
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

TABELLE = "marts.wertespanne"
URSACHEN = {
    "definition": "Wahl der Definition", "unentscheidbar": "fehlende Merkmale", "stichprobe": "Stichprobe",
    "keine": "keine",
}  # fmt: skip
NICHT_BESTIMMBAR = "nicht bestimmbar"
# Range → the columns that a row's hints name if the range is hidden with them.
SPALTEN = {"unentscheidbar": ("anteil_mh_min", "anteil_mh_max", "unentscheidbar")}


def _anteil(z: Zeile) -> Wert:
    if z["anteil"] is None:
        return fehlender_wert(z, sorted(LEERER_ANTEIL, key=lambda c: c != z["status"]))
    text = prozent(exakt(z["anteil"]))
    if z["mindestwert"]:
        return Wert(exakt(z["anteil"]), f"ab {text}", (*zusatzcodes(z), MINDESTWERT))
    return Wert(exakt(z["anteil"]), text, zusatzcodes(z))


def _spanne(z: Zeile, art: str, fehlt: str) -> Zelle:
    """`unten bis oben` of one cause, or the words why there is none."""
    unten, oben = z[f"{art}_unten"], z[f"{art}_oben"]
    if unten is None or oben is None:
        if any(f"{code}:{spalte}" in z["hinweise"] for code in GEHEIM_CODES for spalte in SPALTEN.get(art, ())):
            return Wert(None, GESCHUETZT, GEHEIM_CODES)
        return fehlt
    text = f"{prozent(exakt(unten)).removesuffix(' %')} bis {prozent(exakt(oben))}"
    return Wert(exakt(oben), text)


def _je_definition(z: Zeile) -> Zelle:
    """The range by definition; a lower bound is compared with nothing."""
    if z["mindestwert"]:
        return "nicht verglichen: Mindestwert"
    return _spanne(z, "definition", NICHT_BESTIMMBAR if z["anteil"] is None else "nur eine Definition")


def load_spannen(con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition]) -> Tabelle | None:
    """The latest share of the whole municipality under each definition with its ranges; None without any.

    `kommune`: a row of dim.kommune. A published file of an earlier version has no such table.
    """
    if not spalten(con, TABELLE):
        return None
    neueste = rows_of(con, "spannen", kommune=kommune["kommune"], ags=kommune["ags"])
    je = {z["profil"]: z for z in neueste}
    reihen = tuple(
        TableRow((
            d.name, datum(z["stichtag"]), _anteil(z),
            _je_definition(z),
            _spanne(z, "unentscheidbar", NICHT_BESTIMMBAR),
            _spanne(z, "stichprobe", "keine: alle gezählt" if z["stichprobe_art"] == "vollerhebung" else NICHT_BESTIMMBAR),
            URSACHEN.get(z["groesste_ursache"] or "", NICHT_BESTIMMBAR),
        ))
        for d in definitionen
        if (z := je.get(d.profil))
    )  # fmt: skip
    return Tabelle(
        f"Wie weit der Anteil mit Migrationshintergrund {in_ort(kommune['name'])} anders ausfallen kann",
        ("Definition", "Stichtag", "Anteil", "je nach Definition", "wegen fehlender Merkmale", "wegen Stichprobe",
         "größte Ursache"),
        reihen,
        anmerkungen=(
            "Je nach Definition: kleinster und größter Anteil unter den Definitionen derselben Quelle, ohne Mindestwerte.",
            "Wegen fehlender Merkmale: Personen, bei denen das Register die Frage offen lässt, einmal als ohne, einmal als mit "
            "Migrationshintergrund gezählt.",
            "Größte Ursache: unter den Spannen, die hier stehen.",
            "Die drei Spannen haben verschiedene Ursachen und dürfen nicht addiert werden. Weitere Gebiete und Gruppen: "
            "in der Datenbankdatei dieser Veröffentlichung.",
        ),
    ) if reihen else None  # fmt: skip
