-- titel: Die Zahlen sind so gerundet, wie das Layout sagt
-- schwere: warnung
-- erwartet: das Schutzverfahren der Quelle unter methode (exakt, gerundet_5, gerundet_10, cell_key, keine)
-- 30 counts that are all multiples of 5 are no accident (1 in 5^30).
with raster as (
    select
        methode,
        case methode when 'gerundet_10' then 10 else 5 end as grad
    from lieferung.layout
),

anzahlen as (
    select
        z.*,
        r.methode,
        r.grad,
        z.fest % (r.grad * eins()) = 0 as vielfaches
    from lieferung.zahl as z
    inner join lieferung.merkmal as m on z.merkmal = m.merkmal and m.einheit in ('personen', 'faelle', 'haushalte')
    cross join raster as r
    where z.fest > 0
)

select
    list(fundstelle order by zeile, spalte_nr) as fundstellen,
    'kein_vielfaches' as art,
    count(*) as anzahl,
    max(grad) as grad,
    max(methode) as methode,
    list({ 'wovon': wovon, 'fest': fest } order by zeile, spalte_nr) as faelle
from anzahlen
where not vielfaches and methode in ('gerundet_5', 'gerundet_10')
having count(*) > 0
union all by name
select
    list(fundstelle order by zeile, spalte_nr) as fundstellen,
    'alle_vielfache' as art,
    count(*) as anzahl
from anzahlen
where methode = 'exakt'
having count(*) >= 30 and bool_and(vielfaches)
