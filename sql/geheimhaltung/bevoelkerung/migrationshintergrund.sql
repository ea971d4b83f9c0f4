-- Die Tür für Anzahlen zum Migrationshintergrund: Was die Entscheidung verbirgt, wird leer.
-- The door for counts of Migrationshintergrund: what geheimhaltung.entscheidung hides becomes NULL, and what is out of scope has
-- no row. Grain: kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle.
-- Every code is told from what the row shows. Tables of the town are protected row by row: they have no family of cells.
-- Long because figures of the register and of tables pass the same door, each by its own rule.
with register as (
    select
        -- As it may be shown, rounded or perturbed where the municipality chose that.
        m.* replace (
            e.gezeigt as einwohner, a.gezeigt as auslaender, d.gezeigt as deutsche_mit_mh, p.gezeigt as personen_mit_mh,
            u.gezeigt as unentscheidbar
        ),
        -- A count nobody decided about is hidden.
        coalesce(e.geheim, true) as e_einwohner,
        coalesce(a.geheim, true) as e_auslaender,
        coalesce(d.geheim, true) as e_deutsche,
        p.geheim as e_mh,
        coalesce(u.geheim, true) as e_unentscheidbar
    from bevoelkerung.migrationshintergrund as m
    inner join geheimhaltung.entscheidung as p
        on
            m.kommune = p.kommune and m.stichtag = p.stichtag and m.gebiet_id = p.gebiet_id and m.profil = p.profil
            and m.geschlecht = p.geschlecht and m.altersgruppe = p.altersgruppe and p.art = 'personen_mit_mh'
    left join geheimhaltung.entscheidung as e
        on
            m.kommune = e.kommune and m.stichtag = e.stichtag and m.gebiet_id = e.gebiet_id and e.profil = '-'
            and m.geschlecht = e.geschlecht and m.altersgruppe = e.altersgruppe and e.art = 'einwohner'
    left join geheimhaltung.entscheidung as a
        on
            m.kommune = a.kommune and m.stichtag = a.stichtag and m.gebiet_id = a.gebiet_id and a.profil = '-'
            and m.geschlecht = a.geschlecht and m.altersgruppe = a.altersgruppe and a.art = 'auslaender'
    left join geheimhaltung.entscheidung as d
        on
            m.kommune = d.kommune and m.stichtag = d.stichtag and m.gebiet_id = d.gebiet_id and d.profil = m.profil
            and m.geschlecht = d.geschlecht and m.altersgruppe = d.altersgruppe and d.art = 'deutsche_mit_mh'
    left join geheimhaltung.entscheidung as u
        on
            m.kommune = u.kommune and m.stichtag = u.stichtag and m.gebiet_id = u.gebiet_id and u.profil = m.profil
            and m.geschlecht = u.geschlecht and m.altersgruppe = u.altersgruppe and u.art = 'unentscheidbar'
),

zahlen as (
    select
        m.kommune, m.stichtag, m.gebiet_id, m.profil, m.geschlecht, m.altersgruppe,
        'melderegister' as quelle,
        m.einwohner, m.auslaender, m.deutsche_mit_mh, m.personen_mit_mh, m.unentscheidbar,
        m.e_einwohner, m.e_auslaender, m.e_deutsche, m.e_mh, m.e_unentscheidbar,
        -- Decided with all other cells: no threshold decides once more.
        0::bigint as mindestfallzahl,
        k.mindestnenner,
        k.mindestwert_ab,
        k.verfahren,
        null::double as anteil_auslaender_gedruckt,
        null::double as anteil_mh_gedruckt,
        null::bigint as anteil_auslaender_stellen,
        null::bigint as anteil_mh_stellen,
        []::varchar[] as kennzeichen,
        []::varchar[] as zeichen_der_spalten,
        null::varchar as fundstelle,
        l.lieferung_id,
        l.datenstand
    from register as m
    inner join stamm.kommune as k on m.kommune = k.kommune
    inner join geheimhaltung.bestand as l on m.kommune = l.kommune and m.stichtag = l.stichtag
    union all by name
    select
        t.kommune, t.stichtag, t.gebiet_id, t.profil, t.geschlecht, t.altersgruppe,
        'stadtteiltabelle' as quelle,
        t.einwohner, t.auslaender, t.deutsche_mit_mh, t.personen_mit_mh,
        null::bigint as unentscheidbar,
        -- No cells of the family: the thresholds below decide, row by row.
        false as e_einwohner, false as e_auslaender, false as e_deutsche, false as e_mh, false as e_unentscheidbar,
        -- What the town has already published cannot be taken back.
        case when t.veroeffentlicht then 0 else k.mindestfallzahl end as mindestfallzahl,
        case when t.veroeffentlicht then 0 else k.mindestnenner end as mindestnenner,
        k.mindestwert_ab,
        'sperrung' as verfahren,
        t.anteil_auslaender_gedruckt,
        t.anteil_mh_gedruckt,
        t.anteil_auslaender_stellen,
        t.anteil_mh_stellen,
        t.kennzeichen,
        t.zeichen_der_spalten,
        t.fundstelle,
        t.lieferung_id,
        t.datenstand
    from bevoelkerung.stadtteiltabelle as t
    inner join stamm.kommune as k on t.kommune = k.kommune
    where published_stichtag(t.kommune, t.stichtag)
),

