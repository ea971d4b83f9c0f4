-- Jede Anzahl des Registers, die veröffentlicht werden könnte, einmal: worüber die Geheimhaltung entscheidet.
-- Every count of the register that may be published, each once: what one decision of the disclosure control is made about.
-- Grain: kommune, stichtag, art, profil, gebiet_id, geschlecht, altersgruppe, a, b, c. Unprotected, secure zone only.
-- Einwohner and Ausländer are the same under every definition and have profil `-`. a, b, c: Kategorie and Generation, other
-- definition and both rules, Staat, group of states, fact and value, or flow, group and earlier Stichtag; else `-`. What is not
-- here is out of scope and has no row in any mart.
with bestand as (
    select
        m.*,
        m.profil = u.hauptprofil as ist_haupt,
        m.gebiet_id = k.ags as ist_kommune,
        case when m.profil = u.hauptprofil then g.hauptdefinition else u.andere_definitionen end as tiefe
    from bevoelkerung.migrationshintergrund as m
    inner join stamm.umfang as u on m.kommune = u.kommune
    inner join bevoelkerung.gliederungstiefe as g on m.kommune = g.kommune
    inner join stamm.kommune as k on m.kommune = k.kommune
),

bevoelkerung as (
    select *
    from bestand
    where im_umfang(tiefe, ist_kommune, geschlecht, altersgruppe)
),

orte as (
    select k.kommune, k.ags, u.hauptprofil, u.generationen = 'alle' as alle_generationen
    from stamm.kommune as k
    inner join stamm.umfang as u on k.kommune = u.kommune
),

-- The town by category, under the main definition (or all, if so declared) also by generation; of a generation those are told
-- together that have not enough of each.
-- Its women and men, and its areas: categories of the main
-- definition.
kategorien_zeilen as (
    select
        z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht, z.personen,
        -- A category adds up over what is told of its generations, if only to one figure.
        unnest(
            case
                when
                    z.generation = 'insgesamt' and z.gebiet_id = o.ags and z.geschlecht = 'insgesamt'
                    and (
                        (not coalesce(l.je_generation, true) and coalesce(l.benannt, true))
                        or not (o.alle_generationen or z.profil = o.hauptprofil)
                    )
                    then ['insgesamt', 'zusammen']
                else [z.generation]
            end
        ) as generation,
        case
            when not coalesce(l.benannt, true) then 'rest'
            when z.generation <> 'insgesamt' and not coalesce(l.je_generation, true) then 'weitere'
            else z.kategorie
        end as kategorie
    from bevoelkerung.mh_kategorie as z
    inner join orte as o on z.kommune = o.kommune
    left join bevoelkerung.kategorienliste as l
        on z.kommune = l.kommune and z.profil = l.profil and z.kategorie = l.kategorie
    where
        case
            when z.gebiet_id = o.ags and z.geschlecht = 'insgesamt'
                then z.generation = 'insgesamt' or o.alle_generationen or z.profil = o.hauptprofil
            else
                z.profil = o.hauptprofil and z.generation = 'insgesamt'
                and (z.gebiet_id = o.ags or z.geschlecht = 'insgesamt')
        end
),

kategorien as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht, generation, kategorie,
        sum(personen)::bigint as personen
    from kategorien_zeilen
    group by all
),

-- The town's by sex where both sexes are enough, in its areas only the largest; who is not named is told for the town as a whole.
staaten as (
    select
        s.kommune, s.stichtag, s.gebiet_id, s.geschlecht,
        case
            when s.staat = 'insgesamt' or l.benannt then s.staat
            when s.staat = '999' then '000'
            else 'uebrige'
        end as staat,
        sum(s.personen)::bigint as personen
    from bevoelkerung.staatsangehoerigkeit as s
    inner join orte as o on s.kommune = o.kommune
    left join bevoelkerung.staatenliste as l on s.kommune = l.kommune and l.art = 'staat' and s.staat = l.staat
    where
        case
            when s.geschlecht <> 'insgesamt' then s.gebiet_id = o.ags and (s.staat = 'insgesamt' or l.je_geschlecht)
            else s.gebiet_id = o.ags or s.staat = 'insgesamt' or l.je_gebiet
        end
    group by all
),

-- Foreigners by group of states: EU and Drittstaaten by area and sex; of what Drittstaaten consist by either.
gruppen_zeilen as (
    select
        s.kommune, s.stichtag, s.gebiet_id, s.geschlecht, s.personen,
        unnest(
            case
                when l.gruppe = 'EU' then ['insgesamt', 'EU']
                when s.gebiet_id <> o.ags and s.geschlecht <> 'insgesamt' then ['insgesamt', 'Drittstaaten']
                else ['insgesamt', 'Drittstaaten', l.gruppe]
            end
        ) as gruppe
    from bevoelkerung.staatsangehoerigkeit as s
    inner join orte as o on s.kommune = o.kommune
    inner join bevoelkerung.gruppenliste as l on s.kommune = l.kommune and s.stichtag = l.stichtag and s.staat = l.staat
),

