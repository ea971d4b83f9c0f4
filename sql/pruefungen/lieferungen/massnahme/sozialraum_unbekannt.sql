-- titel: Jeder Sozialraum ist ein Gebiet der Kommune
-- schwere: warnung
-- erwartet: gebiet_id oder Name eines Gebiets aus gebiete.csv
-- Without areas there is nothing to hold it against.
with aehnlich as (
    select
        z.blatt,
        z.zeile,
        arg_max(
            struct_pack(name := g.name, gebiet_id := g.gebiet_id),
            jaro_winkler_similarity(lower(z.sozialraum), lower(g.name))
        ) as gebiet
    from massnahme.zeile as z
    inner join konzept.gebiet as g on jaro_winkler_similarity(lower(z.sozialraum), lower(g.name)) > 0.75
    group by z.blatt, z.zeile
)

select
    [zelle(z.zellen, 'sozialraum')] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.sozialraum,
    a.gebiet.name as aehnlicher_name,
    a.gebiet.gebiet_id as aehnliches_gebiet
from massnahme.zeile as z
left join aehnlich as a on z.blatt = a.blatt and z.zeile = a.zeile
where
    z.sozialraum is not null and exists (from konzept.gebiet)
    and not exists (
        from konzept.gebiet as g where lower(z.sozialraum) in (lower(g.name), lower(g.gebiet_id))
    )
order by z.blatt, z.zeile
