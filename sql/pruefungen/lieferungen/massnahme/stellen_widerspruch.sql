-- titel: Befristete und unbefristete Stellen ergeben die Stellen der Maßnahme
-- schwere: warnung
-- erwartet: VZÄ der Maßnahme = befristet + unbefristet
select
    [zelle(h.zellen, 'vzae_befristet'), zelle(z.zellen, 'vzae')] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.vzae,
    h.jahr,
    coalesce(h.vzae_befristet, 0) + coalesce(h.vzae_unbefristet, 0) as summe
from massnahme.haushalt as h
inner join massnahme.zeile as z on h.massnahme_nr = z.massnahme_nr and h.jahr = year(z.stand)
where
    coalesce(h.vzae_befristet, h.vzae_unbefristet) is not null
    and round(1000 * (z.vzae - coalesce(h.vzae_befristet, 0) - coalesce(h.vzae_unbefristet, 0))) <> 0
order by h.blatt, h.zeile
