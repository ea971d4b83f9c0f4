-- titel: Keine laufende Maßnahme hängt an einer ausgelaufenen Förderung
-- schwere: warnung
-- erwartet: eine Anschlussförderung, ein neuer Status oder Stellen ohne Frist
with letzte as (
    select *
    from massnahme.haushalt
    where foerderende is not null
    qualify row_number() over (partition by massnahme_nr order by foerderende desc, jahr desc) = 1
)

select
    [zelle(h.zellen, 'foerderende')] as fundstellen,
    z.massnahme_nr,
    z.titel,
    z.status,
    h.foerderende
from letzte as h
inner join massnahme.zeile as z on h.massnahme_nr = z.massnahme_nr and h.foerderende < z.stand
inner join massnahme.status as s on z.status = s.status
where s.begonnen and not s.beendet
order by h.blatt, h.zeile
