-- Indicators whose sides are sums of cells of the cube. Grain: indikator.
select
    i.indikator,
    i.zaehler_merkmal,
    i.zaehler_filter,
    i.nenner_merkmal,
    i.nenner_filter
from stamm.indikator as i
where
    i.herleitung = 'wuerfel'
    and coalesce(i.zaehler_filter, i.nenner_filter) is not null
    and i.indikator not in (select indikator from stamm.indikator_grenze)
order by i.indikator
