-- The latest share of the whole municipality under each definition with its ranges; the register before others. Grain: profil.
select *
from marts.wertespanne
where kommune = $kommune and gebiet_id = $ags and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
qualify row_number() over (partition by profil order by stichtag desc, quelle <> 'melderegister' asc, quelle asc) = 1
