-- Ziele der Integrationskonzepte in Zahlen.
-- Grain: kommune, konzept, indikator, gebiet_id, profil, gruppe, geschlecht.
with ziele as (
    from stamm.ziel
),

gebiete as (
    from stamm.gebiet
),

indikatoren as (
    from stamm.indikator
)

select
    z.kommune,
    z.konzept,
    z.indikator,
    z.gebiet_id,
    z.profil,
    z.gruppe,
    z.geschlecht,
    z.leitziel,
    g.gebiet,
    z.zielwert as ziel,
    i.einheit,
    z.zieljahr as ziel_jahr,
    z.herkunft
from ziele as z
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
inner join indikatoren as i on z.indikator = i.indikator
order by z.kommune, z.konzept, z.indikator, z.gebiet_id, z.profil, z.gruppe, z.geschlecht
