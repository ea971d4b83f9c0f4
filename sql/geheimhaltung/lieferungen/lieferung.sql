-- Die Tür für das Protokoll der Lieferungen: nur Anzahlen von Zeilen und Angaben zur Datei.
-- The door for the protocol of deliveries: counts of lines and file facts only, no finding of any row.
-- Grain: lieferung_id. `erzeugt_aus`: tables an extract of invented persons was made from; it is no comparison for them.
-- Lines of a register extract are persons: their counts are told of the extract that a declared Stichtag rests on only (two
-- extracts of one Stichtag, or of two nights, differ by the persons who moved), and none rejected below twice the
-- Mindestfallzahl: then the sum is not told, either. Who is outside is dead or gone: between two extracts the difference would be
-- those of the time
-- between. So they are told to twice the Mindestfallzahl, and the sum with them.
with vorlagen as (
    select
        kommune,
        list(quelle_id order by quelle_id) as quellen
    from stamm.erzeugt_aus
    group by kommune
),

-- The same choice as in bestand.sql.
gueltige as (
    select l.lieferung_id
    from eingang.lieferung as l
    where
        l.art = 'melderegister'
        and l.status = 'uebernommen'
        and published_stichtag(l.kommune, l.stichtag)
    qualify
        row_number() over (partition by l.kommune, l.stichtag order by l.datenstand desc, l.eingelesen_am desc) = 1
),

lieferungen as (
    select
        l.* replace (coalesce(l.synthetisch, false) as synthetisch),
        l.art <> 'melderegister' or g.lieferung_id is not null as gezaehlt,
        case
            when l.art = 'melderegister'
                then floor((l.zeilen_ausserhalb + k.mindestfallzahl) / (2 * k.mindestfallzahl))::bigint * 2 * k.mindestfallzahl
            else l.zeilen_ausserhalb
        end as ausserhalb,
        l.art = 'melderegister' and klein(l.zeilen_abgewiesen, 2 * k.mindestfallzahl) as wenige_abgewiesen
    from eingang.lieferung as l
    left join stamm.kommune as k on l.kommune = k.kommune
    left join gueltige as g on l.lieferung_id = g.lieferung_id
)

select
    l.lieferung_id,
    l.kommune,
    l.quelle,
    l.datei,
    l.sha256,
    l.stichtag,
    coalesce(q.stichtag_angenommen, false) as stichtag_angenommen,
    case
        when l.gezaehlt and not l.wenige_abgewiesen then l.zeilen_gelesen - l.zeilen_ausserhalb + l.ausserhalb
    end as zeilen_gelesen,
    case when l.gezaehlt then l.zeilen_uebernommen end as zeilen_uebernommen,
    case when l.gezaehlt then l.ausserhalb end as zeilen_ausserhalb,
    case when l.gezaehlt and not l.wenige_abgewiesen then l.zeilen_abgewiesen end as zeilen_abgewiesen,
    l.kodierung,
    l.synthetisch,
    case when l.synthetisch and l.quelle = 'melderegister' then coalesce(v.quellen, []) else [] end as erzeugt_aus,
    l.eingelesen_am,
    l.status
from lieferungen as l
left join vorlagen as v on l.kommune = v.kommune
left join stamm.quelle as q on l.kommune = q.kommune and l.quelle = q.quelle_id
order by l.lieferung_id
