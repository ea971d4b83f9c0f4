-- What became of the rows of an extract. One row.
select
    (select count(*) from getippt) as gelesen,
    (select count(*) from bestand) as uebernommen,
    (select count(*) from getippt where einzelfehler <> 0 or zeile in (select zeile from doppelt)) as abgewiesen,
    (select count(*) from bestand where not gebiet_bekannt) as unbekannt,
    (select count(*) from getippt where einzelfehler & 1 = 0 and starts_with(pid, $marke)) as synthetisch,
    (select count(*) from getippt where einzelfehler & 1 = 0 and pid is not null) as mit_pid
