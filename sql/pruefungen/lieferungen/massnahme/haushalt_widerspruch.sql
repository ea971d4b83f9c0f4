-- titel: Das Blatt Haushalt widerspricht den Zeilen der Maßnahmen nicht
-- schwere: warnung
-- erwartet: derselbe Betrag, oder nur im Blatt Haushalt; ein Ertrag nicht höher als der Aufwand
select
    [zelle(h.zellen, 'aufwand_ist'), zelle(z.zellen, 'aufwand')] as fundstellen,
    'betrag' as art,
    h.massnahme_nr,
    h.jahr,
    h.aufwand_ist as aufwand,
    z.aufwand as aufwand_zeile,
    h.blatt,
    h.zeile
from massnahme.haushalt as h
inner join massnahme.zeile as z on h.massnahme_nr = z.massnahme_nr and h.jahr = year(z.stand)
where round(100 * (h.aufwand_ist - z.aufwand)) <> 0
union all by name
select
    [zelle(zellen, 'ertrag_' || lage)] as fundstellen,
    'ertrag' as art,
    massnahme_nr,
    jahr,
    lage,
    ertrag,
    aufwand,
    blatt,
    zeile
from (
    select massnahme_nr, jahr, blatt, zeile, zellen, 'plan' as lage, aufwand_plan as aufwand, ertrag_plan as ertrag
    from massnahme.haushalt
    union all
    select massnahme_nr, jahr, blatt, zeile, zellen, 'ist' as lage, aufwand_ist as aufwand, ertrag_ist as ertrag
    from massnahme.haushalt
) as lagen
where ertrag > aufwand
order by blatt, zeile, fundstellen
