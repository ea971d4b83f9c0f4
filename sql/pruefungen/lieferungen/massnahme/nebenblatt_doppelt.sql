-- titel: Kein Haushaltsjahr, kein Meilenstein und keine Anpassung einer Maßnahme steht zweimal
-- schwere: fehler
-- erwartet: jede Angabe einmal
with nebenzeilen as (
    select massnahme_nr, 'das Haushaltsjahr ' || jahr as was, blatt, zeile, zellen, 'jahr' as spalte from massnahme.haushalt
    union all
    select massnahme_nr, 'der Meilenstein »' || meilenstein || '«' as was, blatt, zeile, zellen, 'meilenstein' as spalte
    from massnahme.meilenstein
    union all
    select
        massnahme_nr, 'die Anpassung »' || anpassung || '« vom ' || tagwort(datum) as was, blatt, zeile, zellen,
        'anpassung' as spalte
    from massnahme.anpassung
)

select
    list(zelle(zellen, spalte) order by zeile desc) as fundstellen,
    was || ' der Maßnahme ' || massnahme_nr || ' steht ' || count(*) || ' Mal' as was
from nebenzeilen
group by blatt, massnahme_nr, was
having count(*) > 1
order by blatt, massnahme_nr, was
