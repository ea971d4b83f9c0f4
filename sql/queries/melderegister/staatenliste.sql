-- Keys of the list of states, and whether each is a state (or one that is unknown). Grain: staat.
select
    staat,
    als_staat <> 'nein' or staat in ('998', '999') as ist_staat
from read_csv($datei, delim = ';', header = true, all_varchar = true)
