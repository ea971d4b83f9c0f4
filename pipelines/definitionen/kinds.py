"""All definitions decided on kinds of persons instead of on persons: a few ten thousand cases, however many people there are.

Belongs here: what makes two persons one kind, deciding their cases, counting the persons of each. Does not belong here: what a
definition says (decide.py), which is the same statement over cases as over persons.
"""

import math
from functools import lru_cache

import duckdb
import sqlglot
from sqlglot import exp

from pipelines.definitionen.decide import create_merkmale, entscheidung
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, execute, sql
from pipelines.stamm.profile.merkmale import EIGENES_MH, ELTERNMERKMALE, MERKMALE, jahres_sql, jahresmerkmal
from pipelines.stamm.profile.profil import Profil, bedingung

# What a definition compares with numbers: the columns whose values are told apart no further than it does.
VERGLICHEN = ("alter", "geburtsjahr", "zuzug_jahr")
SCHRITTE = ("personenzeile", "personenart", "kindzeile", "fall", "artpersonen")


def create_entschieden(
    con: duckdb.DuckDBPyConnection, ablage: Ablage, profile: list[Profil], gestellte: str, satzschluessel: bool
) -> None:
    """Temp table `entschieden` over staged persons (a table, or what SQL reads as one): persons by area, sex, age and case,
    each case decided.

    Also the view `personenzeile`, one row a person, and `fall` with the clues of each case in `merkmale`.
    Raises: RuntimeError if two kinds of persons cannot be told apart.
    """
    # Persons staged before there was a day of moving in have none.
    einzug = (
        ""
        if "einzug_tag" in {z[0] for z in execute(con, f"describe from {gestellte}")}
        else ", null::date as einzug_tag"
    )
    con.execute(f"create temp view gestellte as select *{einzug} from {gestellte}")
    con.execute("create type zaehlgeschlecht as enum ('m', 'w')")
    con.execute("set variable satzschluessel = $s", {"s": satzschluessel})
    for name, grenzen in find_cut_points(profile).items():
        con.execute(_make_steps(f"{name}_ab", grenzen))
    schritte = [sql(f"melderegister/{s}") for s in SCHRITTE]
    load_macros(con, schritte)
    for schritt in schritte:
        con.execute(schritt)
    if execute(con, "select count(*) from personenart where not eindeutig") != [(0,)]:
        raise RuntimeError("two kinds of persons have one hash")
    create_merkmale(con, ablage)
    con.execute(sql("melderegister/fallmerkmale"))
    con.execute(f"create temp table fallurteil as {_urteile(profile)}")
    con.execute(sql("melderegister/entschieden"))


def _urteile(profile: list[Profil]) -> str:
    """What `entscheidung` says of each case, without what only single persons have."""
    einzeln = "gebiet_id, geschlecht, altersgruppe, alter, satzschluessel"
    return f"select * exclude ({einzeln}) from ({entscheidung(profile)})"


def _make_steps(name: str, grenzen: list[int]) -> str:
    """Macro: the highest of the numbers that a value reaches (just below the first where it reaches none), -1 for NULL."""
    unten = grenzen[0] - 1 if grenzen else 0
    faelle = "".join(f" when wert >= {g} then {g}" for g in reversed(grenzen))
    return f"create or replace temp macro {name}(wert) as (case when wert is null then -1{faelle} else {unten} end)::smallint"


def find_cut_points(profile: list[Profil]) -> dict[str, list[int]]:
    """Column of VERGLICHEN → the numbers at which any condition of these definitions may come to another answer."""
    punkte: dict[str, set[int]] = {name: set() for name in VERGLICHEN}
    for profil in profile:
        if profil.familie and profil.familie.altersgrenze:
            punkte["alter"].add(profil.familie.altersgrenze)
        for baum in _bedingungen(profil):
            for spalte in baum.find_all(exp.Column):
                if spalte.name in punkte and (vergleich := spalte.parent):
                    zahlen = [float(z.this) for z in vergleich.find_all(exp.Literal) if not z.is_string]
                    # A number and the next one: `=`, `<`, `<=` and their opposites change there and nowhere else.
                    punkte[spalte.name] |= {n for z in zahlen for n in (math.ceil(z), math.floor(z) + 1)}
    return {name: sorted(p) for name, p in punkte.items()}


def _bedingungen(profil: Profil) -> list[exp.Expr]:
    """The conditions of a definition with the clues of a year written out."""
    namen = {*MERKMALE, *ELTERNMERKMALE, EIGENES_MH}
    texte = [r.wenn for r in profil.regeln] + ([profil.familie.elternteil] if profil.familie else [])
    baeume = [bedingung(t, namen) for t in texte]
    jahre = {s.name for b in baeume for s in b.find_all(exp.Column) if jahresmerkmal(s.name)}
    return [*baeume, *(_read_year_condition(j) for j in sorted(jahre))]


@lru_cache(maxsize=1024)
def _read_year_condition(jahresmerkmal: str) -> exp.Expr:
    return sqlglot.parse_one(jahres_sql(jahresmerkmal, "m"), read="duckdb")
