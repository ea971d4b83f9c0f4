-- Wie jede veröffentlichte Zahl zustande kam: Definition, Zähler und Nenner, Lieferung und Zelle, Schutz, frühere Werte.
-- Grain: tabelle, schluessel, spalte. A view of the published file: it holds no figure of its own.
-- Every client since DuckDB 1.0 must read it: no lambdas (`->` is gone in 2.0, `lambda` unknown in 1.0), no macros.
-- Each `zahl_<mart>` is that mart with a row for every figure, and with tabelle, schluessel, spalte and zahl
-- (pipelines/veroeffentlichung/views.py).
-- Long because every published table with figures has a branch of its own, all of one shape.
with migrationshintergrund as (
    select
        m.tabelle, m.schluessel, m.kommune, m.stichtag, m.gebiet_id, m.gebiet,
        case when m.profil <> '-' then m.profil end as profil,
        case when m.quelle = 'melderegister' and m.altersgruppe = 'insgesamt' then m.profil end as regelprofil,
        m.geschlecht, m.herkunft, m.lizenz, m.status, m.hinweise, m.datenstand, m.lieferung_id, m.fundstelle,
        m.veroeffentlichung,
        m.spalte, m.zahl as wert,
        case m.spalte
            when 'anteil_auslaender' then m.auslaender
            when 'anteil_mh' then m.personen_mit_mh
            when 'anteil_mh_min' then m.personen_mit_mh
            when 'anteil_mh_max' then m.personen_mit_mh + m.unentscheidbar
            when 'anteil_auslaender_gerechnet' then m.auslaender
            when 'anteil_mh_gerechnet' then m.personen_mit_mh
            when 'lokationsquotient_mh' then m.anteil_mh
        end::double as zaehler,
        case
            when m.spalte = 'lokationsquotient_mh' then o.anteil_mh
            when starts_with(m.spalte, 'anteil') then m.einwohner
        end::double as nenner
    from zahl_migrationshintergrund as m
    inner join dim.kommune as k on m.kommune = k.kommune
    left join marts.migrationshintergrund as o
        on
            m.kommune = o.kommune and m.stichtag = o.stichtag and k.ags = o.gebiet_id and m.profil = o.profil
            and m.geschlecht = o.geschlecht and m.altersgruppe = o.altersgruppe and m.quelle = o.quelle
),

staatsangehoerigkeit as (
    select
        s.tabelle, s.schluessel, s.kommune, s.stichtag, s.gebiet_id, s.gebiet,
        s.staat_name as zusatz,
        s.herkunft, s.lizenz, s.status, s.hinweise, s.datenstand, s.lieferung_id, s.fundstelle, s.veroeffentlichung,
        s.spalte, s.zahl as wert,
        case when s.spalte = 'anteil' then s.personen end::double as zaehler,
        case when s.spalte = 'anteil' then a.personen end::double as nenner
    from zahl_staatsangehoerigkeit as s
    left join marts.staatsangehoerigkeit as a
        on
            s.kommune = a.kommune and s.stichtag = a.stichtag and s.gebiet_id = a.gebiet_id and s.geschlecht = a.geschlecht
            and s.quelle = a.quelle and a.staat = 'insgesamt'
),

-- The same under every definition.
einwohner as (
    select
        kommune, stichtag, gebiet_id, geschlecht,
        max(einwohner) as einwohner,
        max(auslaender) as auslaender
    from marts.migrationshintergrund
    where altersgruppe = 'insgesamt' and quelle = 'melderegister'
    group by all
),

staatengruppe as (
    select
        s.tabelle, s.schluessel, s.kommune, s.stichtag, s.gebiet_id, s.gebiet,
        s.staatengruppe as zusatz,
        s.status, s.hinweise, s.datenstand, s.lieferung_id, s.fundstelle, s.veroeffentlichung,
        s.spalte, s.zahl as wert,
        case when s.spalte = 'anteil' then s.personen end::double as zaehler,
        case when s.spalte = 'anteil' then m.einwohner end::double as nenner
    from zahl_staatengruppe as s
    left join einwohner as m
        on
            s.kommune = m.kommune and s.stichtag = m.stichtag and s.gebiet_id = m.gebiet_id
            and s.geschlecht = m.geschlecht
),

