-- Lines whose text is asked for after the pass: those that break a rule, and those whose hashes of a pid meet. Grain: zeile.
select zeile
from getippt
where einzelfehler <> 0
union
select zeile
from getippt
where
    pid_hash in (
        select g.pid_hash
        from getippt as g
        where g.pid_hash is not null and g.einzelfehler & 1 = 0
        group by g.pid_hash
        having count(*) > 1
    )
