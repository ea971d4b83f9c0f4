-- Jeder Indikator als Zeitreihe: Wert, Vergleichsgruppe, Änderung, Urteil, Ziel und Lage im Ort.
-- Grain: kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, zeitraum.
-- Everything here comes from protected values: what is compared, ranked or judged gives nothing away. A stretch (abschnitt) is
-- comparable in itself: a break, another source or an area that changed begins a new one. A stock of the year is compared with
-- the one of the same day of the year (saison), never a half-year shown as a year.
-- Long because stretches, change, verdict, goal and place in the town build on one another, row by row.
with bruchtage as (
    select
        i.indikator,
        list({ 'datum': b.datum, 'grund': b.grund }) as tage
    from stamm.indikator as i
    inner join stamm.bruch as b
        on b.gilt_fuer = 'indikator' and i.indikator glob b.schluessel
    group by i.indikator
),

-- What a source counts breaks with its statistics: of the source a number has, not of those the catalogue allows.
statistikbrueche as (
    select
        schluessel as bevoelkerung,
        list({ 'datum': datum, 'grund': grund, 'begriff': schluessel, 'basis': zensusbasis }) as tage
    from stamm.bruch
    where gilt_fuer = 'bevoelkerung'
    group by schluessel
),

quellen as (
    select kommune, quelle_id, herkunft, lizenz, bevoelkerung, zensusbasis
    from stamm.quelle
    union all
    select
        kommune, quelle_id, herkunft,
        '' as lizenz,
        'sonstige' as bevoelkerung,
        null as zensusbasis
    from stamm.massnahmenquelle
),

profilbrueche as (
    select
        schluessel as profil,
        list({ 'datum': datum, 'grund': grund }) as tage
    from stamm.bruch
    where gilt_fuer = 'profil'
    group by schluessel
),

g as (select distinct kommune, ebene from stamm.gebiet),

ortsbrueche as (
    select
        o.kommune, i.indikator, g.ebene,
        list({ 'datum': o.datum, 'grund': o.grund }) as tage
    from stamm.ortsbruch as o
    inner join stamm.indikator as i on i.indikator glob o.indikator
    inner join g
        on o.kommune = g.kommune and (o.ebene = g.ebene or o.ebene = 'alle')
    group by o.kommune, i.indikator, g.ebene
),

gebietsbrueche as (
    select
        kommune,
        neu_id as gebiet_id,
        list(distinct { 'datum': bruch_am, 'grund': 'Gebietsänderung.' }) as tage
    from stamm.bruecke
    group by kommune, neu_id
),

umstellungen as (
    select
        kommune,
        list(distinct { 'datum': bruch_am, 'grund': 'Gebietsänderung.' }) as tage
    from stamm.bruecke
    group by kommune
),

