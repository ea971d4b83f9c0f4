-- Die Tür für den Vergleich der Definitionen: Was die Entscheidung verbirgt, wird leer.
-- The door for the comparison of definitions: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, profil_a, profil_b, regel_a, regel_b.
with einwohner as (
    select kommune, stichtag, gebiet_id, gezeigt as personen, geheim
    from geheimhaltung.entscheidung
    where art = 'einwohner' and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
),

zahlen as (
    select
        v.* replace (e.gezeigt as personen),
        e.geheim,
        k.verfahren,
        m.personen as alle,
        coalesce(m.geheim, true) as alle_geheim,
        coalesce(m.personen >= greatest(k.mindestnenner, 1), false) as nenner_reicht
    from bevoelkerung.definitionsvergleich as v
    inner join geheimhaltung.entscheidung as e
        on
            v.kommune = e.kommune and v.stichtag = e.stichtag and v.gebiet_id = e.gebiet_id and v.profil_a = e.profil
            and v.profil_b = e.a and v.regel_a = e.b and v.regel_b = e.c and e.art = 'vergleich'
    inner join stamm.kommune as k on v.kommune = k.kommune
    left join einwohner as m on v.kommune = m.kommune and v.stichtag = m.stichtag and v.gebiet_id = m.gebiet_id
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.profil_a,
    g.profil_b,
    g.regel_a,
    g.regel_b,
    g.ergebnis_a,
    g.ergebnis_b,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as anteil,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.verfahren) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from zahlen as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by all
