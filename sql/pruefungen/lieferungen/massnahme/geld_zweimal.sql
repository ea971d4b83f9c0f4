-- titel: Kosten stehen in der Zeile der Maßnahme oder im Blatt Haushalt
-- schwere: hinweis
-- erwartet: nichts zu tun, wenn die Zeile das Jahr des Stands nennt; sonst die Beträge nur im Blatt Haushalt
-- The same amount for the same year is no contradiction; another year makes the row's amount a part of the costs.
select
    [zelle(z.zellen, 'aufwand'), min(zelle(h.zellen, 'aufwand_ist'))] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.aufwand,
    year(z.stand) as jahr,
    list(h.jahr order by h.jahr) as jahre,
    sum(h.aufwand_ist) as summe
from massnahme.zeile as z
inner join massnahme.haushalt as h
    on z.massnahme_nr = h.massnahme_nr and h.jahr <= year(z.stand) and h.aufwand_ist is not null
where z.aufwand is not null
group by z.blatt, z.zeile, z.zellen, z.massnahme_nr, z.titel, z.aufwand, z.stand
having list_sort(list_distinct(list(h.jahr))) <> [year(z.stand)]
order by z.blatt, z.zeile
