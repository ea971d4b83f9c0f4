-- titel: Kein Unterschied zweier Datenstände ist eine Handvoll Personen
-- schwere: fehler
-- erwartet: jeder Unterschied (auch von Deutschen, Personen ohne MH, Deutschen mit MH) ist 0 oder mindestens Mindestfallzahl
with unterschiede as (
    select
        v.kommune,
        concat_ws(', ', v.stichtag, v.datenstand_alt, v.datenstand_neu, v.gebiet, v.profil) as ort,
        unnest([
            v.einwohner_differenz,
            v.auslaender_differenz,
            v.personen_mit_mh_differenz,
            v.einwohner_differenz - v.auslaender_differenz,
            v.einwohner_differenz - v.personen_mit_mh_differenz,
            v.personen_mit_mh_differenz - v.auslaender_differenz
        ]) as unterschied
    from marts.datenstandvergleich as v
)

select distinct
    u.kommune,
    u.ort
from unterschiede as u
inner join stamm.kommune as k on u.kommune = k.kommune
where abs(u.unterschied) between 1 and k.mindestfallzahl - 1
order by all