bezugsland as (
    select
        b.tabelle, b.schluessel, b.kommune, b.stichtag, b.gebiet_id, b.gebiet, b.profil,
        b.staat_name as zusatz,
        b.status, b.hinweise, b.datenstand, b.lieferung_id,
        b.fundstelle, b.veroeffentlichung,
        b.spalte, b.zahl as wert,
        case when b.spalte = 'anteil' then b.personen end::double as zaehler,
        case when b.spalte = 'anteil' then a.personen end::double as nenner
    from zahl_bezugsland as b
    left join marts.bezugsland as a
        on
            b.kommune = a.kommune and b.stichtag = a.stichtag and b.gebiet_id = a.gebiet_id and b.profil = a.profil
            and b.geschlecht = a.geschlecht and a.staat = 'insgesamt'
),

mh_kategorie as (
    select
        m.tabelle, m.schluessel, m.kommune, m.stichtag, m.gebiet_id, m.gebiet, m.profil,
        m.kategorie_name as zusatz,
        m.status, m.hinweise, m.datenstand, m.lieferung_id,
        m.fundstelle, m.veroeffentlichung,
        m.spalte, m.zahl as wert,
        case when m.spalte = 'anteil' then m.personen end::double as zaehler,
        case when m.spalte = 'anteil' then a.personen end::double as nenner
    from zahl_mh_kategorie as m
    left join marts.mh_kategorie as a
        on
            m.kommune = a.kommune and m.stichtag = a.stichtag and m.gebiet_id = a.gebiet_id and m.profil = a.profil
            and m.geschlecht = a.geschlecht and a.kategorie = 'insgesamt' and a.generation = 'insgesamt'
),

definitionsvergleich as (
    select
        v.tabelle, v.schluessel, v.kommune, v.stichtag, v.gebiet_id, v.gebiet,
        v.profil_a as profil,
        v.profil_b,
        v.grund as zusatz,
        v.status, v.hinweise, v.datenstand, v.lieferung_id, v.fundstelle, v.veroeffentlichung,
        v.spalte, v.zahl as wert,
        case when v.spalte = 'anteil' then v.personen end::double as zaehler,
        case when v.spalte = 'anteil' then m.einwohner end::double as nenner
    from zahl_definitionsvergleich as v
    left join marts.migrationshintergrund as m
        on
            v.kommune = m.kommune and v.stichtag = m.stichtag and v.gebiet_id = m.gebiet_id and v.profil_a = m.profil
            and m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt' and m.quelle = 'melderegister'
),

optionskennzeichen as (
    select
        o.tabelle, o.schluessel, o.kommune, o.stichtag,
        k.ags as gebiet_id,
        k.name as gebiet,
        o.profil, o.status, o.hinweise, o.datenstand, o.lieferung_id, o.fundstelle, o.veroeffentlichung,
        o.spalte, o.zahl as wert
    from zahl_optionskennzeichen as o
    inner join dim.kommune as k on o.kommune = k.kommune
),

registermerkmal as (
    select
        r.tabelle, r.schluessel, r.kommune, r.stichtag, r.gebiet_id, r.gebiet,
        -- Two facts have values of the same name: how long a person has lived here and how long in Germany, both in years.
        upper(left(r.merkmal, 1)) || replace(substring(r.merkmal, 2), '_auslaender', ' der Ausländer') || ': '
        || r.auspraegung_name as zusatz,
        -- What the vocabulary says of this fact, of all that it says of the column.
        r.merkmal || ': ' || regexp_extract(w.beschreibung, r.merkmal || '(?:, \w+)?: ([^;]*)', 1) || '. Stand '
        || strftime(r.stichtag, '%d.%m.%Y') || '.' as bedeutung,
        r.status, r.hinweise, r.datenstand, r.lieferung_id, r.fundstelle, r.veroeffentlichung,
        r.spalte, r.zahl as wert,
        case when r.spalte = 'anteil' then r.personen end::double as zaehler,
        case
            when r.spalte <> 'anteil' then null
            when r.grundgesamtheit = 'einwohner' then m.einwohner
            when r.grundgesamtheit = 'auslaender' then m.auslaender
            else m.einwohner - m.auslaender
        end::double as nenner
    from zahl_registermerkmal as r
    left join dim.spalte as w on w.tabelle = 'marts.registermerkmal' and w.spalte = 'merkmal'
    left join einwohner as m
        on
            r.kommune = m.kommune and r.stichtag = m.stichtag and r.gebiet_id = m.gebiet_id
            and r.geschlecht = m.geschlecht
),

