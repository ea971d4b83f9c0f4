"""Staged persons → population cube: all definitions evaluated in one pass over the persons.

Belongs here: turning profiles into one SQL statement, and counting. Does not belong here: totals and shares
(sql/bevoelkerung) and protection. The result is small: one row a district, sex, age group, rule and profile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
from sqlglot import exp

from pipelines.ablage import Ablage, lesepfad, pfadliste, sql, sqltext
from pipelines.bevoelkerung.datenstand import gestellter_datenstand, schreibe_stand
from pipelines.bevoelkerung.merkmale import EIGENES_MH, ELTERNMERKMALE, MERKMALE, jahres_sql, jahresmerkmal
from pipelines.bevoelkerung.profil import Profil, bedingung, lade_profile
from pipelines.bevoelkerung.zellen import PERSONEN, SCHLUESSEL, regelnamen, zellen, zellentabelle
from pipelines.fehler import verschlossen
from pipelines.kommune import Kommune
from pipelines.listen import lies_staaten
from pipelines.referenz import gueltig


def zaehle(ablage: Ablage, kommune: Kommune, stichtag: date, partition: str) -> int:
    """Count the staged extract under all definitions of its municipality; returns the number of persons.

    Writes the partition of `bevoelkerung.wuerfel`, `.staatenwuerfel`, `.bezugslandwuerfel`, `.vergleichswuerfel`,
    `.alterswuerfel` and `.eintragswuerfel`, and the count of its data state.
    """
    profile = lade_profile(ablage, kommune.angaben.profile)
    datenstand = gestellter_datenstand(ablage, partition)
    with _ausgewertet(ablage, kommune, stichtag, partition, profile) as con:
        for name, auswahl in (
            ("wuerfel", zellen(profile)),
            ("staatenwuerfel", sql("melderegister/staatenwuerfel")),
            ("bezugslandwuerfel", _bezugslaender(profile)),
            ("vergleichswuerfel", _vergleiche(profile)),
            ("alterswuerfel", _alter(profile)),
            ("eintragswuerfel", sql("melderegister/eintragswuerfel")),
        ):
            with ablage.neu(ablage.tabelle("bevoelkerung", name, partition)) as neu:
                con.execute(f"copy ({auswahl}) to {sqltext(neu)} (format parquet)")
        if datenstand:
            schreibe_stand(ablage, con, profile, zellen(profile), partition, datenstand)
        if kommune.angaben.schutz.verfahren == "cellkey":
            _schreibe_schluessel(ablage, con, profile, partition)
        return int(con.execute("select count(*) from merkmale").fetchall()[0][0])


SCHLUESSELWUERFEL = ("wuerfel", "staatenwuerfel", "bezugslandwuerfel", "vergleichswuerfel")


def _schreibe_schluessel(ablage: Ablage, con: duckdb.DuckDBPyConnection, profile: list[Profil], partition: str) -> None:
    """The same cubes with the sum of the persons' keys in place of their number; replaces the temp table `zellen`."""
    con.execute(zellentabelle(profile, SCHLUESSEL))
    auswahlen = (
        zellen(profile), sql("melderegister/staatenwuerfel").replace(PERSONEN, SCHLUESSEL),
        _bezugslaender(profile, "satzschluessel"), _vergleiche(profile),
    )  # fmt: skip
    for name, auswahl in zip(SCHLUESSELWUERFEL, auswahlen, strict=True):
        with ablage.neu(ablage.tabelle("bevoelkerung", f"{name}_schluessel", partition)) as neu:
            con.execute(f"copy ({auswahl}) to {sqltext(neu)} (format parquet)")


def zaehle_stand(
    ablage: Ablage, kommune: Kommune, stichtag: date, partition: str, datenstand: date, personen: Path
) -> None:
    """Count an earlier extract of the partition, whose persons lie in `personen`: only the count of its data state."""
    profile = lade_profile(ablage, kommune.angaben.profile)
    with _ausgewertet(ablage, kommune, stichtag, partition, profile, personen) as con:
        schreibe_stand(ablage, con, profile, zellen(profile), partition, datenstand)


