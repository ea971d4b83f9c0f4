-- Bearers of the option mark and their children (betroffen), and the other parents of these children: whom a definition asks of
-- them. Grain: zeile. Reads: bestand, optionstraeger.
with traeger as (
    select pid_hash
    from bestand
    where zeile in (from optionstraeger)
),

betroffene as (
    select *
    from bestand
    where pid_hash in (from traeger) or eltern_1_hash in (from traeger) or eltern_2_hash in (from traeger)
),

eltern as (
    select eltern_1_hash as pid_hash
    from betroffene
    where eltern_1_hash is not null
    union
    select eltern_2_hash as pid_hash
    from betroffene
    where eltern_2_hash is not null
)

select
    *,
    true as betroffen
from betroffene
union all
select
    *,
    false as betroffen
from bestand
where pid_hash in (from eltern) and zeile not in (select b.zeile from betroffene as b)
