-- titel: Was die vorige Lieferung an Blättern und Spalten hatte, hat diese auch
-- schwere: warnung
-- erwartet: dieselben Blätter und Spalten unter ihrem Namen; was weggefallen ist, mit Absicht
-- The delivery before is an earlier version of this file, else the latest earlier day among files with some of these measures.
with jetzt as (
    select max(stand) as stand from massnahme.zeile
),

vorige as (
    select
        b.datei,
        b.datei = any_value(q.datei) as dieselbe
    from bestand.massnahme as b
    cross join quelle.angabe as q
    cross join jetzt as j
    group by b.datei
    having
        count(*) filter (where b.massnahme_nr in (select g.massnahme_nr from massnahme.genannt as g)) > 0
        and (b.datei = any_value(q.datei) or max(b.stand) < any_value(j.stand))
    order by dieselbe desc, max(b.stand) desc, b.datei desc
    limit 1
),

frueher as (
    select g.*
    from bestand.gefuellt as g
    inner join vorige as v on g.datei = v.datei
),

blaetter as (
    select datei, art, blatt, max(zeilen) as zeilen
    from frueher
    group by datei, art, blatt
),

arten as (
    select art, sum(zeilen) as zeilen, any_value(zelle) as zelle, flatten(list(ungelesen)) as ungelesen
    from massnahme.blatt
    group by art
)

select
    []::varchar[] as fundstellen,
    'blatt' as art,
    b.datei,
    n.name as blattname,
    sum(b.zeilen)::bigint as zeilen,
    b.art as folge
from blaetter as b
inner join bestand.blattname as n on b.art = n.art
anti join arten as a on b.art = a.art
where b.art <> 'massnahmen'
group by b.datei, b.art, n.name

union all by name

select
    []::varchar[] as fundstellen,
    'massnahmenblatt' as art,
    b.datei,
    b.blatt as blattname,
    b.zeilen,
    b.blatt as folge
from blaetter as b
where
    b.art = 'massnahmen'
    and not exists (from massnahme.blatt as m where b.blatt = m.blatt)
    and not exists (
        from bestand.massnahme as z
        inner join massnahme.genannt as g on z.massnahme_nr = g.massnahme_nr
        where b.datei = z.datei and b.blatt = z.blatt
    )

union all by name

select
    [any_value(a.zelle)] as fundstellen,
    'leer' as art,
    b.datei,
    n.name as blattname,
    sum(b.zeilen)::bigint as zeilen,
    b.art as folge
from blaetter as b
inner join bestand.blattname as n on b.art = n.art
inner join arten as a on b.art = a.art and a.zeilen = 0
where b.art <> 'massnahmen'
group by b.datei, b.art, n.name

union all by name

select
    [any_value(a.zelle)] as fundstellen,
    'spalte' as art,
    f.datei,
    n.name as blattname,
    f.titel as spalte,
    sum(f.werte)::bigint as werte,
    any_value(a.ungelesen) as ungelesen,
    f.art || f.spalte as folge
from frueher as f
inner join bestand.blattname as n on f.art = n.art
inner join arten as a on f.art = a.art
where not exists (from massnahme.blatt as m where f.art = m.art and list_contains(m.spalten, f.spalte))
group by f.datei, f.art, f.spalte, f.titel, n.name
order by folge, art
