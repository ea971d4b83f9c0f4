-- Zu- und Fortzüge, Geburten, Sterbefälle, Einbürgerungen, Umzüge zwischen Stichtagen, ungeschützt. Nur im geschützten Bereich.
-- Unprotected flows between two consecutive Stichtage. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, bewegung, gruppe, geschlecht. The town by sex. Of areas only who moved between them,
-- all together: births, deaths and moves beyond the town would follow from the stocks of both days.
with zellen as (
    select
        w.kommune,
        w.stichtag,
        w.stichtag_vorher,
        o.ags as gebiet_id,
        w.geschlecht,
        w.bewegung,
        w.gruppe,
        w.personen
    from bevoelkerung.bewegungswuerfel as w
    inner join stamm.kommune as o on w.kommune = o.kommune
    where
        published_stichtag(w.kommune, w.stichtag)
        and published_stichtag(w.kommune, w.stichtag_vorher)
        and w.bewegung not like 'umzug%'
),

summen as (
    select
        kommune,
        stichtag,
        stichtag_vorher,
        gebiet_id,
        bewegung,
        gruppe,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
        sum(personen)::bigint as personen
    from zellen
    group by kommune, stichtag, stichtag_vorher, gebiet_id, bewegung, gruppe, grouping sets ((), (geschlecht))
),

paare as (
    select distinct
        kommune,
        stichtag,
        stichtag_vorher,
        bool_or(bewegung = 'abgang') over (partition by kommune, stichtag) as ohne_tote
    from summen
),

-- Every flow has its row, nobody is a count; of naturalisations there is one group only.
raster as (
    select
        p.kommune,
        p.stichtag,
        p.stichtag_vorher,
        a.bewegung,
        a.gruppe,
        o.ags as gebiet_id,
        x.geschlecht
    from paare as p
    inner join stamm.kommune as o on p.kommune = o.kommune
    cross join stamm.geschlecht as x
    cross join (
        values
        ('geburt', 'insgesamt'), ('geburt', 'auslaender'), ('zuzug', 'insgesamt'), ('zuzug', 'auslaender'),
        ('sterbefall', 'insgesamt'), ('sterbefall', 'auslaender'), ('fortzug', 'insgesamt'), ('fortzug', 'auslaender'),
        ('abgang', 'insgesamt'), ('abgang', 'auslaender'), ('einbuergerung', 'insgesamt'), ('verlust', 'insgesamt')
    ) as a (bewegung, gruppe)
    where
        (a.bewegung <> 'abgang' or p.ohne_tote)
        and (a.bewegung not in ('sterbefall', 'fortzug') or not p.ohne_tote)
),

-- Areas that moves are counted between: none below them, known on both days.
unterste as (
    select g.*
    from stamm.gebiet as g
    inner join stamm.kommune as o on g.kommune = o.kommune
    where
        g.gebiet_id not in ('unbekannt', o.ags)
        and exists (from stamm.vorfahr as v where v.kommune = g.kommune and v.gebiet_id = g.gebiet_id)
        and not exists (
            from stamm.vorfahr as v
            where v.kommune = g.kommune and v.vorfahr = g.gebiet_id and v.gebiet_id <> g.gebiet_id
        )
),

umzuege as (
    select
        p.kommune,
        p.stichtag,
        p.stichtag_vorher,
        u.gebiet_id,
        a.bewegung,
        coalesce(sum(w.personen), 0)::bigint as personen,
        count(distinct u.gebiet_id) over (partition by p.kommune, p.stichtag) as gebiete
    from paare as p
    inner join unterste as u
        on
            p.kommune = u.kommune
            and coalesce(u.gueltig_von <= p.stichtag_vorher, true)
            and coalesce(u.gueltig_bis >= p.stichtag, true)
    cross join (values ('umzug_zu'), ('umzug_fort')) as a (bewegung)
    left join bevoelkerung.bewegungswuerfel as w
        on
            p.kommune = w.kommune and p.stichtag = w.stichtag and u.gebiet_id = w.gebiet_id and a.bewegung = w.bewegung
            and w.gruppe = 'insgesamt'
    group by p.kommune, p.stichtag, p.stichtag_vorher, u.gebiet_id, a.bewegung
),

-- Whoever moved came from one of these areas and went to another: where both do not agree, the count is of a time when it
-- took in persons of no known area.
umzug_gesamt as (
    select
        kommune,
        stichtag,
        stichtag_vorher,
        sum(personen) filter (where bewegung = 'umzug_zu') as personen
    from umzuege
    group by kommune, stichtag, stichtag_vorher
    having
        any_value(gebiete) > 1
        and sum(personen) filter (where bewegung = 'umzug_zu') = sum(personen) filter (where bewegung = 'umzug_fort')
)

select
    r.kommune,
    r.stichtag,
    r.stichtag_vorher,
    r.gebiet_id,
    r.bewegung,
    r.gruppe,
    r.geschlecht,
    coalesce(s.personen, 0) as personen
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.gebiet_id = s.gebiet_id
        and r.bewegung = s.bewegung
        and r.gruppe = s.gruppe
        and r.geschlecht = s.geschlecht
union all by name
select
    u.kommune,
    u.stichtag,
    u.stichtag_vorher,
    o.ags as gebiet_id,
    'umzug' as bewegung,
    'insgesamt' as gruppe,
    'insgesamt' as geschlecht,
    u.personen::bigint as personen
from umzug_gesamt as u
inner join stamm.kommune as o on u.kommune = o.kommune
union all by name
select
    u.kommune,
    u.stichtag,
    u.stichtag_vorher,
    u.gebiet_id,
    u.bewegung,
    'insgesamt' as gruppe,
    'insgesamt' as geschlecht,
    u.personen
from umzuege as u
inner join umzug_gesamt as g on u.kommune = g.kommune and u.stichtag = g.stichtag
order by all
