-- Indikatoren aus dem, was das Register über die Definitionen hinaus zeigt: Bewegungen, Dauern, Gruppen der Ausländer.
-- Indicators of what a register shows beside definitions, made of figures behind the door: they tell nothing these do not.
-- Grain: kommune, stichtag, gebiet_id (the municipality; shares of ages in every area), indikator, gruppe, geschlecht.
-- Means alone are of unprotected sums: rounded, without counts, and only where their whole distribution is shown.
-- Long because every series has a part of its own, all judged by the same rules at the end.
with orte as (
    select k.kommune, k.ags, k.mindestnenner, k.mindestfallzahl, k.verfahren, u.hauptprofil
    from stamm.kommune as k
    inner join stamm.umfang as u on k.kommune = u.kommune
),

bestand as (
    select m.kommune, m.stichtag, m.gebiet_id, m.geschlecht, m.auslaender::double as auslaender
    from geheimhaltung.migrationshintergrund as m
    inner join orte as o on m.kommune = o.kommune and m.gebiet_id = o.ags and m.profil = o.hauptprofil
    where m.quelle = 'melderegister' and m.altersgruppe = 'insgesamt'
),

-- Flows between the ends of two years; those of half a year are no part of a series of years.
jahre as (
    select *
    from geheimhaltung.bewegung
    where strftime(stichtag, '%m-%d') = '12-31' and stichtag - stichtag_vorher between 365 and 366
),

-- Women and men of a group that is told without them have a row that says so.
je_geschlecht as (
    select kommune, stichtag, stichtag_vorher, gebiet_id, bewegung, gruppe, geschlecht, personen, status
    from jahre
    union all by name
    select
        j.kommune, j.stichtag, j.stichtag_vorher, j.gebiet_id, j.bewegung, j.gruppe, x.geschlecht,
        null::bigint as personen,
        'zu_klein' as status
    from jahre as j
    inner join stamm.geschlecht as x on x.geschlecht in ('w', 'm')
    anti join jahre as o
        on
            j.kommune = o.kommune and j.stichtag = o.stichtag and j.bewegung = o.bewegung and j.gruppe = o.gruppe
            and x.geschlecht = o.geschlecht
    where j.geschlecht = 'insgesamt'
),

-- Germans are everybody without the foreigners: both are shown, rounded.
nach_gruppe as (
    from je_geschlecht
    union all by name
    select
        a.kommune, a.stichtag, a.stichtag_vorher, a.gebiet_id, a.bewegung, a.geschlecht,
        'deutsche' as gruppe,
        a.personen - f.personen as personen,
        case when f.personen is null then f.status else a.status end as status
    from je_geschlecht as a
    inner join je_geschlecht as f
        on
            a.kommune = f.kommune and a.stichtag = f.stichtag and a.gebiet_id = f.gebiet_id and a.bewegung = f.bewegung
            and a.geschlecht = f.geschlecht
    where a.gruppe = 'insgesamt' and f.gruppe = 'auslaender'
),

bewegungen as (
    select
        j.kommune, j.stichtag, j.gebiet_id, j.gruppe, j.geschlecht,
        j.stichtag as nenner_stichtag,
        x.reihe,
        j.personen::double as zaehler,
        null::double as nenner,
        j.status as eigener,
        true as gerundet
    from nach_gruppe as j
    inner join (
        values
        ('einbuergerung', 'einbuergerungen'), ('zuzug', 'zuzuege'), ('fortzug', 'fortzuege'), ('geburt', 'geburten'),
        ('sterbefall', 'sterbefaelle')
    ) as x (bewegung, reihe) on j.bewegung = x.bewegung
    union all by name
    select
        j.kommune, j.stichtag, j.gebiet_id, j.gruppe, j.geschlecht,
        j.stichtag_vorher as nenner_stichtag,
        'einbuergerungsquote' as reihe,
        j.personen::double as zaehler,
        b.auslaender as nenner,
        j.status as eigener,
        true as gerundet
    from je_geschlecht as j
    left join bestand as b
        on
            j.kommune = b.kommune and j.stichtag_vorher = b.stichtag and j.gebiet_id = b.gebiet_id
            and j.geschlecht = b.geschlecht
    where j.bewegung = 'einbuergerung'
),

-- Who came from abroad in the year that ends and is still there.
ankuenfte as (
    select
        kommune, stichtag, gebiet_id,
        'insgesamt' as gruppe,
        geschlecht,
        stichtag as nenner_stichtag,
        'ankuenfte' as reihe,
        personen::double as zaehler,
        null::double as nenner,
        status as eigener
    from geheimhaltung.registermerkmal
    where merkmal = 'zuzugsjahr' and auspraegung = year(stichtag)::varchar
),

