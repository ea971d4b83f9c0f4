-- Persons by what one extract says of them beside definitions: how long they have been here, further nationalities, votes, age.
-- Who has no known nationality counts as no foreigner, as everywhere.
-- Grain: kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung. Unprotected, secure zone only.
-- Reads: entschieden, merkmale (of cases), personen (of kinds), personenzeile, fall, staatenliste (EU with its days, main origins
-- of asylum seekers).
-- Variables: kommune, stichtag, merkmale (which are told), grenzen_aufenthalt, grenzen_wohnen, grenzen (of both), letzte_grenze,
-- alter_kommunalwahl, alter_integrationsrat, hoechstes_altersjahr, zuzugsjahre.
-- Long because every fact has a part of its own.
with unionsstaaten as (
    select staat
    from staatenliste
    where
        staat <> '000'
        and eu_von <= getvariable('stichtag') and coalesce(eu_bis >= getvariable('stichtag'), true)
),

asylstaaten as (
    select staat
    from staatenliste
    where asylherkunft
),

faelle as (
    select
        m.zeile,
        coalesce(m.auslaender, false) as auslaender,
        m.auslaendische_sta,
        m.eingebuergert,
        p.sta_1 in (from unionsstaaten) or p.sta_2 in (from unionsstaaten) or p.sta_3 in (from unionsstaaten) as unionsbuerger,
        m.staat in (from asylstaaten) as asylherkunft
    from merkmale as m
    inner join personen as p on m.art = p.zeile
),

-- Whom these facts cannot tell apart counts as one: the facts of one are written out for all of them.
gleiche as (
    select
        e.gebiet_id,
        e.geschlecht,
        e.alter,
        f.auslaender,
        f.auslaendische_sta,
        f.eingebuergert,
        f.unionsbuerger,
        f.asylherkunft,
        sum(e.personen)::bigint as personen
    from entschieden as e
    inner join faelle as f on e.zeile = f.zeile
    group by all
),

je_fall as (
    select
        gebiet_id,
        geschlecht,
        personen,
        unnest([
            {
                merkmal: case when not auslaender then 'mehrstaatigkeit' end,
                auspraegung: case
                    when auslaendische_sta then 'mehrstaatig'
                    else 'nur_deutsch'
                end
            },
            {
                merkmal: case when auslaender then 'asylherkunft' end,
                auspraegung: case when asylherkunft then 'hauptherkunft' else 'andere' end
            },
            {
                merkmal: case when not auslaender and alter >= 18 then 'wahlberechtigung' end,
                auspraegung: 'bundestagswahl_ab_18'
            },
            {
                merkmal: case
                    when (not auslaender or coalesce(unionsbuerger, false)) and alter >= getvariable('alter_kommunalwahl')
                        then 'wahlberechtigung'
                end,
                auspraegung: 'kommunalwahl_ab_' || getvariable('alter_kommunalwahl')
            },
            {
                merkmal: case
                    when
                        (auslaender or auslaendische_sta or eingebuergert)
                        and alter >= getvariable('alter_integrationsrat')
                        then 'wahlberechtigung'
                end,
                auspraegung: 'integrationsrat_ab_' || getvariable('alter_integrationsrat')
            },
            -- Single years of Germans who vote for the Integrationsrat, of citizens of the EU who vote for the council: what
            -- would be left of rounded voters beside definitions and groups of states. No facts that are told.
            {
                merkmal: case
                    when
                        not auslaender and (auslaendische_sta or eingebuergert)
                        and getvariable('alter_integrationsrat') is not null
                        then 'waehlerjahre'
                end,
                auspraegung: altersjahr_von(alter)
            },
            {
                merkmal: case
                    when auslaender and getvariable('alter_kommunalwahl') is not null
                        then case when unionsbuerger then 'unionsjahre' else 'drittstaatsjahre' end
                end,
                auspraegung: altersjahr_von(alter)
            },
            {
                merkmal: 'altersjahr',
                auspraegung: altersjahr_von(alter)
            },
            {
                merkmal: case when auslaender then 'altersjahr_auslaender' end,
                auspraegung: altersjahr_von(alter)
            }
        ]) as tatsache
    from gleiche
),

-- A day after the Stichtag (an unknown day has a substitute) is that of the Stichtag; none is none.
wohnen as (
    select
        gebiet_id,
        zaehlgeschlecht as geschlecht,
        case
            when einzug_tag is not null
                then volle_jahre(least(einzug_tag, getvariable('stichtag')), getvariable('stichtag'))
        end as jahre,
        count(*) as personen
    from personenzeile
    group by all
),

-- The clues of a person alone are those of the case that its kind is without parents.
aufenthalt as (
    select
        p.gebiet_id,
        p.zaehlgeschlecht as geschlecht,
        m.geburt_ausland,
        case
            when p.zuzug_tag is not null
                then volle_jahre(least(p.zuzug_tag, getvariable('stichtag')), getvariable('stichtag'))
        end as jahre,
        year(least(p.zuzug_tag, getvariable('stichtag'))) as zuzugsjahr,
        p.zuzug_tag is not null as mit_zuzug,
        count(*) as personen
    from personenzeile as p
    inner join fall as f on p.art = f.fall
    inner join merkmale as m on f.zeile = m.zeile
    where m.auslaender
    group by all
),

