-- The door for Bezugsländer: rare ones are merged under 'uebrige', small counts become NULL.
-- Grain: kommune, stichtag, gebiet_id, profil, staat, geschlecht. Across rows only the threshold protects.
with haeufig as (
    -- A Bezugsland is named only where the whole municipality has enough persons of it; NZO names nobody.
    select
        b.kommune,
        b.stichtag,
        b.profil,
        b.staat
    from bevoelkerung.bezugsland as b
    inner join stamm.kommune as k on b.kommune = k.kommune and b.gebiet_id = k.ags
    where b.geschlecht = 'insgesamt' and (b.personen >= k.mindestfallzahl or b.staat in ('NZO', 'insgesamt'))
),

zusammengefasst as (
    select
        b.kommune,
        b.stichtag,
        b.gebiet_id,
        b.profil,
        case when h.staat is null then 'uebrige' else b.staat end as staat,
        b.geschlecht,
        sum(b.personen)::bigint as personen
    from bevoelkerung.bezugsland as b
    left join haeufig as h
        on b.kommune = h.kommune and b.stichtag = h.stichtag and b.profil = h.profil and b.staat = h.staat
    group by all
),

zahlen as (
    select
        z.*,
        k.mindestfallzahl,
        k.mindestnenner,
        max(z.personen) filter (where z.staat = 'insgesamt')
            over (partition by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht) as alle,
        z.staat not in ('NZO', 'uebrige', 'insgesamt') as benannt
    from zusammengefasst as z
    inner join stamm.kommune as k on z.kommune = k.kommune
),

geheim as (
    select
        z.*,
        klein(z.personen, z.mindestfallzahl)
        or klein(z.alle, z.mindestfallzahl)
        or (z.staat <> 'insgesamt' and rest_klein(z.personen, z.alle, z.mindestfallzahl))
        -- The total is the number of persons with MH: where the door hides that number, it is hidden here too.
        or (z.staat = 'insgesamt' and m.personen_mit_mh is null) as geheim,
        -- A count and its share would give that number away as well.
        m.personen_mit_mh is null as alle_geheim,
        coalesce(z.alle >= greatest(z.mindestnenner, 1), false) as nenner_reicht
    from zahlen as z
    left join geheimhaltung.migrationshintergrund as m
        on
            z.kommune = m.kommune
            and z.stichtag = m.stichtag
            and z.gebiet_id = m.gebiet_id
            and z.profil = m.profil
            and z.geschlecht = m.geschlecht
            and m.altersgruppe = 'insgesamt'
            and m.quelle = 'melderegister'
),

gereiht as (
    select
        *,
        case
            when benannt and not geheim and personen > 0
                then rank() over (
                    partition by kommune, stichtag, gebiet_id, profil, geschlecht, benannt and not geheim
                    order by personen desc
                )
        end as rang
    from geheim
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.profil,
    g.staat,
    g.geschlecht,
    case when not g.geheim then g.personen end as personen,
    case when not g.geheim and not g.alle_geheim and g.nenner_reicht then g.personen / nullif(g.alle, 0) end as anteil,
    g.rang,
    case
        when g.alle_geheim then 'geheim'
        else status_von(g.geheim, g.alle, g.nenner_reicht)
    end as status,
    case
        when g.alle_geheim then ['geheim']
        else hinweise_von(g.geheim, g.alle, g.nenner_reicht)
    end as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from gereiht as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by all
