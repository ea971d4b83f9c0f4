"""The catalogue's register formulas as SQL: who is counted, over which cells, for which groups.

Belongs here: one statement over the cube of single years of age. Does not belong here: deliveries (lieferung_sql.py),
protection (sql/geheimhaltung) and what a series says of itself (sql/marts/indikatoren/indikator_zeitreihe.sql).
"""

from pipelines.stamm.katalog.filter import als_sql
from pipelines.stamm.katalog.herleitung import Groesse, Wuerfel
from pipelines.stamm.katalog.katalog import FAKTOREN, GRUPPEN, Indikator, Katalog
from schemas.spalten.common import INSGESAMT

# Measure of a formula → which persons of a cell count, and with what weight.
MERKMALE: dict[str, tuple[str, str]] = {
    "einwohner": ("true", "personen"),
    "auslaender": ("ist_auslaender", "personen"),
    "deutsche_mit_mh": ("ergebnis_mh = 'mit' and not ist_auslaender", "personen"),
    "personen_mit_mh": ("ergebnis_mh = 'mit'", "personen"),
    "mit_alter": ("alter is not null", "personen"),
    "altersjahre": ("alter is not null", "personen * alter"),
}
# Who cannot be decided belongs to neither group.
PERSONEN_DER_GRUPPE: dict[str, str] = {
    "insgesamt": "true",
    "auslaender": "ist_auslaender",
    "deutsche": "not ist_auslaender",
    "mit_mh": "ergebnis_mh = 'mit'",
    "ohne_mh": "ergebnis_mh = 'ohne'",
}
UNENTSCHIEDEN = "ergebnis_mh in ('unentscheidbar', 'nicht_bestimmbar')"
SCHLUESSEL = "kommune, stichtag, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe"


def gruppen(indikator: Indikator) -> list[str]:
    """Groups an indicator is told for: everybody, and both sides of each breakdown it has."""
    return [g for g, (gliederung, _) in GRUPPEN.items() if gliederung in (None, *indikator.gliederungen)]


def _summe(groesse: Groesse | None, gruppe: str) -> str:
    if groesse is None:
        return "null::double"
    wer, was = MERKMALE[groesse.merkmal]
    bedingung = f"{wer} and {PERSONEN_DER_GRUPPE[gruppe]}" + (
        f" and {als_sql(groesse.filter)}" if groesse.filter else ""
    )
    return f"coalesce(sum({was}) filter (where {bedingung}), 0)"


def _umfang(h: Wuerfel) -> str:
    """Which cells an indicator speaks of at all, whatever the group: those of its numerator or its denominator."""
    filter_ = [g.filter for g in (h.zaehler, h.nenner) if g]
    return " or ".join(f"({als_sql(f)})" for f in filter_ if f) if all(filter_) else "true"


def _find_far_side(h: Wuerfel, gruppe: str) -> str:
    """Persons of an age group beyond a border that divides it: they follow from the figure as those on its own side do."""
    wer, _ = MERKMALE[(h.nenner or h.zaehler).merkmal]
    bedingung = f"not ({_umfang(h)}) and {wer} and {PERSONEN_DER_GRUPPE[gruppe]}"
    return f"sum(personen) filter (where {bedingung})" if h.grenzen else "0"