-- Foreigners of groups of states, and women, among all foreigners.
auslaendergruppen as (
    select kommune, stichtag, gebiet_id, geschlecht, 'eu' as reihe, personen::double as zaehler, status as eigener
    from geheimhaltung.staatengruppe
    where staatengruppe = 'EU'
    union all by name
    select kommune, stichtag, gebiet_id, geschlecht, 'asylherkunft' as reihe, personen::double as zaehler, status as eigener
    from geheimhaltung.registermerkmal
    where merkmal = 'asylherkunft' and auspraegung = 'hauptherkunft'
    union all by name
    select
        kommune, stichtag, gebiet_id,
        'insgesamt' as geschlecht,
        'frauen' as reihe,
        auslaender as zaehler,
        'geheim' as eigener
    from bestand
    where geschlecht = 'w'
),

gruppen as (
    select g.*, b.auslaender as nenner
    from auslaendergruppen as g
    inner join bestand as b
        on g.kommune = b.kommune and g.stichtag = b.stichtag and g.gebiet_id = b.gebiet_id and g.geschlecht = b.geschlecht
),

-- Age groups as they are shown, with the years that border them; who is of no known age is no part of any.
altersgruppen as (
    select
        m.kommune, m.stichtag, m.gebiet_id, m.geschlecht, m.einwohner,
        regexp_extract(m.altersgruppe, '^\d+')::integer as von,
        coalesce(try_cast(nullif(split_part(m.altersgruppe, '-', 2), '') as integer), 999) as bis
    from geheimhaltung.migrationshintergrund as m
    inner join orte as o on m.kommune = o.kommune and m.profil = o.hauptprofil
    where m.quelle = 'melderegister' and m.altersgruppe not in ('insgesamt', 'unbekannt')
),

spannen as (
    from (values ('unter_6', 0, 5), ('unter_18', 0, 17), ('ab_65', 65, 999)) as s (reihe, von, bis)
),

altersanteile as (
    select
        a.kommune, a.stichtag, a.gebiet_id, a.geschlecht, s.reihe,
        case when count(a.einwohner) = count(*) then sum(a.einwohner)::double end as zaehler,
        any_value(e.einwohner)::double as nenner,
        'geheim' as eigener
    from altersgruppen as a
    inner join spannen as s on a.bis >= s.von and a.von <= s.bis
    inner join orte as o on a.kommune = o.kommune
    inner join geheimhaltung.migrationshintergrund as e
        on
            a.kommune = e.kommune and a.stichtag = e.stichtag and a.gebiet_id = e.gebiet_id and a.geschlecht = e.geschlecht
            and e.profil = o.hauptprofil and e.quelle = 'melderegister' and e.altersgruppe = 'insgesamt'
    group by a.kommune, a.stichtag, a.gebiet_id, a.geschlecht, s.reihe, s.von, s.bis
    -- Where a border of the span lies inside a group there is no sum.
    having bool_and(a.von >= s.von and a.bis <= s.bis)
),

-- Both quotients by single years, the age groups having no border at 20; for the town, which alone tells them.
altersjahre as (
    select
        *,
        try_cast(regexp_extract(auspraegung, '^\d+') as integer) as jahr
    from geheimhaltung.registermerkmal
    where merkmal = 'altersjahr'
),

altersquotienten as (
    select
        a.kommune, a.stichtag, a.gebiet_id, a.geschlecht, q.reihe,
        case
            when count(a.personen) = count(*)
                then coalesce(sum(a.personen) filter (where a.jahr < 20 or a.jahr >= 65), 0)::double
        end as zaehler,
        case
            when count(a.personen) = count(*)
                then coalesce(sum(a.personen) filter (where a.jahr >= 20 and a.jahr < 65), 0)::double
        end as nenner,
        'geheim' as eigener
    from altersjahre as a
    inner join (values ('jugendquotient', 0, 64), ('altenquotient', 20, 999)) as q (reihe, von, bis)
        on a.jahr >= q.von and a.jahr <= q.bis
    group by a.kommune, a.stichtag, a.gebiet_id, a.geschlecht, q.reihe
),

-- A distribution that is shown whole, with the first completed year of each of its groups.
dauern as (
    select
        kommune, stichtag, gebiet_id, merkmal, geschlecht, personen,
        try_cast(left(auspraegung, 2) as integer) as von,
        count(personen) over verteilung = count(*) over verteilung as gezeigt
    from geheimhaltung.registermerkmal
    where merkmal in ('wohndauer', 'aufenthaltsdauer')
    window verteilung as (partition by kommune, stichtag, gebiet_id, merkmal, geschlecht)
),

wohndauer as (
    select
        kommune, stichtag, gebiet_id, geschlecht,
        'wohndauer_ab_5' as reihe,
        case when bool_and(gezeigt) then coalesce(sum(personen) filter (where von >= 5), 0)::double end as zaehler,
        case when bool_and(gezeigt) then coalesce(sum(personen) filter (where von is not null), 0)::double end as nenner,
        'geheim' as eigener
    from dauern
    where merkmal = 'wohndauer'
    group by kommune, stichtag, gebiet_id, geschlecht
    -- Five years have to be a bound of the groups.
    having bool_or(von = 5)
),