-- Who is new here or in Germany; years above the last bound that a duration has are as good as it.
neue as (
    select
        p.gebiet_id,
        p.zaehlgeschlecht as geschlecht,
        coalesce(m.auslaender, false) as auslaender,
        least(p.alter, getvariable('letzte_grenze')) as alter,
        least(
            volle_jahre(least(p.einzug_tag, getvariable('stichtag')), getvariable('stichtag')), getvariable('letzte_grenze')
        ) as hier,
        case
            when m.auslaender and coalesce(m.geburt_ausland, true)
                then
                    least(
                        volle_jahre(least(p.zuzug_tag, getvariable('stichtag')), getvariable('stichtag')),
                        getvariable('letzte_grenze')
                    )
        end as im_land,
        m.auslaender and not m.geburt_ausland as hier_geboren,
        count(*) as personen
    from personenzeile as p
    inner join fall as f on p.art = f.fall
    inner join merkmale as m on f.zeile = m.zeile
    group by all
),

-- The same by every bound.
neue_je_grenze as (
    select
        *,
        unnest(getvariable('grenzen')) as grenze
    from neue
),

-- What durations leave beside ages and beside each other. No facts that are told.
reste as (
    select
        gebiet_id,
        geschlecht,
        personen,
        format('{:02d}', grenze) as auspraegung,
        unnest([
            case when hier < grenze and alter >= grenze then 'rest_hier_aelter' end,
            case when hier < grenze and not coalesce(im_land < grenze, false) then 'rest_hier_aus_dem_land' end,
            case
                when hier < grenze and alter >= grenze and not coalesce(im_land < grenze, false)
                    then 'rest_hier_zugezogen'
            end,
            case
                when auslaender and alter >= grenze and (coalesce(im_land < grenze, false) or hier_geboren)
                    then 'rest_land_aelter'
            end
        ]) as merkmal
    from neue_je_grenze
),

tatsachen as (
    select gebiet_id, geschlecht, merkmal, auspraegung, personen
    from reste
    union all by name
    select
        gebiet_id,
        geschlecht,
        struct_extract(tatsache, 'merkmal') as merkmal,
        struct_extract(tatsache, 'auspraegung') as auspraegung,
        personen
    from je_fall
    union all
    select
        gebiet_id,
        geschlecht,
        'wohndauer' as merkmal,
        dauergruppe(jahre, getvariable('grenzen_wohnen')) as auspraegung,
        personen
    from wohnen
    union all
    -- Single years, for means: no fact that is told.
    select
        gebiet_id,
        geschlecht,
        'wohnjahre' as merkmal,
        format('{:02d}', jahre) as auspraegung,
        personen
    from wohnen
    where jahre is not null
    union all
    select
        gebiet_id,
        geschlecht,
        'aufenthaltsjahre' as merkmal,
        format('{:02d}', jahre) as auspraegung,
        personen
    from aufenthalt
    where coalesce(geburt_ausland, true) and jahre is not null
    union all
    select
        gebiet_id,
        geschlecht,
        'aufenthaltsdauer' as merkmal,
        case
            when not geburt_ausland then 'in_deutschland_geboren'
            else dauergruppe(jahre, getvariable('grenzen_aufenthalt'))
        end as auspraegung,
        personen
    from aufenthalt
    union all
    select
        gebiet_id,
        geschlecht,
        'zuzugsjahr' as merkmal,
        case
            when zuzugsjahr > year(getvariable('stichtag')) - getvariable('zuzugsjahre') then zuzugsjahr::varchar
            else 'vor_' || (year(getvariable('stichtag')) - getvariable('zuzugsjahre') + 1)
        end as auspraegung,
        personen
    from aufenthalt
    -- Whole calendar years only: at the end of one.
    where mit_zuzug and coalesce(geburt_ausland, true) and strftime(getvariable('stichtag'), '%m-%d') = '12-31'
),

gezaehlt as (
    select
        gebiet_id,
        geschlecht,
        merkmal,
        auspraegung,
        sum(personen)::bigint as personen
    from tatsachen
    where
        list_contains(
            getvariable('merkmale'),
            case merkmal
                when 'wohnjahre' then 'wohndauer'
                when 'aufenthaltsjahre' then 'aufenthaltsdauer'
                when 'waehlerjahre' then 'wahlberechtigung'
                when 'unionsjahre' then 'wahlberechtigung'
                when 'drittstaatsjahre' then 'wahlberechtigung'
                when 'rest_land_aelter' then 'aufenthaltsdauer'
                when 'rest_hier_aelter' then 'wohndauer'
                when 'rest_hier_aus_dem_land' then 'wohndauer'
                when 'rest_hier_zugezogen' then 'wohndauer'
                else merkmal
            end
        )
    group by all
),

-- A fact of which the extract says nothing of anybody is not told.
gefuellt as (
    select merkmal
    from gezaehlt
    group by merkmal
    having merkmal = 'wahlberechtigung' or count(*) filter (where auspraegung not in ('unbekannt', 'in_deutschland_geboren')) > 0
)

select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    gebiet_id,
    geschlecht,
    merkmal,
    auspraegung,
    personen
from gezaehlt
where merkmal in (select merkmal from gefuellt)
order by all
