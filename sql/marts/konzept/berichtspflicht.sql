-- Wann welchen Gremien zu berichten ist und was davon erledigt ist.
-- Grain: kommune, konzept, bericht, nummer (faellig_am kann fehlen, wo die Quelle es nicht hergibt).
with pflichten as (
    from stamm.berichtspflicht
),

abgaben as (
    from stamm.bericht_abgegeben
),

-- Of a duty that no report was ever recorded for, nothing is known, least of all a failure, unless the concept says that all
-- reports are recorded.
gepflegt as (
    select kommune, konzept, bericht
    from stamm.bericht_abgegeben
    union
    select p.kommune, p.konzept, p.bericht
    from stamm.berichtspflicht as p
    inner join stamm.konzept as k on p.kommune = k.kommune and p.konzept = k.konzept
    where k.abgaben_gepflegt
),

frist as (
    -- How many days ahead a deadline is announced: time enough to draft, sign and dispatch a council paper.
    select
        heute,
        heute + 90 as bald
    from stamm.heute
),

stand as (
    select
        p.kommune,
        p.konzept,
        p.bericht,
        p.nummer,
        p.faellig_am,
        p.titel,
        p.gremien,
        p.regel,
        p.grund,
        p.verantwortlich,
        p.herkunft,
        a.abgegeben_am,
        f.heute,
        f.bald,
        g.kommune is not null as gepflegt
    from pflichten as p
    left join gepflegt as g on p.kommune = g.kommune and p.konzept = g.konzept and p.bericht = g.bericht
    left join abgaben as a
        on
            p.kommune = a.kommune
            and p.konzept = a.konzept
            and p.bericht = a.bericht
            -- A report without a determinable due date may have been handed in all the same.
            and p.faellig_am is not distinct from a.faellig_am
    cross join frist as f
)

select
    kommune,
    konzept,
    bericht,
    nummer,
    faellig_am,
    titel,
    gremien,
    case
        when abgegeben_am is not null then 'erledigt'
        when faellig_am is null then 'nicht_bestimmbar'
        when faellig_am < heute and not gepflegt then 'unbekannt'
        when faellig_am < heute then 'ueberfaellig'
        when faellig_am <= bald then 'faellig_bald'
        else 'offen'
    end as status,
    case
        when abgegeben_am is null and (gepflegt or faellig_am >= heute) then date_diff('day', heute, faellig_am)
    end as tage_bis_faellig,
    heute as ausgewertet_am,
    abgegeben_am,
    regel,
    grund,
    verantwortlich,
    herkunft
from stand
order by kommune, konzept, bericht, nummer
