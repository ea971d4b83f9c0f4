-- Money and posts of all measures by year; a sum says of how many measures it is.
select
    jahr,
    count(*) as massnahmen,
    sum(aufwand_plan) as aufwand_plan,
    count(aufwand_plan) as mit_plan,
    sum(aufwand_ist) as aufwand_ist,
    count(aufwand_ist) as mit_ist,
    sum(ertrag_plan) as ertrag_plan,
    sum(ertrag_ist) as ertrag_ist,
    sum(vzae_befristet) as vzae_befristet,
    sum(vzae_unbefristet) as vzae_unbefristet,
    bool_or(beispieldaten) as beispieldaten,
    list(distinct herkunft order by herkunft) as herkunft
from marts.massnahme_haushalt
where kommune = $kommune
group by jahr
order by jahr
