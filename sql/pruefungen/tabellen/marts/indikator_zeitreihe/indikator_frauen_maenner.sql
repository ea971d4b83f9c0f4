-- titel: Frauen und Männer haben zu jedem Indikator, den es nach Geschlecht gibt, eine Zeile mit Zahl oder Grund
-- schwere: fehler
-- erwartet: aus Lieferungen je eine Zeile für w und m; aus dem Register keine ohne Zahl und ohne Schutz, für die Kommune beide
-- A register knows everybody's sex: what it has a figure of for all has one for women and men, protected or out of scope.
with reihen as (
    select
        z.kommune, z.gebiet, z.indikator, z.profil, z.gruppe, z.zeitraum,
        bool_or(z.gebiet_id = k.ags) as ist_kommune,
        bool_or(
            i.zaehler_merkmal in ('einwohner', 'auslaender', 'deutsche_mit_mh', 'personen_mit_mh')
            and i.zaehler_filter is null and i.nenner_filter is null
        ) as ohne_alter,
        count_if(z.geschlecht = 'insgesamt') > 0 as hat_alle,
        count_if(z.geschlecht = 'w') > 0 and count_if(z.geschlecht = 'm') > 0 as hat_beide,
        count_if(z.geschlecht = 'insgesamt' and z.quelle = 'melderegister') > 0 as aus_register,
        count_if(z.geschlecht = 'insgesamt' and z.wert is not null) > 0 as hat_zahl,
        count_if(z.geschlecht in ('w', 'm') and z.status in ('nicht_erhoben', 'keine_daten')) > 0 as ohne_grund
    from marts.indikator_zeitreihe as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    inner join stamm.umfang as u on z.kommune = u.kommune
    inner join stamm.kommune as k on z.kommune = k.kommune
    where
        not i.prozess and i.nach_geschlecht and z.altersgruppe = 'insgesamt'
        and (z.profil in ('-', u.hauptprofil) or z.quelle <> 'melderegister')
    group by z.kommune, z.gebiet_id, z.gebiet, z.indikator, z.profil, z.gruppe, z.zeitraum
)

select
    kommune,
    concat_ws(', ', indikator, zeitraum, gebiet, profil, gruppe) as ort
from reihen
where
    hat_alle
    and case
        when not aus_register then not hat_beide
        when not hat_zahl then false
        else ohne_grund or (ist_kommune and ohne_alter and not hat_beide)
    end
order by all
