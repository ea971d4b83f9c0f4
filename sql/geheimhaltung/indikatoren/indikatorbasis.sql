-- Geschützte Werte aller Indikatoren, die nicht aus anderen folgen, und eine Zeile für jeden, der da sein sollte.
-- Protected values of all indicators that are not computed from others, and a row for each one that should be there.
-- Grain: kommune, zeitraum, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe. The register before a delivery.
with werte as (
    select
        *,
        0 as vorrang
    from geheimhaltung.indikatorregister
    union all by name
    select
        * exclude (einheit_passt),
        1 as vorrang
    from geheimhaltung.indikatorlieferung
    union all by name
    select
        *,
        0 as vorrang
    from geheimhaltung.indikatorprozess
    union all by name
    select
        *,
        0 as vorrang
    from geheimhaltung.indikatormerkmal
),

-- The most frequent nationalities of the municipality on any day, each a series of its own, in every area and sex. Of a table
-- the most frequent it names, of the municipality or the Kreis above it; what it calls the rest is no nationality.
haeufig as (
    select distinct s.kommune, s.staat, s.quelle
    from (
        select
            s.*,
            case
                when s.quelle = 'melderegister' then s.rang
                else rank() over (partition by s.kommune, s.quelle, s.stichtag, s.gebiet_id order by s.personen desc nulls last)
            end as platz
        from geheimhaltung.staatsangehoerigkeit as s
        inner join stamm.kommune as k on s.kommune = k.kommune
        inner join stamm.gebiet as g on s.kommune = g.kommune and s.gebiet_id = g.gebiet_id
        where
            s.geschlecht = 'insgesamt' and s.staat not in ('000', 'insgesamt', 'uebrige') and s.personen > 0
            and (s.gebiet_id = k.ags or (g.ebene = 'kreis' and s.quelle <> 'melderegister'))
    ) as s
    where s.platz <= 10
),

staaten as (
    select
        s.kommune, s.stichtag, s.gebiet_id, i.indikator,
        '-' as profil,
        'staat_' || s.staat as gruppe,
        s.geschlecht,
        'insgesamt' as altersgruppe,
        zeitraum_von(s.stichtag, i.bezugstag, i.periodizitaet) as zeitraum,
        s.personen::double as zaehler,
        null::double as nenner,
        s.personen::double as wert,
        l.quelle as quelle_id,
        l.quelle as nenner_quelle_id,
        s.stichtag as nenner_stichtag,
        true as nenner_passt,
        false as umgerechnet,
        l.synthetisch as beispieldaten,
        -- What is said of the count, not of its share, which is no part of the series.
        case
            when s.personen is null or s.quelle <> 'melderegister' then s.status
            when list_contains(s.hinweise, 'gerundet') then 'gerundet'
            else 'ok'
        end as status,
        case
            when s.personen is null then s.hinweise
            else list_filter(
                s.hinweise,
                lambda h: h in ('gerundet', 'quelle_gerundet', 'geschaetzt', 'vorlaeufig', 'korrigiert', 'bruch')
            )
        end as hinweise,
        s.datenstand, s.lieferung_id, s.fundstelle,
        case s.quelle when 'melderegister' then 0 else 1 end as vorrang
    from geheimhaltung.staatsangehoerigkeit as s
    inner join haeufig as h on s.kommune = h.kommune and s.staat = h.staat and s.quelle = h.quelle
    inner join geheimhaltung.lieferung as l on s.lieferung_id = l.lieferung_id
    cross join stamm.indikator as i
    where i.herleitung = 'wuerfel' and i.zaehler_merkmal = 'personen'
),

