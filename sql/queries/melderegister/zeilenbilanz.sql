-- What became of the rows of an extract. One row.
select
    count(*) as gelesen,
    count(*) filter (where im_bestand) as uebernommen,
    count(*) filter (where einzelfehler <> 0) + (select count(*) from doppelt where sonst_brauchbar) as abgewiesen,
    count(*) filter (where im_bestand and not gebiet_bekannt) as unbekannt,
    count(*) filter (where einzelfehler & 1 = 0 and synthetisch) as synthetisch,
    count(*) filter (where einzelfehler & 1 = 0 and pid_hash is not null) as mit_pid
from getippt
