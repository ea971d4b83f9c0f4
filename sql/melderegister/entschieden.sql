-- Persons by all that counts of them: area, sex, age and what every definition says of their case.
-- Grain: gebiet_id, geschlecht, altersgruppe, alter, fall; a child for itself.
-- Reads: personenzeile, kindzeile, fall, fallurteil, merkmale.
create or replace temp table entschieden as
with je_fall as (
    select
        gebiet_id,
        zaehlgeschlecht,
        altersgruppe,
        alter,
        art as fall,
        count(*) as personen,
        sum(satzschluessel)::bigint as satzschluessel
    from personenzeile
    where eltern_1_zeile is null and eltern_2_zeile is null
    group by all
    union all
    -- Hardly two children have parents of the same kinds, the same age and area: grouping them would save no row.
    select
        gebiet_id,
        zaehlgeschlecht,
        altersgruppe,
        alter,
        fall,
        1 as personen,
        satzschluessel
    from kindzeile
),

urteile as (
    select
        f.fall,
        m.staat,
        m.auslaendische_sta and not coalesce(m.auslaender, false) as mehrstaatig,
        u.*
    from fall as f
    inner join fallurteil as u on f.zeile = u.zeile
    inner join merkmale as m on f.zeile = m.zeile
)

select
    j.gebiet_id,
    j.zaehlgeschlecht as geschlecht,
    j.altersgruppe,
    j.alter,
    j.personen,
    j.satzschluessel,
    u.* exclude (fall)
from je_fall as j
inner join urteile as u on j.fall = u.fall;
