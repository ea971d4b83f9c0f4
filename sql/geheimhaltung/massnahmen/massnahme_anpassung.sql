-- Die Tür für Anpassungen: Texte, die auf eine Person deuten, werden NULL.
-- What the latest state says counts.
-- Grain: kommune, konzept, massnahme_nr, datum, anpassung.
select
    kommune, konzept, massnahme_nr, datum, anpassung, gremium_name,
    case when not list_contains(personentexte, 'begruendung') then begruendung end as begruendung,
    beispieldaten, quelle_id, herkunft,
    case when len(personentexte) > 0 then ['personenangabe'] else []::varchar[] end as hinweise,
    datenstand, lieferung_id, fundstelle
from newest_zeilen('eingang.massnahme_anpassung')
qualify
    row_number() over (
        partition by kommune, konzept, massnahme_nr, datum, anpassung order by datenstand desc, eingelesen_am desc, datei desc
    ) = 1
order by kommune, konzept, massnahme_nr, datum, anpassung
