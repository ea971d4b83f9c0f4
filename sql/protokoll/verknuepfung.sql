-- Welche Auszüge über Pseudonyme verknüpft wurden, worauf das beruht und bis wann gelöscht wird, was nur dazu aufbewahrt ist.
-- Grain: kommune, stichtag.
with paare as (
    select distinct
        kommune,
        stichtag,
        stichtag_vorher,
        datenstand
    from geheimhaltung.bewegung
)

select
    p.kommune,
    p.stichtag,
    p.stichtag_vorher,
    k.fluesse_rechtsgrundlage,
    p.datenstand + k.fluesse_frist_tage::integer as loeschung_bis,
    v.veroeffentlichung
from paare as p
inner join stamm.kommune as k on p.kommune = k.kommune
cross join stamm.veroeffentlichung as v
order by p.kommune, p.stichtag
