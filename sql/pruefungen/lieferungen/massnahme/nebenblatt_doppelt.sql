-- titel: Kein Haushaltsjahr, kein Meilenstein und keine Anpassung einer Maßnahme steht zweimal
-- schwere: fehler
-- erwartet: jede Angabe einmal
with nebenzeilen as (
    select 'jahr' as art, massnahme_nr, jahr::varchar as was, null::date as datum, blatt, zeile, zellen
    from massnahme.haushalt
    union all
    select 'meilenstein' as art, massnahme_nr, meilenstein as was, null::date as datum, blatt, zeile, zellen
    from massnahme.meilenstein
    union all
    select 'anpassung' as art, massnahme_nr, anpassung as was, datum, blatt, zeile, zellen
    from massnahme.anpassung
)

select
    list(zelle(zellen, art) order by blatt desc, zeile desc) as fundstellen,
    art,
    was as angabe,
    datum,
    massnahme_nr,
    count(*) as anzahl
from nebenzeilen
group by massnahme_nr, art, was, datum
having count(*) > 1
order by min(blatt), massnahme_nr, was, datum
