-- Bearers of the option mark and their children (betroffen), and the other parents of these children: whom a definition asks of
-- them. Grain: zeile. Reads: bestand, optionstraeger.
-- Line numbers first, one column after the other, then the rows of the persons that are left, without what no definition asks.
with traeger as (
    select pid_hash
    from bestand
    where zeile in (from optionstraeger)
),

betroffene as (
    select zeile
    from bestand
    where pid_hash in (from traeger)
    union
    select zeile
    from bestand
    where eltern_1_hash in (from traeger)
    union
    select zeile
    from bestand
    where eltern_2_hash in (from traeger)
),

eltern as (
    select eltern_1_hash as pid_hash
    from bestand
    where zeile in (from betroffene) and eltern_1_hash is not null
    union
    select eltern_2_hash as pid_hash
    from bestand
    where zeile in (from betroffene) and eltern_2_hash is not null
),

kreis as (
    select zeile
    from betroffene
    union
    select zeile
    from bestand
    where pid_hash in (from eltern)
),

personen as (
    select * replace (null::varchar as pseudonym, null::varchar as ort_ohne_staat, null::varchar as gebiet_fremd)
    from bestand
    where zeile in (from kreis)
)

select
    *,
    zeile in (from betroffene) as betroffen
from personen
