-- The staged persons: pseudonym instead of pid, row numbers instead of parents' pids, a flag instead of the address.
-- Grain: one row a person (zeile). Reads: bestand, altersgruppen. Variable: stichtag.
-- Parent links are resolved inside the population only; the join keys are plain columns (no one-sided join condition).
with genannte as (
    select
        zeile as kind,
        1::tinyint as feld,
        eltern_1_hash as pid_hash,
        adresse_hash
    from bestand
    where eltern_1_hash is not null
    union all
    select
        zeile as kind,
        2::tinyint as feld,
        eltern_2_hash as pid_hash,
        adresse_hash
    from bestand
    where eltern_2_hash is not null
),

-- The few that are named are kept in memory and everybody passes by, not the other way round.
gefundene as (
    select
        g.kind,
        g.feld,
        e.zeile,
        coalesce(e.adresse_hash = g.adresse_hash, false) as gleiche_adresse
    from bestand as e
    inner join genannte as g on e.pid_hash = g.pid_hash
),

eltern as (
    select
        kind,
        max(zeile) filter (where feld = 1) as eltern_1_zeile,
        max(zeile) filter (where feld = 2) as eltern_2_zeile,
        bool_or(gleiche_adresse) filter (where feld = 1) as eltern_1_gleiche_adresse,
        bool_or(gleiche_adresse) filter (where feld = 2) as eltern_2_gleiche_adresse
    from gefundene
    group by kind
),

alter_am_stichtag as (
    select
        *,
        case
            when geburtstag is null then null
            else greatest(volle_jahre(geburtstag, getvariable('stichtag')), 0)
        end::smallint as jahre
    from bestand
)

select
    b.zeile,
    b.pseudonym,
    b.gebiet_id,
    b.geschlecht,
    year(b.geburtstag)::smallint as geburtsjahr,
    b.geburtstag,
    b.alter_ersetzt,
    b.jahre as alter,
    coalesce(g.altersgruppe, 'unbekannt'::altersgruppe_wert) as altersgruppe,
    b.sta_1,
    b.sta_2,
    b.sta_3,
    b.art_dt_sta,
    b.geburtsstaat,
    b.zuzug_staat,
    b.zuzug_tag,
    b.einzug_tag,
    ((b.eltern_1_hash is not null)::tinyint + (b.eltern_2_hash is not null)::tinyint)::tinyint as eltern_genannt,
    e.eltern_1_zeile,
    e.eltern_2_zeile,
    e.eltern_1_gleiche_adresse,
    e.eltern_2_gleiche_adresse
from alter_am_stichtag as b
left join eltern as e on b.zeile = e.kind
left join altersgruppen as g on b.jahre = g.jahre
