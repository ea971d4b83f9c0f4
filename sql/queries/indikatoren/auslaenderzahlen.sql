-- Foreigners of all nationalities: as printed, else the groups that are everybody together (gruppen_zusammen of a layout).
-- Grain: kommune, quelle_id, stichtag, gebiet_id, profil, geschlecht, umgerechnet. Reads: oeffentlich (public rows of
-- bevoelkerung.tabellenwert), stamm.quelle.
with gedruckt as (
    select
        kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, umgerechnet, geschlecht, groesse, wert, stellen,
        wert_einheit, kennzeichen, datenstand, lieferung_id, veroeffentlicht, fundstelle,
        0 as folgt
    from oeffentlich
    where merkmal = 'auslaender' and staat = 'insgesamt' and gruppe = 'insgesamt' and altersgruppe = 'insgesamt'
),

gruppen as (
    select t.*, q.gruppen_zusammen
    from oeffentlich as t
    inner join stamm.quelle as q on t.kommune = q.kommune and t.quelle_id = q.quelle_id
    where
        t.merkmal = 'auslaender' and t.staat = 'insgesamt' and t.altersgruppe = 'insgesamt'
        and list_contains(q.gruppen_zusammen, t.gruppe)
),

addiert as (
    select
        kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, umgerechnet, geschlecht,
        'wert' as groesse,
        sum(wert) as wert,
        0 as stellen,
        'personen' as wert_einheit,
        max(kennzeichen) filter (where kennzeichen <> '-') as kennzeichen,
        max(datenstand) as datenstand,
        max(lieferung_id) as lieferung_id,
        true as veroeffentlicht,
        string_agg(fundstelle, '; ' order by gruppe) as fundstelle,
        1 as folgt
    from gruppen
    group by kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, umgerechnet, geschlecht, gruppen_zusammen
    having count(wert) = len(gruppen_zusammen)
)

select * exclude (folgt)
from (
    from gedruckt
    union all by name
    from addiert
) as alle
qualify
    row_number() over (
        partition by kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, umgerechnet, geschlecht order by folgt
    ) = 1