werte as (
    select
        w.*,
        g.gebiet,
        g.ebene,
        i.bezugstag,
        i.periodizitaet,
        i.einheit,
        i.richtung,
        i.faktor,
        i.mindestnenner,
        i.urteil_nenner,
        i.urteil_zaehler,
        i.relevanzschwelle,
        i.relevanz_art,
        w.gebiet_id = k.ags as ist_kommune,
        k.ags,
        case
            when i.bezugstag is not null and i.periodizitaet = 'jaehrlich' then strftime(w.zeitraum, '%m-%d') else '-'
        end as saison,
        coalesce(q.bevoelkerung, 'sonstige') as bevoelkerung,
        list_distinct([coalesce(q.bevoelkerung, 'sonstige'), coalesce(nq.bevoelkerung, 'sonstige')]) as begriffe,
        -- A model of how far small numbers move needs a part of a whole that is not everybody there is.
        coalesce(i.ist_anteil, false) and not i.prozess and w.status <> 'mindestwert'
        and not (
            (w.gebiet_id = k.ags or g.ebene = 'kreis') and w.gruppe = 'insgesamt' and w.geschlecht = 'insgesamt'
            and w.altersgruppe = 'insgesamt' and coalesce(i.nenner_merkmal, '') = 'einwohner' and i.nenner_filter is null
        ) as mit_band,
        c.kommune is not null as korrigiert,
        -- An index over all areas already compares a group with all others.
        case
            when i.herleitung = 'segregation' then null
            when w.gruppe = 'auslaender' then 'deutsche'
            when w.gruppe = 'deutsche' then 'auslaender'
            when w.gruppe = 'mit_mh' then 'ohne_mh'
            when w.gruppe = 'ohne_mh' then 'mit_mh'
        end as vergleichsgruppe,
        list_filter(
            flatten([
                coalesce(b.tage, []),
                coalesce(p.tage, []),
                coalesce(o.tage, []),
                case when not w.umgerechnet then coalesce(a.tage, []) else [] end,
                case when i.herleitung = 'segregation' then coalesce(u.tage, []) else [] end
            ]),
            lambda t: struct_extract(t, 'datum') <= w.stichtag
        )
        -- Re-based figures stand in the new areas from the beginning.
        || case when w.umgerechnet then coalesce(a.tage, []) else [] end as brueche,
        list_filter(
            coalesce(s.tage, []),
            lambda t: coalesce(q.zensusbasis >= struct_extract(t, 'basis'), struct_extract(t, 'datum') <= w.stichtag)
        )
        || list_filter(
            coalesce(ns.tage, []),
            lambda t: coalesce(nq.zensusbasis >= struct_extract(t, 'basis'), struct_extract(t, 'datum') <= w.nenner_stichtag)
        ) as quellenbrueche
    from geheimhaltung.indikatorwert as w
    inner join stamm.indikator as i on w.indikator = i.indikator
    inner join stamm.kommune as k on w.kommune = k.kommune
    inner join stamm.gebiet as g on w.kommune = g.kommune and w.gebiet_id = g.gebiet_id
    left join quellen as q on w.kommune = q.kommune and w.quelle_id = q.quelle_id
    left join quellen as nq
        on w.kommune = nq.kommune and w.nenner_quelle_id = nq.quelle_id and w.nenner_quelle_id <> w.quelle_id
    left join statistikbrueche as s on q.bevoelkerung = s.bevoelkerung
    left join statistikbrueche as ns on nq.bevoelkerung = ns.bevoelkerung
    left join bruchtage as b on w.indikator = b.indikator
    left join profilbrueche as p on w.profil = p.profil
    left join ortsbrueche as o on w.kommune = o.kommune and w.indikator = o.indikator and g.ebene = o.ebene
    left join gebietsbrueche as a on w.kommune = a.kommune and w.gebiet_id = a.gebiet_id
    left join umstellungen as u on w.kommune = u.kommune
    left join geheimhaltung.indikatorkorrektur as c
        on
            w.kommune = c.kommune and w.gebiet_id = c.gebiet_id and w.indikator = c.indikator and w.profil = c.profil
            and w.gruppe = c.gruppe and w.geschlecht = c.geschlecht and w.altersgruppe = c.altersgruppe
            and w.zeitraum = c.zeitraum
),

-- Against the last row with a value: one without has neither figures nor a source worth the name.
neben_davor as (
    select
        *,
        case when mit_band and wert is not null and zaehler between 0 and nenner and nenner > 0 then zaehler / nenner end as p,
        lag(zeitraum) over reihe as zeile_davor,
        last_value(case when wert is not null then len(brueche) end ignore nulls) over davor as brueche_davor,
        last_value(case when wert is not null then begriffe end ignore nulls) over davor as begriffe_davor,
        last_value(case when wert is not null then quellenbrueche end ignore nulls) over davor as quellenbrueche_davor,
        last_value(case when wert is not null then quelle_id end ignore nulls) over davor as quelle_davor,
        last_value(case when wert is not null then nenner_quelle_id end ignore nulls) over davor as nenner_quelle_davor
    from werte
    window
        reihe as (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe order by zeitraum
        ),
        davor as (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe order by zeitraum
            rows between unbounded preceding and 1 preceding
        )
),

