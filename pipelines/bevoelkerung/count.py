"""Staged persons → population cube: all definitions evaluated in one pass over the persons.

Belongs here: turning profiles into one SQL statement, and counting. Does not belong here: totals and shares
(sql/bevoelkerung) and protection. The result is small: one row a district, sex, age group, rule and profile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from pipelines.bevoelkerung.cells import PERSONEN, SCHLUESSEL, arten, regelnamen, zellen, zellentabelle
from pipelines.bevoelkerung.datenstand import gestellter_datenstand, write_state
from pipelines.bevoelkerung.facts import prepare_facts
from pipelines.definitionen.decide import NZO
from pipelines.definitionen.kinds import create_entschieden
from pipelines.foundation.findings import verschlossen
from pipelines.foundation.storage import Ablage, pfadliste, sql, sqltext
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.profile.profil import Profil, load_profile


def count(ablage: Ablage, kommune: Kommune, stichtag: date, partition: str) -> int:
    """Count the staged extract under all definitions of its municipality; returns the number of persons.

    Writes the partition of `bevoelkerung.wuerfel`, `.staatenwuerfel`, `.bezugslandwuerfel`, `.vergleichswuerfel`,
    `.artenwuerfel`, `.alterswuerfel`, `.eintragswuerfel` and `.merkmalswuerfel`, and the count of its data state.
    """
    profile = load_profile(ablage, kommune.angaben.profile)
    datenstand = gestellter_datenstand(ablage, partition)
    with _ausgewertet(ablage, kommune, stichtag, partition, profile) as con:
        prepare_facts(con, ablage, kommune)
        for name, auswahl in (
            ("wuerfel", zellen(profile)),
            ("staatenwuerfel", sql("melderegister/staatenwuerfel")),
            ("bezugslandwuerfel", _bezugslaender(profile)),
            ("vergleichswuerfel", _vergleiche(profile)),
            ("artenwuerfel", arten(profile)),
            ("alterswuerfel", _alter(profile)),
            ("eintragswuerfel", sql("melderegister/eintragswuerfel")),
            ("merkmalswuerfel", sql("melderegister/merkmalswuerfel")),
        ):
            with ablage.neu(ablage.tabelle("bevoelkerung", name, partition)) as neu:
                con.execute(f"copy ({auswahl}) to {sqltext(neu)} (format parquet)")
        if datenstand:
            write_state(ablage, con, profile, zellen(profile), partition, datenstand)
        if kommune.angaben.schutz.verfahren == "cellkey":
            _write_keys(ablage, con, profile, partition)
        return int(con.execute("select count(*) from personenzeile").fetchall()[0][0])


SCHLUESSELWUERFEL = ("wuerfel", "staatenwuerfel", "bezugslandwuerfel", "vergleichswuerfel")


def _write_keys(ablage: Ablage, con: duckdb.DuckDBPyConnection, profile: list[Profil], partition: str) -> None:
    """The same cubes with the sum of the persons' keys in place of their number; replaces the temp table `zellen`."""
    con.execute(zellentabelle(profile, SCHLUESSEL))
    auswahlen = (
        zellen(profile), sql("melderegister/staatenwuerfel").replace(PERSONEN, SCHLUESSEL),
        _bezugslaender(profile, SCHLUESSEL), _vergleiche(profile),
    )  # fmt: skip
    for name, auswahl in zip(SCHLUESSELWUERFEL, auswahlen, strict=True):
        with ablage.neu(ablage.tabelle("bevoelkerung", f"{name}_schluessel", partition)) as neu:
            con.execute(f"copy ({auswahl}) to {sqltext(neu)} (format parquet)")


def count_stand(
    ablage: Ablage, kommune: Kommune, stichtag: date, partition: str, datenstand: date, personen: Path
) -> None:
    """Count an earlier extract of the partition, whose persons lie in `personen`: only the count of its data state."""
    profile = load_profile(ablage, kommune.angaben.profile)
    with _ausgewertet(ablage, kommune, stichtag, partition, profile, personen) as con:
        write_state(ablage, con, profile, zellen(profile), partition, datenstand)


