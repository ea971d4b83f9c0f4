-- titel: Jedes Handlungsfeld gibt es im Konzept
-- schwere: fehler
-- erwartet: Code, Name oder Alias eines Handlungsfelds aus konzept.yaml
with aehnlich as (
    select z.blatt, z.zeile, n.handlungsfeld, n.name
    from massnahme.zeile as z
    inner join konzept.name as n on jaro_winkler_similarity(lower(z.feldtext), lower(n.name)) > 0.7
    where z.handlungsfeld is null
    qualify
        row_number() over (
            partition by z.blatt, z.zeile order by jaro_winkler_similarity(lower(z.feldtext), lower(n.name)) desc, n.name asc
        ) = 1
),

felder as (
    select list(handlungsfeld || ' ' || name order by reihenfolge) as alle
    from konzept.handlungsfeld
    where art in ('handlungsfeld', 'querschnitt')
)

select
    [zelle(z.zellen, 'handlungsfeld')] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.feldtext,
    case when z.feldtext is null then 'keines' else 'unbekannt' end as art,
    f.alle as felder,
    a.name as aehnlicher_name,
    a.handlungsfeld as aehnliches_feld
from massnahme.zeile as z
cross join felder as f
left join aehnlich as a on z.blatt = a.blatt and z.zeile = a.zeile
left join konzept.massnahme as k on z.massnahme_nr = k.massnahme_nr
-- A task that the concept itself assigns to no field needs none.
where z.handlungsfeld is null and (k.massnahme_nr is null or k.handlungsfeld is not null)
order by z.blatt, z.zeile
