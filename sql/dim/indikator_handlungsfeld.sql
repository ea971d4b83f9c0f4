-- Welcher Indikator zu welchem Handlungsfeld gehört. Grain: indikator, kommune, konzept, handlungsfeld.
-- Only versions that a municipality of this data folder has: the catalogue is shared, the concepts are not.
with zuordnungen as (
    from stamm.indikator_handlungsfeld
),

felder as (
    from stamm.handlungsfeld
)

select
    z.indikator,
    f.kommune,
    z.konzept,
    z.handlungsfeld,
    f.name as handlungsfeld_name,
    z.vorschlag
from zuordnungen as z
inner join felder as f on z.konzept = f.konzept and z.handlungsfeld = f.handlungsfeld
order by z.indikator, f.kommune, z.konzept, z.handlungsfeld
