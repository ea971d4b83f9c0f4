-- Persons of one kind: all definitions judge them by the same rules. The town by all that is told of them, its areas, its women
-- and men and its age groups one by one. Grain: gebiet_id, geschlecht, altersgruppe, regeln, generation, mehrstaatig, ist_auslaender.
-- A kind with 0 persons is one that the rules allow and nobody is of; the town has them all.
-- regeln: the rule that decided under each definition, `definition=rule`, separated by spaces.
with je_gebiet as (
    select *
    from in_every_gebiet('bevoelkerung.artenwuerfel')
    where kommune = $kommune and stichtag = $stichtag
)

select
    gebiet_id,
    'insgesamt' as geschlecht,
    'insgesamt' as altersgruppe,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    sum(personen)::bigint as personen
from je_gebiet
group by all
union all
select
    gebiet_id,
    geschlecht,
    'insgesamt' as altersgruppe,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    sum(personen)::bigint as personen
from je_gebiet
where gebiet_id = $ags and geschlecht <> 'insgesamt'
group by all
union all
select
    gebiet_id,
    'insgesamt' as geschlecht,
    altersgruppe,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    sum(personen)::bigint as personen
from je_gebiet
where gebiet_id = $ags and geschlecht <> 'insgesamt'
group by all
order by all
