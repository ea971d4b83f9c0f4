-- The door for the protocol of deliveries: counts of lines and file facts only, no finding of any row.
-- Grain: lieferung_id. `erzeugt_aus`: tables an extract of invented persons was made from; it is no comparison for them.
with vorlagen as (
    select
        kommune,
        list(quelle_id order by quelle_id) as quellen
    from stamm.erzeugt_aus
    group by kommune
)

select
    l.lieferung_id,
    l.kommune,
    l.quelle,
    l.datei,
    l.sha256,
    l.stichtag,
    l.zeilen_gelesen,
    l.zeilen_uebernommen,
    l.zeilen_ausserhalb,
    l.zeilen_abgewiesen,
    l.kodierung,
    coalesce(l.synthetisch, false) as synthetisch,
    case when l.synthetisch and l.quelle = 'melderegister' then coalesce(v.quellen, []) else [] end as erzeugt_aus,
    l.eingelesen_am,
    l.status
from eingang.lieferung as l
left join vorlagen as v on l.kommune = v.kommune
order by l.lieferung_id
