-- Kinds of persons that there are, and the age groups and sexes they are of. Grain: kommune, stichtag, regeln, generation,
-- mehrstaatig, ist_auslaender.
select
    kommune,
    stichtag,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    list(distinct altersgruppe order by altersgruppe) as alter,
    list(distinct geschlecht order by geschlecht) as geschlechter
from bevoelkerung.artenwuerfel
group by all
order by all