begonnen as (
    select
        *,
        case
            when wert is null or zeile_davor is null then null
            when status = 'bruch' or len(brueche) > brueche_davor then 'bruch'
            -- A statistics that both rows count by has broken between them.
            when
                len(list_filter(quellenbrueche, lambda t: struct_extract(t, 'begriff') in begriffe_davor))
                > len(list_filter(quellenbrueche_davor, lambda t: struct_extract(t, 'begriff') in begriffe))
                then 'bruch'
            when quelle_id <> quelle_davor or nenner_quelle_id <> nenner_quelle_davor then 'quellenwechsel'
        end as abschnitt_beginnt
    from neben_davor
),

abschnitte as (
    select
        *,
        case when p is not null then wilson_mitte(p, nenner) end as mitte,
        case when p is not null then wilson_halb(p, nenner) end as halbe_breite,
        1 + count(abschnitt_beginnt) over bis_hier as abschnitt,
        last_value(abschnitt_beginnt ignore nulls) over bis_hier as trennung
    from begonnen
    window
        bis_hier as (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe order by zeitraum
            rows between unbounded preceding and current row
        )
),

-- The period before: the last row of the same day of the year.
mit_vorperiode as (
    select
        *,
        lag(zeitraum) over saisonreihe as vorperiode,
        lag(wert) over saisonreihe as wert_davor,
        lag(zaehler) over saisonreihe as zaehler_davor,
        lag(nenner) over saisonreihe as nenner_davor,
        lag(status) over saisonreihe as status_davor,
        lag(halbe_breite) over saisonreihe as halbe_breite_davor,
        coalesce(lag(korrigiert) over saisonreihe, false) as korrigiert_davor,
        coalesce(lag(abschnitt) over saisonreihe = abschnitt, false) as fortgesetzt
    from abschnitte
    window
        saisonreihe as (
            partition by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, saison order by zeitraum
        )
),

verglichen as (
    select
        a.* exclude (beispieldaten),
        a.beispieldaten as erzeugt,
        -- Invented if anything is that the row shows: the value, the group it is compared with, the values before it.
        coalesce(
            a.beispieldaten or (v.wert is not null and v.beispieldaten)
            or (a.wert is not null and bool_or(a.wert is not null and a.beispieldaten) over abschnittsreihe),
            false
        ) as beispieldaten,
        v.wert as vergleichswert,
        a.wert - v.wert as abstand,
        a.wert / nullif(v.wert, 0) as verhaeltnis,
        case when a.fortgesetzt and a.wert is not null then a.wert_davor end as vorwert,
        case when a.fortgesetzt then a.wert - a.wert_davor end as veraenderung_vorperiode,
        case when a.fortgesetzt and v.fortgesetzt then v.wert - v.wert_davor end as vergleich_veraenderung,
        first_value(case when a.wert is not null then a.zeitraum end ignore nulls) over abschnittsreihe as basis,
        first_value(case when a.wert is not null then a.stichtag end ignore nulls) over abschnittsreihe as basisstichtag,
        first_value(a.wert ignore nulls) over abschnittsreihe as basiswert,
        first_value(case when a.wert is not null then coalesce(a.zaehler, 1e15) end ignore nulls) over abschnittsreihe
            as basiszaehler,
        first_value(case when a.wert is not null then coalesce(a.nenner, 1e15) end ignore nulls) over abschnittsreihe
            as basisnenner
    from mit_vorperiode as a
    left join mit_vorperiode as v
        on
            a.kommune = v.kommune and a.gebiet_id = v.gebiet_id and a.indikator = v.indikator and a.profil = v.profil
            and a.vergleichsgruppe = v.gruppe and a.geschlecht = v.geschlecht and a.altersgruppe = v.altersgruppe
            and a.zeitraum = v.zeitraum
    window abschnittsreihe as (
        partition by
            a.kommune, a.gebiet_id, a.indikator, a.profil, a.gruppe, a.geschlecht, a.altersgruppe, a.abschnitt, a.saison
        order by a.zeitraum
        rows between unbounded preceding and current row
    )
),

