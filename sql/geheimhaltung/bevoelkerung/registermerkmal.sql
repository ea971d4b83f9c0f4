-- Die Tür für die Merkmale eines Auszugs: Was die Entscheidung verbirgt, wird leer.
-- The door for the facts of one extract: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, merkmal, auspraegung, geschlecht. Shares only of what is shown.
with zellen as (
    select
        kommune, stichtag, gebiet_id, geschlecht, a as merkmal, b as auspraegung, gezeigt as personen, geheim,
        grundgesamtheit_von(a) as grundgesamtheit
    from geheimhaltung.entscheidung
    where art = 'merkmal'
),

bestand as (
    select
        kommune, stichtag, gebiet_id, geschlecht,
        max(case when art = 'einwohner' and not geheim then gezeigt end) as einwohner,
        max(case when art = 'auslaender' and not geheim then gezeigt end) as auslaender
    from geheimhaltung.entscheidung
    where art in ('einwohner', 'auslaender') and altersgruppe = 'insgesamt'
    group by all
),

mit_nenner as (
    select
        z.*,
        case z.grundgesamtheit
            when 'einwohner' then b.einwohner
            when 'auslaender' then b.auslaender
            else b.einwohner - b.auslaender
        end as alle,
        k.mindestnenner,
        k.verfahren
    from zellen as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    left join bestand as b
        on z.kommune = b.kommune and z.stichtag = b.stichtag and z.gebiet_id = b.gebiet_id and z.geschlecht = b.geschlecht
),

geheim as (
    select
        *,
        alle is null as alle_geheim,
        coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
    from mit_nenner
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.merkmal,
    g.auspraegung,
    g.geschlecht,
    g.grundgesamtheit,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as anteil,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.verfahren) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.gebiet_id, g.merkmal, g.auspraegung, g.geschlecht
