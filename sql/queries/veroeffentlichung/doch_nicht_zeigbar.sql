-- Whatever the counts in the secure zone say: a Stichtag on which two numbers shown differ by a handful is not shown.
delete from zeigbar as z where exists (
    select v.kommune
    from vergleich as v
    where
        v.kommune = z.kommune and v.familie = z.stichtag and v.beide
        and regexp_full_match(v.alt, '\d+(\.0)?') and regexp_full_match(v.neu, '\d+(\.0)?')
        and abs(v.neu::double - v.alt::double) < z.mindestfallzahl
)