@contextmanager
def _ausgewertet(
    ablage: Ablage,
    kommune: Kommune,
    stichtag: date,
    partition: str,
    profile: list[Profil],
    personen: Path | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connection with the temp tables `merkmale`, `entschieden` and `zellen` of one extract."""
    con = ablage.verbindung()
    try:
        with verschlossen(partition, "Definitionen auswerten"):
            lege_merkmale_an(con, ablage, partition, personen=personen)
            con.execute(f"create temp table entschieden as {entscheidung(profile)}")
            con.execute(zellentabelle(profile))
            con.execute("set variable kommune = $k", {"k": kommune.id})
            con.execute("set variable stichtag = $s", {"s": stichtag})
            yield con
    finally:
        con.close()


def lege_merkmale_an(
    con: duckdb.DuckDBPyConnection,
    ablage: Ablage,
    partition: str,
    zeilen: tuple[int, ...] | None = None,
    personen: Path | None = None,
) -> None:
    """Temp table `merkmale` from the staged persons of a partition (or of another file), or from some of its rows only."""
    personen = personen or ablage.tabelle("eingang", "melderegister", partition)
    auswahl = "" if zeilen is None else f" where zeile in ({', '.join(map(str, zeilen))})"
    con.execute(f"create temp view personen as select * from read_parquet({pfadliste([personen])}){auswahl}")
    staaten = gueltig(ablage.roh, "staaten.csv")
    lies_staaten(staaten)  # says in German what is wrong with it
    con.execute(
        "create temp table staaten as select staat, aussiedlungsgebiet = 'ja' as aussiedlungsgebiet, "
        "vertreibungsgebiet = 'ja' as vertreibungsgebiet from read_csv(?, delim=';', header=true, all_varchar=true)",
        [lesepfad(staaten)],
    )
    con.execute(sql("melderegister/merkmale"))


def _setze_ein(baum: exp.Expr, ersatz: dict[str, str], tabelle: str) -> str:
    """SQL of a condition; names in `ersatz` become the given SQL, all others columns of `tabelle`."""

    def knoten(k: exp.Expr) -> exp.Expr:
        if isinstance(k, exp.Column):
            if k.name in ersatz:
                return exp.maybe_parse(f"({ersatz[k.name]})", dialect="duckdb")
            if jahresmerkmal(k.name):
                return exp.maybe_parse(f"({jahres_sql(k.name, tabelle)})", dialect="duckdb")
            return exp.column(k.name, table=tabelle, quoted=True)
        return k

    return baum.copy().transform(knoten).sql(dialect="duckdb")


def _regelnummer(profil: Profil, ersatz: dict[str, str], tabelle: str) -> str:
    """CASE expression: number of the first rule whose condition is true, 0 if none is."""
    namen = {*ELTERNMERKMALE, *_merkmalsnamen()}
    faelle = " ".join(
        f"when {_setze_ein(bedingung(r.wenn, namen), ersatz, tabelle)} then {n}"
        for n, r in enumerate(profil.regeln, start=1)
    )
    return f"(case {faelle} else 0 end)::utinyint"


def _merkmalsnamen() -> set[str]:
    return set(MERKMALE)


def _eigenes_mh(profil: Profil) -> str:
    """Whether a person has MH by the rules alone, without looking at parents; NULL if undecidable."""
    ohne_eltern = dict.fromkeys(ELTERNMERKMALE, "0")
    nummer = _regelnummer(profil, ohne_eltern, "m")
    faelle = " ".join(
        f"when {n} then {wert}"
        for n, (_, _, _, ergebnis) in enumerate(profil.ergebnisse())
        if (wert := {"mit": "true", "ohne": "false"}.get(ergebnis))
    )
    return f"case {nummer} {faelle} end"


def _elternteil(profil: Profil) -> str:
    assert profil.familie is not None
    baum = bedingung(profil.familie.elternteil, _merkmalsnamen() | {EIGENES_MH})
    return _setze_ein(baum, {EIGENES_MH: _eigenes_mh(profil)}, "m")


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


def _alter(profile: list[Profil]) -> str:
    """Persons by single years of age, profile by profile: what indicators count, whatever the age groups are."""
    teile = [
        f"""
        select
            gebiet_id, '{p.profil}' as profil, geschlecht, altersgruppe, alter, coalesce(auslaender, false) as ist_auslaender,
            case {" ".join(f"when regel_{p.profil} = {n} then '{e[3]}'" for n, e in enumerate(p.ergebnisse()))} end
                as ergebnis_mh,
            count(*) as personen
        from entschieden
        group by all
        """
        for p in profile
    ]
    return f"""
select
    getvariable('kommune') as kommune, getvariable('stichtag') as stichtag, gebiet_id, profil, geschlecht, altersgruppe,
    coalesce(alter::varchar, 'unbekannt') as altersjahr, alter::bigint as alter, ist_auslaender, ergebnis_mh, personen
from ({" union all ".join(teile)})
order by all
"""


def _bezugslaender(profile: list[Profil], person: str = "1") -> str:
    """Persons with MH by Bezugsland, profile by profile; profiles that name no clue have no Bezugsland.

    Every area with inhabitants has its cell `NZO`, also with 0: nobody with MH is a count, not a gap.
    """
    teile = [
        f"""
        select gebiet_id, '{p.profil}' as profil, geschlecht, {person} as person,
            case when bezug_{p.profil} = {NZO} then 'NZO' else lpad(bezug_{p.profil}::varchar, 3, '0') end as bezugsland
        from entschieden
        where regel_{p.profil} in ({', '.join(str(n) for n, e in enumerate(p.ergebnisse()) if e[3] == 'mit') or 'null'})
        union all
        select distinct gebiet_id, '{p.profil}', geschlecht, 0, 'NZO'
        from entschieden
        """
        for p in profile
        if p.bezugsland
    ] or ["select null::varchar as gebiet_id, null::varchar as profil, null::varchar as geschlecht, "
          "null::varchar as bezugsland, 0 as person where false"]  # fmt: skip
    return f"""
select
    getvariable('kommune') as kommune, getvariable('stichtag') as stichtag, gebiet_id, profil, geschlecht,
    bezugsland as staat, sum(person)::bigint as personen
from ({" union all ".join(teile)})
group by all
order by all
"""


def _vergleiche(profile: list[Profil]) -> str:
    """Persons on whom two definitions disagree, by the pair of rules that decided; each pair once, in profile order.

    Every area with inhabitants has a cell `insgesamt` with 0 for each pair: full agreement is a count, not a gap.
    """
    paare = [(a, b) for i, a in enumerate(profile) for b in profile[i + 1 :]]
    teile = [
        f"select gebiet_id, '{a.profil}' as profil_a, '{b.profil}' as profil_b, regel_{a.profil} as nummer_a, "
        f"regel_{b.profil} as nummer_b, personen from zellen"
        for a, b in paare
    ] or ["select null::varchar as gebiet_id, null::varchar as profil_a, null::varchar as profil_b, 0 as nummer_a, "
          "0 as nummer_b, 0 as personen where false"]  # fmt: skip
    paarliste = [f"select '{a.profil}' as profil_a, '{b.profil}' as profil_b" for a, b in paare] or [
        "select null::varchar as profil_a, null::varchar as profil_b where false"
    ]
    return f"""
with regeln (profil, nummer, regel, ergebnis_mh) as (values {regelnamen(profile)})
select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    v.gebiet_id,
    v.profil_a,
    v.profil_b,
    a.regel as regel_a,
    b.regel as regel_b,
    a.ergebnis_mh as ergebnis_a,
    b.ergebnis_mh as ergebnis_b,
    sum(v.personen)::bigint as personen
from ({" union all ".join(teile)}) as v
inner join regeln as a on v.profil_a = a.profil and v.nummer_a = a.nummer
inner join regeln as b on v.profil_b = b.profil and v.nummer_b = b.nummer
where a.ergebnis_mh <> b.ergebnis_mh
group by all
union all
select distinct
    getvariable('kommune'), getvariable('stichtag'), z.gebiet_id, p.profil_a, p.profil_b,
    'insgesamt', 'insgesamt', 'gemischt', 'gemischt', 0::bigint
from zellen as z
cross join ({" union all ".join(paarliste)}) as p
order by all
"""