-- A rate is of the stock before: foreigners where foreigners are counted, or who became German.
bewegung as (
    select
        b.tabelle, b.schluessel, b.kommune, b.stichtag, b.gebiet_id, b.gebiet,
        b.bewegung_name
        || case b.gruppe when 'auslaender' then ', ohne deutsche Staatsangehörigkeit' else '' end as zusatz,
        b.bewegung || ': ' || regexp_extract(w.beschreibung, b.bewegung || '(?:, \w+)?: ([^;]*)', 1)
        || '. Zwischen den Stichtagen ' || strftime(b.stichtag_vorher, '%d.%m.%Y') || ' und '
        || strftime(b.stichtag, '%d.%m.%Y') || '.' as bedeutung,
        b.status, b.hinweise, b.datenstand, b.lieferung_id, b.fundstelle, b.veroeffentlichung,
        b.spalte, b.zahl as wert,
        case when b.spalte = 'anteil' then b.personen end::double as zaehler,
        case
            when b.spalte <> 'anteil' then null
            when b.bewegung = 'einbuergerung' or b.gruppe = 'auslaender' then m.auslaender
            else m.einwohner
        end::double as nenner
    from zahl_bewegung as b
    left join dim.spalte as w on w.tabelle = 'marts.bewegung' and w.spalte = 'bewegung'
    left join einwohner as m
        on
            b.kommune = m.kommune and b.stichtag_vorher = m.stichtag and b.gebiet_id = m.gebiet_id
            and b.geschlecht = m.geschlecht
),

segregation as (
    select
        s.tabelle, s.schluessel, s.kommune, s.stichtag,
        k.ags as gebiet_id,
        k.name as gebiet,
        case when s.profil <> '-' then s.profil end as profil,
        s.mass || ', ' || s.gruppe as zusatz,
        s.herkunft, s.lizenz, s.status, s.hinweise, s.datenstand, s.lieferung_id, s.fundstelle, s.veroeffentlichung,
        s.spalte, s.zahl as wert
    from zahl_segregation as s
    inner join dim.kommune as k on s.kommune = k.kommune
),

tabellenwert as (
    select
        t.tabelle, t.schluessel, t.kommune, t.stichtag, t.gebiet_id, t.gebiet,
        case when t.profil <> '-' then t.profil end as profil,
        t.merkmal_titel
        || case t.groesse when 'zaehler' then ' (Zähler)' when 'nenner' then ' (Nenner)' else '' end as merkmal_titel,
        t.wert_einheit as einheit,
        t.methode, t.herkunft, t.lizenz, t.status, t.hinweise, t.datenstand, t.lieferung_id, t.fundstelle,
        t.veroeffentlichung,
        t.spalte, t.zahl as wert,
        case when t.groesse = 'wert' then max(t.wert) filter (where t.groesse = 'zaehler') over merkmal end as zaehler,
        case when t.groesse = 'wert' then max(t.wert) filter (where t.groesse = 'nenner') over merkmal end as nenner
    from zahl_tabellenwert as t
    window merkmal as (
        partition by
            t.kommune, t.quelle_id, t.stichtag, t.gebiet_id, t.merkmal, t.profil, t.geschlecht, t.altersgruppe, t.staat,
            t.gruppe, t.umgerechnet
    )
),

indikator_zeitreihe as (
    select
        t.tabelle, t.schluessel, t.kommune, t.stichtag, t.gebiet_id, t.gebiet, t.indikator,
        case when t.profil <> '-' then t.profil end as profil,
        -- The categories add up to the count only where the indicator counts all persons with MH.
        case
            when
                i.zaehler_merkmal = 'personen_mit_mh' and i.zaehler_filter is null and t.gruppe = 'insgesamt'
                and t.altersgruppe = 'insgesamt' and t.quelle = 'melderegister'
                then t.profil
        end as regelprofil,
        t.geschlecht, t.einheit, t.quelle, t.herkunft, t.lizenz, t.status, t.hinweise, t.datenstand, t.lieferung_id,
        t.fundstelle, t.veroeffentlichung,
        t.spalte, t.zahl as wert,
        case
            when t.spalte in ('wert', 'untergrenze', 'obergrenze') then t.zaehler
            when t.spalte in ('verhaeltnis', 'lage_quotient') then t.wert
        end as zaehler,
        case
            when t.spalte in ('wert', 'untergrenze', 'obergrenze') then t.nenner
            when t.spalte = 'verhaeltnis' then t.vergleichswert
        end as nenner
    from zahl_indikator_zeitreihe as t
    inner join dim.indikator as i on t.indikator = i.indikator
),

