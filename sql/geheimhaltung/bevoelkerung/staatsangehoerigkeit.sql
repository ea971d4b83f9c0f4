-- Die Tür für Staatsangehörigkeiten: Was die Entscheidung verbirgt, wird leer.
-- The door for nationalities: what geheimhaltung.entscheidung hides becomes NULL. By area only the largest have rows, and which
-- nationalities are named at all is the same at every Stichtag (bevoelkerung.staatenliste).
-- Grain: kommune, stichtag, gebiet_id, staat, geschlecht, quelle. A rank counts only what is shown; in areas and by sex the most
-- frequent of the town are named, by tables those they chose: there it is one among the named.
-- Where persons of no known nationality are told together with the Germans.
with ohne_angabe as (
    select kommune, not benannt as mit_ohne_angabe
    from bevoelkerung.staatenliste
    where art = 'staat' and staat = '999'
),

-- Tables name nationalities themselves; the first source in kommune.yaml counts. Shares are of all inhabitants, so they exist
-- only where the same source counts these.
geliefert as (
    select
        t.kommune, t.quelle_id, t.stichtag, t.gebiet_id, t.staat, t.geschlecht, t.datenstand, t.lieferung_id, t.fundstelle,
        t.kennzeichen,
        t.wert::bigint as personen,
        e.wert::bigint as alle,
        case when t.veroeffentlicht then 0 else k.mindestfallzahl end as mindestfallzahl,
        case when t.veroeffentlicht then 0 else k.mindestnenner end as mindestnenner
    from bevoelkerung.tabellenwert as t
    inner join stamm.kommune as k on t.kommune = k.kommune
    left join bevoelkerung.tabellenwert as e
        on
            t.kommune = e.kommune and t.quelle_id = e.quelle_id and t.stichtag = e.stichtag and t.gebiet_id = e.gebiet_id
            and t.geschlecht = e.geschlecht and t.altersgruppe = e.altersgruppe and t.profil = e.profil
            and e.merkmal = 'einwohner' and e.staat = 'insgesamt' and e.gruppe = 'insgesamt' and e.groesse = 'wert'
            and not e.umgerechnet
    where
        t.art = 'tabellen' and t.merkmal = 'auslaender' and t.groesse = 'wert' and t.staat <> 'insgesamt'
        and t.gruppe = 'insgesamt' and t.altersgruppe = 'insgesamt' and not t.umgerechnet
        and published_stichtag(t.kommune, t.stichtag)
    qualify row_number() over (
        partition by t.kommune, t.stichtag, t.gebiet_id, t.staat, t.geschlecht order by t.quellenrang
    ) = 1
),

geliefert_geheim as (
    select
        *,
        klein(personen, mindestfallzahl) or rest_klein(personen, alle, mindestfallzahl) as geheim,
        coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
    from geliefert
),

-- Germans, what a table calls the rest and persons of no state are no nationality to be ranked; where the register counts the
-- same place and day there is one list of ranks, its own.
geliefert_rang as (
    select
        g.*,
        not g.geheim and coalesce(g.personen > 0, false) and g.staat between '001' and '996'
        and not exists (
            from geheimhaltung.entscheidung as e
            where
                e.art = 'staat' and e.kommune = g.kommune and e.stichtag = g.stichtag and e.gebiet_id = g.gebiet_id
        ) as hat_rang
    from geliefert_geheim as g
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.staat,
    g.geschlecht,
    'melderegister' as quelle,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as anteil,
    g.rang,
    case
        when g.rang is null then null
        when g.gebiet_id = k.ags and g.geschlecht = 'insgesamt' then 'alle'
        else 'genannte'
    end as rang_bezug,
    g.staat = '000' and coalesce(o.mit_ohne_angabe, false) as mit_ohne_angabe,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.verfahren) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from ranked_staaten('staat', '000') as g
inner join stamm.kommune as k on g.kommune = k.kommune
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
left join ohne_angabe as o on g.kommune = o.kommune
union all by name
select
    kommune,
    stichtag,
    gebiet_id,
    staat,
    geschlecht,
    'stadtteiltabelle' as quelle,
    case when not geheim then personen end as personen,
    case when not geheim and nenner_reicht then personen / nullif(alle, 0) end as anteil,
    case
        when hat_rang
            then rank() over (
                partition by kommune, quelle_id, stichtag, gebiet_id, geschlecht, hat_rang order by personen desc
            )
    end as rang,
    case when hat_rang then 'genannte' end as rang_bezug,
    false as mit_ohne_angabe,
    case
        when geheim then 'geheim'
        else status_von_zeichen([kennzeichen], personen is not null)
    end as status,
    case
        when geheim then ['geheim']
        else list_concat(
            hinweise_von_zeichen([kennzeichen], personen is not null),
            case when personen is null then [] else hinweise_von(false, alle, nenner_reicht) end
            || case
                when personen is null then []
                else codes_der_spalten(
                    [{ 'spalte': 'anteil', 'grund': grund_des_anteils(false, alle, nenner_reicht) }], 'ok'
                )
            end
        )
    end as hinweise,
    datenstand,
    lieferung_id,
    fundstelle
from geliefert_rang
order by all