beurteilt as (
    select
        *,
        case richtung when 'hoch' then 1 when 'niedrig' then -1 end as vorzeichen,
        -- Without a change there is none that counts.
        coalesce(
            case
                when relevanz_art = 'absolut' then round(abs(veraenderung_vorperiode), 9) >= relevanzschwelle
                else
                    round(abs(veraenderung_vorperiode), 9) >= round(abs(vorwert) * relevanzschwelle / 100, 9)
                    and veraenderung_vorperiode <> 0
            end,
            false
        ) as zaehlt,
        -- What creeps counts as well: many small changes in one direction are one that counts.
        coalesce(
            case
                when basisnenner < greatest(mindestnenner, urteil_nenner) or basiszaehler < urteil_zaehler then false
                when relevanz_art = 'absolut' then round(abs(wert - basiswert), 9) >= relevanzschwelle
                else
                    round(abs(wert - basiswert), 9) >= round(abs(basiswert) * relevanzschwelle / 100, 9)
                    and wert <> basiswert
            end,
            false
        ) as zaehlt_seit_basis,
        coalesce(
            case
                when relevanz_art = 'absolut' then round(abs(vergleich_veraenderung), 9) >= relevanzschwelle
                else
                    round(abs(vergleich_veraenderung), 9)
                    >= round(abs(vergleichswert - vergleich_veraenderung) * relevanzschwelle / 100, 9)
                    and vergleich_veraenderung <> 0
            end,
            false
        ) as vergleich_zaehlt,
        case
            -- A stock of June and one of December differ by the season.
            when vorperiode is null and zeile_davor is not null and wert is not null then 'anderer_stichtag'
            when richtung = 'neutral' then 'neutral'
            when wert is null and status = 'geheim' then 'geschuetzt'
            when wert is null and status = 'zu_klein' then 'nenner_zu_klein'
            when wert is null then 'kein_wert'
            when vorperiode is null then 'erster_wert'
            when not fortgesetzt then trennung
            when wert_davor is null and status_davor = 'geheim' then 'geschuetzt'
            when wert_davor is null and status_davor = 'zu_klein' then 'nenner_zu_klein'
            when wert_davor is null then 'kein_wert'
            when 'mindestwert' in (status, status_davor) then 'mindestwert'
            when least(nenner, nenner_davor) < greatest(mindestnenner, urteil_nenner) then 'nenner_zu_klein'
            when nenner is not null and least(zaehler, zaehler_davor) < urteil_zaehler then 'zaehler_zu_klein'
            when beispieldaten then 'beispieldaten'
        end as trend_grund
    from verglichen
),

faelle as (
    select
        *,
        abs(abstand) - abs(abstand - (veraenderung_vorperiode - vergleich_veraenderung)) as abstand_groesser,
        case when zaehlt then sign(veraenderung_vorperiode) * vorzeichen else 0 end as gruppe_besser,
        case when zaehlt_seit_basis then sign(wert - basiswert) * vorzeichen else 0 end as seit_basis_besser,
        case when vergleich_zaehlt then sign(vergleich_veraenderung) * vorzeichen else 0 end as vergleich_besser
    from beurteilt
),

orte as (
    select
        kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, zeitraum,
        rank() over ort as lage_rang,
        count(*) over alle as lage_gebiete,
        bool_or(beispieldaten) over alle as lage_erzeugt,
        percent_rank() over aufsteigend as lage_quantil
    from werte
    where
        not ist_kommune and wert is not null and gebiet_id <> 'unbekannt' and ebene <> 'kreis' and status <> 'mindestwert'
    window
        ort as (
            partition by kommune, ebene, indikator, profil, gruppe, geschlecht, altersgruppe, zeitraum order by wert desc
        ),
        aufsteigend as (
            partition by kommune, ebene, indikator, profil, gruppe, geschlecht, altersgruppe, zeitraum order by wert
        ),
        alle as (partition by kommune, ebene, indikator, profil, gruppe, geschlecht, altersgruppe, zeitraum)
),