indikator_trend as (
    select
        t.tabelle, t.schluessel, t.kommune,
        coalesce(t.bis, t.datenstand) as stichtag,
        t.gebiet_id, t.gebiet, t.indikator,
        case when t.profil <> '-' then t.profil end as profil,
        t.einheit, t.quelle, t.status, t.hinweise, t.datenstand, t.lieferung_id, t.fundstelle, t.veroeffentlichung,
        t.spalte, t.zahl as wert
    from zahl_indikator_trend as t
),

wertespanne as (
    select
        w.tabelle, w.schluessel, w.kommune, w.stichtag, w.gebiet_id, w.gebiet, w.profil,
        w.status, w.hinweise, w.datenstand, w.lieferung_id, w.fundstelle, w.veroeffentlichung,
        w.spalte, w.zahl as wert,
        case when w.spalte = 'anteil' then m.personen_mit_mh end::double as zaehler,
        case when w.spalte = 'anteil' then m.einwohner end::double as nenner
    from zahl_wertespanne as w
    left join marts.migrationshintergrund as m
        on
            w.kommune = m.kommune and w.stichtag = m.stichtag and w.gebiet_id = m.gebiet_id and w.profil = m.profil
            and w.geschlecht = m.geschlecht and w.altersgruppe = m.altersgruppe and w.quelle = m.quelle
),

datenstandvergleich as (
    select
        d.tabelle, d.schluessel, d.kommune, d.stichtag, d.gebiet_id, d.gebiet, d.profil,
        d.status, d.hinweise, d.datenstand, d.lieferung_id, d.fundstelle, d.veroeffentlichung,
        d.spalte, d.zahl as wert,
        case d.spalte
            when 'anteil_mh_alt' then d.personen_mit_mh_alt when 'anteil_mh_neu' then d.personen_mit_mh_neu
            when 'einwohner_aenderung' then d.einwohner_differenz
        end::double as zaehler,
        case
            when d.spalte in ('anteil_mh_alt', 'einwohner_aenderung') then d.einwohner_alt
            when d.spalte = 'anteil_mh_neu' then d.einwohner_neu
        end::double as nenner
    from zahl_datenstandvergleich as d
),

massnahme_reichweite as (
    select
        r.tabelle, r.schluessel, r.kommune,
        r.stand as stichtag,
        r.gebiet_id, r.indikator,
        r.massnahme_nr || ' ' || r.titel as zusatz,
        case when r.profil <> '-' then r.profil end as profil,
        r.geschlecht, r.status, r.hinweise, r.datenstand, r.lieferung_id, r.fundstelle, r.veroeffentlichung,
        r.spalte, r.zahl as wert,
        case when r.spalte = 'reichweite' then r.teilnehmende end::double as zaehler,
        case when r.spalte = 'reichweite' then r.zielgruppe_groesse end as nenner
    from zahl_massnahme_reichweite as r
),

handlungsfeld_fortschritt as (
    select
        h.tabelle, h.schluessel, h.kommune,
        h.stand as stichtag,
        h.name as zusatz,
        h.status, h.hinweise, h.datenstand, h.lieferung_id, h.fundstelle, h.veroeffentlichung,
        h.spalte, h.zahl as wert,
        case h.spalte
            when 'anteil_umgesetzt' then h.abgeschlossen
            -- Postponed ones that had begun count, too, and have no column of their own: what the share is of.
            when 'anteil_begonnen' then round(h.anteil_begonnen * h.massnahmen)
        end::double as zaehler,
        case when h.spalte in ('anteil_umgesetzt', 'anteil_begonnen') then h.massnahmen end::double as nenner
    from zahl_handlungsfeld_fortschritt as h
),

zahlen as (
    from migrationshintergrund
    union all by name
    from staatsangehoerigkeit
    union all by name
    from staatengruppe
    union all by name
    from bezugsland
    union all by name
    from mh_kategorie
    union all by name
    from definitionsvergleich
    union all by name
    from optionskennzeichen
    union all by name
    from registermerkmal
    union all by name
    from bewegung
    union all by name
    from segregation
    union all by name
    from tabellenwert
    union all by name
    from indikator_zeitreihe
    union all by name
    from indikator_trend
    union all by name
    from wertespanne
    union all by name
    from datenstandvergleich
    union all by name
    from massnahme_reichweite
    union all by name
    from handlungsfeld_fortschritt
),

