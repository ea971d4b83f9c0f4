-- The staged persons: pseudonym instead of pid, row numbers instead of parents' pids, a flag instead of the address.
-- Grain: one row a person (zeile). Reads: bestand, altersgruppen. Variable: stichtag.
-- Parent links are resolved inside the population only; the join keys are plain columns (no one-sided join condition).
with eltern as (
    select
        pid_hash,
        zeile,
        adresse_hash
    from bestand
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
    e1.zeile as eltern_1_zeile,
    e2.zeile as eltern_2_zeile,
    case when e1.zeile is not null then coalesce(e1.adresse_hash = b.adresse_hash, false) end as eltern_1_gleiche_adresse,
    case when e2.zeile is not null then coalesce(e2.adresse_hash = b.adresse_hash, false) end as eltern_2_gleiche_adresse
from alter_am_stichtag as b
left join eltern as e1 on b.eltern_1_hash = e1.pid_hash
left join eltern as e2 on b.eltern_2_hash = e2.pid_hash
left join altersgruppen as g on b.jahre = g.jahre
