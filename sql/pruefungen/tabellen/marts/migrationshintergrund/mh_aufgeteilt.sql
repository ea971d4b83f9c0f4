-- titel: Personen mit MH bestehen aus Deutschen mit MH und Ausländern
-- schwere: fehler
-- erwartet: deutsche_mit_mh ≤ personen_mit_mh ≤ deutsche_mit_mh + auslaender und ≤ einwohner, je Zahl bis auf den Höchstfehler
-- Not every definition counts all foreigners (einwanderungsgeschichte: born in Germany, parents unknown).
-- Rounded or perturbed counts: each of n counts compared may be wrong by the Höchstfehler.
with zahlen as (
    select
        m.*,
        case when m.quelle = 'melderegister' then k.hoechstfehler else 0 end as fehler
    from marts.migrationshintergrund as m
    inner join stamm.kommune as k on m.kommune = k.kommune
)

select
    m.kommune,
    concat_ws(', ', m.stichtag, m.gebiet, m.profil, m.geschlecht, m.altersgruppe, m.quelle) as ort,
    m.einwohner,
    m.auslaender,
    m.deutsche_mit_mh,
    m.personen_mit_mh
from zahlen as m
where
    m.personen_mit_mh > m.deutsche_mit_mh + m.auslaender + 3 * m.fehler
    or m.personen_mit_mh < m.deutsche_mit_mh - 2 * m.fehler
    or m.personen_mit_mh > m.einwohner + 2 * m.fehler
    or m.auslaender > m.einwohner + 2 * m.fehler
order by all
