-- titel: Meilensteine sind nicht nach dem Stand erreicht und bei abgeschlossenen Maßnahmen nicht offen
-- schwere: fehler
-- erwartet: ein Tag bis zum Stand; bei abgeschlossenen Maßnahmen für jeden Meilenstein
select
    [zelle(n.zellen, 'erreicht_am')] as fundstellen,
    'zukunft' as art,
    n.massnahme_nr,
    n.meilenstein,
    n.erreicht_am,
    max(z.stand) as stand,
    'fehler' as schwere,
    n.blatt,
    n.zeile
from massnahme.meilenstein as n
inner join massnahme.zeile as z on n.massnahme_nr = z.massnahme_nr
group by n.zellen, n.massnahme_nr, n.meilenstein, n.erreicht_am, n.blatt, n.zeile
having n.erreicht_am > max(z.stand)
union all by name
select
    [zelle(n.zellen, 'erreicht_am')] as fundstellen,
    'offen' as art,
    z.massnahme_nr,
    z.titel,
    n.meilenstein,
    'warnung' as schwere,
    n.blatt,
    n.zeile
from massnahme.meilenstein as n
inner join massnahme.zeile as z on n.massnahme_nr = z.massnahme_nr and z.status = 'abgeschlossen'
where n.erreicht_am is null
order by blatt, zeile
