-- titel: Kein Gebiet der gelieferten Ebene fehlt
-- schwere: warnung
-- erwartet: alle am Stichtag gültigen Gebiete der Ebene und die Summenzeile, wo keine Zahl ist mit einem Zeichen wie . oder –
with geliefert as (
    select distinct stichtag, gebiet_id
    from lieferung.wert
),

ebenen as (
    select distinct g.stichtag, b.ebene
    from geliefert as g
    inner join lieferung.baum as b on g.stichtag = b.stichtag and g.gebiet_id = b.gebiet_id
    where b.ebene <> 'sonstige'
),

fehlend as (
    select b.stichtag, b.gebiet_id, b.gebiet, b.ebene
    from lieferung.baum as b
    inner join ebenen as e on b.stichtag = e.stichtag and b.ebene = e.ebene
    union
    select t.stichtag, l.ags, g.gebiet, 'summe' as ebene
    from (select distinct stichtag from geliefert) as t
    cross join lieferung.layout as l
    left join lieferung.gebiet as g on l.ags = g.gebiet_id
    where l.hat_summenzeile
),

je_tag as (
    select f.stichtag, f.ebene, list(f.gebiet order by f.gebiet_id) as gebiete
    from fehlend as f
    anti join geliefert as g on f.stichtag = g.stichtag and f.gebiet_id = g.gebiet_id
    group by all
)

select
    []::varchar[] as fundstellen,
    ebene,
    gebiete,
    list(stichtag order by stichtag) as tage
from je_tag
-- Rows that the reader has set aside are told by it.
where len(gebiete) > (select abgewiesen from lieferung.layout)
group by ebene, gebiete
order by min(stichtag), ebene, gebiete
