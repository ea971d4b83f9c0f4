-- Die Tür für Kategorien einer Definition: Was die Entscheidung verbirgt, wird leer.
-- The door for categories of a definition: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, profil, kategorie, generation, geschlecht.
with zahlen as (
    select
        e.kommune, e.stichtag, e.gebiet_id, e.profil,
        e.a as kategorie,
        e.b as generation,
        e.geschlecht,
        e.gezeigt as personen,
        e.geheim,
        k.mindestnenner,
        k.verfahren,
        max(e.gezeigt) filter (where e.a = 'insgesamt' and e.b = 'insgesamt') over zeile as alle,
        coalesce(max(e.geheim) filter (where e.a = 'insgesamt' and e.b = 'insgesamt') over zeile, true) as alle_geheim
    from geheimhaltung.entscheidung as e
    inner join stamm.kommune as k on e.kommune = k.kommune
    where e.art = 'kategorie'
    window zeile as (partition by e.kommune, e.stichtag, e.gebiet_id, e.profil, e.geschlecht)
),

geheim as (
    select
        *,
        coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
    from zahlen
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.profil,
    g.kategorie,
    g.generation,
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
order by all
