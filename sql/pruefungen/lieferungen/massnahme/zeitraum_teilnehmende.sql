-- titel: Kosten und Teilnehmende einer Maßnahme handeln von denselben Jahren
-- schwere: hinweis
-- erwartet: in der Spalte »Zeitraum der Teilnehmenden« die Jahre, in denen sie gezählt sind, und für jedes davon ein Ist
-- Without the same years there are no costs per person (marts.massnahme).
with jahre as (
    select z.blatt, z.zeile, h.jahr
    from massnahme.zeile as z
    inner join massnahme.haushalt as h
        on z.massnahme_nr = h.massnahme_nr and h.jahr <= year(z.stand) and h.aufwand_ist is not null
    union
    select blatt, zeile, year(stand) as jahr
    from massnahme.zeile
    where aufwand is not null
),

kosten as (
    select blatt, zeile, list(jahr order by jahr) as jahre
    from jahre
    group by blatt, zeile
)

select
    [zelle(z.zellen, 'teilnehmende_zeitraum'), zelle(z.zellen, 'teilnehmende')] as fundstellen,
    case when z.teilnehmende_von is null then 'fehlt' else 'andere' end as art,
    z.massnahme_nr,
    z.titel,
    z.teilnehmende,
    k.jahre,
    year(z.teilnehmende_von) as von,
    year(z.teilnehmende_bis) as bis
from massnahme.zeile as z
inner join kosten as k on z.blatt = k.blatt and z.zeile = k.zeile
where
    z.teilnehmende > 0
    and case
        when z.teilnehmende_von is null then k.jahre <> [year(z.stand)]
        else not list_has_all(k.jahre, range(year(z.teilnehmende_von), year(z.teilnehmende_bis) + 1))
    end
order by z.blatt, z.zeile
