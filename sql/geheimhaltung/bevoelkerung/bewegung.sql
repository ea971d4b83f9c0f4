-- Die Tür für Bewegungen zwischen zwei Stichtagen: Was die Entscheidung verbirgt, wird leer.
-- The door for flows between two Stichtage: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, bewegung, gruppe, geschlecht. Rates of what is shown, by the stock before.
with zellen as (
    select
        kommune, stichtag, gebiet_id, geschlecht, a as bewegung, b as gruppe, c::date as stichtag_vorher, gezeigt as personen,
        geheim,
        case when a = 'einbuergerung' or b = 'auslaender' then 'auslaender' else 'einwohner' end as bezug
    from geheimhaltung.entscheidung
    where art = 'bewegung'
),

bestand as (
    select kommune, stichtag, gebiet_id, geschlecht, art as bezug, gezeigt as alle, geheim as alle_geheim
    from geheimhaltung.entscheidung
    where art in ('einwohner', 'auslaender') and altersgruppe = 'insgesamt'
),

geheim as (
    select
        z.*,
        b.alle,
        coalesce(b.alle_geheim, true) as alle_geheim,
        coalesce(b.alle >= greatest(k.mindestnenner, 1), false) as nenner_reicht,
        k.verfahren
    from zellen as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    left join bestand as b
        on
            z.kommune = b.kommune and z.stichtag_vorher = b.stichtag and z.gebiet_id = b.gebiet_id
            and z.geschlecht = b.geschlecht and z.bezug = b.bezug
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.bewegung,
    g.gruppe,
    g.geschlecht,
    g.stichtag_vorher,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as anteil,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.verfahren) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.gebiet_id, g.bewegung, g.gruppe, g.geschlecht
