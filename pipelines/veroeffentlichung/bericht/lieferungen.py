"""Delivered figures that stand nowhere else in the report, with their source and cell: nothing delivered gets lost.

Belongs here: finding them in marts.tabellenwert and listing them. Does not belong here: figures that have a section.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.bemerkungen import WORT
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import angenommene, has_number, spalten
from pipelines.veroeffentlichung.bericht.indikatoren.words import GRUPPEN, exakt
from pipelines.veroeffentlichung.bericht.numbers import (
    GESCHLECHT_WORTE,
    LEERE_ANZAHL,
    Wert,
    alter_wort,
    datum,
    dezimal,
    fehlender_wert,
    zusatzcodes,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.orte import fuer_ort
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen, load_names_of_states
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

TABELLE = "marts.tabellenwert"
EINHEITEN = {"prozent": " %", "euro": " €", "qkm": " km²", "jahre": " Jahre"}
GESCHLECHTER = (INSGESAMT, "w", "m")
SPALTEN_DER_STELLE = ("lieferung_id", "gebiet_id", "stichtag", "geschlecht", "altersgruppe", "staat")
SPALTEN_DER_ZEILE = ("merkmal", "stichtag", "gebiet_id", "groesse", "profil", "staat", "gruppe", "altersgruppe")
# Columns of the population tables that the page shows, and what a printed figure is a multiple of.
GEZEIGTE_SPALTEN = (("einwohner", 1), ("auslaender", 1), ("personen_mit_mh", 1), ("anteil_auslaender", 100),
                    ("anteil_mh", 100), ("personen", 1), ("wert", 1))  # fmt: skip
DEZIMAL = re.compile(r"-?\d+\.(\d+)")  # `gedruckt` writes numbers so
Stelle = tuple[Any, ...]


@dataclass(frozen=True)
class Geliefertes:
    """The list, and by which features its figures are broken down (for the sections that lack them)."""

    tabelle: Tabelle | None
    gliederungen: frozenset[str]


def stellen(gezeigt: Iterable[Zeile]) -> set[Stelle]:
    """Place and value of every figure in rows the report shows."""
    gefunden: set[Stelle] = set()
    for z in gezeigt:
        ort = tuple(z.get(s, INSGESAMT) for s in SPALTEN_DER_STELLE)
        gefunden |= {(*ort, round(float(z[s]) * mal, 1)) for s, mal in GEZEIGTE_SPALTEN if z.get(s) is not None}
    return gefunden


def _wert(z: Zeile | None) -> Wert | str:
    if z is None:
        return ""
    if z["wert"] is None:
        return fehlender_wert(z, LEERE_ANZAHL)
    zahl = exakt(z["wert"])
    genau = max(next((n for n in (0, 1, 2) if (zahl * 10**n).denominator == 1), 2), _gedruckte_stellen(z, zahl))
    return Wert(zahl if zahl.denominator > 1 else Fraction(zahl), dezimal(zahl, genau) + EINHEITEN.get(z["wert_einheit"], ""),
                zusatzcodes(z))  # fmt: skip


def _gedruckte_stellen(z: Zeile, zahl: Fraction) -> int:
    """Decimals of the printed number, if the value is that number: `12,0` was printed with one, and stays so."""
    treffer = DEZIMAL.fullmatch(z.get("gedruckt") or "")
    return len(treffer[1]) if treffer and Fraction(treffer[0]) == zahl else 0


def _angabe(z: Zeile, staaten: Staatsnamen) -> str:
    teile = [z["merkmal_titel"]]
    if z["staat"] != INSGESAMT:
        teile.append(
            "übrige Staaten" if z["staat"] == "uebrige" else staaten.am(z["stichtag"]).get(z["staat"], z["staat"])
        )
    if z["gruppe"] != INSGESAMT:
        teile.append(GRUPPEN.get(z["gruppe"], z["gruppe"]))
    if z["altersgruppe"] != INSGESAMT:
        teile.append(alter_wort(z["altersgruppe"]))
    return ", ".join(teile) + (" (Beispieldaten)" if z.get("beispieldaten") else "")


def _offen(z: Zeile, schon: Container[Stelle]) -> bool:
    """Whether a figure stands nowhere else; a breakdown by groups of the source stands nowhere but here."""
    if z["wert"] is None or z["gruppe"] != INSGESAMT:
        return True
    return (*(z[s] for s in SPALTEN_DER_STELLE), round(float(z["wert"]), 1)) not in schon


def _gliederungen(offen: Sequence[Zeile], ags: str) -> frozenset[str]:
    # A county's key begins that of its towns: figures of the county say nothing about a town's women or its areas.
    eigene = [z for z in offen if z["gebiet_id"] == ags or not ags.startswith(z["gebiet_id"])]
    je = {
        "geschlecht": any(z["geschlecht"] != INSGESAMT for z in eigene),
        "alter": any(z["altersgruppe"] != INSGESAMT for z in eigene),
        "staaten": any(z["staat"] != INSGESAMT for z in offen),
        "gebiete": any(z["gebiet_id"] != ags for z in eigene),
        "mh": any("igrationshintergrund" in z["merkmal_titel"] for z in offen),
    }
    return frozenset(name for name, da in je.items() if da)


def load_delivered(con: duckdb.DuckDBPyConnection, kommune: Zeile, gezeigt: Iterable[Zeile]) -> Geliefertes:
    """Figures of marts.tabellenwert that no row in `gezeigt` shows; `kommune`: a row of dim.kommune."""
    if not spalten(con, TABELLE):
        return Geliefertes(None, frozenset())
    schon = stellen(z for z in gezeigt if has_number(z))
    alle = rows_of(con, "geliefert", kommune=kommune["kommune"])
    je_zeile: dict[Stelle, list[Zeile]] = {}
    for z in alle:
        je_zeile.setdefault(tuple(z[s] for s in ("quelle_id", *SPALTEN_DER_ZEILE)), []).append(z)
    # A row stands whole or not at all: women and men without their sum say little.
    offen = [z for gruppe in je_zeile.values() if any(_offen(z, schon) for z in gruppe) for z in gruppe]
    staaten, nur_angenommen = load_names_of_states(con), angenommene(con)
    je: dict[tuple[str, str], dict[Stelle, dict[str, Zeile]]] = {}
    for z in offen:
        stelle = tuple(z[s] for s in SPALTEN_DER_ZEILE)
        je.setdefault((z["herkunft"], z["quelle_id"]), {}).setdefault(stelle, {})[z["geschlecht"]] = z
    # Of what no source tells, there is no column.
    geschlechter = [g for g in GESCHLECHTER if g == INSGESAMT or any(z["geschlecht"] == g for z in offen)]
    bemerkt = any(z.get("bemerkung") for z in offen)
    reihen: list[TableRow] = []
    for (herkunft, _), gruppen in je.items():
        alle_zahlen = [z for werte in gruppen.values() for z in werte.values()]
        tage = " (Stichtag angenommen)" if any(z["lieferung_id"] in nur_angenommen for z in alle_zahlen) else ""
        reihen.append(TableRow((f"{herkunft}{tage}",), zwischentitel=True))
        for werte in gruppen.values():
            z = next(werte[g] for g in (*GESCHLECHTER, *werte) if g in werte)
            reihen.append(TableRow((_angabe(z, staaten), z["gebiet"], datum(z["stichtag"]),
                                 *(_wert(werte.get(g)) for g in geschlechter), z["fundstelle"] or "–",
                                 *((z.get("bemerkung") or "",) if bemerkt else ()))))  # fmt: skip
    tabelle = Tabelle(
        f"Gelieferte Zahlen {fuer_ort(kommune['name'])} ohne eigenen Abschnitt",
        (
            "Angabe",
            "Gebiet",
            "Stichtag",
            "Wert",
            *(GESCHLECHT_WORTE[g] for g in geschlechter if g != INSGESAMT),
            "Fundstelle",
            *((WORT,) if bemerkt else ()),
        ),
        tuple(reihen),
        anmerkungen=(
            "Jede Zahl, wie sie geliefert ist. Frauen und Männer stehen nur, wo die Quelle sie nennt. Wo eine Quelle rundet, "
            "müssen Teile ihre Summe nicht ganz ergeben.",
        ),
    )  # fmt: skip
    return Geliefertes(tabelle if reihen else None, _gliederungen(offen, kommune["ags"]))