regeln as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht,
        list(
            {
                'kategorie': kategorie, 'kategorie_name': kategorie_name, 'personen': personen, 'ergebnis': ergebnis_mh
            } order by kategorie
        ) as regeln
    from marts.mh_kategorie
    where generation = 'insgesamt' and kategorie <> 'insgesamt'
    group by kommune, stichtag, gebiet_id, profil, geschlecht
),

-- What a register is called stands in the tables that tell their source.
quellen as (
    select
        lieferung_id,
        any_value(herkunft) as herkunft,
        any_value(lizenz) as lizenz
    from marts.migrationshintergrund
    group by lieferung_id
),

fruehere as (
    select
        tabelle, schluessel, spalte,
        list(
            { 'veroeffentlichung': veroeffentlichung_vorher, 'wert': try_cast(alt as double), 'grund': grund }
            order by veroeffentlichung_vorher
        ) as frueher
    from protokoll.revision
    group by tabelle, schluessel, spalte
),

ergaenzt as (
    select
        z.* exclude (profil, regelprofil, fundstelle),
        -- The status of a row is that of its main figure; another has its own, which hinweise names as `code:column`.
        case
            when list_contains(z.hinweise, 'geheim:' || z.spalte) then 'geheim'
            when list_contains(z.hinweise, 'zu_klein:' || z.spalte) then 'zu_klein'
            when list_contains(z.hinweise, 'nicht_bewertbar:' || z.spalte) then 'nicht_bewertbar'
            when list_contains(z.hinweise, 'nicht_erhoben:' || z.spalte) then 'nicht_erhoben'
            when list_contains(z.hinweise, 'keine_daten:' || z.spalte) then 'keine_daten'
            when
                z.wert is not null
                and z.status in ('geheim', 'zu_klein', 'nicht_bewertbar', 'nicht_erhoben', 'keine_daten')
                then 'ok'
            when
                z.wert is not null and z.status = 'mindestwert'
                and z.spalte in ('einwohner', 'auslaender', 'anteil_auslaender', 'unentscheidbar', 'nenner')
                then 'ok'
            when
                -- Nothing is missing where the printed share follows from its counts.
                z.wert is null and not contains(z.spalte, 'gerechnet')
                and z.status in ('ok', 'mindestwert', 'gerundet', 'vorlaeufig', 'geschaetzt', 'korrigiert')
                then 'nicht_bewertbar'
            else z.status
        end as eigener,
        nullif(z.fundstelle, '') as fundstelle,
        case
            when not list_contains(z.hinweise, 'gerundet') then null
            when
                k.verfahren in ('rundung', 'cellkey') and l.quelle = 'melderegister' and z.tabelle <> 'marts.segregation'
                and not (
                    z.tabelle = 'marts.indikator_zeitreihe'
                    and (
                        (z.spalte = 'wert' and z.wert is not null and z.zaehler is null)
                        or (z.spalte in ('zaehler', 'nenner') and z.wert is null)
                    )
                )
                then case when z.wert is not null then k.verfahren_text end
            when z.tabelle = 'marts.indikator_zeitreihe'
                then 'Gerundet und ohne Zähler und Nenner, weil Alters- oder Gruppengrenzen sonst Einzelne verrieten.'
            when z.tabelle = 'marts.segregation'
                then 'Gerundet, weil Zahlen einzelner Gebiete geschützt sind oder die Quelle gerundet hat.'
            else 'Gerundet, wie die Quelle sie gedruckt hat.'
        end as rundung,
        case
            when z.methode = 'gerundet_5' and list_contains(z.hinweise, 'quelle_gerundet')
                then 'Von der Quelle auf ein Vielfaches von 5 gerundet; nicht selbst addieren.'
            when z.methode = 'gerundet_10' and list_contains(z.hinweise, 'quelle_gerundet')
                then 'Von der Quelle auf ein Vielfaches von 10 gerundet; nicht selbst addieren.'
            when z.methode = 'cell_key' then 'Von der Quelle mit dem Cell-Key-Verfahren verändert; nicht selbst addieren.'
            when z.methode = 'keine' then 'Ob die Quelle geschützt hat, ist nicht bekannt.'
        end as quellschutz,
        case when z.spalte not in ('einwohner', 'auslaender', 'anteil_auslaender') then z.profil end as profil,
        case when z.spalte in ('wert', 'zaehler', 'unentscheidbar') or contains(z.spalte, '_mh') then z.regelprofil end
            as regelprofil
    from zahlen as z
    left join dim.kommune as k on z.kommune = k.kommune
    left join protokoll.lieferung as l on z.lieferung_id = l.lieferung_id
)

