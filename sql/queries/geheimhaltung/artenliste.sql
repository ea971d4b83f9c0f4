-- Kinds of persons that the rules allow, and whether the register has any of each. Grain: kommune, stichtag, regeln, generation,
-- mehrstaatig, ist_auslaender.
select
    kommune,
    stichtag,
    regeln,
    generation,
    mehrstaatig,
    ist_auslaender,
    bool_or(personen > 0) as besetzt,
    list(distinct altersgruppe order by altersgruppe) as alter
from bevoelkerung.artenwuerfel
group by all
order by all
