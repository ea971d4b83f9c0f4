"""Staged persons → population cube: all definitions evaluated in one pass over the persons.

Belongs here: turning profiles into one SQL statement, and counting. Does not belong here: totals and shares
(sql/bevoelkerung) and protection. The result is small: one row a district, sex, age group, rule and profile.
"""

from datetime import date

import duckdb
from sqlglot import exp

from pipelines.ablage import Ablage, sql
from pipelines.bevoelkerung.merkmale import EIGENES_MH, ELTERNMERKMALE
from pipelines.bevoelkerung.profil import Profil, bedingung, lade_profile
from pipelines.fehler import verschlossen
from pipelines.kommune import Kommune


def zaehle(ablage: Ablage, kommune: Kommune, stichtag: date, partition: str) -> int:
    """Count one extract under all definitions of its municipality; returns the number of persons.

    Writes `bevoelkerung.wuerfel` and `bevoelkerung.staatenwuerfel` of the partition.
    """
    profile = lade_profile(ablage, kommune.angaben.profile)
    con = ablage.verbindung()
    try:
        with verschlossen(partition, "Definitionen auswerten"):
            lege_merkmale_an(con, ablage, partition)
            con.execute(f"create temp table entschieden as {entscheidung(profile)}")
            con.execute("set variable kommune = $k", {"k": kommune.id})
            con.execute("set variable stichtag = $s", {"s": stichtag})
            for name, auswahl in (("wuerfel", _zellen(profile)), ("staatenwuerfel", sql("melderegister/staatenwuerfel"))):
                with ablage.neu(ablage.tabelle("bevoelkerung", name, partition)) as neu:
                    con.execute(f"copy ({auswahl}) to '{neu}' (format parquet)")
            return int(con.execute("select count(*) from merkmale").fetchall()[0][0])
    finally:
        con.close()


def lege_merkmale_an(con: duckdb.DuckDBPyConnection, ablage: Ablage, partition: str) -> None:
    """Temp table `merkmale` from the staged persons of a partition."""
    personen = ablage.tabelle("eingang", "melderegister", partition)
    con.execute(f"create temp view personen as from read_parquet('{personen}')")
    con.execute(
        "create temp table staaten as select staat, aussiedlungsgebiet = 'ja' as aussiedlungsgebiet, "
        "vertreibungsgebiet = 'ja' as vertreibungsgebiet from read_csv(?, delim=';', header=true, all_varchar=true)",
        [str(ablage.referenz / "staaten.csv")],
    )
    con.execute(sql("melderegister/merkmale"))


def _setze_ein(baum: exp.Expression, ersatz: dict[str, str], tabelle: str) -> str:
    """SQL of a condition; names in `ersatz` become the given SQL, all others columns of `tabelle`."""

    def knoten(k: exp.Expression) -> exp.Expression:
        if isinstance(k, exp.Column):
            if k.name in ersatz:
                return exp.maybe_parse(f"({ersatz[k.name]})", dialect="duckdb")
            return exp.column(k.name, table=tabelle, quoted=True)
        return k

    return baum.copy().transform(knoten).sql(dialect="duckdb")


def _regelnummer(profil: Profil, ersatz: dict[str, str], tabelle: str) -> str:
    """CASE expression: number of the first rule whose condition is true, 0 if none is."""
    namen = {*ELTERNMERKMALE, *_merkmalsnamen()}
    faelle = " ".join(
        f"when {_setze_ein(bedingung(r.wenn, namen), ersatz, tabelle)} then {n}" for n, r in enumerate(profil.regeln, start=1)
    )
    return f"(case {faelle} else 0 end)::utinyint"


def _merkmalsnamen() -> set[str]:
    from pipelines.bevoelkerung.merkmale import MERKMALE

    return set(MERKMALE)


def _eigenes_mh(profil: Profil) -> str:
    """Whether a person has MH by the rules alone, without looking at parents; NULL if undecidable."""
    ohne_eltern = {name: "0" for name in ELTERNMERKMALE}
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
    familie = profil.familie
    grenze = f" and coalesce(m.alter < {familie.altersgrenze}, false)" if familie.altersgrenze else ""

    def summe(bedingung_je_elternteil: str) -> str:
        teile = []
        for n in (1, 2):
            adresse = f" and m.eltern_{n}_gleiche_adresse" if familie.gleiche_adresse else ""
            teile.append(
                f"(e{n}.zeile is not null{adresse}{grenze} and {bedingung_je_elternteil.format(e=f'e{n}')})::tinyint"
            )
        return " + ".join(teile)

    spalte = f"{{e}}.zaehlt_{profil.profil}"
    return zahlen | {
        "eltern_bekannt": summe("true"),
        "eltern_mit": summe(f"coalesce({spalte}, false)"),
        "eltern_ohne": summe(f"not coalesce({spalte}, true)"),
        "eltern_unklar": summe(f"{spalte} is null"),
    }


def entscheidung(profile: list[Profil]) -> str:
    """One SELECT over `merkmale`: per person the number of the rule that decided, a column `regel_<profil>` each."""
    mit_eltern = [p for p in profile if p.familie]
    zaehlt = "".join(f",\n    {_elternteil(p)} as zaehlt_{p.profil}" for p in mit_eltern)
    regeln = "".join(f",\n    {_regelnummer(p, _elternzahlen(p), 'm')} as regel_{p.profil}" for p in profile)
    return f"""
with eltern as (
    select m.zeile, m.auslaender{zaehlt}
    from merkmale as m
    where m.zeile in (select eltern_1_zeile from merkmale) or m.zeile in (select eltern_2_zeile from merkmale)
)
select m.zeile, m.gebiet_id, m.geschlecht, m.altersgruppe, m.auslaender{regeln}
from merkmale as m
left join eltern as e1 on m.eltern_1_zeile = e1.zeile
left join eltern as e2 on m.eltern_2_zeile = e2.zeile
"""


def _zellen(profile: list[Profil]) -> str:
    """Count once over all rule numbers together, then unfold the few cells by profile."""
    spalten = ", ".join(f"regel_{p.profil}" for p in profile)
    namen = ", ".join(
        f"('{p.profil}', {n}, '{regel}', '{ergebnis}')"
        for p in profile
        for n, (regel, _, _, ergebnis) in enumerate(p.ergebnisse())
    )
    return f"""
with zellen as (
    select gebiet_id, geschlecht, altersgruppe, coalesce(auslaender, false) as ist_auslaender, {spalten}, count(*) as personen
    from entschieden
    group by all
),
je_profil as (
    unpivot zellen on {spalten} into name profil_spalte value nummer
),
regeln (profil, nummer, regel, ergebnis_mh) as (values {namen})
select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    z.gebiet_id,
    r.profil,
    z.geschlecht,
    z.altersgruppe,
    r.regel,
    z.ist_auslaender,
    r.ergebnis_mh,
    sum(z.personen)::bigint as personen
from je_profil as z
inner join regeln as r on z.profil_spalte = 'regel_' || r.profil and z.nummer = r.nummer
group by all
order by all
"""
