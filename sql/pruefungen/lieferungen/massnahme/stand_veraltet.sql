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
    'der jüngste Stand ' || tagwort(z.stand) || ' ist älter als ' || any_value(q.veraltet_nach_monaten) || ' Monate' as was,
    z.stand
from massnahme.zeile as z
inner join letzter as l on z.stand = l.stand
cross join quelle.angabe as q
where z.stand + to_months(q.veraltet_nach_monaten::integer) < q.heute
group by z.stand
union all
select
    list(zelle(z.zellen, 'stand_datum') order by z.blatt, z.zeile) as fundstellen,
    'der Stand ' || tagwort(z.stand) || ' liegt vor dem Berichtszeitraum (ab ' || tagwort(any_value(q.fruehestens)) || ')' as was,
    z.stand
from massnahme.zeile as z
inner join quelle.angabe as q on z.stand < q.fruehestens
group by z.stand
order by stand
