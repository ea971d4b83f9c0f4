-- All rows of the view of places beside each other; a quotient of two sources also has that of its denominator.
with herkunft_der_quelle as (
    select
        kommune,
        quelle,
        min(herkunft) as herkunft
    from marts.indikator_zeitreihe
    group by kommune, quelle
)

select
    o.*,
    i.nummer,
    n.herkunft as nenner_herkunft
from marts.ort_neben_ort as o
inner join dim.indikator as i on o.indikator = i.indikator
left join marts.indikator_zeitreihe as z
    on
        o.kommune = z.kommune and o.gebiet_id = z.gebiet_id and o.indikator = z.indikator and o.gruppe = z.gruppe
        and o.geschlecht = z.geschlecht and o.profil = z.profil and o.stichtag = z.stichtag and o.quelle = z.quelle
        and z.altersgruppe = 'insgesamt'
left join herkunft_der_quelle as n
    on z.kommune = n.kommune and z.nenner_quelle = n.quelle and z.nenner_quelle <> z.quelle
order by i.nummer, o.indikator, o.gruppe, o.geschlecht, o.gebiet, o.gebiet_id
