-- Wie jede veröffentlichte Zahl zustande kam: Definition, Zähler und Nenner, Lieferung und Zelle, Schutz, frühere Werte.
-- Grain: tabelle, schluessel, spalte. A view of the published file: it holds no figure of its own.
-- Every client since DuckDB 1.0 must read it: no lambdas (`->` is gone in 2.0, `lambda` unknown in 1.0), no macros.
with migrationshintergrund as (
    select
        'marts.migrationshintergrund' as tabelle,
        concat(
            'kommune=', m.kommune, '; stichtag=', m.stichtag, '; gebiet_id=', m.gebiet_id, '; profil=', m.profil,
            '; geschlecht=', m.geschlecht, '; altersgruppe=', m.altersgruppe, '; quelle=', m.quelle
        ) as schluessel,
        m.kommune, m.stichtag, m.gebiet_id, m.gebiet,
        case when m.profil <> '-' then m.profil end as profil,
        case when m.quelle = 'melderegister' and m.altersgruppe = 'insgesamt' then m.profil end as regelprofil,
        m.geschlecht, m.herkunft, m.lizenz, m.status, m.hinweise, m.datenstand, m.lieferung_id, m.fundstelle,
        m.veroeffentlichung,
        c.spalte,
        case c.spalte
            when 'einwohner' then m.einwohner when 'auslaender' then m.auslaender
            when 'deutsche_mit_mh' then m.deutsche_mit_mh when 'personen_mit_mh' then m.personen_mit_mh
            when 'unentscheidbar' then m.unentscheidbar when 'anteil_auslaender' then m.anteil_auslaender
            when 'anteil_mh' then m.anteil_mh when 'anteil_mh_min' then m.anteil_mh_min
            when 'anteil_mh_max' then m.anteil_mh_max when 'lokationsquotient_mh' then m.lokationsquotient_mh
        end::double as wert,
        case c.spalte
            when 'anteil_auslaender' then m.auslaender
            when 'anteil_mh' then m.personen_mit_mh
            when 'anteil_mh_min' then m.personen_mit_mh
            when 'anteil_mh_max' then m.personen_mit_mh + m.unentscheidbar
            when 'lokationsquotient_mh' then m.anteil_mh
        end::double as zaehler,
        case
            when c.spalte = 'lokationsquotient_mh' then o.anteil_mh
            when starts_with(c.spalte, 'anteil') then m.einwohner
        end::double as nenner
    from marts.migrationshintergrund as m
    cross join (
        values
        ('einwohner'), ('auslaender'), ('deutsche_mit_mh'), ('personen_mit_mh'), ('unentscheidbar'),
        ('anteil_auslaender'), ('anteil_mh'), ('anteil_mh_min'), ('anteil_mh_max'), ('lokationsquotient_mh')
    ) as c (spalte)
    inner join dim.kommune as k on m.kommune = k.kommune
    left join marts.migrationshintergrund as o
        on
            m.kommune = o.kommune and m.stichtag = o.stichtag and k.ags = o.gebiet_id and m.profil = o.profil
            and m.geschlecht = o.geschlecht and m.altersgruppe = o.altersgruppe and m.quelle = o.quelle
),

staatsangehoerigkeit as (
    select
        'marts.staatsangehoerigkeit' as tabelle,
        concat(
            'kommune=', s.kommune, '; stichtag=', s.stichtag, '; gebiet_id=', s.gebiet_id, '; staat=', s.staat,
            '; geschlecht=', s.geschlecht, '; quelle=', s.quelle
        ) as schluessel,
        s.kommune, s.stichtag, s.gebiet_id, s.gebiet,
        s.staat_name as zusatz,
        s.herkunft, s.lizenz, s.status, s.hinweise, s.datenstand, s.lieferung_id, s.fundstelle, s.veroeffentlichung,
        c.spalte,
        case c.spalte when 'personen' then s.personen when 'anteil' then s.anteil when 'rang' then s.rang end::double as wert,
        case when c.spalte = 'anteil' then s.personen end::double as zaehler,
        case when c.spalte = 'anteil' then a.personen end::double as nenner
    from marts.staatsangehoerigkeit as s
    cross join (values ('personen'), ('anteil'), ('rang')) as c (spalte)
    left join marts.staatsangehoerigkeit as a
        on
            s.kommune = a.kommune and s.stichtag = a.stichtag and s.gebiet_id = a.gebiet_id and s.geschlecht = a.geschlecht
            and s.quelle = a.quelle and a.staat = 'insgesamt'
),

