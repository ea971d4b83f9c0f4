"""Measures that follow from a delivered table by adding up its parts, as SQL: an age span, foreigners of groups of states.

Belongs here: sums that the table gives completely, of tables that are public. Does not belong here: indicators made of them
(lieferung_sql.py), quotients of ages of one measure (altersgruppen_sql.py).
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from pipelines.foundation.storage import sql
from pipelines.indikatoren.altersgruppen_sql import GRUPPE, OFFEN
from schemas.spalten.common import INSGESAMT

# einwohner_unter_65, einwohner_ab_65, einwohner_15_64: both ages included.
_SPANNE = re.compile(r"(einwohner|auslaender)_(?:unter_(\d+)|ab_(\d+)|(\d+)_(\d+))")
UNION_MERKMAL = "auslaender_eu"
# Foreigners of some states → the states, by municipality and day; all of them must be named, else nothing follows.
STAATEN = {
    UNION_MERKMAL: "queries/indikatoren/unionsstaaten",
    "auslaender_asylherkunft": "queries/indikatoren/asylherkunftsstaaten",
}
# What a table itself calls the Union: »EU-27 (seit 01.02.2020)« counts the other members where the Union had 27 on that day.
UNION = r"^EU[- ]?(\d\d)(?:$| )"
AUSLAENDER = "auslaender"
# Of a name of its own: sums of a table without inhabitants are no numerator of their share.
GESAMT, FRAUEN = "auslaender_gesamt", "auslaender_frauen"
INPUTS = (("bevoelkerung", "tabellenwert"), ("stamm", "quelle"), ("stamm", "staat"), ("stamm", "asylherkunft"))

_SCHLUESSEL = "kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, umgerechnet"
_SUMME = """'wert' as groesse, sum(wert) as wert, 0 as stellen, 'personen' as wert_einheit,
    max(kennzeichen) filter (where kennzeichen <> '-') as kennzeichen, max(datenstand) as datenstand,
    max(lieferung_id) as lieferung_id, true as veroeffentlicht"""


class Altersspanne(NamedTuple):
    """Persons of a measure from one age to another, both included."""

    basis: str
    von: int
    bis: int


def spanne(merkmal: str) -> Altersspanne | None:
    """`einwohner_15_64` → (einwohner, 15, 64); None for a measure that is no span of ages."""
    treffer = _SPANNE.fullmatch(merkmal)
    if not treffer:
        return None
    basis, unter, ab, von, bis = treffer.groups()
    if unter:
        return Altersspanne(basis, 0, int(unter) - 1)
    return Altersspanne(basis, int(ab), OFFEN) if ab else Altersspanne(basis, int(von), int(bis))


def is_derivable(merkmal: str) -> bool:
    """Whether a measure can follow from a table; none of these depends on a definition of Migrationshintergrund."""
    return spanne(merkmal) is not None or merkmal in (*STAATEN, FRAUEN, GESAMT)


def find_derivable(delivered: Collection[str], needed: Collection[str]) -> list[str]:
    """Of the needed measures those that may follow from delivered ones."""
    return sorted(
        m
        for m in needed
        if ((s := spanne(m)) and s[0] in delivered) or (AUSLAENDER in delivered and m in (*STAATEN, FRAUEN, GESAMT))
    )


def _add_ages(merkmal: str, basis: str, von: int, bis: int) -> str:
    """Sum of the age groups that lie in the span; no row where they leave a gap, overlap, or cross a border."""
    return f"""
select
    {_SCHLUESSEL}, gruppe, geschlecht, '{merkmal}' as merkmal, {_SUMME},
    arg_min(fundstelle, von) || case when count(*) > 1 then ' bis ' || arg_max(fundstelle, von) else '' end as fundstelle
from (
    select *, lead(von) over (partition by {_SCHLUESSEL}, gruppe, geschlecht order by von, bis) as naechstes
    from (
        select
            *, regexp_extract(altersgruppe, '{GRUPPE}', 1)::integer as von,
            coalesce(try_cast(nullif(regexp_extract(altersgruppe, '{GRUPPE}', 2), '') as integer), {OFFEN}) as bis
        from oeffentlich
        where merkmal = '{basis}' and staat = '{INSGESAMT}' and regexp_matches(altersgruppe, '{GRUPPE}')
    )
    where bis >= {von} and von <= {bis}
)
group by {_SCHLUESSEL}, gruppe, geschlecht
having
    min(von) = {von} and max(bis) = {bis} and count(wert) = count(*)
    and bool_and(coalesce(naechstes = bis + 1, bis = {bis}))"""


def _add_states(merkmal: str) -> str:
    """Foreigners of these nationalities, where every one of them is named."""
    return f"""
