-- titel: Freitexte nennen keine Personen
-- schwere: warnung
-- erwartet: Stellen und Rollen; der Text wird so nicht veröffentlicht
-- Found by patterns (schemas/words/massnahmen.py); the text itself is not repeated.
with angaben as (
    select massnahme_nr as nr, blatt, zeile, zellen, unnest(personenangabe) as angabe, 'Maßnahme ' as was
    from massnahme.zeile
    union all
    select vorlage_nr as nr, blatt, zeile, zellen, unnest(personenangabe) as angabe, 'Vorlage ' as was
    from massnahme.vorlage
)

select
    [zelle(zellen, split_part(angabe, ': ', 1))] as fundstellen,
    was || nr || ': ' || case split_part(angabe, ': ', 1)
        when 'begruendung' then 'die Begründung'
        when 'wirkung_grund' then 'die Begründung der Wirkung'
        when 'bemerkung' then 'die Bemerkung oder ein Kommentar der Zeile'
        when 'naechste_schritte' then 'das Feld »Nächste Schritte«'
        else 'die Beschreibung'
    end
    || ' enthält anscheinend: ' || string_agg(split_part(angabe, ': ', 2), ', ' order by angabe) as was
from angaben
where angabe not like 'verantwortlich: %'
group by was, nr, blatt, zeile, zellen, split_part(angabe, ': ', 1)
order by blatt, zeile