jahre_der_dauer as (
    select
        w.kommune, w.stichtag, w.merkmal, w.personen,
        v.vorfahr as gebiet_id,
        w.auspraegung::integer as jahre,
        coalesce(w.geschlecht, 'insgesamt') as geschlecht
    from bevoelkerung.merkmalswuerfel as w
    inner join stamm.vorfahr as v on w.kommune = v.kommune and w.gebiet_id = v.gebiet_id
    inner join orte as o on v.kommune = o.kommune and v.vorfahr = o.ags
    where w.merkmal in ('wohnjahre', 'aufenthaltsjahre') and published_stichtag(w.kommune, w.stichtag)
),

mittel as (
    select
        j.kommune, j.stichtag, j.gebiet_id,
        j.merkmal as reihe,
        coalesce(j.geschlecht, 'insgesamt') as geschlecht,
        sum(j.jahre * j.personen)::double as zaehler,
        sum(j.personen)::double as nenner
    from jahre_der_dauer as j
    group by j.kommune, j.stichtag, j.gebiet_id, j.merkmal, grouping sets ((), (j.geschlecht))
),

verteilungen as (
    select distinct
        kommune, stichtag, gebiet_id, geschlecht, gezeigt,
        case merkmal when 'wohndauer' then 'wohnjahre' else 'aufenthaltsjahre' end as reihe
    from dauern
),

mittel_gezeigt as (
    select
        m.kommune, m.stichtag, m.gebiet_id, m.geschlecht, m.reihe,
        -- Means of women, of men and of both may meet in a corner of their roundings: told of both.
        case when coalesce(d.gezeigt, false) and m.geschlecht = 'insgesamt' then m.zaehler end as zaehler,
        case when coalesce(d.gezeigt, false) and m.geschlecht = 'insgesamt' then m.nenner end as nenner,
        'geheim' as eigener
    from mittel as m
    inner join verteilungen as d
        on
            m.kommune = d.kommune and m.stichtag = d.stichtag and m.gebiet_id = d.gebiet_id
            and m.geschlecht = d.geschlecht and m.reihe = d.reihe
),

bestandsreihen as (
    from gruppen
    union all by name
    from altersanteile
    union all by name
    from altersquotienten
    union all by name
    from wohndauer
    union all by name
    from mittel_gezeigt
),

reihen as (
    from bewegungen
    union all by name
    select
        *,
        true as gerundet
    from ankuenfte
    union all by name
    select
        *,
        -- Facts that the door rounds.
        reihe in ('asylherkunft', 'wohndauer_ab_5') as gerundet,
        'insgesamt' as gruppe,
        stichtag as nenner_stichtag
    from bestandsreihen
),

beurteilt as (
    select
        r.*,
        i.indikator, i.einheit, i.faktor, i.bezugstag, i.periodizitaet, o.verfahren,
        i.einheit = 'jahre' as ist_mittel,
        i.einheit <> 'anzahl' as hat_nenner,
        case
            when r.zaehler is null or (i.einheit <> 'anzahl' and r.nenner is null)
                then case when r.zaehler is null and r.eigener not in ('ok', 'gerundet') then r.eigener else 'geheim' end
            when i.einheit <> 'anzahl' and r.nenner < greatest(o.mindestnenner, coalesce(i.mindestnenner, 0), 1) then 'zu_klein'
            when i.einheit = 'jahre' and r.nenner < mean_from(o.mindestfallzahl) then 'zu_klein'
        end as grund
    from reihen as r
    inner join stamm.indikator as i on r.reihe = i.registerreihe
    inner join orte as o on r.kommune = o.kommune
)

select
    b.kommune, b.stichtag,
    zeitraum_von(b.stichtag, b.bezugstag, b.periodizitaet) as zeitraum,
    b.gebiet_id, b.indikator,
    '-' as profil,
    b.gruppe, b.geschlecht,
    'insgesamt' as altersgruppe,
    case when not b.ist_mittel then b.zaehler end as zaehler,
    case when not b.ist_mittel and b.hat_nenner then b.nenner end as nenner,
    case
        when b.grund is not null then null
        when not b.hat_nenner then b.zaehler
        when b.ist_mittel then round(b.zaehler / nullif(b.nenner, 0), 1)
        else anteil_nach_verfahren(b.zaehler / nullif(b.nenner, 0), b.verfahren) * b.faktor
    end as wert,
    'melderegister' as quelle_id,
    'melderegister' as nenner_quelle_id,
    b.nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    q.synthetisch as beispieldaten,
    case
        when b.grund is not null then b.grund
        when b.ist_mittel or b.gerundet then 'gerundet'
        else nach_verfahren('ok', b.verfahren)
    end as status,
    codes([
        b.grund,
        case when b.grund is null and (b.ist_mittel or b.gerundet or b.verfahren <> 'sperrung') then 'gerundet' end
    ]) as hinweise,
    l.datenstand, l.lieferung_id,
    null::varchar as fundstelle
from beurteilt as b
inner join geheimhaltung.bestand as l on b.kommune = l.kommune and b.stichtag = l.stichtag
inner join geheimhaltung.lieferung as q on l.lieferung_id = q.lieferung_id
order by all
