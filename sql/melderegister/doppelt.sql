-- Rows whose pid stands more than once. An identical copy of a line loses only the copy; lines that contradict each other
-- are all set aside, because nobody can say which one is right.
-- One main residence beside secondary or ended ones of the same person is no contradiction: the main row counts.
-- Grain: one row a data line to set aside (zeile). Reads: getippt, roh (text of the lines whose hashes of a pid meet).
create or replace temp table doppelt as
with zeilen_mit_text as (
    select
        g.zeile,
        r.pid,
        r.inhalt,
        g.einzelfehler = 0 as sonst_brauchbar,
        g.einzelfehler = 0 and g.hauptwohnung and (g.auszug_tag is null or g.auszug_tag > getvariable('stichtag')) as wohnt_hier
    from getippt as g
    inner join roh as r on g.zeile = r.zeile
    where r.pid is not null and g.einzelfehler & 1 = 0
),

mehrfach as (
    select
        pid,
        min(zeile) as erste_zeile,
        count(distinct inhalt) as fassungen,
        count(*) filter (where wohnt_hier) as hauptwohnungen
    from zeilen_mit_text
    group by pid
    having count(*) > 1
)

select
    z.zeile,
    m.erste_zeile,
    z.sonst_brauchbar
from zeilen_mit_text as z
inner join mehrfach as m on z.pid = m.pid
where m.hauptwohnungen <> 1 and (m.fassungen > 1 or z.zeile > m.erste_zeile);
