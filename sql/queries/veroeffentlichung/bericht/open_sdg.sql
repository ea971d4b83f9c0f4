-- A municipality's indicators as an open indicator site takes them: one figure for each year, group, sex, age and area.
-- Of several days of a year the latest; the town's own definition or none; of several sources of a day one.
with hauptdefinition as (
    select distinct profil
    from marts.migrationshintergrund
    where kommune = $kommune and ist_hauptdefinition
),

zahlen as (
    select
        i.nummer,
        i.indikator,
        i.name,
        i.definition,
        z.gebiet_id,
        z.gebiet,
        k.ags = z.gebiet_id as ist_kommune,
        z.gruppe,
        z.geschlecht,
        z.altersgruppe,
        z.stichtag,
        year(z.stichtag) as jahr,
        z.wert,
        z.einheit,
        z.herkunft,
        z.status,
        z.abschnitt,
        z.beispieldaten,
        z.profil,
        z.quelle
    from marts.indikator_zeitreihe as z
    inner join dim.kommune as k on z.kommune = k.kommune
    inner join dim.indikator as i on z.indikator = i.indikator
    where
        z.kommune = $kommune and z.wert is not null and isfinite(z.wert) and not i.prozess
        and (z.profil = '-' or z.profil in (from hauptdefinition))
),

tage as (
    -- Parts are of the day of their total, else they would not add up to it.
    select
        *,
        coalesce(
            max(stichtag) filter (where geschlecht = 'insgesamt' and altersgruppe = 'insgesamt')
                over (partition by indikator, gebiet_id, gruppe, jahr),
            max(stichtag) over (partition by indikator, gebiet_id, gruppe, jahr)
        ) as tag
    from zahlen
)

select * exclude (tag, profil, quelle)
from tage
where stichtag = tag
qualify
    row_number() over (
        partition by indikator, gebiet_id, gruppe, geschlecht, altersgruppe, jahr
        order by profil desc, quelle asc
    ) = 1
order by
    nummer asc, indikator asc, jahr asc, ist_kommune desc, gebiet_id asc, gruppe asc, geschlecht asc, altersgruppe asc
