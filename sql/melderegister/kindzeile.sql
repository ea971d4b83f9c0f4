-- Persons of whom a parent is found, with the kinds of both. Grain: one row a person (zeile). Reads: personenzeile.
create or replace temp table kindzeile as
with kinder as materialized (
    select
        zeile,
        art,
        gebiet_id,
        zaehlgeschlecht,
        alter,
        altersgruppe,
        satzschluessel,
        eltern_1_zeile,
        eltern_2_zeile,
        eltern_1_gleiche_adresse,
        eltern_2_gleiche_adresse
    from personenzeile
    where eltern_1_zeile is not null or eltern_2_zeile is not null
),

-- Of everybody: finding out first who is a parent takes longer.
arten as materialized (
    select
        zeile,
        art
    from personenzeile
)

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
from kinder as k
left join arten as e1 on k.eltern_1_zeile = e1.zeile
left join arten as e2 on k.eltern_2_zeile = e2.zeile;
