-- titel: Reihen von Bewegungen und Ankünften zeigen genau die Zahlen, die marts.bewegung und marts.registermerkmal zeigen
-- schwere: fehler
-- erwartet: dieselbe Zahl in beiden Tabellen, verborgen hier wie dort
-- The series pass no door of their own: what they show is what is shown already.
with reihen as (
    select z.*, i.registerreihe
    from marts.indikator_zeitreihe as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    where i.registerreihe is not null and z.quelle = 'melderegister'
),

gezeigt as (
    select
        kommune, stichtag, gebiet_id, gruppe, geschlecht, personen,
        unnest(
            case bewegung
                when 'einbuergerung' then ['einbuergerungen', 'einbuergerungsquote']
                when 'zuzug' then ['zuzuege']
                when 'fortzug' then ['fortzuege']
                when 'geburt' then ['geburten']
                when 'sterbefall' then ['sterbefaelle']
            end
        ) as registerreihe
    from marts.bewegung
    union all
    select
        kommune, stichtag, gebiet_id,
        'insgesamt' as gruppe,
        geschlecht, personen,
        case merkmal when 'zuzugsjahr' then 'ankuenfte' else 'asylherkunft' end as registerreihe
    from marts.registermerkmal
    where (merkmal = 'zuzugsjahr' and auspraegung = year(stichtag)::varchar) or auspraegung = 'hauptherkunft'
)

select
    r.kommune,
    concat_ws(', ', r.indikator, r.stichtag, r.gruppe, r.geschlecht) || ': ' || coalesce(r.zaehler::varchar, 'verborgen')
    || ' statt ' || coalesce(g.personen::varchar, 'verborgen') as ort
from reihen as r
inner join gezeigt as g
    on
        r.kommune = g.kommune and r.stichtag = g.stichtag and r.gebiet_id = g.gebiet_id and r.gruppe = g.gruppe
        and r.geschlecht = g.geschlecht and r.registerreihe = g.registerreihe
where r.zaehler is distinct from g.personen
order by all
