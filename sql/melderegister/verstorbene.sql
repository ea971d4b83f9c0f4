-- Who died in the two years up to the Stichtag, by pseudonym only. Grain: pseudonym.
-- Reads: getippt. Variables: stichtag, schluessel.
select distinct left(sha256(getvariable('schluessel') || pid), 32) as pseudonym
from getippt
where
    einzelfehler = 0
    and pid is not null
    and sterbe_tag <= getvariable('stichtag')
    and sterbe_tag > getvariable('stichtag')::date - interval 2 year
order by all
