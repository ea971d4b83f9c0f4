-- titel: Geschlechter und Altersgruppen summieren sich zu »insgesamt«
-- schwere: fehler
-- erwartet: m + w + d + x = insgesamt und alle Altersgruppen mit »unbekannt« = insgesamt, in jedem Gebiet
with einzeln as (
    select
        kommune, stichtag, gebiet_id, profil,
        sum(einwohner) as einwohner,
        sum(personen_mit_mh) as personen_mit_mh
    from bevoelkerung.migrationshintergrund
    where geschlecht <> 'insgesamt' and altersgruppe <> 'insgesamt'
    group by all
),

insgesamt as (
    from bevoelkerung.migrationshintergrund
    where geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
)

select
    i.kommune,
    i.stichtag || ', Gebiet ' || i.gebiet_id || ', Definition ' || i.profil as ort
from insgesamt as i
left join einzeln as e
    on i.kommune = e.kommune and i.stichtag = e.stichtag and i.gebiet_id = e.gebiet_id and i.profil = e.profil
where i.einwohner is distinct from e.einwohner or i.personen_mit_mh is distinct from e.personen_mit_mh
order by all
