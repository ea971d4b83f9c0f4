-- Woran ein Leitziel gemessen wird, im Wortlaut des Konzepts und im Katalog. Grain: kommune, konzept, leitziel, indikator_text.
with genannt as (
    from stamm.leitziel_indikator
),

katalog as (
    from stamm.indikator
)

select
    g.kommune,
    g.konzept,
    g.leitziel,
    g.indikator as indikator_text,
    i.indikator,
    i.name,
    g.vorschlag
from genannt as g
left join katalog as i on g.indikator = i.indikator
order by g.kommune, g.konzept, g.leitziel, g.indikator
