-- Aufwand, Ertrag und Eigenanteil der Förderprogramme, wie die Quelle sie druckt; nichts davon ist errechnet.
-- Grain: kommune, programm, baustein, jahr.
with gelder as (
    from stamm.foerderung
)

select
    g.kommune,
    g.programm,
    g.baustein,
    g.jahr,
    g.konzept,
    g.titel,
    g.traeger,
    g.jahr_angenommen,
    g.vzae,
    g.stellen,
    g.befristet,
    g.mittelherkunft,
    g.foerderende,
    g.aufwand,
    g.ertrag,
    g.eigenanteil,
    g.anmerkung,
    g.herkunft,
    case
        when coalesce(g.aufwand, g.ertrag, g.eigenanteil) is null then 'keine_daten'
        -- »rund 30.000 Euro«: the source itself says that it is not exact; nothing was rounded here.
        when g.gerundet then 'geschaetzt'
        else 'ok'
    end as status,
    list_filter(
        [
            case when g.gerundet then 'geschaetzt' end,
            case when g.gerundet then 'quelle_gerundet' end,
            case when g.aufwand is null or g.ertrag is null or g.eigenanteil is null then 'keine_daten' end,
            case when g.jahr_angenommen then 'jahr_angenommen' end,
            -- In cents: 0.1 + 0.2 is not 0.3 in binary fractions.
            case when round(100 * (g.aufwand - g.ertrag - g.eigenanteil)) <> 0 then 'rechnet_nicht_auf' end
        ],
        lambda code: code is not null
    ) as hinweise,
    -- Printed in the concept's sources; konzept.yaml has no invented amounts.
    false as beispieldaten,
    v.veroeffentlichung
from gelder as g
cross join stamm.veroeffentlichung as v
order by g.kommune, g.programm, g.baustein, g.jahr