select
    {_SCHLUESSEL}, '{INSGESAMT}' as gruppe, geschlecht, '{merkmal}' as merkmal, {_SUMME},
    count(*) || ' Staaten, ' || arg_min(fundstelle, staat) || ' bis ' || arg_max(fundstelle, staat) as fundstelle
from (
    select t.*, g.alle
    from oeffentlich as t
    inner join (select *, count(*) over (partition by kommune, stichtag) as alle from (
{sql(STAATEN[merkmal])})) as g
        on t.kommune = g.kommune and t.stichtag = g.stichtag and t.staat = g.staat
    where t.merkmal = '{AUSLAENDER}' and t.gruppe = '{INSGESAMT}' and t.altersgruppe = '{INSGESAMT}'
)
group by {_SCHLUESSEL}, geschlecht, alle
having count(wert) = alle"""


def _take_union(merkmal: str, namen: str) -> str:
    """Foreigners of the Union as a group of the table, where its name says as many members as there were; else by states."""
    return f"""
select * exclude (folgt)
from (
    select {namen}, 0 as folgt
    from (
        select t.* replace ('{INSGESAMT}' as gruppe, '{merkmal}' as merkmal)
        from oeffentlich as t
        inner join (select kommune, stichtag, count(*) + 1 as mitglieder from (
{sql(STAATEN[merkmal])}) group by all) as u
            on t.kommune = u.kommune and t.stichtag = u.stichtag
                and try_cast(regexp_extract(t.gruppe, '{UNION}', 1) as integer) = u.mitglieder
        where t.merkmal = '{AUSLAENDER}' and t.staat = '{INSGESAMT}' and t.altersgruppe = '{INSGESAMT}'
    )
    union all by name
    select *, 1 as folgt from ({_add_states(merkmal)})
)
qualify row_number() over (partition by {_SCHLUESSEL}, geschlecht order by folgt, fundstelle) = 1"""


_FRAUEN = f"""
select * exclude (geschlecht), '{INSGESAMT}' as geschlecht, '{INSGESAMT}' as gruppe, '{FRAUEN}' as merkmal
from auslaenderzahlen
where geschlecht = 'w'"""
_GESAMT = f"select *, '{INSGESAMT}' as gruppe, '{GESAMT}' as merkmal from auslaenderzahlen"


def build_grundlage(merkmale: Collection[str]) -> str:
    """CTEs up to `grundlage`: what is delivered and what follows of these measures, as bevoelkerung.tabellenwert has it.

    What a delivery says itself goes before what follows.
    """
    spalten = (
        f"{_SCHLUESSEL}, gruppe, geschlecht, merkmal, groesse, wert, stellen, wert_einheit, kennzeichen, datenstand, "
    )
    spalten += "lieferung_id, veroeffentlicht, fundstelle"
    teile = [_add_ages(m, *s) for m in merkmale if (s := spanne(m))]
    teile += [_take_union(m, spalten) if m == UNION_MERKMAL else _add_states(m) for m in merkmale if m in STAATEN]
    teile += [_FRAUEN] if FRAUEN in merkmale else []
    teile += [_GESAMT] if GESAMT in merkmale else []
    return f"""
-- Of a table that is not public a sum could leave few out.
oeffentlich as (
    from bevoelkerung.tabellenwert where veroeffentlicht and groesse = 'wert'
),

tage as (
    select distinct kommune, stichtag from oeffentlich where merkmal = '{AUSLAENDER}'
),

auslaenderzahlen as (
{sql("queries/indikatoren/auslaenderzahlen")}),

folgt as ({" union all by name ".join(teile) or f"select {spalten} from oeffentlich where false"}
),

grundlage as (
    select {spalten}, altersgruppe, staat
    from bevoelkerung.tabellenwert
    union all by name
    select {spalten}, '{INSGESAMT}' as altersgruppe, '{INSGESAMT}' as staat
    from folgt as f
    where not exists (
        from bevoelkerung.tabellenwert as t
        where
            f.kommune = t.kommune and f.quelle_id = t.quelle_id and f.stichtag = t.stichtag and f.gebiet_id = t.gebiet_id
            and f.merkmal = t.merkmal and f.profil = t.profil and f.geschlecht = t.geschlecht and f.gruppe = t.gruppe
            and f.umgerechnet = t.umgerechnet and t.staat = '{INSGESAMT}' and t.altersgruppe = '{INSGESAMT}'
    )
),"""
