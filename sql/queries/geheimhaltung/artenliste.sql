-- Kinds of persons that there are, and the age groups they are of. Grain: kommune, stichtag, regeln, generation, mehrstaatig,
-- ist_auslaender.
select
    kommune,
    stichtag,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    list(distinct altersgruppe order by altersgruppe) as alter
from bevoelkerung.artenwuerfel
group by all
order by all
