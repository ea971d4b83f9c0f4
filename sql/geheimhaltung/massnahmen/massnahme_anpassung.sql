-- Die Tür für Anpassungen: Texte, die auf eine Person deuten, werden NULL.
-- What the latest state says counts.
-- Grain: kommune, konzept, massnahme_nr, datum, anpassung.
-- The newest version of a file may have no row of this tab any more: its measures say which version that is.
with fassungen as (
    select kommune, quelle_id, datei, max(eingelesen_am) as eingelesen_am
    from eingang.massnahme
    group by kommune, quelle_id, datei
),

gelesen as (
    select
        n.*,
        q.herkunft,
        list_transform(n.personenangabe, lambda p: split_part(p, ': ', 1)) as personentexte
    from eingang.massnahme_anpassung as n
    inner join fassungen as f
        on n.kommune = f.kommune and n.quelle_id = f.quelle_id and n.datei = f.datei and n.eingelesen_am = f.eingelesen_am
    inner join stamm.massnahmenquelle as q on n.kommune = q.kommune and n.quelle_id = q.quelle_id
)

select
    kommune, konzept, massnahme_nr, datum, anpassung, gremium_name,
    case when not list_contains(personentexte, 'begruendung') then begruendung end as begruendung,
    beispieldaten, quelle_id, herkunft,
    case when len(personentexte) > 0 then ['personenangabe'] else []::varchar[] end as hinweise,
    datenstand, lieferung_id, fundstelle
from gelesen
qualify
    row_number() over (
        partition by kommune, konzept, massnahme_nr, datum, anpassung order by datenstand desc, eingelesen_am desc, datei desc
    ) = 1
order by kommune, konzept, massnahme_nr, datum, anpassung
