-- Who died in the two years up to the Stichtag, by pseudonym only. Grain: pseudonym.
-- Reads: getippt. Variable: stichtag.
select distinct pseudonym
from getippt
where
    einzelfehler = 0
    and pseudonym is not null
    and sterbe_tag <= getvariable('stichtag')
    and sterbe_tag > getvariable('stichtag')::date - interval 2 year
order by all
