-- Wie viele Zahlen des Registers jede Tabelle zeigt und wie viele geschützt sind. Grain: kommune, stichtag, tabelle.
select
    kommune,
    stichtag,
    tabelle,
    zahlen,
    verborgen,
    anteil_zahlen,
    anteil_personen,
    stufe_personen
from geheimhaltung.verlust
order by kommune, stichtag, tabelle
