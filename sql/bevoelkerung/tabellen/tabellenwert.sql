-- Gelieferte Zahlen in ihrem jüngsten Stand; Anzahlen geänderter Gebiete auch umgerechnet nach bruecke.csv.
-- Delivered figures at their latest state; counts of areas that changed also re-based by bruecke.csv.
-- Grain: kommune, quelle_id, stichtag, gebiet_id, merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe,
-- umgerechnet. A source that left kommune.yaml leaves the marts.
with gelesen as (
    select * from eingang.stadtteiltabelle
    union all by name
    select * from eingang.indikatortabelle
),

aktuell as (
    select
        g.* replace (
            coalesce(g.kennzeichen, case when m.quelle_rundet and g.wert is not null then 'rd' end) as kennzeichen
        ),
        q.art,
        q.rang as quellenrang,
        m.merkmal_titel,
        m.additiv
    from gelesen as g
    inner join stamm.quelle as q on g.kommune = q.kommune and g.quelle_id = q.quelle_id
    inner join stamm.merkmal as m on g.kommune = m.kommune and g.quelle_id = m.quelle_id and g.merkmal = m.merkmal
    qualify row_number() over (
        partition by
            g.kommune, g.quelle_id, g.stichtag, g.gebiet_id, g.merkmal, g.groesse, g.profil, g.geschlecht, g.altersgruppe,
            g.staat, g.gruppe
        order by g.datenstand desc, g.lieferung_id asc
    ) = 1
),

-- A new area can be computed for an old day only if every old area that went into it was delivered.
herkunft as (
    select
        *,
        count(*) over (partition by kommune, neu_id, neu_stand) as alte_gebiete
    from stamm.bruecke
),

umgerechnet as (
    select
        a.kommune, a.quelle_id, a.art, a.quellenrang, a.stichtag,
        h.neu_id as gebiet_id,
        a.merkmal, a.merkmal_titel, a.additiv, a.groesse, a.profil, a.geschlecht, a.altersgruppe, a.staat, a.gruppe,
        round(sum(a.wert * h.gewicht)) as wert,
        null::varchar as gedruckt,
        0::bigint as stellen,
        's' as kennzeichen,
        a.wert_einheit,
        null::bigint as zeile,
        null::bigint as spalte_nr,
        null::varchar as fundstelle,
        null::varchar as bemerkung,
        max(a.datenstand) as datenstand,
        max(a.lieferung_id) as lieferung_id,
        bool_and(a.veroeffentlicht) as veroeffentlicht
    from aktuell as a
    inner join herkunft as h on a.kommune = h.kommune and a.gebiet_id = h.alt_id and a.stichtag < h.bruch_am
    where a.additiv and a.groesse = 'wert'
    group by all
    having count(a.wert) = max(h.alte_gebiete)
)

select
    kommune, quelle_id, art, quellenrang, stichtag, gebiet_id, merkmal, merkmal_titel, additiv, groesse, profil, geschlecht,
    altersgruppe, staat, gruppe,
    false as umgerechnet,
    wert, gedruckt, stellen, kennzeichen, wert_einheit, zeile, spalte_nr, fundstelle, bemerkung, datenstand,
    lieferung_id, veroeffentlicht
from aktuell
union all by name
select
    *,
    true as umgerechnet
from umgerechnet
order by all
