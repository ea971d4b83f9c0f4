-- Persons who came, went, were born, died, moved between areas or became German between two Stichtage, linked by their pseudonym.
-- Grain: kommune, stichtag, gebiet_id, geschlecht, bewegung, gruppe. Unprotected, secure zone only.
-- Reads: personen_vorher, personen_jetzt (staged persons of both), verstorbene (pseudonyms of the dead in the later extract).
-- Variables: kommune, stichtag, stichtag_vorher, tote_bekannt (whether the later extract names days of death).
-- gruppe: everybody, and those without German nationality; who comes or stays counts by the later extract, who leaves by the
-- earlier one. A move between areas counts by the earlier nationality on both sides.
with alle as (
    select
        coalesce(a.pseudonym, b.pseudonym) as pseudonym,
        a.pseudonym is not null as war_da,
        b.pseudonym is not null as ist_da,
        a.gebiet_id as gebiet_vorher,
        b.gebiet_id as gebiet_jetzt,
        zaehlgeschlecht_von(coalesce(b.geschlecht, a.geschlecht), coalesce(b.pseudonym, a.pseudonym)) as geschlecht,
        zaehlgeschlecht_von(coalesce(a.geschlecht, b.geschlecht), coalesce(b.pseudonym, a.pseudonym)) as geschlecht_vorher,
        ohne_deutsche(a.sta_1, a.sta_2, a.sta_3) as auslaender_vorher,
        ohne_deutsche(b.sta_1, b.sta_2, b.sta_3) as auslaender_jetzt,
        coalesce(b.geburtstag > getvariable('stichtag_vorher'), false) as geboren,
        coalesce(a.pseudonym in (select v.pseudonym from verstorbene as v), false) as gestorben
    from personen_vorher as a
    full outer join personen_jetzt as b on a.pseudonym = b.pseudonym
),

ereignisse as (
    select
        geschlecht,
        gebiet_jetzt as gebiet_id,
        case when geboren then 'geburt' else 'zuzug' end as bewegung,
        auslaender_jetzt as auslaender
    from alle
    where not war_da
    union all
    select
        geschlecht_vorher as geschlecht,
        gebiet_vorher as gebiet_id,
        case
            when not getvariable('tote_bekannt') then 'abgang'
            when gestorben then 'sterbefall'
            else 'fortzug'
        end as bewegung,
        auslaender_vorher as auslaender
    from alle
    where not ist_da
    union all
    select
        geschlecht,
        gebiet_jetzt as gebiet_id,
        case when auslaender_vorher then 'einbuergerung' else 'verlust' end as bewegung,
        false as auslaender
    from alle
    where war_da and ist_da and auslaender_vorher <> auslaender_jetzt
    union all
    select
        geschlecht,
        gebiet_jetzt as gebiet_id,
        'umzug_zu' as bewegung,
        auslaender_vorher as auslaender
    from alle
    where war_da and ist_da and gebiet_vorher <> gebiet_jetzt
    union all
    select
        geschlecht_vorher as geschlecht,
        gebiet_vorher as gebiet_id,
        'umzug_fort' as bewegung,
        auslaender_vorher as auslaender
    from alle
    where war_da and ist_da and gebiet_vorher <> gebiet_jetzt
),

je_gruppe as (
    select
        geschlecht,
        gebiet_id,
        bewegung,
        unnest(case when auslaender then ['insgesamt', 'auslaender'] else ['insgesamt'] end) as gruppe
    from ereignisse
)

select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    getvariable('stichtag_vorher') as stichtag_vorher,
    gebiet_id,
    geschlecht,
    bewegung,
    gruppe,
    count(*)::bigint as personen
from je_gruppe
group by all
order by all
