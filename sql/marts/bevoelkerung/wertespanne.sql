-- Wie weit ein Anteil mit Migrationshintergrund anders ausfallen kann: durch Definition, Unentscheidbare oder Stichprobe.
-- Grain: kommune, stichtag, gebiet_id, geschlecht, altersgruppe, profil, quelle.
-- Only published shares go in, so no range speaks of a protected one. Definitions are compared within one source: two tables
-- differ for more reasons than their definition.
with anteile as (
    select
        m.*,
        l.quelle as quelle_id,
        l.synthetisch as beispieldaten,
        s.auswahlsatz,
        -- What such a share says about other definitions is how much is missing in the register, not how they differ.
        list_contains(m.hinweise, 'mindestwert') as mindestwert
    from geheimhaltung.migrationshintergrund as m
    inner join geheimhaltung.lieferung as l on m.lieferung_id = l.lieferung_id
    inner join stamm.quelle as s on l.kommune = s.kommune and l.quelle = s.quelle_id
    -- Printed figures without any definition have no share that could be missing.
    where m.profil <> '-'
),

definitionen as (
    select
        kommune, stichtag, gebiet_id, geschlecht, altersgruppe, quelle, quelle_id,
        count(*) filter (where not mindestwert) as anzahl_profile,
        count(*) filter (where mindestwert) as anzahl_mindestwerte,
        bool_or(beispieldaten) as definition_erzeugt,
        min(anteil_mh) filter (where not mindestwert) as unten,
        max(anteil_mh) filter (where not mindestwert) as oben,
        first(profil order by anteil_mh asc, profil asc) filter (where not mindestwert) as profil_unten,
        first(profil order by anteil_mh desc, profil asc) filter (where not mindestwert) as profil_oben
    from anteile
    where anteil_mh is not null
    group by kommune, stichtag, gebiet_id, geschlecht, altersgruppe, quelle, quelle_id
),

grenzen as (
    select
        a.* exclude (beispieldaten),
        a.beispieldaten or coalesce(a.anteil_mh is not null and d.definition_erzeugt, false) as beispieldaten,
        coalesce(d.anzahl_profile, 0) as anzahl_profile,
        coalesce(d.anzahl_mindestwerte, 0) as anzahl_mindestwerte,
        case when a.anteil_mh_max is not null then a.anteil_mh_min end as unentscheidbar_unten,
        case when a.anteil_mh_min is not null then a.anteil_mh_max end as unentscheidbar_oben,
        case when a.anteil_mh is not null and d.anzahl_profile > 1 then d.unten end as definition_unten,
        case when a.anteil_mh is not null and d.anzahl_profile > 1 then d.oben end as definition_oben,
        case when a.anteil_mh is not null and d.anzahl_profile > 1 then d.profil_unten end as profil_unten,
        case when a.anteil_mh is not null and d.anzahl_profile > 1 then d.profil_oben end as profil_oben,
        wilson_unten(a.anteil_mh, a.einwohner * a.auswahlsatz) as stichprobe_unten,
        wilson_oben(a.anteil_mh, a.einwohner * a.auswahlsatz) as stichprobe_oben
    from anteile as a
    left join definitionen as d
        on
            a.kommune = d.kommune and a.stichtag = d.stichtag and a.gebiet_id = d.gebiet_id
            and a.geschlecht = d.geschlecht and a.altersgruppe = d.altersgruppe and a.quelle = d.quelle
            and a.quelle_id = d.quelle_id
),

spannen as (
    select
        *,
        unentscheidbar_oben - unentscheidbar_unten as unentscheidbar_spanne,
        definition_oben - definition_unten as definition_spanne,
        stichprobe_oben - stichprobe_unten as stichprobe_spanne,
        round(
            greatest(
                coalesce(unentscheidbar_oben - unentscheidbar_unten, 0),
                coalesce(definition_oben - definition_unten, 0),
                coalesce(stichprobe_oben - stichprobe_unten, 0)
            ), 9
        ) as groesste
    from grenzen
),

gebiete as (
    from stamm.gebiet
),

profile as (
    from stamm.profil
)

select
    s.kommune,
    s.stichtag,
    s.gebiet_id,
    s.geschlecht,
    s.altersgruppe,
    s.profil,
    s.quelle,
    g.gebiet,
    g.ebene,
    coalesce(p.version, '-') as profilversion,
    s.anteil_mh as anteil,
    s.mindestwert,
    s.unentscheidbar_unten,
    s.unentscheidbar_oben,
    s.unentscheidbar_spanne,
    s.definition_unten,
    s.definition_oben,
    s.definition_spanne,
    s.profil_unten,
    s.profil_oben,
    s.anzahl_profile,
    s.anzahl_mindestwerte,
    case when s.auswahlsatz is null then 'vollerhebung' else 'stichprobe' end as stichprobe_art,
    s.stichprobe_unten,
    s.stichprobe_oben,
    s.stichprobe_spanne,
    least(s.anteil_mh, s.unentscheidbar_unten, s.definition_unten, s.stichprobe_unten) as gesamt_unten,
    greatest(s.anteil_mh, s.unentscheidbar_oben, s.definition_oben, s.stichprobe_oben) as gesamt_oben,
    case
        when s.anteil_mh is null then null
        -- No cause is the largest, and none is ruled out, where none could be measured.
        when s.groesste = 0 and s.unentscheidbar_spanne is null then null
        when s.groesste = 0 then 'keine'
        when s.groesste = round(s.definition_spanne, 9) then 'definition'
        when s.groesste = round(s.unentscheidbar_spanne, 9) then 'unentscheidbar'
        else 'stichprobe'
    end as groesste_ursache,
    s.status,
    s.hinweise,
    s.beispieldaten,
    s.datenstand,
    s.lieferung_id,
    s.fundstelle,
    v.veroeffentlichung
from spannen as s
inner join gebiete as g on s.kommune = g.kommune and s.gebiet_id = g.gebiet_id
left join profile as p on s.profil = p.profil
cross join stamm.veroeffentlichung as v
order by s.kommune, s.stichtag, s.gebiet_id, s.geschlecht, s.altersgruppe, s.profil, s.quelle
