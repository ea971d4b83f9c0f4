-- titel: Was der Istwert zählt, passt zu den übrigen Zahlen der Zeile
-- schwere: hinweis
-- erwartet: »Sachen« nur, wo keine Frauen und Männer gezählt sind; Teilnehmende stehen in ihrer eigenen Spalte
-- Things are neither women nor men: such a value is one of persons, whatever the word says (macros/massnahme.sql). Beside
-- participants it stays one of things; small, it is protected all the same, as one wrong word would disclose a few people.
select
    [zelle(zellen, 'istwert_zaehlt'), zelle(zellen, case when istwert_w is null then 'istwert_m' else 'istwert_w' end)]
        as fundstellen,
    'geschlecht' as art,
    massnahme_nr,
    titel,
    istwert_gesamt,
    'warnung' as schwere,
    blatt,
    zeile
from massnahme.zeile
where istwert_zaehlt = 'sachen' and coalesce(istwert_w, istwert_m) is not null
union all by name
select
    [zelle(z.zellen, 'istwert_zaehlt'), zelle(z.zellen, 'istwert_gesamt')] as fundstellen,
    'klein' as art,
    z.massnahme_nr,
    z.titel,
    z.istwert_gesamt,
    'hinweis' as schwere,
    z.blatt,
    z.zeile
from massnahme.zeile as z
inner join quelle.angabe as q on klein_ganz(z.istwert_gesamt, q.mindestfallzahl)
where
    z.istwert_zaehlt = 'sachen' and coalesce(z.istwert_w, z.istwert_m) is null
    and coalesce(z.teilnehmende, z.teilnehmende_w, z.teilnehmende_m) is not null
order by blatt, zeile
