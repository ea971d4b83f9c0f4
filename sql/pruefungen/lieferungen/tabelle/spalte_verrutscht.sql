-- titel: Keine Spalte trägt die Zahlen, die im Vorjahr in einer anderen standen
-- braucht: lieferung.folgetag
-- schwere: fehler
-- erwartet: jede Spalte mit ihren eigenen Zahlen
-- All areas, at least 4 of them with different figures of at least 20 units of the last digit: smaller ones meet by chance.
with aussagekraeftig as (
    select *
    from lieferung.reihe
    where abs(fest) * (10 ** least(stellen, 9))::hugeint >= 20 * eins()
),

groesse_der_spalte as (
    select spalte, stichtag, count(*) as gebiete
    from aussagekraeftig
    where hier
    group by all
),

paare as (
    select
        h.spalte, h.stichtag, f.spalte as andere, f.stichtag as vortag,
        any_value(f.merkmal) as merkmal,
        any_value(zusatz(f.groesse, f.geschlecht, f.altersgruppe, f.staat, f.gruppe)) as zusatz,
        count(*) as gleiche,
        count(distinct h.fest) as verschiedene,
        list(h.fundstelle) as zellen,
        min(f.beleg) as beleg
    from aussagekraeftig as h
    inner join lieferung.folgetag as t on h.stichtag = t.stichtag
    inner join aussagekraeftig as f
        on t.vortag = f.stichtag and h.gebiet_id = f.gebiet_id and h.fest = f.fest and h.spalte <> f.spalte
    where h.hier
    group by all
),

orte as (
    select
        p.*,
        z.spaltenname, z.zeile, z.spalte_nr, z.fundstelle
    from paare as p
    inner join groesse_der_spalte as g on p.spalte = g.spalte and p.stichtag = g.stichtag and p.gleiche = g.gebiete
    inner join lieferung.zahl as z on p.spalte = z.spalte and p.stichtag = z.stichtag and list_contains(p.zellen, z.fundstelle)
    where p.gleiche >= 4 and p.verschiedene >= 3
)

select
    list(o.fundstelle order by o.zeile, o.spalte_nr) as fundstellen,
    o.spaltenname,
    o.stichtag,
    any_value(o.gleiche) as gleiche,
    { 'titel': coalesce(any_value(m.titel), o.merkmal), 'zusatz': o.zusatz } as andere,
    o.vortag,
    min(o.beleg) as beleg
from orte as o
left join lieferung.merkmal as m on o.merkmal = m.merkmal
group by o.spaltenname, o.stichtag, o.merkmal, o.zusatz, o.vortag
order by o.stichtag, min(o.zeile), min(o.spalte_nr), o.merkmal, o.zusatz
