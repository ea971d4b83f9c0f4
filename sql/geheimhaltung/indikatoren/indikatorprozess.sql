-- Indikatoren der Arbeit am Konzept: Maßnahmen, Vorlagen, Berichte. Sie zählen keine Personen, darum ist nichts verborgen.
-- Indicators of the work on the concept: measures, papers, reports. They count no persons, so nothing is hidden.
-- Grain: kommune, stichtag, gebiet_id (the municipality), indikator. All versions of the concept with a state that day together.
with massnahmen as (
    select
        m.*,
        not m.ist_begonnen and not s.beendet as beginnt_nicht
    from geheimhaltung.massnahme as m
    inner join stamm.massnahmenstatus as s on m.status = s.status
    where m.gilt and m.zaehlt
),

-- Measures of the catalogue that a sheet leaves out are accepted measures too.
staende as (
    select
        kommune, konzept, stand,
        bool_or(beispieldaten) as beispieldaten,
        max(quelle_id) as quelle_id,
        max(datenstand) as datenstand,
        arg_max(lieferung_id, (eingelesen_am, lieferung_id)) as lieferung_id,
        count(*) as im_blatt,
        count(*) filter (where status = 'abgeschlossen') as abgeschlossen,
        count(*) filter (where ist_begonnen) as begonnen,
        count(*) filter (where beginnt_nicht) as nicht_begonnen,
        count(*) filter (where beginnt_nicht and begruendet) as begruendet
    from massnahmen
    group by kommune, konzept, stand
),

fehlend as (
    select s.kommune, s.konzept, s.stand, count(*) as ohne_angabe
    from staende as s
    inner join stamm.massnahme as k on s.kommune = k.kommune and s.konzept = k.konzept
    anti join massnahmen as m
        on k.kommune = m.kommune and k.konzept = m.konzept and k.massnahme_nr = m.katalog_nr and s.stand = m.stand
    where k.art = 'massnahme'
    group by s.kommune, s.konzept, s.stand
),

je_stand as (
    select
        s.kommune,
        s.stand as stichtag,
        bool_or(s.beispieldaten) as beispieldaten,
        max(s.quelle_id) as quelle_id,
        max(s.datenstand) as datenstand,
        max(s.lieferung_id) as lieferung_id,
        sum(s.im_blatt + coalesce(f.ohne_angabe, 0))::double as angenommen,
        sum(s.abgeschlossen)::double as abgeschlossen,
        sum(s.begonnen)::double as begonnen,
        sum(s.nicht_begonnen)::double as nicht_begonnen,
        sum(s.begruendet)::double as begruendet
    from staende as s
    left join fehlend as f on s.kommune = f.kommune and s.konzept = f.konzept and s.stand = f.stand
    group by s.kommune, s.stand
),

vorlagen as (
    select
        kommune,
        make_date(year(datum), 12, 31) as stichtag,
        bool_or(beispieldaten) as beispieldaten,
        max(quelle_id) as quelle_id,
        max(datenstand) as datenstand,
        max(lieferung_id) as lieferung_id,
        count(*)::double as eingestuft,
        count(*) filter (where vereinbarkeit = 'positiv')::double as positiv,
        count(*) filter (where vereinbarkeit = 'neutral')::double as neutral,
        count(*) filter (where vereinbarkeit = 'negativ')::double as negativ
    from geheimhaltung.vorlage
    where vereinbarkeit is not null
    group by kommune, make_date(year(datum), 12, 31)
),

festgehalten as (
    select distinct kommune, konzept, bericht
    from stamm.bericht_abgegeben
),

