-- Die Tür für die Merkmale eines Auszugs: Was die Entscheidung verbirgt, wird leer.
-- The door for the facts of one extract: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, merkmal, auspraegung, geschlecht. Shares only of what is shown.
-- Voters for the Integrationsrat are almost the persons whom a definition counts by age: exact ones would tell how many of these are
-- just too young, or just old enough. They are no cells of the choice but rounded to twice mindestfallzahl, and told only where
-- each such rest is so large that the rounding says nothing of it.
with kommunen as (
    select
        kommune, verfahren, mindestnenner, mindestfallzahl, 2 * mindestfallzahl as schritt, 4 * mindestfallzahl as klein_unter
    from stamm.kommune
),

waehler as (
    select
        m.*, k.schritt, k.klein_unter, k.mindestfallzahl,
        try_cast(regexp_extract(m.auspraegung, '\d+$') as integer) as wahlalter
    from bevoelkerung.registermerkmal as m
    inner join kommunen as k on m.kommune = k.kommune
    where m.auspraegung like 'integrationsrat%' and k.verfahren <> 'cellkey'
),

-- The age group that the voting age lies in.
gruppe_des_alters as (
    select
        w.kommune, w.stichtag, w.wahlalter,
        max(g.von) filter (where g.von <= w.wahlalter) as von,
        min(g.von) filter (where g.von > w.wahlalter) as bis_unter
    from (select distinct kommune, stichtag, wahlalter from waehler) as w
    inner join (
        select kommune, try_cast(regexp_extract(altersgruppe, '^\d+') as integer) as von
        from stamm.altersgruppe
    ) as g on w.kommune = g.kommune
    group by all
),

-- Germans among the voters, by year of age; unknown ages may not vote.
jahre as (
    select
        kommune, stichtag, gebiet_id, coalesce(geschlecht, 'insgesamt') as geschlecht,
        try_cast(regexp_extract(auspraegung, '^\d+') as integer) as jahr,
        sum(personen)::bigint as personen
    from in_every_gebiet('bevoelkerung.merkmalswuerfel')
    where merkmal = 'waehlerjahre' and auspraegung <> 'unbekannt'
    group by kommune, stichtag, gebiet_id, auspraegung, grouping sets ((), (geschlecht))
),

-- What is left of voters beside a definition: all who are too young; those of them in the group; the others in the group.
reste as (
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht,
        least(
            coalesce(sum(j.personen) filter (where j.jahr < w.wahlalter), 0),
            coalesce(sum(j.personen) filter (where j.jahr < w.wahlalter and j.jahr >= a.von), 0),
            coalesce(
                sum(j.personen) filter (where j.jahr >= w.wahlalter and (j.jahr < a.bis_unter or a.bis_unter is null)), 0
            )
        ) as kleinster
    from waehler as w
    left join gruppe_des_alters as a on w.kommune = a.kommune and w.stichtag = a.stichtag and w.wahlalter = a.wahlalter
    left join jahre as j
        on w.kommune = j.kommune and w.stichtag = j.stichtag and w.gebiet_id = j.gebiet_id and w.geschlecht = j.geschlecht
    group by w.kommune, w.stichtag, w.gebiet_id, w.geschlecht
),

gerundet as (
    select
        w.*,
        r.kleinster >= w.klein_unter as reicht,
        bool_and(r.kleinster >= w.klein_unter) over (partition by w.kommune, w.stichtag, w.gebiet_id) as alle_reichen,
        floor((w.personen + w.mindestfallzahl) / w.schritt)::bigint * w.schritt as rund
    from waehler as w
    inner join reste as r
        on w.kommune = r.kommune and w.stichtag = r.stichtag and w.gebiet_id = r.gebiet_id and w.geschlecht = r.geschlecht
),

zellen as (
    select
        kommune, stichtag, gebiet_id, geschlecht, a as merkmal, b as auspraegung, gezeigt as personen, geheim,
        grundgesamtheit_von(a) as grundgesamtheit,
        false as gerundet
    from geheimhaltung.entscheidung
    where art = 'merkmal'
    union all by name
    select
        kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung,
        -- Women and men are rounded each, and the total is theirs: rounded by itself it would narrow both.
        case
            when alle_reichen and geschlecht = 'insgesamt'
                then sum(rund) filter (where geschlecht <> 'insgesamt') over (partition by kommune, stichtag, gebiet_id)::bigint
            when alle_reichen or (geschlecht = 'insgesamt' and reicht) then rund
        end as personen,
        not alle_reichen and (geschlecht <> 'insgesamt' or not reicht) as geheim,
        grundgesamtheit_von(merkmal) as grundgesamtheit,
        true as gerundet
    from gerundet
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
        case when z.gerundet then 'rundung' else k.verfahren end as methode
    from zellen as z
    inner join kommunen as k on z.kommune = k.kommune
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
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.methode) as anteil,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.methode) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.methode) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.gebiet_id, g.merkmal, g.auspraegung, g.geschlecht
