-- Persons of the whole town by the register's entry of sex. Grain: kommune, stichtag, geschlecht. Unprotected, secure zone only.
-- The only count that knows divers and without entry: everywhere else they count as m or w (personenzeile.sql).
select
    getvariable('kommune') as kommune,
    getvariable('stichtag') as stichtag,
    geschlecht,
    count(*) as personen
from personenzeile
group by all
order by all
