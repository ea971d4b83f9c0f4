-- Der Indikatorenkatalog: Definition, Formel, Quelle und was daneben stehen muss. Grain: indikator.
with eintraege as (
    from stamm.indikator
),

hinweise as (
    select
        indikator,
        list(text order by nummer) as beachten
    from stamm.indikator_hinweis
    group by indikator
)

select
    e.indikator,
    e.nummer,
    e.name,
    e.thema,
    e.thema_name,
    e.definition,
    e.zaehler_text,
    e.nenner_text,
    e.einheit,
    e.faktor,
    e.richtung,
    e.gliederungen,
    e.nach_geschlecht,
    e.hauptgruppe,
    e.vergleichsgruppe,
    e.datenquellen,
    e.periodizitaet,
    e.bezugstag,
    e.rahmen,
    e.prozess,
    e.vorbilder,
    e.formel_vorschlag,
    e.mindestnenner,
    e.mindestzaehler,
    e.urteil_nenner,
    e.urteil_zaehler,
    e.ist_anteil,
    e.relevanzschwelle,
    e.relevanz_art,
    e.herleitung,
    e.nach_definition,
    e.zaehler_merkmal,
    e.zaehler_filter,
    e.nenner_merkmal,
    e.nenner_filter,
    e.nennerversatz,
    e.liefermerkmal,
    e.formel,
    e.nicht_berechnet,
    e.registerreihe,
    coalesce(h.beachten, []) as beachten
from eintraege as e
left join hinweise as h on e.indikator = h.indikator
order by e.indikator
