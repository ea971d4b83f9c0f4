"""Profiles → SQL: for every person and definition the rule that decided, and the Bezugsland.

Belongs here: the temp table of clues and the statements over it. Does not belong here: the clues themselves
(sql/melderegister/merkmale.sql), counting and totals.
"""

from functools import lru_cache

import duckdb
from sqlglot import exp

from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.storage import Ablage, lesepfad, pfadliste, sql
from pipelines.stamm.profile.merkmale import EIGENES_MH, ELTERNMERKMALE, MERKMALE, jahres_sql, jahresmerkmal
from pipelines.stamm.profile.profil import Profil, bedingung
from pipelines.stamm.referenz import gueltig


def create_personen(
    con: duckdb.DuckDBPyConnection, ablage: Ablage, partition: str, zeilen: tuple[int, ...] | None = None
) -> None:
    """Temp view `personen`: the staged persons of a partition, or some of its rows only."""
    personen = ablage.tabelle("eingang", "melderegister", partition)
    auswahl = "" if zeilen is None else f" where zeile in ({', '.join(map(str, zeilen))})"
    con.execute(f"create temp view personen as select * from read_parquet({pfadliste([personen])}){auswahl}")


def create_merkmale(con: duckdb.DuckDBPyConnection, ablage: Ablage) -> None:
    """Temp table `merkmale`: the clues of every row of the view `personen`, be they persons or cases (kinds.py)."""
    staaten = gueltig(ablage.roh, "staaten.csv")
    read_staaten(staaten)  # says in German what is wrong with it
    liste = sql("queries/melderegister/aussiedlungsgebiete")
    con.execute(f"create temp table staaten as {liste}", {"datei": lesepfad(staaten)})
    con.execute(sql("melderegister/merkmale"))


@lru_cache(maxsize=4096)
def _substitute(text: str, ersatz: tuple[tuple[str, str], ...], tabelle: str) -> str:
    """SQL of a condition; names in `ersatz` become the given SQL, all others columns of `tabelle`.

    Remembered: conditions are the same for every extract, and taking one apart costs more than deciding by it.
    """
    fuer = dict(ersatz)

    def knoten(k: exp.Expr) -> exp.Expr:
        if isinstance(k, exp.Column):
            if k.name in fuer:
                return exp.var(f"({fuer[k.name]})")
            if jahresmerkmal(k.name):
                return exp.var(f"({jahres_sql(k.name, tabelle)})")
            return exp.column(k.name, table=tabelle, quoted=True)
        return k

    return bedingung(text, {*MERKMALE, *ELTERNMERKMALE, EIGENES_MH}).transform(knoten).sql(dialect="duckdb")


def _regelnummer(profil: Profil, ersatz: dict[str, str], tabelle: str) -> str:
    """CASE expression: number of the first rule whose condition is true, 0 if none is."""
    fuer = tuple(ersatz.items())
    faelle = " ".join(
        f"when {_substitute(r.wenn, fuer, tabelle)} then {n}" for n, r in enumerate(profil.regeln, start=1)
    )
    return f"(case {faelle} else 0 end)::utinyint"


def _eigenes_mh(profil: Profil) -> str:
    """Whether a person has MH by the rules alone, without looking at parents; NULL if undecidable."""
    ohne_eltern = dict.fromkeys(ELTERNMERKMALE, "0")
    nummer = _regelnummer(profil, ohne_eltern, "m")
    faelle = " ".join(
        f"when {n} then {wert}"
        for n, r in enumerate(profil.ergebnisse())
        if (wert := {"mit": "true", "ohne": "false"}.get(r.ergebnis))
    )
    return f"case {nummer} {faelle} end"


def _elternteil(profil: Profil) -> str:
    assert profil.familie is not None
    return _substitute(profil.familie.elternteil, ((EIGENES_MH, _eigenes_mh(profil)),), "m")


def _elternzahlen(profil: Profil) -> dict[str, str]:
    """SQL for the parents' clues of a profile, over the person `m` and its parents `e1`, `e2`."""
    zahlen = {"eltern_auslaender": "coalesce(e1.auslaender, false)::tinyint + coalesce(e2.auslaender, false)::tinyint"}
    if profil.familie is None:
        return zahlen

    def summe(bedingung_je_elternteil: str) -> str:
        teile = [f"({_link(profil, n)} and {bedingung_je_elternteil.format(e=f'e{n}')})::tinyint" for n in (1, 2)]
        return " + ".join(teile)

    spalte = f"{{e}}.zaehlt_{profil.profil}"
    return zahlen | {
        "eltern_bekannt": summe("true"),
        "eltern_mit": summe(f"coalesce({spalte}, false)"),
        "eltern_ohne": summe(f"not coalesce({spalte}, true)"),
        "eltern_unklar": summe(f"{spalte} is null"),
    }


def _bezug_selbst(profil: Profil, tabelle: str) -> str:
    """Bezugsland of a person by its own clues, in the profile's order; NULL if none names a foreign state."""
    spalten = [f"{tabelle}.bezug_{b}" for b in profil.bezugsland if b != "eltern"]
    return f"coalesce({', '.join(spalten)})" if spalten else "null::smallint"


