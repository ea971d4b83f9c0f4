-- titel: Der Stand ist nicht veraltet
-- schwere: warnung
-- erwartet: ein Stand, der nicht älter ist als die Quelle erlaubt und im Berichtszeitraum liegt
-- An older day is no fault as long as the source has delivered a newer one.
with staende as (
    select stand from massnahme.zeile
    union all
    select stand from bestand.massnahme
),

letzter as (
    select max(stand) as stand
    from staende
)

select
    list(zelle(z.zellen, 'stand_datum') order by z.blatt, z.zeile) as fundstellen,
    'zu_alt' as art,
    z.stand,
    any_value(q.veraltet_nach_monaten) as monate
from massnahme.zeile as z
inner join letzter as l on z.stand = l.stand
cross join quelle.angabe as q
where z.stand + to_months(q.veraltet_nach_monaten::integer) < q.heute
group by z.stand
union all by name
select
    list(zelle(z.zellen, 'stand_datum') order by z.blatt, z.zeile) as fundstellen,
    'vor_zeitraum' as art,
    z.stand,
    any_value(q.fruehestens) as fruehestens
from massnahme.zeile as z
inner join quelle.angabe as q on z.stand < q.fruehestens
group by z.stand
order by stand
