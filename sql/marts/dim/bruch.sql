-- Brüche in Zeitreihen, je Definition und Indikator. Grain: bruch_id.
select
    bruch_id,
    gilt_fuer,
    schluessel,
    datum,
    grund,
    herkunft
from stamm.bruch
order by bruch_id
