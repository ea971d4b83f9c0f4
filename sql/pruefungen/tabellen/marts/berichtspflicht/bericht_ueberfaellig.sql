-- titel: Kein zugesagter Bericht ist überfällig
-- schwere: warnung
-- sperrt: nein
-- erwartet: jeder Bericht ist bis zu seinem Termin abgegeben und in konzept.yaml unter abgegeben vermerkt
-- A missed deadline is a fault of the office, not of the figures: it fails, but sound figures are published all the same. A
-- deadline that is near is a warning.
with berichte as (
    select
        *,
        concat_ws(', ', konzept, bericht) || ': fällig am ' || strftime(faellig_am, '%d.%m.%Y') as termin
    from marts.berichtspflicht
    where status in ('ueberfaellig', 'faellig_bald')
)

select
    kommune,
    case
        when status = 'ueberfaellig' then termin || ', Tage darüber: ' || -tage_bis_faellig || ', keine Abgabe vermerkt'
        else 'Hinweis: ' || termin || ', noch Tage: ' || tage_bis_faellig
    end as ort,
    case when status = 'ueberfaellig' then 'fehler' else 'warnung' end as schwere,
    titel,
    gremien
from berichte
order by kommune, konzept, bericht, nummer
