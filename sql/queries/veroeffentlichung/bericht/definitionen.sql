-- Definitions a municipality's figures stand on: the one of its printed tables first, then what is neither rebuilt nor
-- approximated.
with verwendet as (
    select
        profil,
        bool_or(quelle <> 'melderegister') as gedruckt
    from marts.migrationshintergrund
    where kommune = $kommune
    group by profil
)

select
    p.profil,
    p.titel,
    p.version,
    p.beschreibung,
    p.herkunft,
    p.naeherung,
    p.rekonstruktion,
    p.regeln
from dim.profil as p
inner join verwendet as v on p.profil = v.profil
order by v.gedruckt desc, p.rekonstruktion asc, p.naeherung asc, p.titel collate de asc, p.profil asc
