-- Persons by nationality. Grain: kommune, stichtag, gebiet_id, geschlecht, staat. Unprotected, secure zone only.
-- Who is German in any slot counts as 000; else the first known key; 999 if none is known.
select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    gebiet_id,
    geschlecht,
    staat,
    sum(personen)::bigint as personen
from entschieden
group by all
order by all
