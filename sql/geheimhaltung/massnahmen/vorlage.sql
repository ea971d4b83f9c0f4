-- Die Tür für Vorlagen: Eine Begründung, die auf eine Person weist, wird leer. Nur die neueste Fassung geht durch.
-- The door for council papers: a reason that points to a person becomes NULL. Only the newest version of a paper passes.
-- Grain: kommune, vorlage_nr.
with gelesen as (
    select
        v.*,
        q.herkunft,
        list_transform(v.personenangabe, lambda p: split_part(p, ': ', 1)) as personentexte,
        v.eingelesen_am = max(v.eingelesen_am) over (partition by v.kommune, v.quelle_id, v.datei) as aktuell
    from eingang.vorlage as v
    inner join stamm.massnahmenquelle as q on v.kommune = q.kommune and v.quelle_id = q.quelle_id
)

select
    kommune, vorlage_nr, konzept, datum, titel, vereinbarkeit,
    case when not list_contains(personentexte, 'begruendung') then begruendung end as begruendung,
    beispieldaten, quelle_id, herkunft,
    case when len(personentexte) > 0 then ['personenangabe'] else []::varchar[] end as hinweise,
    datenstand, lieferung_id, fundstelle
from gelesen
where aktuell
qualify row_number() over (partition by kommune, vorlage_nr order by eingelesen_am desc, datei desc) = 1
order by kommune, vorlage_nr
