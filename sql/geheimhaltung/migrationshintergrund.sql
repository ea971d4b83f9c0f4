-- The door for counts of Migrationshintergrund: small counts and those that give a small one away become NULL.
-- Grain: kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle.
-- Within a row nothing can be recalculated (Personen mit MH = Deutsche mit MH + Ausländer, so far as these have MH).
-- Across rows only the threshold
-- protects: sums over districts, sexes and age groups are not yet secured against differences.
with zahlen as (
    select
        m.kommune, m.stichtag, m.gebiet_id, m.profil, m.geschlecht, m.altersgruppe,
        'melderegister' as quelle,
        m.einwohner, m.auslaender, m.deutsche_mit_mh, m.personen_mit_mh, m.unentscheidbar,
        k.mindestfallzahl,
        k.mindestnenner,
        null::double as anteil_auslaender_gedruckt,
        null::double as anteil_mh_gedruckt,
        []::varchar[] as kennzeichen,
        null::varchar as fundstelle,
        l.lieferung_id,
        l.datenstand
    from bevoelkerung.migrationshintergrund as m
    inner join stamm.kommune as k on m.kommune = k.kommune
    inner join geheimhaltung.bestand as l on m.kommune = l.kommune and m.stichtag = l.stichtag
    union all by name
    select
        t.kommune, t.stichtag, t.gebiet_id, t.profil, t.geschlecht, t.altersgruppe,
        'stadtteiltabelle' as quelle,
        t.einwohner, t.auslaender, t.deutsche_mit_mh, t.personen_mit_mh,
        null::bigint as unentscheidbar,
        -- What the town has already published cannot be taken back.
        case when t.veroeffentlicht then 0 else k.mindestfallzahl end as mindestfallzahl,
        case when t.veroeffentlicht then 0 else k.mindestnenner end as mindestnenner,
        t.anteil_auslaender_gedruckt,
        t.anteil_mh_gedruckt,
        t.kennzeichen,
        t.fundstelle,
        t.lieferung_id,
        t.datenstand
    from bevoelkerung.stadtteiltabelle as t
    inner join stamm.kommune as k on t.kommune = k.kommune
    where exists (
        from stamm.muster as s where t.kommune = s.kommune and t.stichtag::varchar glob s.muster
    )
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
        p_einwohner as g_einwohner,
        p_einwohner or p_auslaender or p_deutsche as g_auslaender,
        p_einwohner or p_deutsche or p_auslaender or p_mh as g_deutsche,
        p_einwohner or p_mh as g_mh,
        p_einwohner or p_unentscheidbar as g_unentscheidbar,
        p_einwohner or p_mh or p_unentscheidbar as g_hoechstens
    from primaer
),

anteile as (
    select
        *,
        -- A share printed without its counts stands alone; whether its base is large enough only the source knows.
        coalesce(einwohner, greatest(mindestnenner, 1)) >= greatest(mindestnenner, 1) as nenner_reicht,
        coalesce(auslaender / nullif(einwohner, 0), anteil_auslaender_gedruckt) as w_auslaender,
        coalesce(personen_mit_mh / nullif(einwohner, 0), anteil_mh_gedruckt) as w_mh,
        (personen_mit_mh + unentscheidbar) / nullif(einwohner, 0) as w_hoechstens
    from geheim
),

mit_kommune as (
    select
        a.*,
        a.w_mh / nullif(o.w_mh, 0) as w_lokation,
        coalesce(o.g_mh or not o.nenner_reicht, true) as o_geheim,
        coalesce(o.g_mh, false) as o_g_mh
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
)

select
    kommune,
    stichtag,
    gebiet_id,
    profil,
    geschlecht,
    altersgruppe,
    quelle,
    case when not g_einwohner then einwohner end as einwohner,
    case when not g_auslaender then auslaender end as auslaender,
    case when not g_deutsche then deutsche_mit_mh end as deutsche_mit_mh,
    case when not g_mh then personen_mit_mh end as personen_mit_mh,
    case when not g_unentscheidbar then unentscheidbar end as unentscheidbar,
    case when not g_auslaender and nenner_reicht then w_auslaender end as anteil_auslaender,
    case when not g_mh and nenner_reicht then w_mh end as anteil_mh,
    case when not g_mh and nenner_reicht then w_mh end as anteil_mh_min,
    case when not g_hoechstens and nenner_reicht then w_hoechstens end as anteil_mh_max,
    case when not g_mh and nenner_reicht and not o_geheim then w_lokation end as lokationsquotient_mh,
    case
        when p_einwohner or p_mh then 'geheim_primaer'
        when g_mh then 'geheim_sekundaer'
        when w_mh is null and w_auslaender is null and einwohner is null then 'keine_daten'
        when personen_mit_mh is null then 'nicht_erhoben'
        when einwohner = 0 then 'nicht_bewertbar'
        when not nenner_reicht then 'zu_klein'
        when list_contains(kennzeichen, '|') then 'bruch'
        when list_contains(kennzeichen, 's') then 'geschaetzt'
        when list_contains(kennzeichen, 'p') then 'vorlaeufig'
        when list_contains(kennzeichen, 'r') then 'korrigiert'
        else 'ok'
    end as status,
    list_filter(
        [
            case when p_einwohner or p_auslaender or p_deutsche or p_mh or p_unentscheidbar then 'geheim_primaer' end,
            case when (p_auslaender or p_deutsche or p_mh or o_g_mh) then 'geheim_sekundaer' end,
            case when unentscheidbar is null or auslaender is null or personen_mit_mh is null then 'nicht_erhoben' end,
            case when einwohner is null and auslaender is null then 'keine_daten' end,
            case when list_contains(kennzeichen, 'p') then 'vorlaeufig' end,
            case when list_contains(kennzeichen, 's') then 'geschaetzt' end,
            case when list_contains(kennzeichen, 'r') then 'korrigiert' end,
            case when list_contains(kennzeichen, '|') then 'bruch' end,
            case when einwohner is null and coalesce(w_auslaender, w_mh) is not null then 'gerundet' end,
            case when einwohner = 0 or w_lokation is null then 'nicht_bewertbar' end,
            case when not nenner_reicht or o_geheim then 'zu_klein' end
        ],
        lambda code: code is not null
    ) as hinweise,
    datenstand,
    lieferung_id,
    fundstelle
from mit_kommune
order by all