primaer as (
    select
        *,
        klein(einwohner, mindestfallzahl) as p_einwohner,
        klein(auslaender, mindestfallzahl) or rest_klein(auslaender, einwohner, mindestfallzahl) as p_auslaender,
        klein(deutsche_mit_mh, mindestfallzahl)
        -- Foreigners with and (under some definitions) without MH follow from the difference of the counts.
        or klein(personen_mit_mh - deutsche_mit_mh, mindestfallzahl)
        or klein(auslaender - (personen_mit_mh - deutsche_mit_mh), mindestfallzahl) as p_deutsche,
        klein(personen_mit_mh, mindestfallzahl) or rest_klein(personen_mit_mh, einwohner, mindestfallzahl) as p_mh,
        klein(unentscheidbar, mindestfallzahl) as p_unentscheidbar
    from zahlen
),

geheim as (
    select
        *,
        e_einwohner or p_einwohner as g_einwohner,
        e_auslaender or p_einwohner or p_auslaender or p_deutsche as g_auslaender,
        e_deutsche or p_einwohner or p_deutsche or p_auslaender or p_mh as g_deutsche,
        e_mh or p_einwohner or p_mh as g_mh,
        e_unentscheidbar or p_einwohner or p_unentscheidbar as g_unentscheidbar,
        -- A share and one of its counts give the other.
        e_einwohner or e_auslaender or p_einwohner or p_auslaender or p_deutsche as g_anteil_auslaender,
        e_einwohner or e_mh or p_einwohner or p_mh as g_anteil_mh,
        e_einwohner or e_mh or e_unentscheidbar or p_einwohner or p_mh or p_unentscheidbar as g_hoechstens
    from primaer
),

anteile as (
    select
        *,
        -- A share printed without its counts stands alone; whether its base is large enough only the source knows.
        coalesce(einwohner, greatest(mindestnenner, 1)) >= greatest(mindestnenner, 1) as nenner_reicht,
        anteil_nach_verfahren(auslaender / nullif(einwohner, 0), verfahren) as a_gerechnet,
        anteil_nach_verfahren(personen_mit_mh / nullif(einwohner, 0), verfahren) as mh_gerechnet,
        folgt(anteil_auslaender_gedruckt, auslaender / nullif(einwohner, 0), anteil_auslaender_stellen) as a_folgt,
        folgt(anteil_mh_gedruckt, personen_mit_mh / nullif(einwohner, 0), anteil_mh_stellen) as mh_folgt,
        -- The exact fraction where the printed share is its rounding; else what is printed.
        case when a_folgt then coalesce(a_gerechnet, anteil_auslaender_gedruckt) else anteil_auslaender_gedruckt end
            as w_auslaender,
        case when mh_folgt then coalesce(mh_gerechnet, anteil_mh_gedruckt) else anteil_mh_gedruckt end as w_mh,
        anteil_nach_verfahren((personen_mit_mh + unentscheidbar) / nullif(einwohner, 0), verfahren) as w_hoechstens
    from geheim
),

