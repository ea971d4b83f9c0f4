-- Die Handlungsfelder jeder Fassung der Integrationskonzepte. Grain: kommune, konzept, handlungsfeld.
with felder as (
    from stamm.handlungsfeld
),

fassungen as (
    from stamm.konzept
)

select
    f.kommune,
    f.konzept,
    f.handlungsfeld,
    f.name,
    f.aliase,
    f.art,
    f.reihenfolge,
    f.beschreibung,
    k.gueltig_von,
    k.gueltig_bis,
    k.herkunft
from felder as f
inner join fassungen as k on f.kommune = k.kommune and f.konzept = k.konzept
order by f.kommune, f.konzept, f.handlungsfeld
