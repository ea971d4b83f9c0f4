-- titel: Istwerte von Frauen und Männern passen zum Istwert insgesamt, und Personen sind ganze
-- schwere: fehler
-- erwartet: ganze Personen; insgesamt mindestens so viele wie Frauen und Männer zusammen
-- What is counted is not always said: a mean of women and men lies between theirs and is no sum; then it is a warning.
with werte as (
    select
        *,
        coalesce(istwert_zaehlt = 'personen', false) as gezaehlte_personen,
        coalesce(istwert_gesamt between least(istwert_w, istwert_m) and greatest(istwert_w, istwert_m), false) as dazwischen
    from massnahme.zeile
)

select
    [zelle(zellen, 'istwert_gesamt'), zelle(zellen, 'istwert_w'), zelle(zellen, 'istwert_m')] as fundstellen,
    'summe' as art,
    massnahme_nr,
    titel,
    istwert_w,
    istwert_m,
    istwert_w + istwert_m as summe,
    istwert_gesamt,
    case when istwert_zaehlt is not null and istwert_gesamt < istwert_w + istwert_m then 'fehler' else 'warnung' end as schwere,
    blatt,
    zeile
from werte
where
    istwert_gesamt <> istwert_w + istwert_m
    and (istwert_zaehlt is not null or not dazwischen)
    -- Few persons more than women and men are those of neither sex.
    and not coalesce(istwert_gesamt > istwert_w + istwert_m and istwert_gesamt <= 1.05 * (istwert_w + istwert_m) + 1, false)

union all by name

select
    [zelle(zellen, spalte)] as fundstellen,
    'keine_ganzen' as art,
    massnahme_nr,
    titel,
    zahl,
    'fehler' as schwere,
    blatt,
    zeile
from (
    unpivot (
        select massnahme_nr, titel, blatt, zeile, zellen, gezaehlte_personen, istwert_w, istwert_m, istwert_gesamt
        from werte
    )
    on istwert_w, istwert_m, istwert_gesamt
    into
    name spalte
    value zahl
)
where gezaehlte_personen and zahl <> round(zahl)
order by blatt, zeile, fundstellen
