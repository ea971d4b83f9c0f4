-- titel: Kein Status geht ohne Grund zurück
-- schwere: warnung
-- erwartet: eine Begründung, warum die Maßnahme zurückgestuft ist
-- The state before is that of the same number or, where it was renumbered, of the same title.
with frueher as (
    select stand, massnahme_nr, titel_norm, status, fundstelle as beleg
    from massnahme.zeile
    union all
    select stand, massnahme_nr, titel_norm, status, datei || ', ' || fundstelle as beleg
    from bestand.massnahme
),

vorher as (
    select z.blatt, z.zeile, z.massnahme_nr, z.titel, z.status, z.zellen, f.status as alt, f.stand as alter_stand, f.beleg
    from massnahme.zeile as z
    inner join frueher as f
        on f.stand < z.stand and (z.massnahme_nr = f.massnahme_nr or z.titel_norm = f.titel_norm)
    where z.begruendung is null
    qualify
        row_number() over (
            partition by z.blatt, z.zeile order by f.stand desc, (z.titel_norm = f.titel_norm) desc, f.beleg asc
        ) = 1
)

select
    [zelle(v.zellen, 'status'), zelle(v.zellen, 'begruendung')] as fundstellen,
    v.massnahme_nr,
    v.titel,
    v.alter_stand,
    v.alt,
    v.beleg,
    v.status
from vorher as v
inner join massnahme.status as a on v.alt = a.status
inner join massnahme.status as n on v.status = n.status
where a.rang > n.rang and not (v.alt = 'abgeschlossen' and v.status = 'daueraufgabe')
order by v.blatt, v.zeile
