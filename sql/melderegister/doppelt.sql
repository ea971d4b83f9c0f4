-- Rows whose pid stands more than once. An identical copy of a line loses only the copy; lines that contradict each other
-- are all set aside, because nobody can say which one is right.
-- One main residence beside secondary or ended ones of the same person is no contradiction: the main row counts.
-- Grain: one row a data line to set aside (zeile).
create or replace temp table doppelt as
with mehrfach as (
    select
        pid,
        min(zeile) as erste_zeile,
        count(distinct inhalt) as fassungen,
        count(*) filter (
            where einzelfehler = 0 and wohnungsstatus in ('alleinige', 'haupt')
            and (auszug_tag is null or auszug_tag > getvariable('stichtag'))
        ) as hauptwohnungen
    from getippt
    where pid is not null and einzelfehler & 1 = 0
    group by pid
    having count(*) > 1
)

select
    g.zeile,
    m.erste_zeile
from getippt as g
inner join mehrfach as m on g.pid = m.pid
where m.hauptwohnungen <> 1 and (m.fassungen > 1 or g.zeile > m.erste_zeile) and g.einzelfehler & 1 = 0;
