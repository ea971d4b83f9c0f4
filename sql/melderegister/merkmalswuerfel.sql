-- Persons by what one extract says of them beside definitions: how long they have been here, further nationalities, votes, age.
-- Who has no known nationality counts as no foreigner, as everywhere.
-- Grain: kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung. Unprotected, secure zone only.
-- Reads: merkmale, personen, staatenliste (EU with its days, main origins of asylum seekers).
-- Variables: kommune, stichtag, merkmale (which are told), grenzen_aufenthalt, grenzen_wohnen, alter_kommunalwahl,
-- alter_integrationsrat, hoechstes_altersjahr, zuzugsjahre.
with personenzeilen as (
    select
        m.gebiet_id,
        m.zaehlgeschlecht as geschlecht,
        m.alter,
        coalesce(m.auslaender, false) as auslaender,
        m.auslaendische_sta,
        m.eingebuergert,
        m.geburt_ausland,
        m.staat,
        -- A day after the Stichtag (an unknown day has a substitute) is that of the Stichtag; none is none.
        case when p.zuzug_tag is not null then least(p.zuzug_tag, getvariable('stichtag')) end as zuzug_tag,
        case when p.einzug_tag is not null then least(p.einzug_tag, getvariable('stichtag')) end as einzug_tag,
        exists (
            from staatenliste as s
            where
                s.staat in (p.sta_1, p.sta_2, p.sta_3) and s.staat <> '000'
                and s.eu_von <= getvariable('stichtag') and coalesce(s.eu_bis >= getvariable('stichtag'), true)
        ) as unionsbuerger,
        exists (from staatenliste as s where s.staat = m.staat and s.asylherkunft) as asylherkunft
    from merkmale as m
    inner join personen as p on m.zeile = p.zeile
),

je_person as (
    select
        gebiet_id,
        geschlecht,
        unnest([
            {
                merkmal: case when auslaender then 'aufenthaltsdauer' end,
                auspraegung: case
                    when not geburt_ausland then 'in_deutschland_geboren'
                    else dauergruppe(volle_jahre(zuzug_tag, getvariable('stichtag')), getvariable('grenzen_aufenthalt'))
                end
            },
            {
                merkmal: 'wohndauer',
                auspraegung: dauergruppe(volle_jahre(einzug_tag, getvariable('stichtag')), getvariable('grenzen_wohnen'))
            },
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
                    when (not auslaender or unionsbuerger) and alter >= getvariable('alter_kommunalwahl') then 'wahlberechtigung'
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
            {
                merkmal: 'altersjahr',
                auspraegung: altersjahr_von(alter)
            },
            {
                merkmal: case when auslaender then 'altersjahr_auslaender' end,
                auspraegung: altersjahr_von(alter)
            },
            {
                -- Whole calendar years only: at the end of one.
                merkmal: case
                    when
                        auslaender and zuzug_tag is not null and coalesce(geburt_ausland, true)
                        and strftime(getvariable('stichtag'), '%m-%d') = '12-31'
                        then 'zuzugsjahr'
                end,
                auspraegung: case
                    when year(zuzug_tag) > year(getvariable('stichtag')) - getvariable('zuzugsjahre')
                        then year(zuzug_tag)::varchar
                    else 'vor_' || (year(getvariable('stichtag')) - getvariable('zuzugsjahre') + 1)
                end
            }
        ]) as tatsache
    from personenzeilen
),

tatsachen as (
    select
        gebiet_id,
        geschlecht,
        struct_extract(tatsache, 'merkmal') as merkmal,
        struct_extract(tatsache, 'auspraegung') as auspraegung
    from je_person
),

gezaehlt as (
    select
        gebiet_id,
        geschlecht,
        merkmal,
        auspraegung,
        count(*)::bigint as personen
    from tatsachen
    where list_contains(getvariable('merkmale'), merkmal)
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