bezugsland as (
    select
        'marts.bezugsland' as tabelle,
        concat(
            'kommune=', b.kommune, '; stichtag=', b.stichtag, '; gebiet_id=', b.gebiet_id, '; profil=', b.profil, '; staat=',
            b.staat, '; geschlecht=', b.geschlecht
        ) as schluessel,
        b.kommune, b.stichtag, b.gebiet_id, b.gebiet, b.profil,
        b.staat_name as zusatz,
        b.status, b.hinweise, b.datenstand, b.lieferung_id,
        b.fundstelle, b.veroeffentlichung,
        c.spalte,
        case c.spalte when 'personen' then b.personen when 'anteil' then b.anteil when 'rang' then b.rang end::double as wert,
        case when c.spalte = 'anteil' then b.personen end::double as zaehler,
        case when c.spalte = 'anteil' then a.personen end::double as nenner
    from marts.bezugsland as b
    cross join (values ('personen'), ('anteil'), ('rang')) as c (spalte)
    left join marts.bezugsland as a
        on
            b.kommune = a.kommune and b.stichtag = a.stichtag and b.gebiet_id = a.gebiet_id and b.profil = a.profil
            and b.geschlecht = a.geschlecht and a.staat = 'insgesamt'
),

mh_kategorie as (
    select
        'marts.mh_kategorie' as tabelle,
        concat(
            'kommune=', m.kommune, '; stichtag=', m.stichtag, '; gebiet_id=', m.gebiet_id, '; profil=', m.profil,
            '; kategorie=', m.kategorie, '; generation=', m.generation, '; geschlecht=', m.geschlecht
        ) as schluessel,
        m.kommune, m.stichtag, m.gebiet_id, m.gebiet, m.profil,
        m.kategorie_name as zusatz,
        m.status, m.hinweise, m.datenstand, m.lieferung_id,
        m.fundstelle, m.veroeffentlichung,
        c.spalte,
        case c.spalte when 'personen' then m.personen when 'anteil' then m.anteil end::double as wert,
        case when c.spalte = 'anteil' then m.personen end::double as zaehler,
        case when c.spalte = 'anteil' then a.personen end::double as nenner
    from marts.mh_kategorie as m
    cross join (values ('personen'), ('anteil')) as c (spalte)
    left join marts.mh_kategorie as a
        on
            m.kommune = a.kommune and m.stichtag = a.stichtag and m.gebiet_id = a.gebiet_id and m.profil = a.profil
            and m.geschlecht = a.geschlecht and a.kategorie = 'insgesamt' and a.generation = 'insgesamt'
),

definitionsvergleich as (
    select
        'marts.definitionsvergleich' as tabelle,
        concat(
            'kommune=', v.kommune, '; stichtag=', v.stichtag, '; gebiet_id=', v.gebiet_id, '; profil_a=', v.profil_a,
            '; profil_b=', v.profil_b, '; regel_a=', v.regel_a, '; regel_b=', v.regel_b
        ) as schluessel,
        v.kommune, v.stichtag, v.gebiet_id, v.gebiet,
        v.profil_a as profil,
        v.profil_b,
        v.grund as zusatz,
        v.status, v.hinweise, v.datenstand, v.lieferung_id, v.fundstelle, v.veroeffentlichung,
        c.spalte,
        case c.spalte when 'personen' then v.personen when 'anteil' then v.anteil end::double as wert,
        case when c.spalte = 'anteil' then v.personen end::double as zaehler,
        case when c.spalte = 'anteil' then m.einwohner end::double as nenner
    from marts.definitionsvergleich as v
    cross join (values ('personen'), ('anteil')) as c (spalte)
    left join marts.migrationshintergrund as m
        on
            v.kommune = m.kommune and v.stichtag = m.stichtag and v.gebiet_id = m.gebiet_id and v.profil_a = m.profil
            and m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt' and m.quelle = 'melderegister'
),

segregation as (
    select
        'marts.segregation' as tabelle,
        concat(
            'kommune=', s.kommune, '; stichtag=', s.stichtag, '; profil=', s.profil, '; gruppe=', s.gruppe, '; mass=', s.mass,
            '; quelle=', s.quelle
        ) as schluessel,
        s.kommune, s.stichtag,
        k.ags as gebiet_id,
        k.name as gebiet,
        case when s.profil <> '-' then s.profil end as profil,
        s.mass || ', ' || s.gruppe as zusatz,
        s.herkunft, s.lizenz, s.status, s.hinweise, s.datenstand, s.lieferung_id, s.fundstelle, s.veroeffentlichung,
        c.spalte,
        case c.spalte when 'wert' then s.wert when 'anzahl_gebiete' then s.anzahl_gebiete end::double as wert
    from marts.segregation as s
    cross join (values ('wert'), ('anzahl_gebiete')) as c (spalte)
    inner join dim.kommune as k on s.kommune = k.kommune
),

