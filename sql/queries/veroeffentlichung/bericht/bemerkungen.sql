-- What the sources of a municipality say of single figures. Grain: a delivered figure with a remark.
select
    quelle_id, lieferung_id, fundstelle, stichtag, gebiet_id, merkmal, groesse, geschlecht, altersgruppe, staat, gruppe,
    bemerkung
from marts.tabellenwert
where kommune = $kommune and bemerkung is not null and not umgerechnet
order by all