segregation as (
    select
        s.kommune, s.stichtag,
        k.ags as gebiet_id,
        i.indikator, s.profil,
        case s.gruppe when 'migrationshintergrund' then 'mit_mh' else s.gruppe end as gruppe,
        'insgesamt' as geschlecht,
        'insgesamt' as altersgruppe,
        zeitraum_von(s.stichtag, i.bezugstag, i.periodizitaet) as zeitraum,
        null::double as zaehler,
        null::double as nenner,
        s.wert,
        l.quelle as quelle_id,
        l.quelle as nenner_quelle_id,
        s.stichtag as nenner_stichtag,
        true as nenner_passt,
        false as umgerechnet,
        l.synthetisch as beispieldaten,
        s.status, s.hinweise, s.datenstand, s.lieferung_id, s.fundstelle,
        case s.quelle when 'melderegister' then 0 else 1 end as vorrang
    from geheimhaltung.segregation as s
    inner join stamm.indikator as i on i.herleitung = 'segregation' and s.mass = i.zaehler_merkmal
    inner join stamm.kommune as k on s.kommune = k.kommune
    inner join geheimhaltung.lieferung as l on s.lieferung_id = l.lieferung_id
    where s.gruppe in ('migrationshintergrund', 'auslaender') and s.status not in ('nicht_erhoben', 'keine_daten')
),

gewaehlt as (
    select *
    from (
        from werte
        union all by name
        from staaten
        union all by name
        from segregation
    ) as alle
    qualify row_number() over (
        partition by kommune, zeitraum, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe
        -- Of two that say the same the one with its counts.
        order by wert is null, vorrang asc, stichtag desc, zaehler is null
    ) = 1
),

mit_ebene as (
    select
        w.*,
        g.ebene,
        w.gebiet_id = k.ags as ist_kommune
    from gewaehlt as w
    inner join stamm.gebiet as g on w.kommune = g.kommune and w.gebiet_id = g.gebiet_id
    inner join stamm.kommune as k on w.kommune = k.kommune
),

-- Every period an indicator has for a level of areas, with what fills the columns of rows without a value.
vorhandene_zeiten as (
    select
        kommune, indikator, profil, ebene, ist_kommune, zeitraum,
        max(stichtag) as stichtag,
        max(quelle_id) as quelle_id,
        bool_or(beispieldaten) as beispieldaten,
        max(datenstand) as datenstand,
        max(lieferung_id) as lieferung_id
    from mit_ebene
    group by all
),

-- A year without figures between two with some is a gap, not an absence. Elections and surveys of four years have none.
jahre as (
    select
        z.kommune, z.indikator, z.profil, z.ebene, z.ist_kommune, z.quelle_id, z.beispieldaten, z.datenstand, z.lieferung_id,
        case
            when i.bezugstag is not null then (j.jahr || '-' || i.bezugstag)::date
            when i.periodizitaet = 'schuljahr' then make_date(j.jahr, 8, 1)
            else make_date(j.jahr, 1, 1)
        end as zeitraum,
        case when i.bezugstag is null and i.periodizitaet = 'jaehrlich' then make_date(j.jahr, 12, 31) end as letzter_tag
    from (
        select
            *,
            lead(year(zeitraum)) over (
                partition by kommune, indikator, profil, ebene, ist_kommune order by zeitraum
            ) as naechstes_jahr
        from vorhandene_zeiten
    ) as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    cross join unnest(range(year(z.zeitraum) + 1, coalesce(z.naechstes_jahr, 0))) as j (jahr)
    where i.periodizitaet in ('jaehrlich', 'schuljahr')
),

zeiten as (
    select kommune, indikator, profil, ebene, ist_kommune, zeitraum, stichtag, quelle_id, beispieldaten, datenstand, lieferung_id
    from vorhandene_zeiten
    union all by name
    select
        kommune, indikator, profil, ebene, ist_kommune, zeitraum,
        coalesce(letzter_tag, zeitraum) as stichtag,
        quelle_id, beispieldaten, datenstand, lieferung_id
    from jahre
),

