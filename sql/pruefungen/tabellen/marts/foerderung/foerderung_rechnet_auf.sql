-- titel: Aufwand minus Ertrag ist der Eigenanteil
-- schwere: warnung
-- erwartet: Aufwand − Ertrag = Eigenanteil in jeder Zeile, in der alle drei gedruckt sind
-- A warning: the figures are the source's own and stay as printed; konzept.yaml says in anmerkung what does not add up.
with gelder as (
    select
        *,
        round(aufwand - ertrag, 2) as rest
    from marts.foerderung
    where list_contains(hinweise, 'rechnet_nicht_auf')
)

select
    kommune,
    concat_ws(', ', programm, baustein, jahr) || ': Aufwand ' || format('{:t.}', aufwand::bigint) || ' € − Ertrag '
    || format('{:t.}', ertrag::bigint) || ' € = ' || format('{:t.}', rest::bigint) || ' €, gedruckt ist der Eigenanteil '
    || format('{:t.}', eigenanteil::bigint) || ' €' as ort,
    traeger,
    herkunft
from gelder
order by kommune, programm, baustein, jahr
