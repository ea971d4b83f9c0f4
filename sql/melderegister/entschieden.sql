-- Persons by all that counts of them: area, sex, age and what every definition says of their case.
-- Grain: gebiet_id, geschlecht, altersgruppe, alter, fall. Reads: personenzeile, kindzeile, fall, fallurteil, merkmale.
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
    select
        gebiet_id,
        zaehlgeschlecht,
        altersgruppe,
        alter,
        fall,
        count(*) as personen,
        sum(satzschluessel)::bigint as satzschluessel
    from kindzeile
    group by all
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
