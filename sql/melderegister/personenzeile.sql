-- The staged persons with what makes their kind, where and as whom they count, their parents' rows. A view: each count reads the
-- few columns that it needs from the file, where every text stands once for all who have it.
-- Grain: one row a person (zeile). Reads: gestellte (staged persons of one extract).
-- Type: zaehlgeschlecht (m or w), by which groups are found faster than by text.
-- Variables: satzschluessel (whether keys are added up). Macros of the definitions at hand (definitionen/kinds.py): alter_ab,
-- geburtsjahr_ab, zuzug_jahr_ab: the year a definition compares with that is reached, -1 where none is known.
create or replace temp view personenzeile as
with merkmale as (
    select
        *,
        geschlecht = 'w' as weiblich,
        alter_ab(alter) as alter_ab,
        geburtsjahr_ab(geburtsjahr) as geburtsjahr_ab,
        zuzug_jahr_ab(year(zuzug_tag)) as zuzug_jahr_ab
    from gestellte
)

select
    zeile,
    art_von(
        sta_1, sta_2, sta_3, art_dt_sta, geburtsstaat, zuzug_staat, weiblich, alter_ab, geburtsjahr_ab, zuzug_jahr_ab
    ) as art,
    gebiet_id,
    geschlecht,
    -- Nobody is counted under divers or without entry below the whole town: so few persons would be recognised in any table.
    -- Each counts as m or w, by a bit of the keyed pseudonym: the same in every table and at every Stichtag.
    case
        when geschlecht = 'm' then 'm'::zaehlgeschlecht
        when geschlecht = 'w' then 'w'::zaehlgeschlecht
        else zaehlgeschlecht_von(geschlecht, pseudonym)::zaehlgeschlecht
    end as zaehlgeschlecht,
    -- What the person adds to the key of every count it is in (Cell-Key); half of the pseudonym is not needed for it.
    case when getvariable('satzschluessel') then ('0x' || left(pseudonym, 8))::bigint end as satzschluessel,
    alter,
    altersgruppe,
    sta_1,
    sta_2,
    sta_3,
    art_dt_sta,
    geburtsstaat,
    zuzug_staat,
    weiblich,
    alter_ab,
    geburtsjahr_ab,
    zuzug_jahr_ab,
    zuzug_tag,
    einzug_tag,
    eltern_1_zeile,
    -- The same person in both fields is one parent.
    case when eltern_1_zeile is null or eltern_2_zeile <> eltern_1_zeile then eltern_2_zeile end as eltern_2_zeile,
    eltern_1_gleiche_adresse,
    eltern_2_gleiche_adresse
from merkmale;
