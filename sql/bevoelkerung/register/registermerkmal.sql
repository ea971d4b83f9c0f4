-- Was ein Auszug über die Definitionen hinaus sagt (Dauer, Wahlrecht, Alter …), ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals of the facts of one extract. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, merkmal, auspraegung, geschlecht. The town by sex. Of areas nothing: beside the
-- categories of a definition a fact would tell of single persons there.
with zellen as (
    from in_every_gebiet('bevoelkerung.merkmalswuerfel')
    -- Single years of a duration are for its mean (geheimhaltung.indikatormerkmal); of voters, and what durations leave, for the
    -- door (geheimhaltung.merkmalsrest).
    where merkmal not in ('wohnjahre', 'aufenthaltsjahre') and not is_rest(merkmal)
),

summen as (
    select
        kommune,
        stichtag,
        gebiet_id,
        merkmal,
        auspraegung,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
        sum(personen)::bigint as personen
    from zellen
    group by kommune, stichtag, gebiet_id, merkmal, auspraegung, grouping sets ((), (geschlecht))
),

raster as (
    select
        k.kommune,
        k.stichtag,
        k.merkmal,
        k.auspraegung,
        o.ags as gebiet_id,
        x.geschlecht
    from (select distinct kommune, stichtag, merkmal, auspraegung from summen) as k
    inner join stamm.kommune as o on k.kommune = o.kommune
    cross join stamm.geschlecht as x
    where k.merkmal <> 'zuzugsjahr' or x.geschlecht = 'insgesamt'
)

select
    r.kommune,
    r.stichtag,
    r.gebiet_id,
    r.merkmal,
    r.auspraegung,
    r.geschlecht,
    coalesce(s.personen, 0) as personen
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.gebiet_id = s.gebiet_id
        and r.merkmal = s.merkmal
        and r.auspraegung = s.auspraegung
        and r.geschlecht = s.geschlecht
order by all
