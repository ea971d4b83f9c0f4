-- Die Maßnahmen und Aufgaben, wie das Konzept sie nennt. Grain: kommune, konzept, massnahme_nr.
with katalog as (
    from stamm.massnahme
),

fassungen as (
    from stamm.konzept
)

select
    m.kommune,
    m.konzept,
    m.massnahme_nr,
    m.titel,
    m.handlungsfeld,
    m.leitziel,
    m.art,
    m.seite,
    m.verantwortlich,
    m.vorlage_nr,
    k.herkunft
from katalog as m
inner join fassungen as k on m.kommune = k.kommune and m.konzept = k.konzept
order by m.kommune, m.konzept, m.massnahme_nr
