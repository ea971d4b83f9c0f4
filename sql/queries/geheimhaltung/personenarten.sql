-- Persons of one kind: all definitions judge them by the same rules. The town by all that is told of them, its areas, its women
-- and men and its age groups one by one. Grain: gebiet_id, geschlecht, altersgruppe, regeln, generation, mehrstaatig,
-- ist_auslaender.
-- regeln: the rule that decided under each definition, `definition=rule`, separated by spaces.
with je_ort as (
    select
        gebiet_id,
        regeln,
        generation,
        mehrstaatig,
        ist_auslaender,
        personen,
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
where achse = 'gebiet' or gebiet_id = $ags
group by all
order by all