mit_kommune as (
    select
        a.*,
        a.w_mh / nullif(o.w_mh, 0) as w_lokation,
        o.gebiet_id is null as o_fehlt,
        coalesce(o.g_anteil_mh, false) as o_geheim,
        coalesce(not o.nenner_reicht, false) as o_klein,
        o.w_mh as o_mh,
        coalesce(ist_mindestwert(o.w_mh, o.w_hoechstens, o.mindestwert_ab), false) as o_mindestwert,
        coalesce(a.einwohner, a.auslaender, a.personen_mit_mh, a.w_auslaender, a.w_mh) is null as leer,
        coalesce(a.einwohner = 0, false) as unbewohnt
    from anteile as a
    inner join stamm.kommune as k on a.kommune = k.kommune
    left join anteile as o
        on
            a.kommune = o.kommune
            and a.stichtag = o.stichtag
            and a.profil = o.profil
            and a.geschlecht = o.geschlecht
            and a.altersgruppe = o.altersgruppe
            and a.quelle = o.quelle
            and o.gebiet_id = k.ags
),

-- Why each figure of the row is not shown; NULL: it is. Protection comes before everything a hidden number could tell.
zahlgruende as (
    select
        *,
        case when leer then status_von_zeichen(kennzeichen, false) else 'nicht_erhoben' end as nicht_da,
        geheim_code(p_einwohner, g_einwohner) as s_einwohner,
        geheim_code(p_auslaender, g_auslaender) as s_auslaender,
        geheim_code(klein(deutsche_mit_mh, mindestfallzahl), g_deutsche) as s_deutsche,
        geheim_code(p_einwohner or p_mh, g_mh) as s_mh,
        geheim_code(false, g_anteil_auslaender) as s_anteil_auslaender,
        geheim_code(false, g_anteil_mh) as s_anteil_mh,
        geheim_code(p_unentscheidbar, g_unentscheidbar) as s_unentscheidbar,
        geheim_code(p_unentscheidbar, g_hoechstens) as s_hoechstens
    from mit_kommune
),

anteilgruende as (
    select
        *,
        case when einwohner is null then nicht_da else s_einwohner end as r_einwohner,
        case when auslaender is null then nicht_da else s_auslaender end as r_auslaender,
        case when deutsche_mit_mh is null then nicht_da else s_deutsche end as r_deutsche,
        case when personen_mit_mh is null then nicht_da else s_mh end as r_mh,
        case when unentscheidbar is null then nicht_da else s_unentscheidbar end as r_unentscheidbar,
        case
            when unbewohnt then 'nicht_bewertbar'
            when w_auslaender is null and auslaender is null then nicht_da
            when s_anteil_auslaender is not null then s_anteil_auslaender
            when w_auslaender is null then 'nicht_bewertbar'
            when not nenner_reicht then 'zu_klein'
        end as r_anteil_auslaender,
        case
            when unbewohnt then 'nicht_bewertbar'
            when w_mh is null and personen_mit_mh is null then nicht_da
            when s_anteil_mh is not null then s_anteil_mh
            when w_mh is null then 'nicht_bewertbar'
            when not nenner_reicht then 'zu_klein'
        end as r_anteil_mh,
        case
            when unbewohnt then 'nicht_bewertbar'
            when unentscheidbar is null then nicht_da
            when s_hoechstens is not null then s_hoechstens
            when w_hoechstens is null then 'nicht_bewertbar'
            when not nenner_reicht then 'zu_klein'
        end as r_hoechstens
    from zahlgruende
),

-- A lower bound is no value, and the quotient of two of them is no bound either.
grenzen as (
    select
        *,
        r_anteil_mh is null and r_hoechstens is null and ist_mindestwert(w_mh, w_hoechstens, mindestwert_ab) as mindestwert
    from anteilgruende
),

