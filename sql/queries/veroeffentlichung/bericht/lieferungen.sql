-- Deliveries of a municipality, and whether a published figure of persons stands on them. Grain: lieferung_id.
with verwendete as (
    select lieferung_id
    from marts.migrationshintergrund
    where kommune = $kommune
    union
    select lieferung_id
    from marts.staatsangehoerigkeit
    where kommune = $kommune
)

select
    li.*,
    v.lieferung_id is not null as verwendet
from protokoll.lieferung as li
left join verwendete as v on li.lieferung_id = v.lieferung_id
where li.kommune = $kommune
order by li.stichtag desc nulls last, li.quelle asc, li.datei asc, li.eingelesen_am asc
