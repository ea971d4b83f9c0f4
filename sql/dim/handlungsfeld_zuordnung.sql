-- Welches Handlungsfeld einer früheren Fassung in welchem einer späteren fortlebt; »-« auf der Seite, die fehlt.
-- Grain: kommune, von_konzept, von_handlungsfeld, nach_konzept, nach_handlungsfeld.
with zuordnungen as (
    from stamm.handlungsfeld_zuordnung
),

felder as (
    from stamm.handlungsfeld
)

select
    z.kommune,
    z.von_konzept,
    z.von_handlungsfeld,
    z.nach_konzept,
    z.nach_handlungsfeld,
    v.name as von_name,
    n.name as nach_name,
    z.zuordnung,
    z.vorschlag,
    z.herkunft
from zuordnungen as z
left join felder as v
    on z.kommune = v.kommune and z.von_konzept = v.konzept and z.von_handlungsfeld = v.handlungsfeld
left join felder as n
    on z.kommune = n.kommune and z.nach_konzept = n.konzept and z.nach_handlungsfeld = n.handlungsfeld
order by z.kommune, z.von_konzept, z.von_handlungsfeld, z.nach_konzept, z.nach_handlungsfeld
