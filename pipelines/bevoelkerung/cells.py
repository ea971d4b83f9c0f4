"""Decisions → cells of the population cube: the one count over all definitions together, and its unfolding by profile.

Belongs here: the statements every count starts from. Does not belong here: deciding (count.py).
"""

from pipelines.stamm.profile.profil import Profil


def regelnamen(profile: list[Profil]) -> str:
    """VALUES list (profile, number, rule, result)."""
    return ", ".join(
        f"('{p.profil}', {n}, '{r.regel}', '{r.ergebnis}')" for p in profile for n, r in enumerate(p.ergebnisse())
    )


PERSONEN, SCHLUESSEL = "sum(personen)::bigint", "sum(satzschluessel)::bigint"


def zellentabelle(profile: list[Profil], was: str = PERSONEN) -> str:
    """Count once over all rule numbers together: from here on everything is small. Or add up the keys of the same persons."""
    spalten = ", ".join(f"regel_{p.profil}" for p in profile)
    return f"""
create or replace temp table zellen as
select
    gebiet_id, geschlecht, altersgruppe, generation, coalesce(auslaender, false) as ist_auslaender, mehrstaatig, {spalten},
    {was} as personen
from entschieden
group by all
"""


def zellen(profile: list[Profil]) -> str:
    """The cells unfolded by profile. A person without MH has no generation (`-`)."""
    spalten = ", ".join(f"regel_{p.profil}" for p in profile)
    return f"""
with je_profil as (
    unpivot zellen on {spalten} into name profil_spalte value nummer
),
regeln (profil, nummer, regel, ergebnis_mh) as (values {regelnamen(profile)})
select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    z.gebiet_id,
    r.profil,
    z.geschlecht,
    z.altersgruppe,
    r.regel,
    case when r.ergebnis_mh = 'mit' then z.generation else '-' end as generation,
    z.ist_auslaender,
    r.ergebnis_mh,
    sum(z.personen)::bigint as personen
from je_profil as z
inner join regeln as r on z.profil_spalte = 'regel_' || r.profil and z.nummer = r.nummer
group by all
order by all
"""


def arten(profile: list[Profil]) -> str:
    """The cells as they are: persons by what all definitions together say of them, each by the rule that decided."""
    regeln = " || ' ' || ".join(
        f"'{p.profil}=' || {[e.regel for e in p.ergebnisse()]}[regel_{p.profil} + 1]"
        for p in sorted(profile, key=lambda p: p.profil)
    )
    return f"""
select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    gebiet_id,
    geschlecht,
    altersgruppe,
    {regeln} as regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    personen
from zellen
order by all
"""
