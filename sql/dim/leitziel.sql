-- Die Leitziele jeder Fassung der Integrationskonzepte mit ihren Indikatoren. Grain: kommune, konzept, leitziel.
with ziele as (
    from stamm.leitziel
),

fassungen as (
    from stamm.konzept
)

select
    z.kommune,
    z.konzept,
    z.leitziel,
    z.handlungsfeld,
    z.text,
    z.beschreibung,
    z.indikatoren,
    z.fundstelle,
    k.herkunft
from ziele as z
inner join fassungen as k on z.kommune = k.kommune and z.konzept = k.konzept
order by z.kommune, z.konzept, z.leitziel
