-- Die Tür für Ausländer nach Staatengruppe: Was die Entscheidung verbirgt, wird leer.
-- The door for foreigners by group of states: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, staatengruppe, geschlecht. Grouped before protection (bevoelkerung.gruppenliste).
with zellen as (
    select kommune, stichtag, gebiet_id, geschlecht, a as staatengruppe, gezeigt as personen, geheim
    from geheimhaltung.entscheidung
    where art = 'staatengruppe'
),

einwohner as (
    select kommune, stichtag, gebiet_id, geschlecht, gezeigt as alle, geheim as alle_geheim
    from geheimhaltung.entscheidung
    where art = 'einwohner' and altersgruppe = 'insgesamt'
),

geheim as (
    select
        z.*,
        e.alle,
        coalesce(e.alle_geheim, true) as alle_geheim,
        coalesce(e.alle >= greatest(k.mindestnenner, 1), false) as nenner_reicht,
        k.verfahren
    from zellen as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    left join einwohner as e
        on z.kommune = e.kommune and z.stichtag = e.stichtag and z.gebiet_id = e.gebiet_id and z.geschlecht = e.geschlecht
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.staatengruppe,
    g.geschlecht,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as anteil,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.verfahren) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.gebiet_id, g.staatengruppe, g.geschlecht
