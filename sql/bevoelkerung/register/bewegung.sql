-- Zu- und Fortzüge, Geburten, Sterbefälle, Umzüge, Einbürgerungen zwischen Stichtagen, ungeschützt. Nur im geschützten Bereich.
-- Unprotected flows between two consecutive Stichtage. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, bewegung, gruppe, geschlecht. The town by sex, its areas as a whole; moves between areas
-- for those areas only that have none below them.
with zellen as (
    select
        w.kommune,
        w.stichtag,
        w.stichtag_vorher,
        v.vorfahr as gebiet_id,
        w.geschlecht,
        w.bewegung,
        w.gruppe,
        w.personen
    from bevoelkerung.bewegungswuerfel as w
    inner join stamm.vorfahr as v on w.kommune = v.kommune and w.gebiet_id = v.gebiet_id
    where
        published_stichtag(w.kommune, w.stichtag)
        and published_stichtag(w.kommune, w.stichtag_vorher)
        and (w.bewegung not like 'umzug%' or v.vorfahr = w.gebiet_id)
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
        g.gebiet_id,
        x.geschlecht
    from paare as p
    inner join stamm.kommune as o on p.kommune = o.kommune
    inner join stamm.vorfahr as g on p.kommune = g.kommune and g.gebiet_id = g.vorfahr
    cross join stamm.geschlecht as x
    cross join (
        values
        ('geburt', 'insgesamt'), ('geburt', 'auslaender'), ('zuzug', 'insgesamt'), ('zuzug', 'auslaender'),
        ('sterbefall', 'insgesamt'), ('sterbefall', 'auslaender'), ('fortzug', 'insgesamt'), ('fortzug', 'auslaender'),
        ('abgang', 'insgesamt'), ('abgang', 'auslaender'), ('einbuergerung', 'insgesamt'), ('verlust', 'insgesamt'),
        ('umzug_zu', 'insgesamt'), ('umzug_zu', 'auslaender'), ('umzug_fort', 'insgesamt'), ('umzug_fort', 'auslaender')
    ) as a (bewegung, gruppe)
    where
        (a.bewegung <> 'abgang' or p.ohne_tote)
        and (a.bewegung not in ('sterbefall', 'fortzug') or not p.ohne_tote)
        and (g.gebiet_id = o.ags or x.geschlecht = 'insgesamt')
        and (
            a.bewegung not like 'umzug%'
            or not exists (
                from stamm.vorfahr as u where u.kommune = g.kommune and u.vorfahr = g.gebiet_id and u.gebiet_id <> g.gebiet_id
            )
        )
        and in_grid('summen', p.kommune, p.stichtag, g.gebiet_id)
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
order by all