gruende as (
    select
        *,
        case
            when r_anteil_mh is not null then r_anteil_mh
            when mindestwert or o_mindestwert then 'nicht_bewertbar'
            when o_fehlt then 'keine_daten'
            when o_geheim then 'geheim'
            when o_mh is null then 'nicht_erhoben'
            when o_klein then 'zu_klein'
            when o_mh = 0 then 'nicht_bewertbar'
        end as r_lokation,
        case
            when r_anteil_mh is not null then r_anteil_mh
            when mindestwert then 'mindestwert'
            else nach_verfahren(status_von_zeichen(kennzeichen, true), verfahren)
        end as leitender,
        r_einwohner is null and unbewohnt and verfahren = 'sperrung' as zeigt_unbewohnt
    from grenzen
)

select
    kommune,
    stichtag,
    gebiet_id,
    profil,
    geschlecht,
    altersgruppe,
    quelle,
    case when r_einwohner is null then einwohner end as einwohner,
    case when r_auslaender is null then auslaender end as auslaender,
    case when r_deutsche is null then deutsche_mit_mh end as deutsche_mit_mh,
    case when r_mh is null then personen_mit_mh end as personen_mit_mh,
    case when r_unentscheidbar is null then unentscheidbar end as unentscheidbar,
    case when r_anteil_auslaender is null then w_auslaender end as anteil_auslaender,
    case when r_anteil_mh is null then w_mh end as anteil_mh,
    case when r_anteil_mh is null then w_mh end as anteil_mh_min,
    case when r_hoechstens is null then w_hoechstens end as anteil_mh_max,
    case when r_lokation is null then w_lokation end as lokationsquotient_mh,
    case when r_anteil_auslaender is null and not a_folgt then a_gerechnet end as anteil_auslaender_gerechnet,
    case when r_anteil_mh is null and not mh_folgt then mh_gerechnet end as anteil_mh_gerechnet,
    leitender as status,
    -- Nothing of such a row is shown, so nothing more is said of it.
    case when s_einwohner is not null then [leitender] else list_sort(list_distinct(
        codes([
            r_einwohner, r_auslaender, r_deutsche, r_mh, r_unentscheidbar, r_anteil_auslaender, r_anteil_mh, r_hoechstens,
            r_lokation,
            case
                when (r_anteil_mh is null and not mh_folgt) or (r_anteil_auslaender is null and not a_folgt)
                    then 'gedruckt_weicht_ab'
            end,
            case when zeigt_unbewohnt then 'unbewohnt' end,
            case when mindestwert then 'mindestwert' end,
            case when verfahren <> 'sperrung' then 'gerundet' end,
            case
                when
                    r_einwohner is not null and einwohner is null
                    and ((r_mh is null and w_mh is null) or (r_auslaender is null and w_auslaender is null))
                    then 'nenner_fehlt'
            end,
            case
                when
                    (r_anteil_mh is null and coalesce(personen_mit_mh, einwohner) is null)
                    or (r_anteil_auslaender is null and coalesce(auslaender, einwohner) is null)
                    then 'quelle_gerundet'
            end
        ])
        || case when leer then [] else hinweise_von_zeichen(kennzeichen, true) end
        || hinweise_der_spalten(
            zeichen_der_spalten,
            codes([
                case when r_einwohner is null then 'einwohner' end,
                case when r_auslaender is null then 'auslaender' end,
                case when r_deutsche is null then 'deutsche_mit_mh' end,
                case when r_mh is null then 'personen_mit_mh' end,
                case when r_anteil_auslaender is null then 'anteil_auslaender' end,
                case when r_anteil_mh is null then 'anteil_mh' end
            ])
        )
        || codes_der_spalten(
            [
                { 'spalte': 'einwohner', 'grund': r_einwohner },
                { 'spalte': 'auslaender', 'grund': r_auslaender },
                { 'spalte': 'deutsche_mit_mh', 'grund': r_deutsche },
                { 'spalte': 'personen_mit_mh', 'grund': r_mh },
                { 'spalte': 'unentscheidbar', 'grund': r_unentscheidbar },
                { 'spalte': 'anteil_auslaender', 'grund': r_anteil_auslaender },
                { 'spalte': 'anteil_mh_max', 'grund': r_hoechstens },
                { 'spalte': 'lokationsquotient_mh', 'grund': r_lokation }
            ],
            leitender
        )
    )) end as hinweise,
    datenstand,
    lieferung_id,
    fundstelle
from gruende
order by all
