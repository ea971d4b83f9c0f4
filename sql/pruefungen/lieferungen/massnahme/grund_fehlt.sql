-- titel: Nicht begonnene, verschobene und entfallene Maßnahmen sind begründet
-- schwere: fehler
-- erwartet: eine Begründung; bei nicht begonnenen und verschobenen genügt ein Beginn nach dem Stand
select
    [zelle(z.zellen, 'begruendung'), zelle(z.zellen, 'status')] as fundstellen,
    wer(z.massnahme_nr, z.titel) || ' ist ' || statuswort(z.status) || ', ohne Begründung'
    || case
        when z.status = 'entfallen' then ''
        when z.beginn is null then ' und ohne geplanten Beginn'
        else ', und der Beginn ' || tagwort(z.beginn) || ' liegt nicht nach dem Stand'
    end as was
from massnahme.zeile as z
inner join massnahme.status as s on z.status = s.status
where
    s.braucht_grund and z.begruendung is null and z.art <> 'idee'
    and (z.status = 'entfallen' or coalesce(z.beginn <= z.stand, true))
order by z.blatt, z.zeile
