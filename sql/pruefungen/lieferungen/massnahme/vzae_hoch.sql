-- titel: Keine Maßnahme hat auffällig viele Stellen
-- schwere: hinweis
-- erwartet: Vollzeitäquivalente dieser einen Maßnahme: eine halbe Stelle ist 0,5
-- How many are conspicuous: vzae_hoch_ab of the source, a proposal of this project.
with stellen as (
    unpivot (
        select massnahme_nr, blatt, zeile, zellen, vzae as gesamt, null::double as befristet, null::double as unbefristet
        from massnahme.zeile
        union all
        select
            massnahme_nr, blatt, zeile, zellen, null::double as gesamt, vzae_befristet as befristet,
            vzae_unbefristet as unbefristet
        from massnahme.haushalt
    )
    on gesamt, befristet, unbefristet
    into
    name art
    value vzae
)

select
    [zelle(s.zellen, case when s.art = 'gesamt' then 'vzae' else 'vzae_' || s.art end)] as fundstellen,
    s.massnahme_nr,
    s.vzae,
    q.vzae_hoch_ab as grenze,
    case when s.vzae between 10 and 100 then s.vzae / 100 end as anteil
from stellen as s
inner join quelle.angabe as q on s.vzae > q.vzae_hoch_ab
order by s.blatt, s.zeile, s.art
