-- The last run of every series that can be compared: one stretch, one day of the year, one precision, no gap. Of several days or
-- precisions the one with more values counts, of equal ones the later day and the exact values.
-- Grain: kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe.
with letzte as (
    select
        z.*,
        z.wert is not null and coalesce(z.nenner >= i.mindestnenner, true) and z.status <> 'mindestwert' as hat_wert,
        case
            when i.bezugstag is not null and i.periodizitaet = 'jaehrlich' then strftime(z.zeitraum, '%m-%d') else '-'
        end as saison,
        list_contains(z.hinweise, 'gerundet') or (i.nenner_text is not null and z.nenner is null) as gerundet,
        i.periodizitaet in ('jaehrlich', 'schuljahr') as jedes_jahr
    from marts.indikator_zeitreihe as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    qualify z.abschnitt = max(z.abschnitt) over (
        partition by z.kommune, z.gebiet_id, z.indikator, z.profil, z.gruppe, z.geschlecht, z.altersgruppe
    )
),

gezaehlt as (
    select
        *,
        count(*) filter (where hat_wert) over je_saison as werte_saison,
        max(zeitraum) filter (where hat_wert) over je_saison as letzter_saison,
        count(*) filter (where hat_wert) over (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, saison, gerundet
        ) as werte_genauigkeit
    from letzte
    window je_saison as (partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, saison)
),

gewaehlt as (
    select
        *,
        first_value(saison) over (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe
            order by werte_saison desc, letzter_saison desc nulls last
        ) as gewaehlte_saison
    from gezaehlt
),

eine_genauigkeit as (
    select
        *,
        first_value(gerundet) over (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe
            order by saison <> gewaehlte_saison asc, not hat_wert asc, werte_genauigkeit desc, gerundet asc
        ) as gewaehlt_gerundet
    from gewaehlt
),

brauchbar as (
    select
        *,
        hat_wert and saison = gewaehlte_saison and gerundet = gewaehlt_gerundet as taugt
    from eine_genauigkeit
),

-- A row of the same day without a usable value, or a year without a row, ends a run.
luecken as (
    select
        *,
        saison = gewaehlte_saison
        and (
            not taugt
            or (jedes_jahr and year(zeitraum) - year(lag(zeitraum) over je_saison) > 1)
        ) as trennt
    from brauchbar
    window
        je_saison as (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, saison order by zeitraum
        )
),

laeufe as (
    select
        *,
        count(*) filter (where trennt) over (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe order by zeitraum
        ) as lauf
    from luecken
),

gezeigt as (
    select
        *,
        taugt and lauf = max(lauf) filter (where taugt) over (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe
        ) as zaehlt
    from laeufe
)

select
    kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe,
    any_value(gebiet) as gebiet, any_value(ebene) as ebene, any_value(profilversion) as profilversion,
    any_value(einheit) as einheit, any_value(richtung) as richtung, max(abschnitt) as abschnitt,
    any_value(relevanzschwelle) as relevanzschwelle, any_value(relevanz_art) as relevanz_art,
    count(*) filter (where zaehlt) as punkte,
    count(*) filter (where not zaehlt) as luecken,
    min(stichtag) filter (where zaehlt) as von,
    max(stichtag) filter (where zaehlt) as bis,
    min(wert) filter (where zaehlt) as kleinster,
    max(wert) filter (where zaehlt) as groesster,
    list(wert order by stichtag) filter (where zaehlt) as werte,
    list(date_diff('day', date '2000-01-01', stichtag) order by stichtag) filter (where zaehlt) as tage,
    arg_max(quelle, zeitraum) as quelle,
    max(datenstand) as datenstand,
    arg_max(lieferung_id, zeitraum) as lieferung_id,
    bool_or(beispieldaten) as beispieldaten,
    any_value(veroeffentlichung) as veroeffentlichung
from gezeigt
group by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe
order by all
