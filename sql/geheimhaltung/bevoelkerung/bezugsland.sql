-- Die Tür für Bezugsländer der Hauptdefinition: Was die Entscheidung verbirgt, wird leer.
-- The door for Bezugsländer of the main definition: what geheimhaltung.entscheidung hides becomes NULL. By area only the largest
-- have rows, and which are named at all is the same at every Stichtag (bevoelkerung.staatenliste).
-- Grain: kommune, stichtag, gebiet_id, profil, staat, geschlecht. A rank counts only what is shown.
with zellen as (
    select kommune, stichtag, profil, gebiet_id, a as staat, geschlecht, gezeigt as personen, geheim
    from geheimhaltung.entscheidung
    where art = 'bezugsland'
),

zahlen as (
    select
        z.*,
        k.mindestnenner,
        k.verfahren,
        max(z.personen) filter (where z.staat = 'insgesamt') over zeile as alle,
        coalesce(max(z.geheim) filter (where z.staat = 'insgesamt') over zeile, true) as alle_geheim,
        z.staat not in ('NZO', 'uebrige', 'insgesamt') as benannt
    from zellen as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    window zeile as (partition by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht)
),

geheim as (
    select
        *,
        geheim or alle_geheim as anteil_geheim,
        coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
    from zahlen
),

gereiht as (
    select
        *,
        case
            when benannt and not geheim and personen > 0
                then rank() over (
                    partition by kommune, stichtag, gebiet_id, profil, geschlecht, benannt and not geheim
                    order by personen desc
                )
        end as rang
    from geheim
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.profil,
    g.staat,
    g.geschlecht,
    case when not g.geheim then g.personen end as personen,
    case when not g.anteil_geheim and g.nenner_reicht then anteil_nach_verfahren(g.personen / nullif(g.alle, 0), g.verfahren) end
        as anteil,
    g.rang,
    nach_verfahren(status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht), g.verfahren) as status,
    hinweise_nach_verfahren(
        hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht),
        case when not g.geheim then g.personen end,
        g.verfahren
    ) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from gereiht as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by all
