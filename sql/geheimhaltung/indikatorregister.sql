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
        hat_nenner and nenner < mindestnenner as zu_klein,
        coalesce(zaehler < mindestzaehler, false) as zaehler_klein
    from zahlen
),

werte as (
    select
        *,
        case
            when p_geheim or s_geheim or zu_klein or zaehler_klein or nenner = 0 then null
            when not hat_nenner then zaehler
            when ohne_zahlen then round(zaehler / nullif(nenner, 0) * faktor, 1)
            else zaehler / nullif(nenner, 0) * faktor
        end as oeffentlich
    from geheim
)

select
    w.kommune, w.stichtag,
    zeitraum_von(w.stichtag, w.bezugstag, w.periodizitaet) as zeitraum,
    w.gebiet_id, w.indikator, w.profil, w.gruppe, w.geschlecht, w.altersgruppe,
    case when not (w.p_geheim or w.s_geheim or w.ohne_zahlen) then w.zaehler end as zaehler,
    case when not (w.p_geheim or w.s_geheim or w.ohne_zahlen) then w.nenner end as nenner,
    w.oeffentlich as wert,
    'melderegister' as quelle_id,
    'melderegister' as nenner_quelle_id,
    w.stichtag as nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    q.synthetisch as beispieldaten,
    case
        when w.p_geheim then 'geheim_primaer'
        when w.s_geheim then 'geheim_sekundaer'
        when w.nenner = 0 then 'nicht_bewertbar'
        when w.zu_klein or w.zaehler_klein then 'zu_klein'
        when w.ohne_zahlen then 'gerundet'
        else 'ok'
    end as status,
    list_filter(
        [
            case when w.p_geheim then 'geheim_primaer' end,
            case when w.s_geheim then 'geheim_sekundaer' end,
            case when w.nenner = 0 then 'nicht_bewertbar' end,
            case when w.zu_klein or w.zaehler_klein then 'zu_klein' end,
            case when w.ohne_zahlen and w.oeffentlich is not null then 'gerundet' end
        ],
        lambda code: code is not null
    ) as hinweise,
    l.datenstand, l.lieferung_id,
    null::varchar as fundstelle
from werte as w
inner join geheimhaltung.bestand as l on w.kommune = l.kommune and w.stichtag = l.stichtag
inner join geheimhaltung.lieferung as q on l.lieferung_id = q.lieferung_id
order by all
