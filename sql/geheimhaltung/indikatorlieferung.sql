-- The door for indicators from deliveries: of tables not yet public, small counts and what gives them away become NULL.
-- Grain: kommune, stichtag, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe.
with zahlen as (
    select
        t.*,
        i.einheit, i.bezugstag, i.periodizitaet, i.mindestzaehler,
        case when t.veroeffentlicht then 0 else k.mindestfallzahl end as mindestfallzahl,
        case when t.veroeffentlicht then 0 else greatest(k.mindestnenner, coalesce(i.mindestnenner, 0)) end as mindestnenner,
        coalesce(q.synthetisch, false) as beispieldaten
    from bevoelkerung.indikatorlieferung as t
    inner join stamm.indikator as i on t.indikator = i.indikator
    inner join stamm.kommune as k on t.kommune = k.kommune
    left join geheimhaltung.lieferung as q on t.lieferung_id = q.lieferung_id
),

primaer as (
    select
        *,
        -- The smallest count this value is made of, and who is left over.
        klein(kleinste, mindestfallzahl) or (einheit = 'prozent' and rest_klein(zaehler, nenner, mindestfallzahl))
            as p_geheim,
        coalesce(nenner < mindestnenner, false)
        or (not veroeffentlicht and coalesce(zaehler < mindestzaehler, false)) as zu_klein
    from zahlen
),

-- Where one sex or one side of a breakdown is hidden, the total gives it away together with the others.
geheim as (
    select
        *,
        not p_geheim and (
            (geschlecht <> 'insgesamt' and bool_or(p_geheim) over geschlechter)
            or (gruppe <> 'insgesamt' and bool_or(p_geheim) over gruppen)
        ) as s_geheim
    from primaer
    window
        geschlechter as (
            partition by
                kommune, quelle_id, stichtag, gebiet_id, indikator, profil, gruppe, altersgruppe, geschlecht = 'insgesamt'
        ),
        gruppen as (
            partition by
                kommune, quelle_id, stichtag, gebiet_id, indikator, profil, geschlecht, altersgruppe, gruppe = 'insgesamt',
                gruppe in ('mit_mh', 'ohne_mh')
        )
),

werte as (
    select
        *,
        case when not (p_geheim or s_geheim or zu_klein) and nenner_passt and coalesce(nenner, 1) <> 0 then wert end
            as oeffentlich,
        nenner = 0 or not nenner_passt or not einheit_passt as geht_nicht
    from geheim
)

select
    kommune, stichtag,
    zeitraum_von(stichtag, bezugstag, periodizitaet) as zeitraum,
    gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe,
    case when not (p_geheim or s_geheim) then zaehler end as zaehler,
    case when not (p_geheim or s_geheim) then nenner end as nenner,
    oeffentlich as wert,
    quelle_id, nenner_quelle_id, nenner_stichtag, nenner_passt, einheit_passt, umgerechnet, beispieldaten,
    case
        when p_geheim then 'geheim_primaer'
        when s_geheim then 'geheim_sekundaer'
        when geht_nicht then 'nicht_bewertbar'
        when zu_klein then 'zu_klein'
        when umgerechnet and oeffentlich is not null then 'geschaetzt'
        else zeichen_status(kennzeichen, oeffentlich is not null)
    end as status,
    list_filter(
        [
            case when p_geheim then 'geheim_primaer' end,
            case when s_geheim then 'geheim_sekundaer' end,
            case when geht_nicht then 'nicht_bewertbar' end,
            case when zu_klein then 'zu_klein' end,
            case when umgerechnet and oeffentlich is not null then 'geschaetzt' end,
            case
                when not (p_geheim or s_geheim or zu_klein or coalesce(geht_nicht, false))
                    then nullif(zeichen_status(kennzeichen, oeffentlich is not null), 'ok')
            end
        ],
        lambda code: code is not null
    ) as hinweise,
    datenstand, lieferung_id, nullif(fundstelle, '') as fundstelle
from werte
-- Two days of one period: the later one stands for it.
qualify
    row_number() over (
        partition by
            kommune, zeitraum_von(stichtag, bezugstag, periodizitaet), gebiet_id, indikator, profil, gruppe, geschlecht,
            altersgruppe
        order by oeffentlich is null, stichtag desc
    ) = 1
order by all
