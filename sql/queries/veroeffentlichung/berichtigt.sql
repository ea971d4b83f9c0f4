-- Stichtage whose figures come from another extract than in the release before (alt), of municipalities that publish no newer
-- Stichtag (neu). Grain: kommune, stichtag.
with je as (
    select
        'alt' as fassung,
        kommune,
        stichtag,
        lieferung_id
    from alt.marts.migrationshintergrund
    where quelle = 'melderegister'
    union
    select
        'neu' as fassung,
        kommune,
        stichtag,
        lieferung_id
    from neu.marts.migrationshintergrund
    where quelle = 'melderegister'
),

letzte as (
    select
        kommune,
        max(stichtag) filter (where fassung = 'neu') > max(stichtag) filter (where fassung = 'alt') as neuer
    from je
    group by all
)

select
    j.kommune,
    j.stichtag::varchar as stichtag
from je as j
inner join letzte as z on j.kommune = z.kommune and not z.neuer
group by all
having count(distinct j.lieferung_id) > 1
order by all
