-- Sizes of target groups at a Stichtag: told as such, or by participants and reach.
select
    gebiet_id,
    indikator,
    profil,
    gruppe,
    geschlecht,
    groesse,
    coalesce(zielgruppe_groesse, round(teilnehmende / nullif(reichweite, 0))) as zahl
from marts.massnahme_reichweite
where kommune = $kommune and zielgruppe_stichtag = $stichtag and zahl is not null
