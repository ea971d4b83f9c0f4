-- titel: Quoten liegen im möglichen Bereich
-- braucht: lieferung.anteil
-- schwere: warnung
-- erwartet: 0 bis 100 Prozent, 0 bis 1 als Anteil; eine Versorgungsquote darf über 100 liegen (bitte bestätigen)
with funde as (
    select
        z.*,
        m.einheit,
        case
            when m.einheit = 'anteil' then 'anteil'
            when z.fest < 0 then 'negativ'
            else 'ueber_100'
        end as art
    from lieferung.zahl as z
    inner join lieferung.merkmal as m on z.merkmal = m.merkmal
    where
        z.groesse = 'wert'
        and case m.einheit
            when 'prozent' then z.fest not between 0 and 100 * eins() when 'anteil' then z.fest not between 0 and eins()
        end
    union all by name
    -- A whole column of percentages below one that no counts confirm: 0,141 is 14,1 % written as a share.
    select z.*, m.einheit, 'unter_1' as art
    from lieferung.zahl as z
    inner join lieferung.merkmal as m on z.merkmal = m.merkmal
    where
        z.groesse = 'wert' and m.einheit = 'prozent'
        and not exists (
            select 1 from lieferung.zahl as n
            where n.merkmal = z.merkmal and n.groesse = 'nenner'
        )
        and not exists (
            select 1
            from lieferung.quote as q
            inner join lieferung.zahl as n on q.nenner = n.merkmal
            inner join lieferung.zahl as o on q.zaehler = o.merkmal
            where q.quote = z.merkmal
        )
    qualify
        max(abs(z.fest)) over (partition by z.merkmal) < eins()
        and max(abs(z.fest)) over (partition by z.merkmal) > 0
        and max(z.stellen) over (partition by z.merkmal) >= 2
)

select
    list(fundstelle order by zeile, spalte_nr) as fundstellen,
    titel,
    einheit,
    art,
    list({ 'gebiet': gebiet, 'stichtag': stichtag, 'zusatz': zusatz, 'fest': fest } order by zeile, spalte_nr) as faelle,
    case when einheit = 'anteil' then 'fehler' else 'warnung' end as schwere
from funde
group by titel, einheit, art
order by min(zeile), min(spalte_nr), titel, art
