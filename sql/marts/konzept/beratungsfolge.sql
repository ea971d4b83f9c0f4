-- Welches Gremium wann womit befasst ist: Vorberatung, Kenntnisnahme, Beschluss.
-- Grain: kommune, konzept, vorlage_nr (»-«: keine Vorlage genannt), reihenfolge.
with beratungen as (
    from stamm.beratung
),

gremien as (
    from stamm.gremium
),

vorlagen as (
    from stamm.vorlage
),

konzepte as (
    from stamm.konzept
)

select
    b.kommune,
    b.konzept,
    b.vorlage_nr,
    b.reihenfolge,
    k.titel as konzept_titel,
    year(coalesce(k.beschluss, k.gueltig_von)) as konzept_jahr,
    p.titel as vorlage_titel,
    p.art as vorlagenart,
    b.gremium,
    g.name as gremium_name,
    b.behandlung,
    b.termin,
    b.ergebnis,
    case when b.termin is null then 'nicht_erhoben' else 'ok' end as status,
    list_filter(
        [
            case when b.termin is null then 'nicht_erhoben' end,
            case when b.behandlung is null then 'nicht_erhoben:behandlung' end,
            case when b.ergebnis is null then 'nicht_erhoben:ergebnis' end
        ],
        lambda code: code is not null
    ) as hinweise,
    b.herkunft,
    -- Read from the papers; konzept.yaml has no invented sessions.
    false as beispieldaten,
    v.veroeffentlichung
from beratungen as b
inner join konzepte as k on b.kommune = k.kommune and b.konzept = k.konzept
inner join gremien as g on b.kommune = g.kommune and b.konzept = g.konzept and b.gremium = g.gremium
left join vorlagen as p on b.kommune = p.kommune and b.konzept = p.konzept and b.vorlage_nr = p.vorlage_nr
cross join stamm.veroeffentlichung as v
order by b.kommune, b.konzept, b.vorlage_nr, b.reihenfolge
