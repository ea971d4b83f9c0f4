-- Zu- und Fortzüge, Geburten, Sterbefälle, Einbürgerungen zwischen Stichtagen, ungeschützt. Nur im geschützten Bereich.
-- Unprotected flows between two consecutive Stichtage. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, bewegung, gruppe, geschlecht. The town by sex. Of areas nothing: whoever takes
-- moves between them for few subtracts the stocks of both days.
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