gruppen as (
    select
        kommune, stichtag, gebiet_id, geschlecht, gruppe,
        sum(personen)::bigint as personen
    from gruppen_zeilen
    group by all
),

herkunft as (
    select
        b.kommune, b.stichtag, b.gebiet_id, b.profil, b.geschlecht,
        case when b.staat = 'insgesamt' or l.benannt then b.staat else 'uebrige' end as staat,
        sum(b.personen)::bigint as personen
    from bevoelkerung.bezugsland as b
    inner join orte as o on b.kommune = o.kommune and b.profil = o.hauptprofil
    left join bevoelkerung.staatenliste as l on b.kommune = l.kommune and l.art = 'bezugsland' and b.staat = l.staat
    where
        case
            when b.geschlecht <> 'insgesamt' then b.gebiet_id = o.ags and (b.staat = 'insgesamt' or l.je_geschlecht)
            else b.gebiet_id = o.ags or b.staat = 'insgesamt' or l.je_gebiet
        end
    group by all
)

select
    kommune, stichtag, x.art, x.profil, gebiet_id, geschlecht, altersgruppe,
    '-' as a, '-' as b, '-' as c,
    max(x.personen)::bigint as personen
from bevoelkerung
cross join
    lateral (
        values
        ('einwohner', '-', einwohner), ('auslaender', '-', auslaender), ('deutsche_mit_mh', profil, deutsche_mit_mh),
        ('personen_mit_mh', profil, personen_mit_mh), ('unentscheidbar', profil, unentscheidbar)
    ) as x (art, profil, personen)
where x.personen is not null
group by all
union all by name
select
    kommune, stichtag, 'kategorie' as art, profil, gebiet_id, geschlecht, 'insgesamt' as altersgruppe,
    kategorie as a, generation as b, '-' as c,
    personen
from kategorien
union all by name
select
    v.kommune, v.stichtag, 'vergleich' as art, v.profil_a as profil, v.gebiet_id,
    'insgesamt' as geschlecht, 'insgesamt' as altersgruppe,
    v.profil_b as a, v.regel_a as b, v.regel_b as c,
    v.personen
from bevoelkerung.definitionsvergleich as v
inner join orte as o on v.kommune = o.kommune
inner join stamm.umfang as u on v.kommune = u.kommune
-- The town by pairs of rules, which add up to its total; the areas by their totals.
where
    (v.gebiet_id = o.ags) = (v.regel_a <> 'insgesamt')
    and (u.vergleiche = 'alle' or o.hauptprofil in (v.profil_a, v.profil_b))
union all by name
select
    kommune, stichtag, 'staat' as art, '-' as profil, gebiet_id, geschlecht, 'insgesamt' as altersgruppe,
    staat as a, '-' as b, '-' as c,
    personen
from staaten
union all by name
select
    kommune, stichtag, 'staatengruppe' as art, '-' as profil, gebiet_id, geschlecht, 'insgesamt' as altersgruppe,
    gruppe as a, '-' as b, '-' as c,
    personen
from gruppen
union all by name
select
    w.kommune, w.stichtag, 'option' as art, w.profil, o.ags as gebiet_id, 'insgesamt' as geschlecht,
    'insgesamt' as altersgruppe,
    '-' as a, '-' as b, '-' as c,
    w.personen
from bevoelkerung.optionswuerfel as w
inner join orte as o on w.kommune = o.kommune
inner join stamm.kommune as k on w.kommune = k.kommune
-- It has no keys of persons, so it could not be perturbed.
where
    k.verfahren <> 'cellkey'
    and published_stichtag(w.kommune, w.stichtag)
union all by name
select
    kommune, stichtag, 'bezugsland' as art, profil, gebiet_id, geschlecht, 'insgesamt' as altersgruppe,
    staat as a, '-' as b, '-' as c,
    personen
from herkunft
union all by name
select
    m.kommune, m.stichtag, 'merkmal' as art, '-' as profil, m.gebiet_id, m.geschlecht, 'insgesamt' as altersgruppe,
    m.merkmal as a, m.auspraegung as b, '-' as c,
    m.personen
from bevoelkerung.registermerkmal as m
inner join stamm.kommune as k on m.kommune = k.kommune
-- They have no keys of persons, so they could not be perturbed. Other facts than single years are rounded at the door.
where k.verfahren <> 'cellkey' and is_exact(m.merkmal)
order by all