select
    e.tabelle, e.schluessel, e.spalte,
    case when e.indikator is not null and e.spalte = 'wert' then e.indikator else e.spalte end as kennzahl,
    e.kommune, e.gebiet_id, e.gebiet, e.stichtag,
    coalesce(
        e.merkmal_titel,
        case when e.spalte = 'wert' then i.name end,
        s.titel || coalesce(' (' || coalesce(e.zusatz, i.name) || ')', '')
    ) as bezeichnung,
    e.wert,
    case
        when e.tabelle = 'marts.tabellenwert' then e.einheit
        when e.indikator is null then s.einheit
        else replace(
            replace(s.einheit, 'in der Einheit des Indikators', coalesce(e.einheit, i.einheit)),
            'Einheit des Indikators', coalesce(e.einheit, i.einheit)
        )
    end as einheit,
    concat_ws(
        ' ',
        i.definition,
        case
            when e.profil_b is not null then p.titel || ' gegenüber ' || pb.titel
            when i.indikator is not null then 'Migrationshintergrund nach: ' || p.titel
            else coalesce(p.titel, e.merkmal_titel, concat_ws(' ', e.bedeutung, s.beschreibung))
        end
    ) as definition,
    coalesce(p.version || coalesce(' / ' || pb.version, ''), '-') as version,
    coalesce(i.beachten, []) as beachten,
    e.zaehler, e.nenner, r.regeln,
    coalesce(e.quelle, l.quelle) as quelle,
    coalesce(e.herkunft, q.herkunft) as herkunft,
    coalesce(e.lizenz, q.lizenz) as lizenz,
    e.lieferung_id, l.datei, l.sha256, e.fundstelle, e.datenstand, l.eingelesen_am,
    e.eigener as status,
    e.hinweise,
    case
        when e.wert is not null
            then coalesce(
                nullif(concat_ws(' ', e.rundung, e.quellschutz), ''),
                'Weder geschützt noch gerundet: Die Zahl steht da, wie sie gezählt, gerechnet oder geliefert wurde.'
            )
        else coalesce(
            nullif(
                concat_ws(
                    ' ',
                    case
                        when e.eigener = 'geheim'
                            then
                                'Geschützt: Die Zahl liegt unter der Mindestfallzahl ' || k.mindestfallzahl
                                || ', oder aus ihr ließe sich eine solche errechnen.'
                    end,
                    case
                        when e.eigener = 'zu_klein'
                            then
                                'Zähler oder Nenner sind für einen Wert zu klein (Mindestnenner '
                                || greatest(k.mindestnenner, coalesce(i.mindestnenner, 0)) || ').'
                    end,
                    e.rundung,
                    case when e.eigener = 'nicht_erhoben' then 'Die Quelle weist sie nicht aus.' end,
                    case when e.eigener = 'keine_daten' then 'Es liegen keine Daten vor.' end,
                    case when e.eigener = 'nicht_bewertbar' and e.status <> 'ok' then 'Ein Wert lässt sich nicht bilden.' end
                ),
                ''
            ),
            'Diese Zahl lässt sich hier nicht bilden, oder eine Zahl, auf der sie beruht, ist geschützt.'
        )
    end as schutz,
    coalesce(f.frueher, []) as frueher,
    e.veroeffentlichung
from ergaenzt as e
left join dim.spalte as s on e.tabelle = s.tabelle and e.spalte = s.spalte
left join dim.kommune as k on e.kommune = k.kommune
left join dim.indikator as i on e.indikator = i.indikator
left join dim.profil as p on e.profil = p.profil
left join dim.profil as pb on e.profil_b = pb.profil
left join protokoll.lieferung as l on e.lieferung_id = l.lieferung_id
left join quellen as q on e.lieferung_id = q.lieferung_id
left join regeln as r
    on
        e.kommune = r.kommune and e.stichtag = r.stichtag and e.gebiet_id = r.gebiet_id and e.regelprofil = r.profil
        and e.geschlecht = r.geschlecht
left join fruehere as f on e.tabelle = f.tabelle and e.schluessel = f.schluessel and e.spalte = f.spalte
