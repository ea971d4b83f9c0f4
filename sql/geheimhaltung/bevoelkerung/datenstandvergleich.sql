-- Jeder Datenstand gegen den nächsten und der erste gegen den letzten, aus Anzahlen, die zusammen gezeigt werden dürfen.
-- Each data state against the next later one, and the first against the last, from counts that may be shown together.
-- Grain: kommune, stichtag, gebiet_id, profil, datenstand_alt, datenstand_neu.
-- The earlier count and the difference are shown together or not at all.
with staende as (
    select distinct
        kommune,
        stichtag,
        datenstand
    from geheimhaltung.datenstand
),

folgen as (
    select
        kommune,
        stichtag,
        datenstand as alt,
        lead(datenstand) over folge as neu,
        first(datenstand) over folge as erster,
        last(datenstand) over folge as letzter
    from staende
    window folge as (
        partition by kommune, stichtag order by datenstand
        rows between unbounded preceding and unbounded following
    )
),

paare as (
    select kommune, stichtag, alt, neu from folgen
    where neu is not null
    union
    select kommune, stichtag, erster as alt, letzter as neu from folgen
    where erster < letzter
),

lieferungen as (
    select
        kommune,
        stichtag,
        datenstand,
        arg_max(lieferung_id, eingelesen_am) as lieferung_id
    from eingang.lieferung
    where art = 'melderegister' and status = 'uebernommen'
    group by all
),

gepaart as (
    select
        n.*,
        a.datenstand as datenstand_alt,
        a.einwohner as einwohner_frueher,
        a.auslaender as auslaender_frueher,
        a.personen_mit_mh as mh_frueher,
        a.bewohnt and n.bewohnt as beide_bewohnt,
        a.nenner_reicht as nenner_alt_reicht,
        a.profilversion = n.profilversion as vergleichbar,
        list_distinct(a.primaer || n.primaer) as geheim,
        list_distinct(a.sekundaer || n.sekundaer) as ergaenzt,
        l.lieferung_id,
        v.lieferung_id as lieferung_alt
    from paare as p
    inner join geheimhaltung.datenstand as n
        on p.kommune = n.kommune and p.stichtag = n.stichtag and p.neu = n.datenstand
    inner join geheimhaltung.datenstand as a
        on
            p.kommune = a.kommune
            and p.stichtag = a.stichtag
            and p.alt = a.datenstand
            and n.gebiet_id = a.gebiet_id
            and n.profil = a.profil
    inner join lieferungen as l
        on p.kommune = l.kommune and p.stichtag = l.stichtag and p.neu = l.datenstand
    left join lieferungen as v
        on p.kommune = v.kommune and p.stichtag = v.stichtag and p.alt = v.datenstand
),

zahlen as (
    select
        *,
        case when einwohner is not null then einwohner_frueher end as einwohner_alt,
        case when auslaender is not null then auslaender_frueher end as auslaender_alt,
        case when personen_mit_mh is not null and vergleichbar then mh_frueher end as personen_mit_mh_alt,
        case when nenner_reicht then personen_mit_mh / nullif(einwohner, 0) end as anteil_mh_neu
    from gepaart
),

anteile as (
    select
        *,
        case when nenner_alt_reicht then personen_mit_mh_alt / nullif(einwohner_alt, 0) end as anteil_mh_alt
    from zahlen
),

-- Why a difference is not shown; NULL: it is. `geheim` and `ergaenzt` name counts.
zahlgruende as (
    select
        *,
        geheim_code(list_contains(geheim, 'einwohner'), list_contains(ergaenzt, 'einwohner')) as r_einwohner,
        geheim_code(list_contains(geheim, 'auslaender'), list_contains(ergaenzt, 'auslaender')) as r_auslaender,
        coalesce(
            geheim_code(list_contains(geheim, 'personen_mit_mh'), list_contains(ergaenzt, 'personen_mit_mh')),
            case when not vergleichbar then 'bruch' end
        ) as r_mh
    from anteile
),

gruende as (
    select
        *,
        case
            when r_einwohner is not null then r_einwohner
            when einwohner_alt = 0 then 'nicht_bewertbar'
            when not nenner_alt_reicht then 'zu_klein'
        end as r_aenderung,
        case
            when r_mh is not null then r_mh
            when r_einwohner is not null then r_einwohner
            when not beide_bewohnt then 'nicht_bewertbar'
            when not (nenner_reicht and nenner_alt_reicht) then 'zu_klein'
        end as r_anteil,
        case
            when list_has_any(geheim || ergaenzt, ['einwohner', 'personen_mit_mh']) then 'geheim'
            when not vergleichbar then 'bruch'
            when not beide_bewohnt then 'nicht_bewertbar'
            when not (nenner_reicht and nenner_alt_reicht) then 'zu_klein'
            else 'ok'
        end as leitender
    from zahlgruende
)

select
    kommune,
    stichtag,
    gebiet_id,
    profil,
    datenstand_alt,
    datenstand as datenstand_neu,
    profilversion,
    einwohner_alt,
    einwohner as einwohner_neu,
    einwohner - einwohner_alt as einwohner_differenz,
    case when nenner_alt_reicht then (einwohner - einwohner_alt) / nullif(einwohner_alt, 0) end as einwohner_aenderung,
    auslaender_alt,
    auslaender as auslaender_neu,
    auslaender - auslaender_alt as auslaender_differenz,
    personen_mit_mh_alt,
    personen_mit_mh as personen_mit_mh_neu,
    personen_mit_mh - personen_mit_mh_alt as personen_mit_mh_differenz,
    anteil_mh_alt,
    anteil_mh_neu,
    anteil_mh_neu - anteil_mh_alt as anteil_mh_differenz,
    datenstand - stichtag as nachmeldetage,
    leitender as status,
    list_sort(list_distinct(
        codes([nullif(leitender, 'ok'), r_einwohner, r_auslaender, r_mh, r_anteil, r_aenderung])
        || codes_der_spalten(
            [
                { 'spalte': 'einwohner_differenz', 'grund': r_einwohner },
                { 'spalte': 'einwohner_aenderung', 'grund': r_aenderung },
                { 'spalte': 'auslaender_differenz', 'grund': r_auslaender },
                { 'spalte': 'anteil_mh_differenz', 'grund': r_anteil }
            ],
            leitender
        )
    )) as hinweise,
    datenstand,
    lieferung_id,
    lieferung_alt,
    null::varchar as fundstelle
from gruende
order by all
