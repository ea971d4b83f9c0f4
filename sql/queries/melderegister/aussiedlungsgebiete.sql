-- States from which Aussiedler and expellees come. Grain: staat.
select
    staat,
    aussiedlungsgebiet = 'ja' as aussiedlungsgebiet,
    vertreibungsgebiet = 'ja' as vertreibungsgebiet
from read_csv($datei, delim = ';', header = true, all_varchar = true)
