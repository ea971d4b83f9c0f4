-- Where the series of the share with MH of the whole municipality begin anew, and why. Grain: profil, stichtag.
select
    z.profil,
    z.stichtag,
    z.abschnitt_grund,
    z.bruch_text
from marts.indikator_zeitreihe as z
inner join dim.indikator as i on z.indikator = i.indikator
where
    i.zaehler_merkmal = 'personen_mit_mh' and i.zaehler_filter is null and i.nenner_merkmal = 'einwohner'
    and z.kommune = $kommune and z.gebiet_id = $ags
    and z.geschlecht = 'insgesamt' and z.altersgruppe = 'insgesamt' and z.gruppe = 'insgesamt'
    and z.abschnitt_grund is not null
order by z.profil, z.stichtag
