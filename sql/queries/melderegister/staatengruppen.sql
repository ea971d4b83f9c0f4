-- States with the days of their membership of the EU, and whether asylum seekers mainly come from them. Grain: staat.
select
    staat,
    try_cast(eu_von as date) as eu_von,
    try_cast(eu_bis as date) as eu_bis,
    list_contains($asylherkunft, staat) as asylherkunft
from read_csv($datei, delim = ';', header = true, all_varchar = true)
