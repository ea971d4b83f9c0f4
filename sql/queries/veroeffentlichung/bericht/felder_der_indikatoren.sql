-- Indicators of the fields of the municipality's latest concept that has any, fields in their order.
select
    f.handlungsfeld,
    f.name,
    f.herkunft,
    i.indikator,
    f.konzept,
    i.vorschlag
from dim.indikator_handlungsfeld as i
inner join dim.handlungsfeld as f
    on i.kommune = f.kommune and i.konzept = f.konzept and i.handlungsfeld = f.handlungsfeld
where f.kommune = $kommune
qualify
    dense_rank() over (
        order by f.gueltig_von desc nulls last, regexp_extract(f.konzept, '\d{4}') desc, f.konzept desc
    ) = 1
order by f.reihenfolge, f.handlungsfeld, i.indikator
