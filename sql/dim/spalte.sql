-- Das Datenwörterbuch. Grain: tabelle, spalte.
select
    tabelle,
    spalte,
    typ,
    titel,
    beschreibung,
    einheit,
    herkunft,
    werte,
    schluesselteil,
    leer_erlaubt
from stamm.spalte
order by tabelle, spalte
