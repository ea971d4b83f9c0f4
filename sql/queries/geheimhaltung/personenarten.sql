-- Persons of one kind: all definitions judge them by the same rules. The town by all that is told of them, its areas, its women
-- and men and its age groups one by one. Grain: gebiet_id, geschlecht, altersgruppe, regeln, generation, mehrstaatig,
-- ist_auslaender.
-- A kind with 0 persons is one that the rules allow and nobody is of: of the town, and of the age groups in which they allow it.
-- regeln: the rule that decided under each definition, `definition=rule`, separated by spaces.
with je_ort as (
    select
        gebiet_id,
        regeln,
        generation,
        mehrstaatig,
        ist_auslaender,
        personen,
        geschlecht = 'insgesamt' as ist_denkbar,
        unnest(['insgesamt', geschlecht, 'insgesamt']) as je_geschlecht,
        unnest(['insgesamt', 'insgesamt', altersgruppe]) as je_alter,
        unnest(['gebiet', 'geschlecht', 'alter']) as achse
    from in_every_gebiet('bevoelkerung.artenwuerfel')
    where kommune = $kommune and stichtag = $stichtag
)

select
    gebiet_id,
    je_geschlecht as geschlecht,
    je_alter as altersgruppe,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    sum(personen)::bigint as personen
from je_ort
where achse = 'gebiet' or (gebiet_id = $ags and (achse = 'alter' or not ist_denkbar))
group by all
order by all