tabellenwert as (
    select
        'marts.tabellenwert' as tabelle,
        concat(
            'kommune=', t.kommune, '; quelle_id=', t.quelle_id, '; stichtag=', t.stichtag, '; gebiet_id=', t.gebiet_id,
            '; merkmal=', t.merkmal, '; groesse=', t.groesse, '; profil=', t.profil, '; geschlecht=', t.geschlecht,
            '; altersgruppe=', t.altersgruppe, '; staat=', t.staat, '; gruppe=', t.gruppe, '; umgerechnet=', t.umgerechnet
        ) as schluessel,
        t.kommune, t.stichtag, t.gebiet_id, t.gebiet,
        case when t.profil <> '-' then t.profil end as profil,
        t.merkmal_titel
        || case t.groesse when 'zaehler' then ' (Zähler)' when 'nenner' then ' (Nenner)' else '' end as merkmal_titel,
        t.wert_einheit as einheit,
        t.methode, t.herkunft, t.lizenz, t.status, t.hinweise, t.datenstand, t.lieferung_id, t.fundstelle,
        t.veroeffentlichung,
        'wert' as spalte,
        t.wert,
        case when t.groesse = 'wert' then max(t.wert) filter (where t.groesse = 'zaehler') over merkmal end as zaehler,
        case when t.groesse = 'wert' then max(t.wert) filter (where t.groesse = 'nenner') over merkmal end as nenner
    from marts.tabellenwert as t
    window merkmal as (
        partition by
            t.kommune, t.quelle_id, t.stichtag, t.gebiet_id, t.merkmal, t.profil, t.geschlecht, t.altersgruppe, t.staat,
            t.gruppe, t.umgerechnet
    )
),

indikator_zeitreihe as (
    select
        'marts.indikator_zeitreihe' as tabelle,
        concat(
            'kommune=', t.kommune, '; gebiet_id=', t.gebiet_id, '; indikator=', t.indikator, '; profil=', t.profil,
            '; gruppe=', t.gruppe, '; geschlecht=', t.geschlecht, '; altersgruppe=', t.altersgruppe, '; zeitraum=', t.zeitraum
        ) as schluessel,
        t.kommune, t.stichtag, t.gebiet_id, t.gebiet, t.indikator,
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
        c.spalte,
        case c.spalte
            when 'wert' then t.wert when 'zaehler' then t.zaehler when 'nenner' then t.nenner
            when 'untergrenze' then t.untergrenze when 'obergrenze' then t.obergrenze
            when 'vergleichswert' then t.vergleichswert when 'abstand' then t.abstand when 'verhaeltnis' then t.verhaeltnis
            when 'vorwert' then t.vorwert when 'veraenderung_vorperiode' then t.veraenderung_vorperiode
            when 'veraenderung_basis' then t.veraenderung_basis when 'index_basis' then t.index_basis
            when 'veraenderung_je_jahr' then t.veraenderung_je_jahr
            when 'vergleich_veraenderung' then t.vergleich_veraenderung
            when 'abstand_veraenderung' then t.abstand_veraenderung when 'lage_rang' then t.lage_rang
            when 'lage_gebiete' then t.lage_gebiete when 'lage_quantil' then t.lage_quantil
            when 'lage_quotient' then t.lage_quotient when 'zielabstand' then t.zielabstand
            when 'ziel_tempo' then t.ziel_tempo
        end::double as wert,
        case
            when c.spalte in ('wert', 'untergrenze', 'obergrenze') then t.zaehler
            when c.spalte in ('verhaeltnis', 'lage_quotient') then t.wert
        end as zaehler,
        case
            when c.spalte in ('wert', 'untergrenze', 'obergrenze') then t.nenner
            when c.spalte = 'verhaeltnis' then t.vergleichswert
        end as nenner
    from marts.indikator_zeitreihe as t
    cross join (
        values
        ('wert'), ('zaehler'), ('nenner'), ('untergrenze'), ('obergrenze'), ('vergleichswert'), ('abstand'),
        ('verhaeltnis'), ('vorwert'), ('veraenderung_vorperiode'), ('veraenderung_basis'), ('index_basis'),
        ('veraenderung_je_jahr'), ('vergleich_veraenderung'), ('abstand_veraenderung'), ('lage_rang'),
        ('lage_gebiete'), ('lage_quantil'), ('lage_quotient'), ('zielabstand'), ('ziel_tempo')
    ) as c (spalte)
    inner join dim.indikator as i on t.indikator = i.indikator
),

