-- titel: Freitexte nennen keine Personen
-- schwere: warnung
-- erwartet: Stellen und Rollen; der Text wird so nicht veröffentlicht
-- Found by patterns (schemas/words/massnahmen.py); the text itself is not repeated.
with angaben as (
    select 'massnahme' as art, massnahme_nr as nr, blatt, zeile, zellen, unnest(personenangabe) as angabe
    from massnahme.zeile
    union all
    select 'vorlage' as art, vorlage_nr as nr, blatt, zeile, zellen, unnest(personenangabe) as angabe
    from massnahme.vorlage
)

select
    [zelle(zellen, split_part(angabe, ': ', 1))] as fundstellen,
    art,
    nr,
    split_part(angabe, ': ', 1) as feld,
    list(split_part(angabe, ': ', 2) order by angabe) as anzeichen
from angaben
where angabe not like 'verantwortlich: %'
group by art, nr, blatt, zeile, zellen, split_part(angabe, ': ', 1)
order by blatt, zeile
