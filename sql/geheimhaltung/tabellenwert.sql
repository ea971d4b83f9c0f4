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
        case when t.veroeffentlicht then 0 else k.mindestnenner end as mindestnenner
    from bevoelkerung.tabellenwert as t
    inner join stamm.kommune as k on t.kommune = k.kommune
    where exists (from stamm.muster as s where t.kommune = s.kommune and t.stichtag::varchar glob s.muster)
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
        not geheim and not ist_anzahl and groesse = 'wert' and bool_or(geheim) over (
            partition by
                kommune, quelle_id, stichtag, gebiet_id, profil, geschlecht, altersgruppe, staat, gruppe, umgerechnet
        ) as mitgeheim,
        not ist_anzahl and groesse = 'wert' and coalesce(nenner, alle) < mindestnenner as nenner_klein
    from primaer
)

select
    kommune, quelle_id, stichtag, gebiet_id, merkmal, merkmal_titel, groesse, profil, geschlecht, altersgruppe, staat, gruppe,
    umgerechnet,
    case when not (geheim or mitgeheim or nenner_klein) then wert end as wert,
    case when not (geheim or mitgeheim or nenner_klein) then gedruckt end as gedruckt,
    case when not (geheim or mitgeheim or nenner_klein) then kennzeichen end as kennzeichen,
    wert_einheit,
    case
        when geheim then 'geheim_primaer'
        when mitgeheim then 'geheim_sekundaer'
        when nenner_klein then 'zu_klein'
        when wert is not null
            then case kennzeichen
                when 'p' then 'vorlaeufig' when 'r' then 'korrigiert' when 's' then 'geschaetzt' when '|' then 'bruch' else 'ok'
            end
        else case kennzeichen
            when 'leer' then 'nicht_erhoben' when 'x' then 'nicht_bewertbar' when '/' then 'zu_klein' when '|' then 'bruch'
            else 'keine_daten'
        end
    end as status,
    list_filter(
        [
            case when geheim then 'geheim_primaer' end,
            case when mitgeheim then 'geheim_sekundaer' end,
            case when nenner_klein then 'zu_klein' end,
            case
                when not (geheim or mitgeheim or nenner_klein)
                    then case kennzeichen
                        when 'p' then 'vorlaeufig' when 'r' then 'korrigiert' when 's' then 'geschaetzt' when '|' then 'bruch'
                        when '()' then 'geschaetzt' when 'leer' then 'nicht_erhoben' when 'x' then 'nicht_bewertbar'
                        when '/' then 'zu_klein' when '.' then 'keine_daten' when '...' then 'keine_daten'
                    end
            end
        ],
        lambda code: code is not null
    ) as hinweise,
    datenstand, lieferung_id, fundstelle
from geheim
order by all
