-- Corrections of register figures of a Stichtag that are on record, as an outsider reads them.
select
    tabelle,
    schluessel,
    spalte,
    try_cast(alt as double) as frueher,
    grund,
    lieferung_id_alt
from protokoll.revision
where
    kommune = $kommune
    and frueher is not null
    and contains(schluessel, 'stichtag=' || $stichtag::varchar)
    and (contains(schluessel, 'quelle=melderegister') or not contains(schluessel, 'quelle='))
order by all