def _zaehlung(indikator: Indikator, herleitung: Wuerfel, gruppe: str) -> str:
    """One indicator for one group: every area, each by sex and (if broken down) by age group, zeros included."""
    # Which definition somebody is counted by does not matter here: each of them covers everybody once.
    ohne_profil = not herleitung.profil and gruppe not in ("mit_mh", "ohne_mh")
    nach_alter = "altersgruppe" in indikator.gliederungen and not herleitung.grenzen
    anteil = herleitung.nenner is not None and indikator.einheit in FAKTOREN
    rest = "nullif(greatest(n - z, 0), 0)" if anteil else "null"
    zahl = "null" if herleitung.zaehler.merkmal == "altersjahre" else "nullif(z, 0)"
    umfang, fern = _umfang(herleitung), _find_far_side(herleitung, gruppe)
    return f"""
select
    r.kommune, r.stichtag, r.gebiet_id, '{indikator.id}' as indikator, r.profil, '{gruppe}' as gruppe, r.geschlecht,
    r.altersgruppe, coalesce(s.zaehler, 0)::double as zaehler,
    {"coalesce(s.nenner, 0)::double" if herleitung.nenner else "null::double"} as nenner, s.kleinste,
    coalesce(s.unentschieden / nullif(s.umfang, 0), 0) as unentscheidbar
from raster as r
left join (
    select
        kommune, stichtag, {"'-'" if ohne_profil else "profil"} as profil, gebiet_id, geschlecht,
        {f"coalesce(altersgruppe, '{INSGESAMT}')" if nach_alter else f"'{INSGESAMT}'"} as altersgruppe,
        sum(z) as zaehler, sum(n) as nenner,
        -- The smallest count of people this figure is made of or leaves out, age group by age group.
        min(least({zahl}, {rest}, nullif(n, 0), case when a > 0 then nullif(f, 0) end))::bigint as kleinste,
        sum(u) as unentschieden, sum(a) as umfang
    from (
        select
            kommune, stichtag, profil, gebiet_id, coalesce(geschlecht, '{INSGESAMT}') as geschlecht, altersgruppe,
            {_summe(herleitung.zaehler, gruppe)} as z, {_summe(herleitung.nenner, gruppe)} as n,
            -- Persons the definition cannot decide on, of all it speaks of.
            sum(personen) filter (where ({umfang}) and {"false" if ohne_profil else UNENTSCHIEDEN}) as u,
            sum(personen) filter (where {umfang}) as a, {fern} as f
        from zellen
        where ({"true" if herleitung.grenzen else umfang}){" and eine_definition" if ohne_profil else ""}
        group by kommune, stichtag, profil, gebiet_id, altersgruppe, cube (geschlecht)
    )
    group by grouping sets (
        (kommune, stichtag, profil, gebiet_id, geschlecht){
        ", (kommune, stichtag, profil, gebiet_id, geschlecht, altersgruppe)" if nach_alter else ""
    }
    )
) as s
    on
        r.kommune = s.kommune and r.stichtag = s.stichtag and r.profil = s.profil and r.gebiet_id = s.gebiet_id
        and r.geschlecht = s.geschlecht and r.altersgruppe = s.altersgruppe
where r.profil {"=" if ohne_profil else "<>"} '-'{"" if nach_alter else f" and r.altersgruppe = '{INSGESAMT}'"}{
        "" if "gebiet" in indikator.gliederungen else " and r.ist_kommune"
    }"""


_LEERE_ZAEHLUNG = """
select
    null::varchar as kommune, null::date as stichtag, null::varchar as gebiet_id, null::varchar as indikator,
    null::varchar as profil, null::varchar as gruppe, null::varchar as geschlecht, null::varchar as altersgruppe,
    null::double as zaehler, null::double as nenner, null::bigint as kleinste,
    null::double as unentscheidbar
where false"""


def zaehlung_sql(katalog: Katalog) -> str:
    """Statement for `bevoelkerung.indikatorzaehlung`: indicators counted from the register, unprotected.

    Grain: kommune, stichtag, gebiet_id, indikator, profil (`-` where it does not matter), gruppe, geschlecht, altersgruppe.
    Reads bevoelkerung.alterswuerfel and stamm.*. Counts of nationalities come from their own table.
    """
    teile = [
        _zaehlung(i, i.herleitung, g)
        for i in katalog.indikatoren
        if isinstance(i.herleitung, Wuerfel) and i.herleitung.zaehler.merkmal in MERKMALE
        for g in gruppen(i)
    ] or [_LEERE_ZAEHLUNG]
    return f"""
with zellen as (
    select
        w.kommune, w.stichtag, w.profil, v.vorfahr as gebiet_id, w.gebiet_id as zelle_gebiet_id, g.ebene as zelle_ebene,
        w.geschlecht, w.altersgruppe, w.alter, w.ist_auslaender, w.ergebnis_mh, w.personen,
        w.profil = min(w.profil) over (partition by w.kommune, w.stichtag) as eine_definition
    from bevoelkerung.alterswuerfel as w
    inner join stamm.vorfahr as v on w.kommune = v.kommune and w.gebiet_id = v.gebiet_id
    inner join stamm.gebiet as g on w.kommune = g.kommune and w.gebiet_id = g.gebiet_id
    where published_stichtag(w.kommune, w.stichtag)
),

raster as (
    select
        z.kommune, z.stichtag, z.profil, g.gebiet_id, x.geschlecht, a.altersgruppe, g.gebiet_id = k.ags as ist_kommune
    from (
        select distinct kommune, stichtag, profil from zellen
        union
        select distinct kommune, stichtag, '-' from zellen
    ) as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    inner join stamm.vorfahr as g on z.kommune = g.kommune and g.gebiet_id = g.vorfahr
    inner join stamm.altersgruppe as a on z.kommune = a.kommune
    cross join stamm.geschlecht as x
    where
        -- By sex and by age group; both at once stand in marts.migrationshintergrund.
        '{INSGESAMT}' in (x.geschlecht, a.altersgruppe)
        and in_grid('zellen', z.kommune, z.stichtag, g.gebiet_id)
)
{" union all ".join(teile)}
order by {SCHLUESSEL}"""
