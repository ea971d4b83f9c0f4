-- The main states of origin of asylum seekers, as a municipality names them. Grain: kommune, stichtag, staat.
-- Reads: tage (days of public tables of foreigners), stamm.asylherkunft.
select d.kommune, d.stichtag, a.staat
from tage as d
inner join stamm.asylherkunft as a on d.kommune = a.kommune
