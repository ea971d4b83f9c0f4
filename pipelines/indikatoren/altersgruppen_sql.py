"""Indicators over ages (Jugendquotient) from a delivered table of age groups, as SQL.

Belongs here: adding up groups that cover every age once, none on both sides of a border. Does not belong here: other
ways to a delivered indicator (lieferung_sql.py), ages of the register (register_sql.py).
"""

from pipelines.stamm.katalog.filter import als_sql, bedingungen
from pipelines.stamm.katalog.herleitung import Wuerfel
from pipelines.stamm.katalog.katalog import Indikator
from schemas.spalten.common import INSGESAMT

OFFEN = 999  # end of a group such as 90+
GRUPPE = r"^(\d+)(?:-(\d+)|\+)$"


def merkmal_nach_alter(i: Indikator) -> str | None:
    """The measure whose age groups give numerator and denominator; None where the formula asks for more than ages."""
    h = i.herleitung
    if not isinstance(h, Wuerfel) or h.je or h.profil or h.nenner is None or h.nenner.merkmal != h.zaehler.merkmal:
        return None
    filter_ = [g.filter for g in (h.zaehler, h.nenner) if g.filter]
    nur_alter = all(b.spalte == "alter" for f in filter_ for b in bedingungen(f))
    return h.zaehler.merkmal if filter_ and nur_alter and h.zaehler.merkmal in ("einwohner", "auslaender") else None


def _filter_sql(filter_: str, alter: str) -> str:
    return als_sql(filter_, {"alter": alter}) if filter_ else "true"


def add_ages(i: Indikator, merkmal: str, rang: int) -> str:
    """The value from the sums of groups; no row where groups are missing, overlap, or lie on both sides of a border."""
    h = i.herleitung
    assert isinstance(h, Wuerfel)
    assert h.nenner is not None
    oben, unten = h.zaehler.filter, h.nenner.filter
    zaehler, nenner = (f"sum(wert) filter (where {_filter_sql(f, 'von')})" for f in (oben, unten))
    ganz = " and ".join(f"({_filter_sql(f, 'von')} = {_filter_sql(f, 'bis')})" for f in (oben, unten))
    schluessel = "kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, gruppe, geschlecht, umgerechnet"
    return f"""
select
    kommune, quelle_id, quellenrang, stichtag, gebiet_id, '{i.id}' as indikator, '-' as profil, gruppe, geschlecht,
    '{INSGESAMT}' as altersgruppe, umgerechnet, {rang} as rang,
    {zaehler} / nullif({nenner}, 0) * {h.faktor!r} as wert, false as weicht_ab,
    {zaehler} as zaehler, {nenner} as nenner, quelle_id as nenner_quelle_id, stichtag as nenner_stichtag, true as nenner_passt,
    min(nullif(wert, 0)) as kleinste, true as einheit_passt, bool_and(veroeffentlicht) as veroeffentlicht,
    max(datenstand) as datenstand, max(lieferung_id) as lieferung_id,
    list_sort(list_distinct(flatten(list(lieferungen)))) as lieferungen,
    arg_min(stelle, von) || ' bis ' || arg_max(stelle, von) as fundstelle,
    coalesce(list_distinct(list(zeichen) filter (where zeichen is not null)), []::varchar[]) as kennzeichen
from (
    select *, lead(von) over (partition by {schluessel} order by von, bis) as naechstes
    from (
        select
            *, m_{merkmal} as wert, regexp_extract(altersgruppe, '{GRUPPE}', 1)::integer as von,
            coalesce(try_cast(nullif(regexp_extract(altersgruppe, '{GRUPPE}', 2), '') as integer), {OFFEN}) as bis,
            fundstellen['{merkmal}/wert'] as stelle, kennzeichen['{merkmal}/wert'] as zeichen
        from zeilen
        where regexp_matches(altersgruppe, '{GRUPPE}') and m_{merkmal} is not null
    )
)
group by {schluessel}
having min(von) = 0 and bool_and(coalesce(naechstes = bis + 1, bis = {OFFEN})) and bool_and({ganz})"""
