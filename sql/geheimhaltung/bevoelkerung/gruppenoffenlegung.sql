-- Gruppen, in denen alle oder niemand ein Merkmal teilen: ein Hinweis für das Amt, wird nie veröffentlicht.
-- Groups of which all or none share a trait, with what is published of them: told to the office, never published.
-- Grain: kommune, stichtag, gebiet_id, geschlecht, altersgruppe, gruppe, merkmal, profil. `personen` are those of the group, all
-- or none of whom (`anteil` 1 or 0) have the trait. Where it is shown, whoever knows that somebody belongs to the group learns
-- the trait, however large the group is. Groups below `mindestzeile` show no breakdown and are not listed; nor is what a
-- definition says of itself (foreigners have MH under most of them).
with zellen as (
    select
        e.kommune, e.stichtag, e.art, e.profil, e.gebiet_id, e.geschlecht, e.altersgruppe, e.a, e.b, e.personen, e.geheim,
        u.mindestzeile
    from geheimhaltung.entscheidung as e
    inner join stamm.umfang as u on e.kommune = u.kommune
),

einwohner as (
    select * from zellen where art = 'einwohner'
),

-- Of all inhabitants: foreigners, persons with MH, one nationality, one category.
von_allen as (
    select
        z.kommune, z.stichtag, z.profil, z.gebiet_id, z.geschlecht, z.altersgruppe,
        'Einwohner' as gruppe,
        case z.art
            when 'auslaender' then 'ausländisch'
            when 'personen_mit_mh' then 'mit Migrationshintergrund'
            when 'staat' then 'Staatsangehörigkeit ' || z.a
            else 'Kategorie ' || z.a
        end as merkmal,
        e.personen,
        z.personen as davon,
        e.geheim or z.geheim as verborgen,
        z.art in ('auslaender', 'personen_mit_mh') as auch_keiner,
        z.mindestzeile
    from zellen as z
    inner join einwohner as e
        on
            z.kommune = e.kommune and z.stichtag = e.stichtag and z.gebiet_id = e.gebiet_id
            and z.geschlecht = e.geschlecht and z.altersgruppe = e.altersgruppe
    where
        z.art in ('auslaender', 'personen_mit_mh')
        or (z.art = 'staat' and z.a not in ('insgesamt', '000', 'uebrige', '999'))
        or (z.art = 'kategorie' and z.a <> 'insgesamt' and z.b = 'insgesamt')
),

-- Of the persons with MH: Germans among them, one country of reference. Of the foreigners: one nationality.
teile as (
    select
        t.kommune, t.stichtag, t.profil, t.gebiet_id, t.geschlecht, t.altersgruppe,
        case when t.art = 'staat' then 'Ausländer' else 'Personen mit Migrationshintergrund' end as gruppe,
        case t.art
            when 'staat' then 'Staatsangehörigkeit ' || t.a
            when 'bezugsland' then 'Bezugsland ' || t.a
            else 'deutsch'
        end as merkmal,
        g.personen,
        t.personen as davon,
        g.geheim or t.geheim as verborgen,
        t.art = 'deutsche_mit_mh' as auch_keiner,
        t.mindestzeile
    from zellen as t
    inner join zellen as g
        on
            t.kommune = g.kommune and t.stichtag = g.stichtag and t.gebiet_id = g.gebiet_id
            and t.geschlecht = g.geschlecht and t.altersgruppe = g.altersgruppe
            and g.art = case when t.art = 'staat' then 'auslaender' else 'personen_mit_mh' end
            and (t.art = 'staat' or g.profil = t.profil)
    where
        t.art = 'deutsche_mit_mh'
        or (t.art in ('staat', 'bezugsland') and t.a not in ('insgesamt', '000', 'uebrige', '999', 'NZO'))
),

gruppen as (
    from von_allen
    union all by name
    from teile
)

select
    kommune, stichtag, gebiet_id, geschlecht, altersgruppe, gruppe, merkmal, profil, personen,
    case when davon = 0 then 0 else 1 end as anteil
from gruppen
where
    personen >= greatest(mindestzeile, 1)
    and not verborgen
    and (davon = personen or (auch_keiner and davon = 0))
order by all
