-- Einwohner nach Staatsangehörigkeit; seltene Staatsangehörigkeiten sind zusammengefasst.
-- Grain: kommune, stichtag, gebiet_id, staat, geschlecht, quelle.
with zahlen as (
    from geheimhaltung.staatsangehoerigkeit
),

gebiete as (
    from stamm.gebiet
),

quellen as (
    from described_lieferungen()
),

staaten as (
    from stamm.staat
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.staat,
    z.geschlecht,
    z.quelle,
    g.gebiet,
    g.ebene,
    case
        when z.mit_ohne_angabe then s.name || ' oder ohne Angabe'
        else coalesce(
            staatsname(s.name, s.fruehere_namen, z.stichtag), case z.staat when 'uebrige' then 'Übrige' else 'Insgesamt' end
        )
    end as staat_name,
    -- Names and groups as of the Stichtag: membership of that day, never today's.
    case
        when s.staat is null then 'alle'
        when s.staat = '000' then s.gruppe
        else staatengruppe_am(s.gruppe, s.kontinent, s.eu_von, s.eu_bis, z.stichtag)
    end as staatengruppe,
    z.personen,
    z.anteil,
    z.rang,
    z.rang_bezug,
    q.herkunft,
    q.lizenz,
    z.status,
    z.hinweise,
    q.beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
inner join quellen as q on z.lieferung_id = q.lieferung_id
left join staaten as s on z.staat = s.staat
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.staat, z.geschlecht, z.quelle
