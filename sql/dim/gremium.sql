-- Die Gremien, die ein Integrationskonzept nennt, in seiner Reihenfolge. Grain: kommune, konzept, gremium.
with gremien as (
    from stamm.gremium
),

fassungen as (
    from stamm.konzept
)

select
    g.kommune,
    g.konzept,
    g.gremium,
    g.name,
    g.reihenfolge,
    k.herkunft
from gremien as g
inner join fassungen as k on g.kommune = k.kommune and g.konzept = k.konzept
order by g.kommune, g.konzept, g.gremium
