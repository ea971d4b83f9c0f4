-- The door for nationalities: rare ones are merged under 'uebrige', small counts become NULL.
-- Grain: kommune, stichtag, gebiet_id, staat, geschlecht. Across rows only the threshold protects.
with haeufig as (
    -- A nationality is named only where the whole municipality has enough persons of it.
    select
        s.kommune,
        s.stichtag,
        s.staat
    from bevoelkerung.staatsangehoerigkeit as s
    inner join stamm.kommune as k on s.kommune = k.kommune and s.gebiet_id = k.ags
    where s.geschlecht = 'insgesamt' and s.personen >= k.mindestfallzahl
),

zusammengefasst as (
    select
        s.kommune,
        s.stichtag,
        s.gebiet_id,
        case when h.staat is null then 'uebrige' else s.staat end as staat,
        s.geschlecht,
        sum(s.personen)::bigint as personen
    from bevoelkerung.staatsangehoerigkeit as s
    left join haeufig as h on s.kommune = h.kommune and s.stichtag = h.stichtag and s.staat = h.staat
    group by all
),

zahlen as (
    select
        z.*,
        k.mindestfallzahl,
        k.mindestnenner,
        max(z.personen) filter (where z.staat = 'insgesamt')
            over (partition by z.kommune, z.stichtag, z.gebiet_id, z.geschlecht) as alle,
        z.staat not in ('000', 'uebrige', 'insgesamt') as benannt
    from zusammengefasst as z
    inner join stamm.kommune as k on z.kommune = k.kommune
),

geheim as (
    select
        *,
        klein(personen, mindestfallzahl)
        or (staat <> 'insgesamt' and rest_klein(personen, alle, mindestfallzahl))
        or klein(alle, mindestfallzahl) as geheim,
        alle >= greatest(mindestnenner, 1) as nenner_reicht
    from zahlen
),

gereiht as (
    select
        *,
        case
            when benannt and not geheim and personen > 0
                then rank() over (
                    partition by kommune, stichtag, gebiet_id, geschlecht, benannt and not geheim order by personen desc
                )
        end as rang
    from geheim
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.staat,
    g.geschlecht,
    'melderegister' as quelle,
    case when not g.geheim then g.personen end as personen,
    case when not g.geheim and g.nenner_reicht then g.personen / nullif(g.alle, 0) end as anteil,
    g.rang,
    status_von(g.geheim, g.alle, g.nenner_reicht) as status,
    hinweise_von(g.geheim, g.alle, g.nenner_reicht) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from gereiht as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by all