indikator_trend as (
    select
        'marts.indikator_trend' as tabelle,
        concat(
            'kommune=', t.kommune, '; gebiet_id=', t.gebiet_id, '; indikator=', t.indikator, '; profil=', t.profil,
            '; gruppe=', t.gruppe, '; geschlecht=', t.geschlecht, '; altersgruppe=', t.altersgruppe
        ) as schluessel,
        t.kommune,
        coalesce(t.bis, t.datenstand) as stichtag,
        t.gebiet_id, t.gebiet, t.indikator,
        case when t.profil <> '-' then t.profil end as profil,
        t.einheit, t.quelle, t.status, t.hinweise, t.datenstand, t.lieferung_id, t.fundstelle, t.veroeffentlichung,
        c.spalte,
        case c.spalte
            when 'punkte' then t.punkte when 'luecken' then t.luecken when 'tau' then t.tau when 'p_wert' then t.p_wert
            when 'steigung_je_jahr' then t.steigung_je_jahr when 'veraenderung' then t.veraenderung
        end::double as wert
    from marts.indikator_trend as t
    cross join (
        values ('punkte'), ('luecken'), ('tau'), ('p_wert'), ('steigung_je_jahr'), ('veraenderung')
    ) as c (spalte)
),

wertespanne as (
    select
        'marts.wertespanne' as tabelle,
        concat(
            'kommune=', w.kommune, '; stichtag=', w.stichtag, '; gebiet_id=', w.gebiet_id, '; geschlecht=', w.geschlecht,
            '; altersgruppe=', w.altersgruppe, '; profil=', w.profil, '; quelle=', w.quelle
        ) as schluessel,
        w.kommune, w.stichtag, w.gebiet_id, w.gebiet, w.profil,
        w.status, w.hinweise, w.datenstand, w.lieferung_id, w.fundstelle, w.veroeffentlichung,
        c.spalte,
        case c.spalte
            when 'anteil' then w.anteil when 'unentscheidbar_unten' then w.unentscheidbar_unten
            when 'unentscheidbar_oben' then w.unentscheidbar_oben
            when 'unentscheidbar_spanne' then w.unentscheidbar_spanne when 'definition_unten' then w.definition_unten
            when 'definition_oben' then w.definition_oben when 'definition_spanne' then w.definition_spanne
            when 'anzahl_profile' then w.anzahl_profile when 'anzahl_mindestwerte' then w.anzahl_mindestwerte
            when 'stichprobe_unten' then w.stichprobe_unten when 'stichprobe_oben' then w.stichprobe_oben
            when 'stichprobe_spanne' then w.stichprobe_spanne when 'gesamt_unten' then w.gesamt_unten
            when 'gesamt_oben' then w.gesamt_oben
        end::double as wert
    from marts.wertespanne as w
    cross join (
        values
        ('anteil'), ('unentscheidbar_unten'), ('unentscheidbar_oben'), ('unentscheidbar_spanne'), ('definition_unten'),
        ('definition_oben'), ('definition_spanne'), ('anzahl_profile'), ('anzahl_mindestwerte'), ('stichprobe_unten'),
        ('stichprobe_oben'), ('stichprobe_spanne'), ('gesamt_unten'), ('gesamt_oben')
    ) as c (spalte)
),

