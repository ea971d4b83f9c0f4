-- Persons of whom a parent is found, with the kinds of both. Grain: one row a person (zeile). Reads: personenzeile.
create or replace temp table kindzeile as
select
    k.zeile,
    hash(k.art, e1.art, e2.art, k.eltern_1_gleiche_adresse, k.eltern_2_gleiche_adresse) as fall,
    k.art,
    k.gebiet_id,
    k.zaehlgeschlecht,
    k.alter,
    k.altersgruppe,
    k.satzschluessel,
    e1.art as eltern_1_art,
    e2.art as eltern_2_art,
    k.eltern_1_gleiche_adresse,
    k.eltern_2_gleiche_adresse
from (select * from personenzeile where eltern_1_zeile is not null or eltern_2_zeile is not null) as k
left join personenzeile as e1 on k.eltern_1_zeile = e1.zeile
left join personenzeile as e2 on k.eltern_2_zeile = e2.zeile;
