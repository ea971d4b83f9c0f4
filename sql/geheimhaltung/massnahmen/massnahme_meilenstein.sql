-- Die Tür für Meilensteine: Texte, die auf eine Person deuten, werden NULL.
-- What the latest state says counts.
-- Grain: kommune, konzept, massnahme_nr, meilenstein.
select
    kommune, konzept, massnahme_nr, meilenstein, geplant_am, geplant_genauigkeit, erreicht_am,
    case when not list_contains(personentexte, 'bemerkung') then bemerkung end as bemerkung,
    beispieldaten, quelle_id, herkunft,
    case when len(personentexte) > 0 then ['personenangabe'] else []::varchar[] end as hinweise,
    datenstand, lieferung_id, fundstelle
from newest_zeilen('eingang.massnahme_meilenstein')
qualify
    row_number() over (
        partition by kommune, konzept, massnahme_nr, meilenstein order by datenstand desc, eingelesen_am desc, datei desc
    ) = 1
order by kommune, konzept, massnahme_nr, meilenstein
