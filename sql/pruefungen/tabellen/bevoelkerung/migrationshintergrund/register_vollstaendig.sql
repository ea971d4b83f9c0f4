-- titel: Die Gebiete summieren sich zum übernommenen Bestand
-- schwere: fehler
-- erwartet: Summe der Gebiete ohne Untergebiete (mit »unbekannt«) = Kommune insgesamt = übernommene Zeilen des Auszugs
with bestand as (
    select kommune, stichtag, zeilen_uebernommen
    from eingang.lieferung
    where art = 'melderegister' and status = 'uebernommen'
    qualify row_number() over (partition by kommune, stichtag order by datenstand desc, eingelesen_am desc) = 1
),

zellen as (
    from bevoelkerung.migrationshintergrund
    where geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
),

blaetter as (
    select z.kommune, z.stichtag, z.profil, sum(z.einwohner) as summe
    from zellen as z
    where
        not exists (
            from stamm.vorfahr as v
            where v.kommune = z.kommune and v.vorfahr = z.gebiet_id and v.gebiet_id <> z.gebiet_id
        )
    group by all
),

kommunen as (
    select z.kommune, z.stichtag, z.profil, z.einwohner
    from zellen as z
    inner join stamm.kommune as k on z.kommune = k.kommune and z.gebiet_id = k.ags
)

select
    k.kommune,
    k.stichtag || ', Definition ' || k.profil as ort
from kommunen as k
left join blaetter as b on k.kommune = b.kommune and k.stichtag = b.stichtag and k.profil = b.profil
left join bestand as l on k.kommune = l.kommune and k.stichtag = l.stichtag
where k.einwohner is distinct from b.summe or k.einwohner is distinct from l.zeilen_uebernommen
order by all
