-- The door for findings on deliveries: rule, severity, how often, and the place of the first case (line or cell), no value.
-- Grain: kommune, quelle, datei, pruefung; of each file only its latest reading.
with letzte as (
    select lieferung_id
    from eingang.lieferung
    qualify row_number() over (partition by kommune, quelle, datei order by eingelesen_am desc) = 1
)

select
    b.kommune,
    b.quelle,
    b.datei,
    b.pruefung,
    b.schwere,
    -- How many persons have no known district or birth state is a figure of the register: protected like any other.
    case
        when b.pruefung in ('gebiet_unbekannt', 'geburtsort_ergaenzt') and klein(b.anzahl, k.mindestfallzahl) then null
        else b.anzahl
    end as anzahl,
    b.beispiel,
    b.erwartet
from eingang.befund as b
inner join letzte as l on b.lieferung_id = l.lieferung_id
left join stamm.kommune as k on b.kommune = k.kommune
order by all
