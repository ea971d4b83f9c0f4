-- The door for indicators counted from the register: what gives small counts away becomes NULL or is rounded.
-- Grain: kommune, stichtag, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe.
-- Whole columns of marts.migrationshintergrund are protected as there. Figures over ages or of groups pass only where no count
-- of an age group in them is small; their counts only where they are sums of the municipality's age groups, else the value is
-- rounded to one decimal, because a difference of two borders can be one person.
with bestand as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, einwohner, auslaender, deutsche_mit_mh,
        personen_mit_mh
    from geheimhaltung.migrationshintergrund
    where quelle = 'melderegister'
    union all by name
    -- Counts that do not depend on the definition: hidden where any definition's row hides them.
    select
        kommune, stichtag, gebiet_id,
        '-' as profil,
        geschlecht, altersgruppe,
        case when count(einwohner) = count(*) then max(einwohner) end as einwohner,
        case when count(auslaender) = count(*) then max(auslaender) end as auslaender,
        null::bigint as deutsche_mit_mh,
        null::bigint as personen_mit_mh
    from geheimhaltung.migrationshintergrund
    where quelle = 'melderegister'
    group by kommune, stichtag, gebiet_id, geschlecht, altersgruppe
),

zahlen as (
    select
        z.*,
        i.einheit, i.faktor, i.bezugstag, i.periodizitaet, i.mindestzaehler, i.zaehler_merkmal, i.nenner_merkmal,
        k.mindestfallzahl,
        greatest(k.mindestnenner, coalesce(i.mindestnenner, 0), 1) as mindestnenner,
        i.nenner_merkmal is not null as hat_nenner,
        i.zaehler_filter is null and i.nenner_filter is null and z.gruppe = 'insgesamt'
        and i.zaehler_merkmal <> 'altersjahre' as ganze_spalte,
        i.zaehler_merkmal = 'altersjahre' as ist_mittel,
        k.mindestwert_ab,
        i.zaehler_merkmal in ('personen_mit_mh', 'deutsche_mit_mh') as ist_mh,
        g.indikator is not null as andere_grenzen,
        case i.zaehler_merkmal
            when 'einwohner' then b.einwohner
            when 'auslaender' then b.auslaender
            when 'deutsche_mit_mh' then b.deutsche_mit_mh
            when 'personen_mit_mh' then b.personen_mit_mh
        end as zaehler_bestand,
        case i.nenner_merkmal
            when 'einwohner' then b.einwohner
            when 'auslaender' then b.auslaender
            when 'deutsche_mit_mh' then b.deutsche_mit_mh
            when 'personen_mit_mh' then b.personen_mit_mh
        end as nenner_bestand
    from bevoelkerung.indikatorzaehlung as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    inner join stamm.kommune as k on z.kommune = k.kommune
    left join stamm.indikator_grenze as g on z.kommune = g.kommune and z.indikator = g.indikator
    left join bestand as b
        on
            z.kommune = b.kommune and z.stichtag = b.stichtag and z.gebiet_id = b.gebiet_id and z.profil = b.profil
            and z.geschlecht = b.geschlecht and z.altersgruppe = b.altersgruppe
),

geheim as (
    select
        *,
        case
            when ganze_spalte then zaehler_bestand is null or (hat_nenner and nenner_bestand is null)
            else
                klein(nenner, mindestfallzahl)
                or (not ist_mittel and klein(zaehler, mindestfallzahl))
                or (einheit = 'prozent' and rest_klein(zaehler, nenner, mindestfallzahl))
        end as p_geheim,
        not ganze_spalte and klein(kleinste, mindestfallzahl) as s_geheim,
        not ganze_spalte and (ist_mittel or andere_grenzen or gruppe <> 'insgesamt') as ohne_zahlen,
        coalesce(hat_nenner and nenner < mindestnenner, false) as zu_klein,
        coalesce(zaehler < mindestzaehler, false) as zaehler_klein,
        -- So many undecidable that who is left without MH are mostly children of known parents: no group to compare with. Of
        -- those with MH a share or a mean is not known either; counts and shares of everybody are lower bounds.
        coalesce(unentscheidbar > mindestwert_ab, false) and (gruppe = 'ohne_mh' or (gruppe = 'mit_mh' and hat_nenner))
            as gruppe_unsicher,
        coalesce(unentscheidbar > mindestwert_ab, false) and (gruppe = 'mit_mh' or ist_mh) as mindestwert
    from zahlen
),

-- Why there is no value; NULL: there is one. Protection first: no other reason is told from a hidden count.
werte as (
    select
        *,
        geheim_code(p_geheim, s_geheim) as verborgen,
        case
            when p_geheim or s_geheim then geheim_code(p_geheim, s_geheim)
            when nenner = 0 or gruppe_unsicher then 'nicht_bewertbar'
            when zu_klein or zaehler_klein then 'zu_klein'
        end as grund
    from geheim
)

select
    w.kommune, w.stichtag,
    zeitraum_von(w.stichtag, w.bezugstag, w.periodizitaet) as zeitraum,
    w.gebiet_id, w.indikator, w.profil, w.gruppe, w.geschlecht, w.altersgruppe,
    case when w.verborgen is null and not w.ohne_zahlen then w.zaehler end as zaehler,
    case when w.verborgen is null and not w.ohne_zahlen then w.nenner end as nenner,
    case
        when w.grund is not null then null
        when not w.hat_nenner then w.zaehler
        when w.ohne_zahlen then round(w.zaehler / nullif(w.nenner, 0) * w.faktor, 1)
        else w.zaehler / nullif(w.nenner, 0) * w.faktor
    end as wert,
    'melderegister' as quelle_id,
    'melderegister' as nenner_quelle_id,
    w.stichtag as nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    q.synthetisch as beispieldaten,
    case
        when w.grund is not null then w.grund
        when w.mindestwert then 'mindestwert'
        when w.ohne_zahlen then 'gerundet'
        else 'ok'
    end as status,
    codes([
        w.grund,
        case when w.grund = 'nicht_bewertbar' and w.nenner = 0 then 'unbewohnt' end,
        case when w.grund = 'nicht_bewertbar' and w.gruppe_unsicher then 'viele_unentscheidbar' end,
        case when w.grund is null and w.mindestwert then 'mindestwert' end,
        case when w.grund is null and w.ohne_zahlen then 'gerundet' end
    ]) as hinweise,
    l.datenstand, l.lieferung_id,
    null::varchar as fundstelle
from werte as w
inner join geheimhaltung.bestand as l on w.kommune = l.kommune and w.stichtag = l.stichtag
inner join geheimhaltung.lieferung as q on l.lieferung_id = q.lieferung_id
order by all
