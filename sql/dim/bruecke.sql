-- Gebietsänderungen: welcher Teil eines alten Gebiets in welches neue eingeht. Grain: alte und neue Gebiete mit Stand.
select
    kommune,
    alt_id,
    alt_stand,
    neu_id,
    neu_stand,
    gewicht,
    umrechnung,
    bruch_am
from stamm.bruecke
order by kommune, alt_id, alt_stand, neu_id, neu_stand
