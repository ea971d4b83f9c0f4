-- titel: Kleine Zahlen von Teilnehmenden
-- schwere: hinweis
-- erwartet: nichts zu tun; solche Zahlen erscheinen nicht in der Veröffentlichung
with werte as (
    select
        *,
        istwert_geschuetzt(
            istwert_art_von(istwert_zaehlt, coalesce(istwert_w, istwert_m) is not null),
            coalesce(teilnehmende, teilnehmende_w, teilnehmende_m) is not null
        ) as geschuetzt
    from massnahme.zeile
)

select
    list_filter(
        [
            case when klein_ganz(z.teilnehmende, q.mindestfallzahl) then zelle(z.zellen, 'teilnehmende') end,
            case when klein_ganz(z.istwert_w, q.mindestfallzahl) then zelle(z.zellen, 'istwert_w') end,
            case when klein_ganz(z.istwert_m, q.mindestfallzahl) then zelle(z.zellen, 'istwert_m') end,
            case when z.geschuetzt and klein_ganz(z.istwert_gesamt, q.mindestfallzahl) then zelle(z.zellen, 'istwert_gesamt') end
        ],
        lambda stelle: stelle is not null
    ) as fundstellen,
    z.massnahme_nr,
    z.titel,
    q.mindestfallzahl
from werte as z
cross join quelle.angabe as q
where
    klein_ganz(z.teilnehmende, q.mindestfallzahl) or klein_ganz(z.istwert_w, q.mindestfallzahl)
    or klein_ganz(z.istwert_m, q.mindestfallzahl) or (z.geschuetzt and klein_ganz(z.istwert_gesamt, q.mindestfallzahl))
order by z.blatt, z.zeile
