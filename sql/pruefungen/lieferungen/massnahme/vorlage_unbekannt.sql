-- titel: Jede Vorlage, auf der eine Maßnahme ruht, ist bekannt
-- schwere: hinweis
-- erwartet: eine Vorlage des Blatts Vorlagen oder aus konzept.yaml
select
    [zelle(z.zellen, 'vorlage_nr')] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.vorlage_nr
from massnahme.zeile as z
inner join quelle.angabe as q on q.vorlagen_lesbar
anti join massnahme.vorlage_genannt as v on z.vorlage_nr = v.vorlage_nr
anti join konzept.vorlage as k on z.vorlage_nr = k.vorlage_nr
where z.vorlage_nr is not null
order by z.blatt, z.zeile
