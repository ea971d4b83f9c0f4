-- Stichtage whose corrections may be told with both numbers: no cell, and nothing everybody can subtract (Germans, persons
-- without MH, foreigners with and without, two definitions against each other), differs from what it was in any earlier release
-- by 1 to Mindestfallzahl minus 1. Grain: kommune, stichtag. `stand` holds the counts of every release (`von`), those about to
-- be published as `jetzt`; the counts of the last release (variable letzte) must be among them.
with lage as (
    select
        von, kommune, stichtag, gebiet_id, geschlecht, altersgruppe,
        max(personen) filter (where art = 'einwohner') as einwohner,
        max(personen) filter (where art = 'auslaender') as auslaender
    from stand
    group by all
),

je_profil as (
    select
        von, kommune, stichtag, gebiet_id, geschlecht, altersgruppe, profil,
        max(personen) filter (where art = 'personen_mit_mh') as mit,
        max(personen) filter (where art = 'deutsche_mit_mh') as deutsche_mit,
        max(personen) filter (where art = 'unentscheidbar') as offen
    from stand
    where profil <> '-'
    group by all
),

zellen as (
    select
        von, kommune, stichtag, personen,
        concat_ws('|', art, profil, gebiet_id, geschlecht, altersgruppe, a, b, c) as zelle
    from stand
    union all by name
    select
        von, kommune, stichtag,
        einwohner - auslaender as personen,
        concat_ws('|', 'deutsche', gebiet_id, geschlecht, altersgruppe) as zelle
    from lage
    union all by name
    select
        j.von, j.kommune, j.stichtag, x.personen,
        concat_ws('|', x.was, j.profil, j.gebiet_id, j.geschlecht, j.altersgruppe) as zelle
    from je_profil as j
    inner join lage as l
        on
            j.von = l.von and j.kommune = l.kommune and j.stichtag = l.stichtag and j.gebiet_id = l.gebiet_id
            and j.geschlecht = l.geschlecht and j.altersgruppe = l.altersgruppe
    cross join
        lateral (
            values
            ('ohne', l.einwohner - j.mit - j.offen),
            ('auslaender_mit', j.mit - j.deutsche_mit),
            ('auslaender_ohne', l.auslaender - j.mit + j.deutsche_mit)
        ) as x (was, personen)
),

einzeln as (
    select
        f.von, f.kommune, f.stichtag,
        abs(n.personen - f.personen) as unterschied
    from zellen as f
    inner join zellen as n on f.kommune = n.kommune and f.stichtag = n.stichtag and f.zelle = n.zelle
    where n.von = 'jetzt' and f.von <> 'jetzt'
),

aenderungen as (
    select
        f.von, f.kommune, f.stichtag, f.gebiet_id, f.geschlecht, f.altersgruppe,
        n.mit - f.mit as aenderung
    from je_profil as f
    inner join je_profil as n
        on
            f.kommune = n.kommune and f.stichtag = n.stichtag and f.gebiet_id = n.gebiet_id and f.geschlecht = n.geschlecht
            and f.altersgruppe = n.altersgruppe and f.profil = n.profil
    where n.von = 'jetzt' and f.von <> 'jetzt'
),

-- Ordered by what changed, the closest two definitions stand side by side.
gegeneinander as (
    select
        von, kommune, stichtag,
        aenderung - lag(aenderung) over (
            partition by von, kommune, stichtag, gebiet_id, geschlecht, altersgruppe order by aenderung
        ) as unterschied
    from aenderungen
),

unterschiede as (
    from einzeln
    union all by name
    from gegeneinander
)

select
    u.kommune,
    u.stichtag,
    any_value(k.mindestfallzahl) as mindestfallzahl
from unterschiede as u
inner join schwellen as k on u.kommune = k.kommune
group by u.kommune, u.stichtag
having
    count_if(u.unterschied > 0 and u.unterschied < k.mindestfallzahl) = 0
    and bool_or(u.von = getvariable('letzte'))
