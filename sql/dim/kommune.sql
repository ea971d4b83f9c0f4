-- Die Kommunen dieses Datenordners mit ihren Schutzregeln. Grain: kommune.
with nullen as (
    select
        kommune,
        list(tabelle order by tabelle) as tabellen
    from stamm.geheime_null
    group by kommune
),

asylherkunft as (
    select
        kommune,
        list(staat order by staat) as staaten
    from stamm.asylherkunft
    group by kommune
)

select
    k.kommune,
    k.name,
    k.ags,
    k.land,
    k.definitionen,
    k.mindestfallzahl,
    k.mindestnenner,
    u.mindestzeile,
    coalesce(n.tabellen, []) as geheime_nullen,
    coalesce(a.staaten, []) as asylherkunft,
    k.mindestwert_ab,
    k.begruendung,
    k.verfahren,
    k.hoechstfehler,
    k.verfahren_text,
    k.fluesse,
    k.fluesse_rechtsgrundlage,
    k.offene_daten_lizenz,
    k.offene_daten_beitragende_stelle,
    k.offene_daten_kontakt,
    k.offene_daten_adresse
from stamm.kommune as k
inner join stamm.umfang as u on k.kommune = u.kommune
left join nullen as n on k.kommune = n.kommune
left join asylherkunft as a on k.kommune = a.kommune
order by k.kommune
