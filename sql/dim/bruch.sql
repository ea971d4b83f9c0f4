-- Brüche in Zeitreihen, je Definition, Indikator und Kommune. Grain: bruch_id.
select
    bruch_id,
    gilt_fuer,
    schluessel,
    datum,
    grund,
    herkunft
from stamm.bruch
union all by name
select
    kommune || '-' || indikator || '-' || ebene || '-' || datum as bruch_id,
    'kommune' as gilt_fuer,
    kommune as schluessel,
    datum,
    grund,
    herkunft
from stamm.ortsbruch
order by bruch_id
