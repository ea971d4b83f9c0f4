-- titel: Jede Gruppe der ersten Lieferung ist im Layout genannt
-- braucht: lieferung.wert
-- schwere: hinweis
-- erwartet: Gruppen, die woerter.gruppe in kommune.yaml nennt oder übersetzt
-- Any text can be a group, so a renamed one is a group of its own and is compared with nothing. Later deliveries are held
-- against the one before (abdeckung_kleiner); the first has only the layout and the words for the catalogue's groups.
with geliefert as (
    select
        w.gruppe,
        min_by(w.fundstelle, w.zeile) as fundstelle,
        min(w.zeile) as zeile
    from lieferung.wert as w
    where w.gruppe <> 'insgesamt' and not exists (select 1 from bestand.wert)
    group by w.gruppe
),

neu as (
    select
        g.*,
        w.gemeint
    from geliefert as g
    anti join lieferung.gruppe as l on g.gruppe = l.gruppe
    left join lieferung.gruppenwort as w on g.gruppe = w.gruppe
),

-- What the layout names and the delivery does not have.
vermisst as (
    select list(l.gruppe order by l.gruppe) as gruppen
    from lieferung.gruppe as l
    anti join geliefert as g on l.gruppe = g.gruppe
    where l.erwartet
)

select
    list(n.fundstelle order by n.zeile) as fundstellen,
    list({ 'gruppe': n.gruppe, 'gemeint': n.gemeint } order by n.zeile) as gruppen,
    any_value(v.gruppen) as vermisst,
    case when count(n.gemeint) > 0 or any_value(v.gruppen) is not null then 'warnung' else 'hinweis' end as schwere
from neu as n
cross join vermisst as v
having count(*) > 0