@contextmanager
def _ausgewertet(
    ablage: Ablage,
    kommune: Kommune,
    stichtag: date,
    partition: str,
    profile: list[Profil],
    personen: Path | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connection with the temp tables `entschieden` and `zellen` of one extract; below them definitionen/kinds.py."""
    con = ablage.verbindung()
    personen = personen or ablage.tabelle("eingang", "melderegister", partition)
    try:
        with verschlossen(partition, "Definitionen auswerten"):
            create_entschieden(
                con,
                ablage,
                profile,
                f"read_parquet({pfadliste([personen])})",
                kommune.angaben.schutz.verfahren == "cellkey",
            )
            con.execute(zellentabelle(profile))
            con.execute("set variable kommune = $k", {"k": kommune.id})
            con.execute("set variable stichtag = $s", {"s": stichtag})
            yield con
    finally:
        con.close()


def _alter(profile: list[Profil]) -> str:
    """Persons by single years of age, profile by profile: what indicators count, whatever the age groups are."""
    teile = [
        f"""
        select
            gebiet_id, '{p.profil}' as profil, geschlecht, altersgruppe, alter, ist_auslaender,
            case {" ".join(f"when regel_{p.profil} = {n} then '{e.ergebnis}'" for n, e in enumerate(p.ergebnisse()))} end
                as ergebnis_mh,
            {PERSONEN} as personen
        from je_alter
        group by all
        """
        for p in profile
    ]
    regeln = ", ".join(f"regel_{p.profil}" for p in profile)
    return f"""
with je_alter as materialized (
    select
        gebiet_id, geschlecht, altersgruppe, alter, coalesce(auslaender, false) as ist_auslaender, {regeln},
        {PERSONEN} as personen
    from entschieden
    group by all
)
select
    getvariable('kommune') as kommune, getvariable('stichtag') as stichtag, gebiet_id, profil, geschlecht, altersgruppe,
    coalesce(alter::varchar, 'unbekannt') as altersjahr, alter::bigint as alter, ist_auslaender, ergebnis_mh, personen
from ({" union all ".join(teile)})
order by all
"""


def _bezugslaender(profile: list[Profil], was: str = PERSONEN) -> str:
    """Persons with MH by Bezugsland, profile by profile; profiles that name no clue have no Bezugsland.

    Every area with inhabitants has its cell `NZO`, also with 0: nobody with MH is a count, not a gap.
    """
    teile = [
        f"""
        select gebiet_id, '{p.profil}' as profil, geschlecht, sum(person)::bigint as person,
            case when bezug_{p.profil} = {NZO} then 'NZO' else lpad(bezug_{p.profil}::varchar, 3, '0') end as bezugsland
        from je_land
        where regel_{p.profil} in ({', '.join(str(n) for n, e in enumerate(p.ergebnisse()) if e.ergebnis == 'mit') or 'null'})
        group by all
        union all
        select distinct gebiet_id, '{p.profil}', geschlecht, 0, 'NZO'
        from je_land
        """
        for p in profile
        if p.bezugsland
    ] or ["select null::varchar as gebiet_id, null::varchar as profil, null::varchar as geschlecht, "
          "null::varchar as bezugsland, 0 as person where false"]  # fmt: skip
    urteile = ", ".join(f"regel_{p.profil}, bezug_{p.profil}" for p in profile)
    return f"""
with je_land as materialized (
    select gebiet_id, geschlecht, {urteile}, {was} as person
    from entschieden
    group by all
)
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
with regeln (profil, nummer, regel, ergebnis_mh) as (values {regelnamen(profile)}),
-- One rule looked up after the other: both at once would first pair all rules with each other.
mit_a as materialized (
    select v.gebiet_id, v.profil_a, v.profil_b, v.nummer_b, a.regel, a.ergebnis_mh, sum(v.personen)::bigint as personen
    from ({" union all ".join(teile)}) as v
    inner join regeln as a on v.profil_a = a.profil and v.nummer_a = a.nummer
    group by all
),
verglichen as (
    select
        m.gebiet_id, m.profil_a, m.profil_b, m.regel as regel_a, b.regel as regel_b, m.ergebnis_mh as ergebnis_a,
        b.ergebnis_mh as ergebnis_b, sum(m.personen)::bigint as personen
    from mit_a as m
    inner join regeln as b on m.profil_b = b.profil and m.nummer_b = b.nummer
    group by all
)
select getvariable('kommune') as kommune, getvariable('stichtag') as stichtag, *
from verglichen
where ergebnis_a <> ergebnis_b
union all
select
    getvariable('kommune'), getvariable('stichtag'), z.gebiet_id, p.profil_a, p.profil_b,
    'insgesamt', 'insgesamt', 'gemischt', 'gemischt', 0::bigint
from (select distinct gebiet_id from zellen) as z
cross join ({" union all ".join(paarliste)}) as p
order by all
"""