ziele as (
    select *
    from stamm.ziel
    qualify row_number() over (
        partition by kommune, indikator, gebiet_id, profil, gruppe, geschlecht order by zieljahr asc, konzept desc, leitziel asc
    ) = 1
),

profile as (
    from stamm.profil
)

select
    f.kommune, f.gebiet_id, f.indikator, f.profil, f.gruppe, f.geschlecht, f.altersgruppe, f.zeitraum,
    f.gebiet, f.ebene, f.stichtag,
    coalesce(pr.version, '-') as profilversion,
    f.einheit, f.richtung, f.zaehler, f.nenner, f.wert,
    (f.mitte - f.halbe_breite) * f.faktor as untergrenze,
    (f.mitte + f.halbe_breite) * f.faktor as obergrenze,
    f.vergleichsgruppe, f.vergleichswert, f.abstand, f.verhaeltnis,
    f.abschnitt,
    f.abschnitt_beginnt as abschnitt_grund,
    case
        when f.abschnitt_beginnt <> 'bruch' then null
        when f.status = 'bruch' then 'Die Quelle kennzeichnet hier einen Bruch.'
        -- The younger of what is known of the indicator and of its source.
        when
            len(f.brueche) > 0
            and coalesce(list_sort(f.brueche)[-1].datum >= list_sort(f.quellenbrueche)[-1].datum, true)
            then list_sort(f.brueche)[-1].grund
        when len(f.quellenbrueche) > 0 then list_sort(f.quellenbrueche)[-1].grund
    end as bruch_text,
    f.vorperiode, f.vorwert, f.veraenderung_vorperiode,
    f.basis,
    case when f.wert is not null then f.wert - f.basiswert end as veraenderung_basis,
    f.wert / nullif(f.basiswert, 0) * 100 as index_basis,
    (f.wert - f.basiswert) / nullif(date_diff('month', f.basisstichtag, f.stichtag) / 12, 0) as veraenderung_je_jahr,
    f.vergleich_veraenderung,
    f.veraenderung_vorperiode - f.vergleich_veraenderung as abstand_veraenderung,
    case
        when f.abstand_groesser is null or coalesce(f.trend_grund, 'neutral') not in ('neutral', 'beispieldaten') then null
        -- Without a direction, and on examples, a gap only moves: nothing is better or worse.
        when f.trend_grund is not null and not (f.zaehlt or f.vergleich_zaehlt) then 'unveraendert'
        when f.trend_grund is not null and round(f.abstand_groesser, 9) = 0 then 'abstand_gleich'
        when f.trend_grund is not null and f.abstand_groesser < 0 then 'abstand_kleiner'
        when f.trend_grund is not null then 'abstand_groesser'
        when f.gruppe_besser < 0 then 'gruppe_verschlechtert'
        when f.gruppe_besser > 0 and round(f.abstand_groesser, 9) = 0 then 'gruppe_verbessert_abstand_gleich'
        when f.gruppe_besser > 0 and f.abstand_groesser < 0 then 'gruppe_verbessert_abstand_kleiner'
        when f.gruppe_besser > 0 then 'gruppe_verbessert_abstand_groesser'
        when f.vergleich_besser < 0 and round(f.abstand_groesser, 9) < 0 then 'nur_vergleichsgruppe_verschlechtert'
        else 'unveraendert'
    end as abstand_fall,
    f.relevanzschwelle, f.relevanz_art,
    case
        when f.richtung = 'neutral' then null
        when f.trend_grund is not null then 'nicht_bewertbar'
        when f.gruppe_besser > 0 then 'verbessert'
        when f.gruppe_besser < 0 then 'verschlechtert'
        when f.seit_basis_besser > 0 then 'verbessert'
        when f.seit_basis_besser < 0 then 'verschlechtert'
        else 'unveraendert'
    end as trend,
    case
        when f.richtung = 'neutral' or f.trend_grund is not null then null
        when f.gruppe_besser <> 0 then 'vorperiode'
        when f.seit_basis_besser <> 0 then 'basis'
    end as trend_bezug,
    f.trend_grund,
    -- Who is counted twice moves by no chance: only periods with persons of their own are asked, each with its own band.
    case
        when f.bezugstag is null
            then
                abs(f.veraenderung_vorperiode)
                <= sqrt(f.halbe_breite * f.halbe_breite + f.halbe_breite_davor * f.halbe_breite_davor) * f.faktor
    end as aenderung_im_band,
    coalesce((f.korrigiert or f.korrigiert_davor) and f.trend_grund is null, false) as trend_auf_korrektur,
    o.lage_rang, o.lage_gebiete, o.lage_quantil,
    case when not f.ist_kommune then f.wert / nullif(ort.wert, 0) end as lage_quotient,
    z.konzept || '/' || z.leitziel as leitziel,
    z.zielwert as ziel,
    z.zieljahr as ziel_jahr,
    z.zielwert - f.wert as zielabstand,
    case when z.zieljahr > year(f.stichtag) then (z.zielwert - f.wert) / (z.zieljahr - year(f.stichtag)) end as ziel_tempo,
    case
        when f.wert is null or z.zielwert is null or f.vorzeichen is null then null
        else f.wert * f.vorzeichen >= z.zielwert * f.vorzeichen
    end as ziel_erreicht,
    f.quelle_id as quelle,
    f.nenner_quelle_id as nenner_quelle,
    f.nenner_stichtag, f.nenner_passt,
    f.bevoelkerung,
    f.umgerechnet,
    coalesce(
        herkunft_von(q.herkunft, f.quelle_id, f.erzeugt), 'Rechnung aus dem Integrationskonzept oder mehreren Quellen'
    ) as herkunft,
    coalesce(q.lizenz, '') as lizenz,
    case
        when f.wert is null then f.status
        when f.abschnitt_beginnt = 'bruch' then 'bruch'
        when f.korrigiert and f.status in ('ok', 'gerundet') then 'korrigiert'
        else f.status
    end as status,
    list_distinct(
        f.hinweise
        || case when f.abschnitt_beginnt = 'bruch' then ['bruch'] else [] end
        || case when f.korrigiert then ['korrigiert'] else [] end
    ) as hinweise,
    f.beispieldaten or coalesce(o.lage_erzeugt, false)
    or coalesce(not f.ist_kommune and f.wert is not null and ort.wert is not null and ort.beispieldaten, false) as beispieldaten,
    f.datenstand, f.lieferung_id, f.fundstelle,
    vo.veroeffentlichung
