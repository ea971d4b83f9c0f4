-- Die Tür für die Kosten des Schutzes: Zahl der Zellen und ein so weit gerundeter Anteil, dass er keine Zelle verrät.
-- The door for what protection costs: numbers of cells, and a share of persons that is rounded so far that it tells of no cell.
-- Grain: kommune, stichtag, tabelle.
with zellen as (
    select
        e.kommune,
        e.stichtag,
        e.personen,
        e.geheim,
        case e.art
            when 'kategorie' then 'marts.mh_kategorie'
            when 'vergleich' then 'marts.definitionsvergleich'
            when 'staat' then 'marts.staatsangehoerigkeit'
            when 'staatengruppe' then 'marts.staatengruppe'
            when 'merkmal' then 'marts.registermerkmal'
            when 'option' then 'marts.optionskennzeichen'
            when 'bezugsland' then 'marts.bezugsland'
            when 'altersspanne' then 'marts.indikator_zeitreihe'
            else 'marts.migrationshintergrund'
        end as tabelle,
        k.mindestfallzahl
    from geheimhaltung.entscheidung as e
    inner join stamm.kommune as k on e.kommune = k.kommune
),

summen as (
    select
        kommune,
        stichtag,
        tabelle,
        count(*) as zahlen,
        count_if(geheim)::bigint as verborgen,
        -- Sums over ages are no persons of their own.
        case when tabelle <> 'marts.indikator_zeitreihe' then sum(personen) end as alle,
        coalesce(sum(personen) filter (where geheim), 0) as geheime,
        any_value(mindestfallzahl) as mindestfallzahl
    from zellen
    group by kommune, stichtag, tabelle
),

-- A rounded share bounds what the hidden cells come to. So the step is so coarse that the true sum lies far from both ends of
-- what the rounded share allows: by a Mindestfallzahl for each hidden cell. Only steps of this list: one computed from the sum
-- would tell the sum.
stufen as (
    select
        *,
        list_filter(
            [0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
            lambda s:
            s * alle >= 50 * mindestfallzahl
            and abs(geheime / alle / s - floor(geheime / alle / s) - 0.5) * s * alle >= mindestfallzahl * verborgen
        )[1]::double as stufe
    from summen
)

select
    kommune,
    stichtag,
    tabelle,
    zahlen,
    verborgen,
    verborgen / nullif(zahlen, 0) as anteil_zahlen,
    case when stufe is not null then round(least(round(geheime / alle / stufe) * stufe, 1), 2) end
        as anteil_personen,
    stufe as stufe_personen
from stufen
order by kommune, stichtag, tabelle
