-- All series of the municipality as a whole; a quotient of two sources also has that of its denominator.
with herkunft_der_quelle as (
    select
        quelle,
        min(herkunft) as herkunft
    from marts.indikator_zeitreihe
    where kommune = $kommune
    group by quelle
)

select
    z.*,
    i.nummer,
    i.prozess,
    i.herleitung,
    n.herkunft as nenner_herkunft
from marts.indikator_zeitreihe as z
inner join dim.indikator as i on z.indikator = i.indikator
left join herkunft_der_quelle as n on z.nenner_quelle = n.quelle and z.nenner_quelle <> z.quelle
where z.kommune = $kommune and z.gebiet_id = $ags
order by i.nummer, z.zeitraum
