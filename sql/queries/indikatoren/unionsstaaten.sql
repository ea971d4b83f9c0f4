-- The other members of the Union on each day that a table of foreigners speaks of. Grain: kommune, stichtag, staat.
-- Reads: tage (days of public tables of foreigners), stamm.staat.
select d.kommune, d.stichtag, s.staat
from tage as d
inner join stamm.staat as s on s.staat <> '000' and s.eu_von <= d.stichtag and coalesce(s.eu_bis >= d.stichtag, true)
