-- titel: Nicht begonnene, verschobene und entfallene Maßnahmen sind begründet
-- schwere: fehler
-- erwartet: eine Begründung; bei nicht begonnenen und verschobenen genügt ein Beginn nach dem Stand
select
    [zelle(z.zellen, 'begruendung'), zelle(z.zellen, 'status')] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.status,
    z.beginn,
    case
        when z.status = 'entfallen' then 'entfallen'
        when z.beginn is null then 'ohne_beginn'
        else 'begonnen'
    end as art
from massnahme.zeile as z
inner join massnahme.status as s on z.status = s.status
where
    s.braucht_grund and z.begruendung is null and z.art <> 'idee'
    and (z.status = 'entfallen' or coalesce(z.beginn <= z.stand, true))
order by z.blatt, z.zeile
