-- Die Definitionen von Migrationshintergrund. Grain: profil.
select
    profil,
    version,
    titel,
    beschreibung,
    herkunft,
    naeherung,
    rekonstruktion,
    regeln
from stamm.profil
order by profil
