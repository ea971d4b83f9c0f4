-- Die Tür für gelieferte Zahlen: In noch nicht öffentlichen Tabellen werden kleine Anzahlen und was sie verrät leer.
-- The door for delivered figures: of tables not yet public, small counts and what gives them away become NULL.
-- Grain: that of bevoelkerung.tabellenwert. Only declared Stichtage pass. A share is hidden with any small count of its row:
-- which one it rests on the table does not say.
with zahlen as (
    select
        t.*,
        case when t.veroeffentlicht then 0 else k.mindestfallzahl end as mindestfallzahl,
        t.wert_einheit in ('personen', 'faelle', 'haushalte') as ist_anzahl,
        max(t.wert) filter (where t.merkmal = 'einwohner' and t.groesse = 'wert') over zeile as alle,
        max(t.wert) filter (where t.groesse = 'nenner') over groessen as nenner,
        max(t.wert) filter (where t.groesse = 'zaehler') over groessen as zaehler,
        max(t.wert) filter (where t.merkmal = 'auslaender' and t.groesse = 'wert') over zeile as auslaender,
        max(t.wert) filter (where t.merkmal = 'personen_mit_mh' and t.groesse = 'wert') over zeile as personen_mit_mh,
        case when t.veroeffentlicht then 0 else k.mindestnenner end as mindestnenner
    from bevoelkerung.tabellenwert as t
    inner join stamm.kommune as k on t.kommune = k.kommune
    where published_stichtag(t.kommune, t.stichtag)
    window
        zeile as (
            partition by
                t.kommune, t.quelle_id, t.stichtag, t.gebiet_id, t.profil, t.geschlecht, t.altersgruppe, t.staat, t.gruppe,
                t.umgerechnet
        ),
        groessen as (
            partition by
                t.kommune, t.quelle_id, t.stichtag, t.gebiet_id, t.profil, t.geschlecht, t.altersgruppe, t.staat, t.gruppe,
                t.umgerechnet, t.merkmal
        )
),

primaer as (
    select
        *,
        (ist_anzahl or groesse in ('zaehler', 'nenner'))
        and (
            klein(wert, mindestfallzahl)
            or (merkmal <> 'einwohner' and groesse = 'wert' and rest_klein(wert, alle, mindestfallzahl))
            or (groesse = 'zaehler' and rest_klein(wert, nenner, mindestfallzahl))
        ) as geheim
    from zahlen
),

geheim as (
    select
        *,
        wert is not null and not geheim and not ist_anzahl and groesse = 'wert' and bool_or(geheim) over (
            partition by
                kommune, quelle_id, stichtag, gebiet_id, profil, geschlecht, altersgruppe, staat, gruppe, umgerechnet
        ) as mitgeheim,
        -- A share without its counts stands alone: whether its base is large enough only the source knows.
        wert is not null and not ist_anzahl and groesse = 'wert'
        and coalesce(coalesce(nenner, alle) < mindestnenner, false) as nenner_klein
    from primaer
),

-- Why the figure is not shown; NULL: it is. What has no reason cannot be missing.
gruende as (
    select
        *,
        case
            when geheim or mitgeheim then 'geheim'
            when nenner_klein then 'zu_klein'
            when wert is null then status_von_zeichen([kennzeichen], false)
        end as grund,
        -- What the counts beside a share give, in the unit of the share.
        case
            when groesse <> 'wert' or wert_einheit not in ('prozent', 'promille', 'anteil') then null
            else coalesce(
                zaehler / nullif(nenner, 0),
                case merkmal when 'anteil_auslaender' then auslaender when 'anteil_mh' then personen_mit_mh end / nullif(alle, 0)
            ) * case wert_einheit when 'prozent' then 100 when 'promille' then 1000 else 1 end
        end as nachgerechnet
    from geheim
),

verglichen as (
    select
        *,
        grund is null and coalesce(abs(wert - nachgerechnet) > 0.5 / 10 ** coalesce(stellen, 0) + 1e-9, false) as weicht_ab
    from gruende
)

select
    kommune, quelle_id, stichtag, gebiet_id, merkmal, merkmal_titel, groesse, profil, geschlecht, altersgruppe, staat, gruppe,
    umgerechnet,
    case when grund is null then wert end as wert,
    case when grund is null then gedruckt end as gedruckt,
    -- The sign of a figure that was delivered goes with it; that of an empty cell says why it is empty.
    nullif(case when grund is null or wert is null then kennzeichen end, 'rd') as kennzeichen,
    case when weicht_ab then nachgerechnet end as nachgerechnet,
    -- A remark may say the figure once more.
    case when grund is null or wert is null then bemerkung end as bemerkung,
    wert_einheit,
    coalesce(grund, status_von_zeichen([kennzeichen], true)) as status,
    case
        when weicht_ab then list_sort(hinweise_von_zeichen([kennzeichen], true) || ['gedruckt_weicht_ab'])
        when grund is null or wert is null then hinweise_von_zeichen([kennzeichen], wert is not null)
        else [grund]
    end as hinweise,
    datenstand, lieferung_id, fundstelle
from verglichen
order by all
