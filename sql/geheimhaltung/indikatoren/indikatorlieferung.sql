-- Die Tür für gelieferte Indikatoren: In noch nicht öffentlichen Tabellen werden kleine Anzahlen und was sie verrät leer.
-- The door for indicators from deliveries: of tables not yet public, small counts and what gives them away become NULL.
-- Grain: kommune, stichtag, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe.
with erfunden as (
    select list(lieferung_id) filter (where synthetisch) as erfundene
    from geheimhaltung.lieferung
),

zahlen as (
    select
        t.*,
        i.einheit, i.bezugstag, i.periodizitaet, i.mindestzaehler, i.nenner_merkmal is not null as hat_nenner,
        case when t.veroeffentlicht then 0 else k.mindestfallzahl end as mindestfallzahl,
        case when t.veroeffentlicht then 0 else greatest(k.mindestnenner, coalesce(i.mindestnenner, 0)) end as mindestnenner,
        -- Invented if any part is: numerator, denominator, or a summand from another delivery.
        coalesce(list_has_any(t.lieferungen, e.erfundene), false) as beispieldaten
    from bevoelkerung.indikatorlieferung as t
    inner join stamm.indikator as i on t.indikator = i.indikator
    inner join stamm.kommune as k on t.kommune = k.kommune
    cross join erfunden as e
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

-- Why there is no value; NULL: there is one. Protection first: no other reason is told from a hidden count.
gruende as (
    select
        *,
        geheim_code(p_geheim, s_geheim) as verborgen,
        coalesce(hat_nenner and wert is null and zaehler is not null and nenner is null, false) as nenner_fehlt,
        coalesce(nenner = 0, false) as nenner_null
    from geheim
),

werte as (
    select
        *,
        case
            when verborgen is not null then verborgen
            when not einheit_passt or not nenner_passt or nenner_fehlt or nenner_null then 'nicht_bewertbar'
            when wert is null then status_von_zeichen(kennzeichen, false)
            when zu_klein then 'zu_klein'
        end as grund
    from gruende
)

select
    kommune, stichtag,
    zeitraum_von(stichtag, bezugstag, periodizitaet) as zeitraum,
    gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe,
    -- What is printed does not follow from these counts: they stand in marts.tabellenwert, not as its numerator and denominator.
    case when verborgen is null and not weicht_ab then zaehler end as zaehler,
    case when verborgen is null and not weicht_ab then nenner end as nenner,
    case when grund is null then wert end as wert,
    quelle_id, nenner_quelle_id, nenner_stichtag, nenner_passt, einheit_passt, umgerechnet, beispieldaten,
    case
        when grund is not null then grund
        when umgerechnet then 'geschaetzt'
        else status_von_zeichen(kennzeichen, true)
    end as status,
    case
        when verborgen is not null then [verborgen]
        else list_sort(list_distinct(
            codes([
                grund,
                case when nenner_fehlt then 'nenner_fehlt' end,
                case when nenner_null then 'nenner_null' end,
                case when not nenner_passt then 'nenner_fremd' end,
                case when not einheit_passt then 'einheit_fremd' end,
                case when umgerechnet and grund is null then 'geschaetzt' end,
                case when weicht_ab and grund is null then 'gedruckt_weicht_ab' end
            ])
            || case
                when grund is null or (grund = status_von_zeichen(kennzeichen, false) and wert is null)
                    then hinweise_von_zeichen(kennzeichen, wert is not null)
                else []
            end
        ))
    end as hinweise,
    datenstand, lieferung_id, nullif(fundstelle, '') as fundstelle
from werte
-- Two days of one period: the later one stands for it.
qualify
    row_number() over (
        partition by
            kommune, zeitraum_von(stichtag, bezugstag, periodizitaet), gebiet_id, indikator, profil, gruppe, geschlecht,
            altersgruppe
        order by grund is not null, stichtag desc
    ) = 1
order by all
