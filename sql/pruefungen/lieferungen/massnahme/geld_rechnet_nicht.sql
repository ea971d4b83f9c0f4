-- titel: Aufwand minus Ertrag ist der Eigenanteil
-- schwere: fehler
-- erwartet: Aufwand − Ertrag = Eigenanteil
-- In cents: 0.1 + 0.2 is not 0.3 in binary fractions.
select
    [zelle(zellen, 'eigenanteil'), zelle(zellen, 'aufwand'), zelle(zellen, 'ertrag')] as fundstellen,
    massnahme_nr,
    titel,
    aufwand,
    ertrag,
    eigenanteil,
    aufwand - ertrag as differenz
from massnahme.zeile
where round(100 * (aufwand - ertrag - eigenanteil)) <> 0
order by blatt, zeile
