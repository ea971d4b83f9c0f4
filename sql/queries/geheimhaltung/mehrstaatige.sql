-- Categories of which every rule asks for a further nationality beside the German one. Grain: profil, kategorie.
-- The conditions are those published in dim.profil: `3. Doppelstaatler [D] → mit: deutsch and auslaendische_sta`.
with zeilen as (
    select
        profil,
        unnest(string_split(regeln, chr(10))) as zeile
    from stamm.profil
),

regeln as (
    select
        profil,
        regexp_extract(zeile, '\[([^\]]+)\] → \w+', 1) as kategorie,
        regexp_matches(zeile, '\] → mit: (deutsch and )?auslaendische_sta$') as mehrstaatig
    from zeilen
    where regexp_matches(zeile, '^(\d+\.|sonst:) .*\[[^\]]+\] → \w+')
)

select
    profil,
    kategorie
from regeln
group by profil, kategorie
having bool_and(mehrstaatig)
order by all
