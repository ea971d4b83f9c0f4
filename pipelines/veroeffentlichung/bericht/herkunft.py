"""Where a municipality's figures come from, up to which day they reach, and which of them are generated or invented.

Belongs here: reading provenance out of the published file. Does not belong here: figures (load.py).
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.foundation.storage import sql
from schemas.tabellen.registry import VEROEFFENTLICHT

Zeile = dict[str, Any]

# Tables of what was delivered, not of what was computed from it.
GELIEFERT = ("marts.migrationshintergrund", "marts.staatsangehoerigkeit", "marts.tabellenwert", "marts.massnahme",
             "marts.vorlage", "marts.foerderung")  # fmt: skip
# (what the day belongs to, table, day, which rows carry a figure; `$ags` is the municipality as an area)
STAENDE = (
    ("Ausländer:innen", "marts.migrationshintergrund", "stichtag", "coalesce(auslaender, anteil_auslaender) is not null"),
    ("Migrationshintergrund", "marts.migrationshintergrund", "stichtag", "coalesce(personen_mit_mh, anteil_mh) is not null"),
    ("Staatsangehörigkeiten", "marts.staatsangehoerigkeit", "stichtag", "personen is not null and gebiet_id = $ags"),
    ("Indikatoren", "marts.indikator_zeitreihe", "stichtag", "wert is not null"),
    ("Gelieferte Tabellen", "marts.tabellenwert", "stichtag", "wert is not null"),
    ("Maßnahmen", "marts.massnahme", "stand", "true"),
)  # fmt: skip
ERZEUGT, ERFUNDEN = "synthetisch erzeugt, keine echten Personen", "Beispiel mit erfundenen Ständen"


@dataclass(frozen=True)
class Herkunft:
    """A source as the published file names it, and what marks it as not real (empty if nothing does)."""

    text: str
    marke: str


@dataclass(frozen=True)
class Stand:
    """The latest day of one kind of figures."""

    wort: str
    tag: date


def spalten(con: duckdb.DuckDBPyConnection, tabelle: str) -> set[str]:
    """Columns of a published table; none if a file of an earlier version lacks it."""
    try:
        return {name for name, *_ in con.execute(f"describe {tabelle}").fetchall()}
    except duckdb.CatalogException:
        return set()


def alle_spalten(con: duckdb.DuckDBPyConnection) -> Mapping[str, set[str]]:
    """The same of every published table, by its full name, in one question."""
    je: defaultdict[str, set[str]] = defaultdict(set)
    for tabelle, name in con.execute(sql("queries/veroeffentlichung/bericht/spalten")).fetchall():
        je[tabelle].add(name)
    return je


def _ausdruck(vorhanden: set[str], name: str, sonst: str) -> str:
    return f"t.{name}" if name in vorhanden else sonst


def load_herkunft(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Herkunft]:
    """Every source of delivered figures, real ones first."""
    je: dict[str, str] = {}
    for tabelle in GELIEFERT:
        da = spalten(con, tabelle)
        if "herkunft" not in da:
            continue
        beispiel = _ausdruck(da, "beispieldaten", "false")
        lieferung = _ausdruck(da, "lieferung_id", "null")
        for text, erzeugt, erfunden in con.execute(
            f"""
            select coalesce(t.herkunft, l.quelle), bool_or(coalesce(l.synthetisch and l.quelle = 'melderegister', false)),
                bool_or(coalesce({beispiel} or l.synthetisch, false))
            from {tabelle} as t
            left join protokoll.lieferung as l on l.lieferung_id = {lieferung}
            where t.kommune = ? and coalesce(t.herkunft, l.quelle) is not null
            group by 1
            """,
            [kommune],
        ).fetchall():
            marke = ERZEUGT if erzeugt else ERFUNDEN if erfunden else ""
            je[text] = marke or je.get(text, "")
    return [Herkunft(t, m) for t, m in sorted(je.items(), key=lambda p: (p[1] != "", p[0]))]


def load_staende(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Stand]:
    """The latest day of each kind of figures the municipality (a row of dim.kommune) has; kinds without any are left out."""
    staende = []
    for wort, tabelle, tag, bedingung in STAENDE:
        if not spalten(con, tabelle):
            continue
        gebunden = bedingung.replace("$ags", f"'{kommune['ags']}'")
        (letzter,) = con.execute(
            f"select max({tag}) from {tabelle} where kommune = ? and {gebunden}", [kommune["kommune"]]
        ).fetchall()[0]
        if letzter:
            staende.append(Stand(wort, letzter))
    return staende


def load_id(con: duckdb.DuckDBPyConnection, kommune: str | None = None) -> str | None:
    """Release id of the published figures, of one municipality or of all; None if there are none."""
    da = alle_spalten(con)
    teile = [t.voll for t in VEROEFFENTLICHT if {"kommune", "veroeffentlichung"} <= da[t.voll]
             and t.voll != "protokoll.revision"]  # fmt: skip
    union = " union all ".join(f"select kommune, veroeffentlichung from {t}" for t in teile)
    wo = "" if kommune is None else "where kommune = ?"
    ergebnis = con.execute(f"select max(veroeffentlichung) from ({union}) {wo}", [kommune] if kommune else [])
    kennung: str | None = ergebnis.fetchall()[0][0]
    return kennung


def load_generated(con: duckdb.DuckDBPyConnection, kommune: str) -> frozenset[str]:
    """Deliveries that are generated, or from which a published row is marked as an example."""
    da = alle_spalten(con)
    teile = ["select lieferung_id from protokoll.lieferung where kommune = $1 and synthetisch"]
    teile += [
        f"select lieferung_id from {t.voll} where kommune = $1 and beispieldaten"
        for t in VEROEFFENTLICHT
        if {"kommune", "beispieldaten", "lieferung_id"} <= da[t.voll]
        # A computed figure may rest on several deliveries and names but one.
        and t.voll in GELIEFERT
    ]
    return frozenset(k for (k,) in con.execute(" union ".join(teile), [kommune]).fetchall() if k)


def is_example(z: Zeile, erzeugte: Container[Any]) -> bool:
    """Whether a row is marked as generated or invented, by itself or by its delivery."""
    return bool(z.get("beispieldaten")) or z.get("lieferung_id") in erzeugte


def beispielmarke(zeilen: Sequence[Zeile], erzeugte: Container[Any]) -> str:
    """`Beispieldaten`, `teils Beispieldaten` or nothing, for what stands together in one table or picture."""
    marken = [is_example(z, erzeugte) for z in zeilen if has_number(z)]
    return "" if not any(marken) else "Beispieldaten" if all(marken) else "teils Beispieldaten"


def has_number(z: Zeile) -> bool:
    """Whether a row shows any figure."""
    felder: tuple[Any, ...] = ("einwohner", "auslaender", "personen_mit_mh", "anteil_mh", "personen", "anteil", "wert")
    return any(z.get(f) is not None for f in felder)


def angenommene(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Deliveries whose Stichtag is only assumed; a published file of an earlier version does not say."""
    if "stichtag_angenommen" not in spalten(con, "protokoll.lieferung"):
        return frozenset()
    gefunden = con.execute("select lieferung_id from protokoll.lieferung where stichtag_angenommen").fetchall()
    return frozenset(li for (li,) in gefunden)
