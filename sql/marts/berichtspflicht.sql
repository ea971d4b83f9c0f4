-- Wann welchen Gremien zu berichten ist und was davon erledigt ist.
-- Grain: kommune, konzept, bericht, nummer (faellig_am kann fehlen, wo die Quelle es nicht hergibt).
with pflichten as (
    from stamm.berichtspflicht
),

abgaben as (
    from stamm.bericht_abgegeben
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
        f.bald
    from pflichten as p
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
        when faellig_am < heute then 'ueberfaellig'
        when faellig_am <= bald then 'faellig_bald'
        else 'offen'
    end as status,
    case when abgegeben_am is null then date_diff('day', heute, faellig_am) end as tage_bis_faellig,
    abgegeben_am,
    regel,
    grund,
    verantwortlich,
    herkunft
from stand
order by kommune, konzept, bericht, nummer
