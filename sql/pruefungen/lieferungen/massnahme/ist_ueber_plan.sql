-- titel: Kein Ist liegt weit über seinem Plan
-- schwere: warnung
-- erwartet: Plan und Ist desselben Jahres in derselben Einheit (Euro, nicht Tausend Euro)
-- How far is far: ist_ueber_plan_ab of the source, a proposal of this project.
with lagen as (
    select massnahme_nr, jahr, blatt, zeile, zellen, 'aufwand' as art, aufwand_plan as plan, aufwand_ist as ist
    from massnahme.haushalt
    union all
    select massnahme_nr, jahr, blatt, zeile, zellen, 'ertrag' as art, ertrag_plan as plan, ertrag_ist as ist
    from massnahme.haushalt
)

select
    [zelle(l.zellen, l.art || '_ist'), zelle(l.zellen, l.art || '_plan')] as fundstellen,
    l.art,
    l.massnahme_nr,
    l.jahr,
    l.plan,
    l.ist,
    round(l.ist / nullif(l.plan, 0), 1) as faktor,
    q.ist_ueber_plan_ab as grenze
from lagen as l
inner join quelle.angabe as q on l.plan > 0 and l.ist > q.ist_ueber_plan_ab * l.plan
order by l.blatt, l.zeile, l.art
