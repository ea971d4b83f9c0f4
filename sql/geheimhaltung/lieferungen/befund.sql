-- Die Tür für Befunde zu Lieferungen: Regel, Schwere, Häufigkeit und die Stelle des ersten Falls, kein Wert.
-- The door for findings on deliveries: rule, severity, how often, and the place of the first case (cell), no value.
-- Grain: kommune, quelle, datei, pruefung; of each file only its latest reading.
-- Of a register extract no line number, which names a person to whoever has the extract: of the place only the column. How
-- often is told of the extract a declared Stichtag rests on (as in lieferung.sql), and not below twice the Mindestfallzahl:
-- that none is told and a few are not would say how few.
with letzte as (
    select
        lieferung_id,
        art
    from eingang.lieferung
    qualify row_number() over (partition by kommune, quelle, datei order by eingelesen_am desc) = 1
),

gueltige as (
    select b.lieferung_id
    from geheimhaltung.bestand as b
    where published_stichtag(b.kommune, b.stichtag)
),

-- Rejected lines are counted in lieferung.sql: beside them one rule's count would tell that of the other.
wenige as (
    select b.lieferung_id
    from eingang.befund as b
    inner join stamm.kommune as k on b.kommune = k.kommune
    where b.schwere = 'fehler' and klein(b.anzahl, 2 * k.mindestfallzahl)
    group by b.lieferung_id
)

select
    b.kommune,
    b.quelle,
    b.datei,
    b.pruefung,
    b.schwere,
    case
        when l.art <> 'melderegister' or b.anzahl = 0 then b.anzahl
        when g.lieferung_id is null or klein(b.anzahl, 2 * k.mindestfallzahl) then null
        when b.schwere = 'fehler' and w.lieferung_id is not null then null
        -- The inhabitants of the area »unbekannt«: what is shown of them the family of cells decides, not this table.
        when b.pruefung <> 'gebiet_unbekannt' then b.anzahl
    end as anzahl,
    case
        when l.art <> 'melderegister' then b.beispiel
        else nullif(regexp_extract(b.beispiel, 'Spalte .*$'), '')
    end as beispiel,
    b.erwartet
from eingang.befund as b
inner join letzte as l on b.lieferung_id = l.lieferung_id
left join stamm.kommune as k on b.kommune = k.kommune
left join gueltige as g on b.lieferung_id = g.lieferung_id
left join wenige as w on b.lieferung_id = w.lieferung_id
order by all