datenstandvergleich as (
    select
        'marts.datenstandvergleich' as tabelle,
        concat(
            'kommune=', d.kommune, '; stichtag=', d.stichtag, '; gebiet_id=', d.gebiet_id, '; profil=', d.profil,
            '; datenstand_alt=', d.datenstand_alt, '; datenstand_neu=', d.datenstand_neu
        ) as schluessel,
        d.kommune, d.stichtag, d.gebiet_id, d.gebiet, d.profil,
        d.status, d.hinweise, d.datenstand, d.lieferung_id, d.fundstelle, d.veroeffentlichung,
        c.spalte,
        case c.spalte
            when 'einwohner_alt' then d.einwohner_alt when 'einwohner_neu' then d.einwohner_neu
            when 'einwohner_differenz' then d.einwohner_differenz when 'einwohner_aenderung' then d.einwohner_aenderung
            when 'auslaender_alt' then d.auslaender_alt when 'auslaender_neu' then d.auslaender_neu
            when 'auslaender_differenz' then d.auslaender_differenz
            when 'personen_mit_mh_alt' then d.personen_mit_mh_alt when 'personen_mit_mh_neu' then d.personen_mit_mh_neu
            when 'personen_mit_mh_differenz' then d.personen_mit_mh_differenz
            when 'anteil_mh_alt' then d.anteil_mh_alt when 'anteil_mh_neu' then d.anteil_mh_neu
            when 'anteil_mh_differenz' then d.anteil_mh_differenz when 'nachmeldetage' then d.nachmeldetage
        end::double as wert,
        case c.spalte
            when 'anteil_mh_alt' then d.personen_mit_mh_alt when 'anteil_mh_neu' then d.personen_mit_mh_neu
            when 'einwohner_aenderung' then d.einwohner_differenz
        end::double as zaehler,
        case
            when c.spalte in ('anteil_mh_alt', 'einwohner_aenderung') then d.einwohner_alt
            when c.spalte = 'anteil_mh_neu' then d.einwohner_neu
        end::double as nenner
    from marts.datenstandvergleich as d
    cross join (
        values
        ('einwohner_alt'), ('einwohner_neu'), ('einwohner_differenz'), ('einwohner_aenderung'), ('auslaender_alt'),
        ('auslaender_neu'), ('auslaender_differenz'), ('personen_mit_mh_alt'), ('personen_mit_mh_neu'),
        ('personen_mit_mh_differenz'), ('anteil_mh_alt'), ('anteil_mh_neu'), ('anteil_mh_differenz'), ('nachmeldetage')
    ) as c (spalte)
),

massnahme_reichweite as (
    select
        'marts.massnahme_reichweite' as tabelle,
        concat(
            'kommune=', r.kommune, '; konzept=', r.konzept, '; massnahme_nr=', r.massnahme_nr, '; stand=', r.stand
        ) as schluessel,
        r.kommune,
        r.stand as stichtag,
        r.gebiet_id, r.indikator,
        r.massnahme_nr || ' ' || r.titel as zusatz,
        case when r.profil <> '-' then r.profil end as profil,
        r.geschlecht, r.status, r.hinweise, r.datenstand, r.lieferung_id, r.fundstelle, r.veroeffentlichung,
        c.spalte,
        case c.spalte
            when 'zielgruppe_groesse' then r.zielgruppe_groesse when 'teilnehmende' then r.teilnehmende
            when 'reichweite' then r.reichweite when 'hoechstmoegliche_aenderung' then r.hoechstmoegliche_aenderung
            when 'stabilitaetsband' then r.stabilitaetsband
            when 'kleinste_sichtbare_aenderung' then r.kleinste_sichtbare_aenderung
            when 'noetiger_anteil_veraendert' then r.noetiger_anteil_veraendert
        end::double as wert,
        case when c.spalte = 'reichweite' then r.teilnehmende end::double as zaehler,
        case when c.spalte = 'reichweite' then r.zielgruppe_groesse end as nenner
    from marts.massnahme_reichweite as r
    cross join (
        values
        ('zielgruppe_groesse'), ('teilnehmende'), ('reichweite'), ('hoechstmoegliche_aenderung'), ('stabilitaetsband'),
        ('kleinste_sichtbare_aenderung'), ('noetiger_anteil_veraendert')
    ) as c (spalte)
),

