-- Die Fassungen der Integrationskonzepte, und welche ihrer Teile nicht vorlagen. Grain: kommune, konzept.
with felder as (
    select kommune, konzept, count(*) as anzahl
    from stamm.handlungsfeld
    where art <> 'leitlinie'
    group by kommune, konzept
),

ziele as (
    select kommune, konzept, count(*) as anzahl
    from stamm.leitziel
    group by kommune, konzept
),

massnahmen as (
    select kommune, konzept, count(*) as anzahl
    from stamm.massnahme
    group by kommune, konzept
)

select
    k.kommune,
    k.konzept,
    k.titel,
    k.beschluss,
    k.beschluss_genauigkeit,
    k.gueltig_von,
    k.gueltig_bis,
    coalesce(f.anzahl, 0) as handlungsfelder,
    coalesce(z.anzahl, 0) as leitziele,
    coalesce(m.anzahl, 0) as katalogmassnahmen,
    k.nicht_erhoben,
    k.nicht_erhoben_grund,
    k.bemerkung,
    k.herkunft
from stamm.konzept as k
left join felder as f on k.kommune = f.kommune and k.konzept = f.konzept
left join ziele as z on k.kommune = z.kommune and k.konzept = z.konzept
left join massnahmen as m on k.kommune = m.kommune and k.konzept = m.konzept
order by k.kommune, k.konzept
