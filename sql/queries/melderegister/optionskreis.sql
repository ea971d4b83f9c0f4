-- Bearers of the option mark and their children, with the rows of their parents. Grain: zeile.
select
    zeile,
    eltern_1_zeile,
    eltern_2_zeile
from optionspersonen
where
    zeile in (from optionstraeger)
    or eltern_1_zeile in (from optionstraeger)
    or eltern_2_zeile in (from optionstraeger)