from faelle as f
left join orte as o
    on
        f.kommune = o.kommune and f.gebiet_id = o.gebiet_id and f.indikator = o.indikator and f.profil = o.profil
        and f.gruppe = o.gruppe and f.geschlecht = o.geschlecht and f.altersgruppe = o.altersgruppe
        and f.zeitraum = o.zeitraum
left join werte as ort
    on
        f.kommune = ort.kommune and f.ags = ort.gebiet_id and f.indikator = ort.indikator and f.profil = ort.profil
        and f.gruppe = ort.gruppe and f.geschlecht = ort.geschlecht and f.altersgruppe = ort.altersgruppe
        and f.zeitraum = ort.zeitraum
left join ziele as z
    on
        f.kommune = z.kommune and f.indikator = z.indikator and f.gebiet_id = z.gebiet_id and f.gruppe = z.gruppe
        and f.geschlecht = z.geschlecht and f.altersgruppe = 'insgesamt' and (z.profil = '-' or f.profil = z.profil)
left join quellen as q on f.kommune = q.kommune and f.quelle_id = q.quelle_id
left join profile as pr on f.profil = pr.profil
cross join stamm.veroeffentlichung as vo
-- A goal for this definition before one for any.
qualify
    row_number() over (
        partition by f.kommune, f.gebiet_id, f.indikator, f.profil, f.gruppe, f.geschlecht, f.altersgruppe, f.zeitraum
        order by z.profil desc
    ) = 1
order by
    f.kommune, f.gebiet_id, f.indikator, f.profil, f.gruppe, f.geschlecht, f.altersgruppe, f.zeitraum