def _bezug_merkmal(profil: Profil) -> str:
    """Name of the clue that `bezug_<profil>` rests on, in the profile's order; NULL if none names a foreign state."""
    faelle = [f"when m.bezug_{b} is not null then '{b}'" for b in profil.bezugsland if b != "eltern"]
    if "eltern" in profil.bezugsland:
        faelle.append(f"when {_bezug_elternteil(profil)} is not null then 'eltern'")
    return f"case {' '.join(faelle)} end" if faelle else "null::varchar"


def _bezug_elternteil(profil: Profil) -> str:
    """Which parent (1 or 2) gives the Bezugsland, of those that the family rule counts; NULL if none has one.

    If both have one and they differ, the immigrated parent's decides if only one immigrated, else the mother's (the
    rule of the 2011 census). Without a mother among them, the first parent's.
    """
    if "eltern" not in profil.bezugsland:
        return "null::tinyint"
    name = profil.profil
    wert = {
        n: f"case when {_link(profil, n)} and coalesce(e{n}.zaehlt_{name}, false) then e{n}.bezug_{name} end"
        for n in (1, 2)
    }
    return (
        f"(case when ({wert[1]}) is null and ({wert[2]}) is null then null "
        f"when ({wert[1]}) is null then 2 when ({wert[2]}) is null then 1 "
        "when coalesce(e2.geburt_ausland, false) and not coalesce(e1.geburt_ausland, false) then 2 "
        "when coalesce(e1.geburt_ausland, false) and not coalesce(e2.geburt_ausland, false) then 1 "
        "when e2.geschlecht = 'w' and e1.geschlecht <> 'w' then 2 else 1 end)"
    )


def _bezug_eltern(profil: Profil) -> str:
    """Bezugsland taken over from a parent; NULL if none gives one."""
    if "eltern" not in profil.bezugsland:
        return "null::smallint"
    name = profil.profil
    return f"case {_bezug_elternteil(profil)} when 1 then e1.bezug_{name} when 2 then e2.bezug_{name} end"


def _link(profil: Profil, n: int) -> str:
    """Whether the n-th parent is one the family rule looks at."""
    familie = profil.familie
    assert familie is not None
    grenze = f" and coalesce(m.alter < {familie.altersgrenze}, false)" if familie.altersgrenze else ""
    adresse = f" and m.eltern_{n}_gleiche_adresse" if familie.gleiche_adresse else ""
    return f"(e{n}.zeile is not null{adresse}{grenze})"


MIT_IHREN_ELTERN = """\
from merkmale as m
left join eltern as e1 on m.eltern_1_zeile = e1.zeile
left join eltern as e2 on m.eltern_2_zeile = e2.zeile"""


def _mit_eltern(profile: list[Profil]) -> str:
    """CTE `eltern`: everybody who is somebody's parent, with what each family rule says about such a parent."""
    zaehlt = "".join(
        f",\n    {_elternteil(p)} as zaehlt_{p.profil}, {_bezug_selbst(p, 'm')} as bezug_{p.profil}"
        for p in profile
        if p.familie
    )
    return f"""\
with eltern as (
    select m.zeile, m.auslaender, m.geschlecht, m.geburt_ausland{zaehlt}
    from merkmale as m
    where m.zeile in (select eltern_1_zeile from merkmale) or m.zeile in (select eltern_2_zeile from merkmale)
)"""


NZO = 1000  # number of "nicht zuordenbar", beyond every three-digit key


def entscheidung(profile: list[Profil]) -> str:
    """One SELECT over `merkmale`: per person and profile the number of the rule that decided and the Bezugsland's.

    Columns `regel_<profil>` and `bezug_<profil>` (state as number, NZO if no clue names one; of use only for `mit`).
    """
    regeln = "".join(f",\n    {_regelnummer(p, _elternzahlen(p), 'm')} as regel_{p.profil}" for p in profile)
    bezug = "".join(
        f",\n    coalesce({_bezug_selbst(p, 'm')}, {_bezug_eltern(p)}, {NZO})::smallint as bezug_{p.profil}"
        for p in profile
    )
    return f"""
{_mit_eltern(profile)}
select
    m.zeile, m.gebiet_id, m.zaehlgeschlecht as geschlecht, m.altersgruppe, m.alter, m.auslaender, m.satzschluessel,
    case m.geburt_ausland when true then '1' when false then '2' else 'unbekannt' end as generation{regeln}{bezug}
{MIT_IHREN_ELTERN}
"""


def einzelheiten(profil: Profil) -> str:
    """One SELECT over `merkmale`: what a decision rests on, for telling a person's case.

    Columns zeile, `elternteil_<n>_betrachtet`, `elternteil_<n>_zaehlt` (NULL: undecidable or no such parent), the
    parents' clues of this profile, `bezug_merkmal`, `bezug_elternteil`.
    """
    spalten = [f"{wert} as {name}" for name, wert in _elternzahlen(profil).items()]
    for n in (1, 2) if profil.familie else ():
        spalten.append(f"{_link(profil, n)} as elternteil_{n}_betrachtet")
        spalten.append(f"e{n}.zaehlt_{profil.profil} as elternteil_{n}_zaehlt")
    spalten.append(f"{_bezug_merkmal(profil)} as bezug_merkmal")
    spalten.append(f"{_bezug_elternteil(profil)} as bezug_elternteil")
    return f"{_mit_eltern([profil])}\nselect\n    m.zeile,\n    {', '.join(spalten)}\n{MIT_IHREN_ELTERN}"
