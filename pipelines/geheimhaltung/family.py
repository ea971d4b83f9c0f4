"""Tables of the secure zone → one family of linked cells per municipality and Stichtag.

Belongs here: reading bevoelkerung.zelle and what it is linked by. How cells of each kind add up is in relations.py.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import duckdb

from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import execute, sql
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS

QUELLEN = (
    ("bevoelkerung", "zelle"), ("bevoelkerung", "definitionsvergleich"), ("bevoelkerung", "tabellenwert"),
    ("bevoelkerung", "wuerfel"), ("stamm", "kommune"), ("stamm", "umfang"), ("stamm", "vorfahr"), ("stamm", "regel"),
    ("stamm", "indikator"), ("stamm", "indikator_grenze"), ("stamm", "quelle"), ("stamm", "abgleich"), ("stamm", "geheime_null"),
    ("stamm", "profil"),
    ("bevoelkerung", "gruppenliste"), ("bevoelkerung", "optionswuerfel"), ("bevoelkerung", "migrationshintergrund"),
    ("bevoelkerung", "artenwuerfel"), ("bevoelkerung", "kategorienliste"), ("stamm", "muster"),
)  # fmt: skip
WENIGE = 30  # an area with fewer with MH beside foreigners, or without, may leave a definition's margins no room between them


class Summe(NamedTuple):
    """One side of an indicator that is a sum of cells: `rolle` is zaehler or nenner, `filter` whom it counts (None: all)."""

    indikator: str
    rolle: str
    merkmal: str
    filter: str | None


Ort = tuple[str, str, str]  # area, sex, age group


class PersonKind(NamedTuple):
    """What all definitions together say of a person: definition → rule, and what else is told of persons by these."""

    regeln: tuple[tuple[str, str], ...]
    generation: str
    mehrstaatig: bool
    auslaender: bool


@dataclass
class Familie:
    """The cells of one municipality and Stichtag with what relations need to know beside them."""

    kommune: str
    stichtag: date
    ags: str
    hauptprofil: str
    schwelle: int
    mindestzeile: int
    tafel: Tafel
    kinder: dict[str, list[str]]
    kategorie: dict[tuple[str, str], str]  # (definition, rule) → category
    ergebnis: dict[tuple[str, str], str]  # (definition, category) → result
    auslaenderkategorien: dict[str, set[str]]
    summen: list[Summe]
    profile: list[str] = field(default_factory=list)
    # (area, definition, other definition) → persons by both rules
    wechsel: dict[tuple[str, str, str], dict[tuple[str, str], int]] = field(default_factory=dict)
    staatengruppe: dict[str, str] = field(default_factory=dict)  # nationality → group
    arten: dict[Ort, dict[PersonKind, int]] = field(
        default_factory=dict
    )  # town, areas, sexes and ages → persons of each kind
    benannt: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (definition, category) → the name it is told under
    ohne_generation: frozenset[tuple[str, str]] = (
        frozenset()
    )  # (definition, category) told together with others by generation
    optionstraeger: dict[str, int] = field(default_factory=dict)  # definition → bearers of the switched-off mark

    def gives(self, *teile: str) -> int | None:
        """Number of a cell of the family, or None."""
        return self.tafel.nummer.get(Schluessel(*teile))


def read_familien(con: duckdb.DuckDBPyConnection) -> Iterator[Familie]:
    """Every family, Stichtage of a municipality in their order."""
    load_macros(con, [sql("queries/geheimhaltung/personenarten")])
    orte = execute(con, sql("queries/geheimhaltung/familien"))
    regeln = execute(con, "select profil, regel, kategorie, ergebnis_mh from stamm.regel")
    summen = [
        Summe(indikator, rolle, merkmal, filter_)
        for indikator, *angaben in execute(con, sql("queries/geheimhaltung/summen"))
        for rolle, merkmal, filter_ in (("zaehler", *angaben[:2]), ("nenner", *angaben[2:]))
        if merkmal
    ]
    for kommune, stichtag, ags, schwelle, hauptprofil, mindestzeile in orte:
        familie = Familie(
            kommune, stichtag, ags, hauptprofil, schwelle, mindestzeile, Tafel(), _kinder(con, kommune),
            {(p, r): k for p, r, k, _ in regeln}, {(p, k): e for p, _, k, e in regeln},
            _auslaenderkategorien(con, kommune, stichtag), summen,
        )  # fmt: skip
        wo = {"kommune": kommune, "stichtag": stichtag}
        kleine = {g for (g,) in execute(con, sql("queries/geheimhaltung/kleine_gebiete"), {"kommune": kommune})}
        for *k, personen in execute(con, sql("queries/geheimhaltung/zellen"), wo):
            zelle = Schluessel(*k)
            familie.tafel.zelle(zelle, personen, oeffentlich=not _nur_abziehbar(zelle, kleine))
        for *k, personen in execute(con, sql("queries/geheimhaltung/dazwischen"), wo | {"wenige": WENIGE}):
            familie.tafel.zelle(Schluessel(*k), personen, schuetzen=False)
        familie.profile = sorted({k.profil for k in familie.tafel.schluessel if k.art == "personen_mit_mh"})
        for g, pa, pb, ra, rb, personen in execute(con, sql("queries/geheimhaltung/regelpaare"), wo):
            familie.wechsel.setdefault((g, pa, pb), {})[ra, rb] = personen
        _read_arten(con, familie)
        familie.staatengruppe, familie.optionstraeger = (
            dict(execute(con, f"{frage} where kommune = $kommune and stichtag = $stichtag order by all", wo))
            for frage in (
                "select staat, gruppe from bevoelkerung.gruppenliste",
                "select profil, traeger from bevoelkerung.optionswuerfel",
            )
        )
        _remember_printed(con, familie)
        yield familie


def _nur_abziehbar(k: Schluessel, kleine: set[str]) -> bool:
    """Whether a count has no row: of a small area by sex and age together, and of persons of no known area, of whom more than
    their totals would tell of each of the few there are.

    Whoever subtracts the other areas from the town has it all the same, so it is protected like any other.
    """
    if k.gebiet_id in kleine and INS not in (k.geschlecht, k.altersgruppe):
        return True
    if k.gebiet_id != "unbekannt":
        return False
    return (
        k.art in ("kategorie", "vergleich", "bezugsland", "merkmal")
        or (k.geschlecht, k.altersgruppe) != (INS, INS)
        or (k.art in ("staat", "staatengruppe") and k.a != INS)
    )


def _kinder(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[str, list[str]]:
    """Area → the areas directly below it."""
    oben: dict[str, set[str]] = defaultdict(set)
    for gebiet, vorfahr in con.execute(
        "select gebiet_id, vorfahr from stamm.vorfahr where kommune = ?", [kommune]
    ).fetchall():
        if gebiet != vorfahr:
            oben[gebiet].add(vorfahr)
    kinder: dict[str, list[str]] = defaultdict(list)
    for gebiet, alle in sorted(oben.items()):
        kinder[max(alle, key=lambda v: len(oben[v]))].append(gebiet)
    return kinder


def _auslaenderkategorien(con: duckdb.DuckDBPyConnection, kommune: str, stichtag: date) -> dict[str, set[str]]:
    """Definition → its categories that hold all foreigners and nobody else."""
    frage = sql("queries/geheimhaltung/auslaenderkategorien")
    zeilen = execute(con, frage, {"kommune": kommune, "stichtag": stichtag})
    gemischt = {p for p, _, alle, einige in zeilen if einige and not alle}
    kategorien: dict[str, set[str]] = defaultdict(set)
    for profil, kategorie, alle, _ in zeilen:
        if alle and profil not in gemischt:
            kategorien[profil].add(kategorie)
    return kategorien


def _remember_printed(con: duckdb.DuckDBPyConnection, f: Familie) -> None:
    """Counts the town itself has already published are known and never hidden: those of the register's population, and those
    that it compares with the register."""
    wo = {"kommune": f.kommune, "stichtag": f.stichtag}
    for merkmal, profil, gebiet, geschlecht, alter, wert in execute(con, sql("queries/geheimhaltung/gedruckt"), wo):
        i = f.gives(merkmal, "-" if merkmal in ("einwohner", "auslaender") else profil, gebiet, geschlecht, alter)
        if i is not None and f.tafel.wert[i] == wert:
            f.tafel.bekannt.add(i)


def _read_arten(con: duckdb.DuckDBPyConnection, f: Familie) -> None:
    """Kinds of persons, and the names that categories are told under."""
    wo = {"kommune": f.kommune, "stichtag": f.stichtag, "ags": f.ags}
    for *ort, regeln, generation, mehrstaatig, auslaender, n in execute(
        con, sql("queries/geheimhaltung/personenarten"), wo
    ):
        je_art = f.arten.setdefault((ort[0], ort[1], ort[2]), {})
        je_art[PersonKind(_split_rules(regeln), generation, mehrstaatig, auslaender)] = n
    liste = execute(
        con, "select profil, kategorie, benannt, je_generation from bevoelkerung.kategorienliste where kommune = $k",
        {"k": f.kommune},
    )  # fmt: skip
    f.benannt = {(p, k): k if benannt else "rest" for p, k, benannt, _ in liste}
    f.ohne_generation = frozenset((p, k) for p, k, benannt, einzeln in liste if benannt and not einzeln)


@lru_cache(maxsize=8192)
def _split_rules(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((p, r) for p, _, r in (teil.partition("=") for teil in text.split()))