handlungsfeld_fortschritt as (
    select
        'marts.handlungsfeld_fortschritt' as tabelle,
        concat(
            'kommune=', h.kommune, '; konzept=', h.konzept, '; handlungsfeld=', h.handlungsfeld, '; stand=', h.stand
        ) as schluessel,
        h.kommune,
        h.stand as stichtag,
        h.name as zusatz,
        h.status, h.hinweise, h.datenstand, h.lieferung_id, h.fundstelle, h.veroeffentlichung,
        c.spalte,
        case c.spalte
            when 'massnahmen' then h.massnahmen when 'geplant' then h.geplant when 'begonnen' then h.begonnen
            when 'laufend' then h.laufend when 'daueraufgabe' then h.daueraufgabe
            when 'abgeschlossen' then h.abgeschlossen when 'verschoben' then h.verschoben
            when 'nicht_begonnen' then h.nicht_begonnen when 'entfallen' then h.entfallen
            when 'ohne_angabe' then h.ohne_angabe when 'ideen' then h.ideen
            when 'anteil_umgesetzt' then h.anteil_umgesetzt when 'anteil_begonnen' then h.anteil_begonnen
            when 'ohne_begruendung' then h.ohne_begruendung when 'ueberfaellig' then h.ueberfaellig
        end::double as wert,
        case when c.spalte = 'anteil_umgesetzt' then h.abgeschlossen end::double as zaehler,
        case when c.spalte in ('anteil_umgesetzt', 'anteil_begonnen') then h.massnahmen end::double as nenner
    from marts.handlungsfeld_fortschritt as h
    cross join (
        values
        ('massnahmen'), ('geplant'), ('begonnen'), ('laufend'), ('daueraufgabe'), ('abgeschlossen'), ('verschoben'),
        ('nicht_begonnen'), ('entfallen'), ('ohne_angabe'), ('ideen'), ('anteil_umgesetzt'), ('anteil_begonnen'),
        ('ohne_begruendung'), ('ueberfaellig')
    ) as c (spalte)
),

zahlen as (
    from migrationshintergrund
    union all by name
    from staatsangehoerigkeit
    union all by name
    from bezugsland
    union all by name
    from mh_kategorie
    union all by name
    from definitionsvergleich
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
        nullif(z.fundstelle, '') as fundstelle,
        case
            when not list_contains(z.hinweise, 'gerundet') then null
            when z.tabelle = 'marts.indikator_zeitreihe'
                then 'Gerundet und ohne Zähler und Nenner, weil Alters- oder Gruppengrenzen sonst Einzelne verrieten.'
            when z.tabelle = 'marts.segregation'
                then 'Gerundet, weil Zahlen einzelner Gebiete geschützt sind oder die Quelle gerundet hat.'
            else 'Gerundet, wie die Quelle sie gedruckt hat.'
        end as rundung,
        case z.methode
            when 'gerundet_5' then 'Von der Quelle auf ein Vielfaches von 5 gerundet; nicht selbst addieren.'
            when 'gerundet_10' then 'Von der Quelle auf ein Vielfaches von 10 gerundet; nicht selbst addieren.'
            when 'cell_key' then 'Von der Quelle mit dem Cell-Key-Verfahren verändert; nicht selbst addieren.'
            when 'keine' then 'Ob die Quelle geschützt hat, ist nicht bekannt.'
        end as quellschutz,
        case when z.spalte not in ('einwohner', 'auslaender', 'anteil_auslaender') then z.profil end as profil,
        case when z.spalte in ('wert', 'zaehler', 'unentscheidbar') or contains(z.spalte, '_mh') then z.regelprofil end
            as regelprofil
    from zahlen as z
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
            else coalesce(p.titel, e.merkmal_titel, s.beschreibung)
        end
    ) as definition,
    coalesce(p.version || coalesce(' / ' || pb.version, ''), '-') as version,
    coalesce(i.beachten, []) as beachten,
    e.zaehler, e.nenner, r.regeln,
    coalesce(e.quelle, l.quelle) as quelle,
    coalesce(e.herkunft, q.herkunft) as herkunft,
    coalesce(e.lizenz, q.lizenz) as lizenz,
    e.lieferung_id, l.datei, l.sha256, e.fundstelle, e.datenstand, l.eingelesen_am, e.status, e.hinweise,
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
                        when list_contains(e.hinweise, 'geheim_primaer')
                            then
                                'Geschützt: Eine Zahl oder ihr Rest bis zur Gesamtzahl liegt unter der Mindestfallzahl '
                                || k.mindestfallzahl || '.'
                    end,
                    case
                        when list_contains(e.hinweise, 'geheim_sekundaer')
                            then 'Geschützt: Aus ihr ließe sich eine andere geschützte Zahl errechnen.'
                    end,
                    case
                        when list_contains(e.hinweise, 'zu_klein')
                            then
                                'Zähler oder Nenner sind für einen Wert zu klein (Mindestnenner '
                                || greatest(k.mindestnenner, coalesce(i.mindestnenner, 0)) || ').'
                    end,
                    e.rundung,
                    case list_contains(e.hinweise, 'nicht_erhoben') when true then 'Die Quelle weist sie nicht aus.' end,
                    case list_contains(e.hinweise, 'keine_daten') when true then 'Es liegen keine Daten vor.' end,
                    case list_contains(e.hinweise, 'nicht_bewertbar') when true then 'Ein Wert lässt sich nicht bilden.' end
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