-- A report counts in the year it was due, once that day has passed. No delivery says it: konzept.yaml does.
berichte as (
    select
        p.kommune,
        make_date(year(p.faellig_am), 12, 31) as stichtag,
        count(*)::double as faellig,
        count(*) filter (where a.abgegeben_am <= p.faellig_am)::double as fristgerecht,
        -- As in marts.berichtspflicht: who recorded nothing has not failed, nothing is known.
        bool_and(coalesce(k.abgaben_gepflegt, false) or g.konzept is not null) as gepflegt
    from stamm.berichtspflicht as p
    cross join stamm.heute as h
    left join stamm.konzept as k on p.kommune = k.kommune and p.konzept = k.konzept
    left join festgehalten as g
        on p.kommune = g.kommune and p.konzept = g.konzept and p.bericht = g.bericht
    left join stamm.bericht_abgegeben as a
        on
            p.kommune = a.kommune and p.konzept = a.konzept and p.bericht = a.bericht
            and p.faellig_am is not distinct from a.faellig_am
    where p.faellig_am < h.heute
    group by p.kommune, make_date(year(p.faellig_am), 12, 31)
),

werte as (
    select
        kommune, stichtag,
        'mas_umgesetzt' as indikator,
        abgeschlossen as zaehler,
        angenommen as nenner,
        beispieldaten, quelle_id, datenstand, lieferung_id
    from je_stand
    union all by name
    select
        kommune, stichtag,
        'mas_begonnen' as indikator,
        begonnen as zaehler,
        angenommen as nenner,
        beispieldaten, quelle_id, datenstand, lieferung_id
    from je_stand
    union all by name
    select
        kommune, stichtag,
        'mas_ohne_start_begr' as indikator,
        begruendet as zaehler,
        nicht_begonnen as nenner,
        beispieldaten, quelle_id, datenstand, lieferung_id
    from je_stand
    union all by name
    select
        kommune, stichtag,
        'vor_vereinbar' as indikator,
        positiv as zaehler,
        eingestuft as nenner,
        beispieldaten, quelle_id, datenstand, lieferung_id
    from vorlagen
    union all by name
    select
        kommune, stichtag,
        'vor_neutral' as indikator,
        neutral as zaehler,
        eingestuft as nenner,
        beispieldaten, quelle_id, datenstand, lieferung_id
    from vorlagen
    union all by name
    select
        kommune, stichtag,
        'vor_negativ' as indikator,
        negativ as zaehler,
        eingestuft as nenner,
        beispieldaten, quelle_id, datenstand, lieferung_id
    from vorlagen
    union all by name
    select
        kommune, stichtag,
        'mas_frist' as indikator,
        case when gepflegt then fristgerecht end as zaehler,
        case when gepflegt then faellig end as nenner,
        false as beispieldaten,
        'konzept' as quelle_id,
        stichtag as datenstand,
        'konzept' as lieferung_id
    from berichte
)

select
    w.kommune, w.stichtag,
    zeitraum_von(w.stichtag, i.bezugstag, i.periodizitaet) as zeitraum,
    k.ags as gebiet_id,
    w.indikator,
    '-' as profil,
    'insgesamt' as gruppe,
    'insgesamt' as geschlecht,
    'insgesamt' as altersgruppe,
    w.zaehler, w.nenner,
    w.zaehler / nullif(w.nenner, 0) * i.faktor as wert,
    w.quelle_id,
    w.quelle_id as nenner_quelle_id,
    w.stichtag as nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    w.beispieldaten,
    -- No denominator: nobody records whether a report was handed in. The dates are there; the share cannot be formed.
    case when coalesce(w.nenner, 0) = 0 then 'nicht_bewertbar' else 'ok' end as status,
    case when coalesce(w.nenner, 0) = 0 then ['nicht_bewertbar'] else []::varchar[] end as hinweise,
    w.datenstand, w.lieferung_id,
    null::varchar as fundstelle
from werte as w
inner join stamm.indikator as i on w.indikator = i.indikator
inner join stamm.kommune as k on w.kommune = k.kommune
qualify
    row_number() over (
        partition by w.kommune, w.indikator, zeitraum_von(w.stichtag, i.bezugstag, i.periodizitaet) order by w.stichtag desc
    ) = 1
order by all
