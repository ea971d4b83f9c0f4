-- titel: Meilensteine sind nicht nach dem Stand erreicht und bei abgeschlossenen Maßnahmen nicht offen
-- schwere: fehler
-- erwartet: ein Tag bis zum Stand; bei abgeschlossenen Maßnahmen für jeden Meilenstein
select
    [zelle(n.zellen, 'erreicht_am')] as fundstellen,
    'Maßnahme ' || n.massnahme_nr || ': der Meilenstein »' || n.meilenstein || '« soll am ' || tagwort(n.erreicht_am)
    || ' erreicht sein, der Stand ist ' || tagwort(max(z.stand)) as was,
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
    wer(z.massnahme_nr, z.titel) || ' ist abgeschlossen, der Meilenstein »' || n.meilenstein || '« aber nicht erreicht' as was,
    'warnung' as schwere,
    n.blatt,
    n.zeile
from massnahme.meilenstein as n
inner join massnahme.zeile as z on n.massnahme_nr = z.massnahme_nr and z.status = 'abgeschlossen'
where n.erreicht_am is null
order by blatt, zeile