-- Groups that were told for this level in any period, and for each of them women and men: as they were told, and of a delivery
-- wherever the indicator is one of women and men. What a register does not tell of them is out of scope and has no row: a mean
-- age of an area, whatever is of the town as a whole.
gliederung as (
    select distinct kommune, indikator, profil, ebene, ist_kommune, gruppe, geschlecht
    from mit_ebene
    -- Divers and without entry are told where there are enough: no period lacks them.
    where altersgruppe = 'insgesamt' and geschlecht in ('insgesamt', 'm', 'w')
    union
    select distinct m.kommune, m.indikator, m.profil, m.ebene, m.ist_kommune, m.gruppe, x.geschlecht
    from mit_ebene as m
    inner join stamm.indikator as i on m.indikator = i.indikator
    cross join (values ('insgesamt'), ('m'), ('w')) as x (geschlecht)
    where
        m.altersgruppe = 'insgesamt'
        and (x.geschlecht = 'insgesamt' or (i.nach_geschlecht and not i.prozess and m.quelle_id <> 'melderegister'))
),

-- A district level has all its areas, other levels those that were told at any time (a Kreis above the town has one).
orte as (
    select distinct kommune, indikator, profil, ebene, ist_kommune, gebiet_id
    from mit_ebene
    union
    select distinct m.kommune, m.indikator, m.profil, m.ebene, m.ist_kommune, g.gebiet_id
    from mit_ebene as m
    inner join stamm.gebiet as g on m.kommune = g.kommune and m.ebene = g.ebene
    where not m.ist_kommune and m.ebene not in ('kreis', 'sonstige') and g.gebiet_id <> 'unbekannt'
),

erwartet as (
    select
        z.kommune, z.indikator, z.profil, z.zeitraum, z.stichtag, z.quelle_id, z.beispieldaten, z.datenstand,
        z.lieferung_id, o.gebiet_id, gl.gruppe, gl.geschlecht
    from zeiten as z
    inner join orte as o
        on
            z.kommune = o.kommune and z.indikator = o.indikator and z.profil = o.profil and z.ebene = o.ebene
            and z.ist_kommune = o.ist_kommune
    inner join gliederung as gl
        on
            z.kommune = gl.kommune and z.indikator = gl.indikator and z.profil = gl.profil and z.ebene = gl.ebene
            and z.ist_kommune = gl.ist_kommune
    inner join stamm.gebiet as g on o.kommune = g.kommune and o.gebiet_id = g.gebiet_id
    where z.stichtag between coalesce(g.gueltig_von, date '0001-01-01') and coalesce(g.gueltig_bis, date '9999-12-31')
),

fehlend as (
    select
        e.kommune, e.stichtag, e.zeitraum, e.gebiet_id, e.indikator, e.profil, e.gruppe, e.geschlecht,
        'insgesamt' as altersgruppe,
        null::double as zaehler,
        null::double as nenner,
        null::double as wert,
        e.quelle_id,
        e.quelle_id as nenner_quelle_id,
        (e.stichtag + to_years(i.nennerversatz::integer))::date as nenner_stichtag,
        true as nenner_passt,
        false as umgerechnet,
        e.beispieldaten,
        -- Nobody asked: the same figure is there for everybody, not for women and men. A register always knows both.
        case
            when e.geschlecht <> 'insgesamt' and e.quelle_id <> 'melderegister' then 'nicht_erhoben' else 'keine_daten'
        end as status,
        [status] as hinweise,
        e.datenstand, e.lieferung_id,
        null::varchar as fundstelle
    from erwartet as e
    inner join stamm.indikator as i on e.indikator = i.indikator
    anti join gewaehlt as w
        on
            e.kommune = w.kommune and e.indikator = w.indikator and e.profil = w.profil and e.zeitraum = w.zeitraum
            and e.gebiet_id = w.gebiet_id and e.gruppe = w.gruppe and e.geschlecht = w.geschlecht
            and w.altersgruppe = 'insgesamt'
)

select * exclude (vorrang)
from gewaehlt
union all by name
from fehlend
order by kommune, indikator, profil, gebiet_id, gruppe, geschlecht, altersgruppe, zeitraum
