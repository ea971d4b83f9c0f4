-- Segregationsmaße jeder Kommune aus den ungeschützten Anzahlen ihrer Gebiete. Nur im geschützten Bereich.
-- Segregation indices of every municipality from the unprotected counts of its areas. Secure zone only.
-- Grain: kommune, stichtag, profil, gruppe, mass, quelle; a register and a printed table of one Stichtag are two rows.
-- x: persons of the group, y: all other inhabitants (undecided persons among them), t = x + y; X, Y, T: their sums.
-- Areas are those of the finest level that divides the whole municipality and for which the source has figures. `unbekannt` is
-- no place and is left out. An area with a hidden count is left out, too, and counted in `ausgelassen`. Nor is an area without
-- inhabitants counted: it adds nothing to any sum, and ten of them would
-- not make an index sounder. One inhabited area without a count, outside its validity or from another table: no index.
with zahlen as (
    select
        kommune, stichtag, profil, gebiet_id, einwohner, auslaender, deutsche_mit_mh, personen_mit_mh,
        'melderegister' as quelle,
        'melderegister' as quelle_id,
        false as veroeffentlicht,
        []::varchar[] as kennzeichen,
        null::varchar as fundstelle,
        null::date as datenstand,
        null::varchar as lieferung_id
    from bevoelkerung.migrationshintergrund
    where geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
    union all by name
    select
        kommune, stichtag, profil, gebiet_id, einwohner, auslaender, deutsche_mit_mh, personen_mit_mh,
        'stadtteiltabelle' as quelle,
        quelle_id, veroeffentlicht, kennzeichen, fundstelle, datenstand, lieferung_id
    from bevoelkerung.stadtteiltabelle
    where geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
),

stichtage as (
    select distinct kommune, stichtag
    from zahlen
),

-- Areas inside the municipality, with whether they exist on the day.
gebiete as (
    select
        s.kommune, s.stichtag, g.gebiet_id, g.ebene,
        s.stichtag between coalesce(g.gueltig_von, date '0001-01-01') and coalesce(g.gueltig_bis, date '9999-12-31') as gilt
    from stichtage as s
    inner join stamm.kommune as k on s.kommune = k.kommune
    inner join stamm.gebiet as g on s.kommune = g.kommune
    inner join stamm.vorfahr as v on g.kommune = v.kommune and g.gebiet_id = v.gebiet_id and k.ags = v.vorfahr
    where g.gebiet_id not in (k.ags, 'unbekannt')
),

oberhalb as (
    select distinct
        g.kommune, g.stichtag,
        v.vorfahr as gebiet_id
    from gebiete as g
    inner join stamm.vorfahr as v on g.kommune = v.kommune and g.gebiet_id = v.gebiet_id and g.gebiet_id <> v.vorfahr
    where g.gilt
),

blaetter as (
    select
        g.kommune, g.stichtag, g.gebiet_id,
        count(*) over (partition by g.kommune, g.stichtag) as alle
    from gebiete as g
    anti join oberhalb as o on g.kommune = o.kommune and g.stichtag = o.stichtag and g.gebiet_id = o.gebiet_id
    where g.gilt
),

-- A level divides the municipality if every smallest area lies in exactly one of its areas.
teilungen as (
    select
        b.kommune, b.stichtag, g.ebene,
        count(distinct g.gebiet_id) as feinheit
    from blaetter as b
    inner join stamm.vorfahr as v on b.kommune = v.kommune and b.gebiet_id = v.gebiet_id
    inner join gebiete as g on b.kommune = g.kommune and b.stichtag = g.stichtag and v.vorfahr = g.gebiet_id and g.gilt
    group by b.kommune, b.stichtag, g.ebene
    having count(*) = max(b.alle) and count(distinct b.gebiet_id) = max(b.alle)
),

je_gebiet as (
    select
        z.kommune, z.stichtag, z.profil, z.quelle, g.ebene, t.feinheit, z.gebiet_id, g.gilt,
        z.einwohner, z.auslaender, z.deutsche_mit_mh, z.personen_mit_mh,
        z.quelle_id, z.veroeffentlicht, z.kennzeichen, z.fundstelle, z.datenstand, z.lieferung_id
    from zahlen as z
    inner join gebiete as g on z.kommune = g.kommune and z.stichtag = g.stichtag and z.gebiet_id = g.gebiet_id
    inner join teilungen as t on g.kommune = t.kommune and g.stichtag = t.stichtag and g.ebene = t.ebene
),

-- A table with the figures of one area alone (one town of a Kreis) is no table of areas.
stufen as (
    select
        kommune, stichtag, profil, quelle, ebene,
        row_number() over (partition by kommune, stichtag, profil, quelle order by max(feinheit) desc, ebene) as stufe
    from je_gebiet
    group by kommune, stichtag, profil, quelle, ebene
    having quelle = 'melderegister' or count(coalesce(einwohner, auslaender, personen_mit_mh)) > 1
),

gewaehlt as (
    select j.*
    from je_gebiet as j
    inner join stufen as s
        on
            j.kommune = s.kommune and j.stichtag = s.stichtag and j.profil = s.profil and j.quelle = s.quelle
            and j.ebene = s.ebene
    where s.stufe = 1
),

-- Persons of the register who live in a known area; the areas of a level must contain them all.
verortet as (
    select
        z.kommune, z.stichtag, z.profil, z.quelle,
        coalesce(sum(z.einwohner) filter (where z.gebiet_id = k.ags), 0)
        - coalesce(sum(z.einwohner) filter (where z.gebiet_id = 'unbekannt'), 0) as verortete
    from zahlen as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    where z.quelle = 'melderegister'
    group by z.kommune, z.stichtag, z.profil, z.quelle
),

gruppen as (
    select
        kommune, stichtag, profil, quelle, ebene, gebiet_id, gilt, einwohner, quelle_id, veroeffentlicht, kennzeichen,
        fundstelle, datenstand, lieferung_id,
        'migrationshintergrund' as gruppe,
        personen_mit_mh as x
    from gewaehlt
    union all by name
    select
        kommune, stichtag, profil, quelle, ebene, gebiet_id, gilt, einwohner, quelle_id, veroeffentlicht, kennzeichen,
        fundstelle, datenstand, lieferung_id,
        'auslaender' as gruppe,
        auslaender as x
    from gewaehlt
    union all by name
    select
        kommune, stichtag, profil, quelle, ebene, gebiet_id, gilt, einwohner, quelle_id, veroeffentlicht, kennzeichen,
        fundstelle, datenstand, lieferung_id,
        'deutsche_mit_mh' as gruppe,
        deutsche_mit_mh as x
    from gewaehlt
),

-- Areas whose counts of inhabitants and of the group are shown. The index is of these: of hidden counts it would tell.
verborgen as (
    select distinct
        e.kommune, e.stichtag, e.gebiet_id, e.profil,
        case e.art when 'personen_mit_mh' then 'migrationshintergrund' else e.art end as gruppe
    from geheimhaltung.entscheidung as e
    where
        e.geheim and e.geschlecht = 'insgesamt' and e.altersgruppe = 'insgesamt'
        and e.art in ('einwohner', 'auslaender', 'deutsche_mit_mh', 'personen_mit_mh')
),

gezeigte as (
    select g.*
    from gruppen as g
    anti join verborgen as v
        on
            g.kommune = v.kommune and g.stichtag = v.stichtag and g.gebiet_id = v.gebiet_id
            and v.profil in ('-', g.profil) and v.gruppe in ('einwohner', g.gruppe) and g.quelle = 'melderegister'
),

teilsummen as (
    select
        kommune, stichtag, profil, quelle, gruppe,
        count(*) filter (where einwohner > 0) as anzahl_gebiete,
        sum(einwohner)::bigint as einwohner,
        sum(x)::bigint as personen,
        sum(einwohner - x)::bigint as uebrige
    from gezeigte
    group by kommune, stichtag, profil, quelle, gruppe
),

summen as (
    select
        kommune, stichtag, profil, quelle, ebene, gruppe,
        count(*) filter (where einwohner > 0) as anzahl_gebiete,
        sum(einwohner)::bigint as einwohner,
        sum(x)::bigint as personen,
        sum(einwohner - x)::bigint as uebrige,
        count(x) > 0 as erhoben,
        coalesce(bool_and(coalesce(einwohner = 0 or (einwohner > 0 and x is not null and gilt), false)), false)
        and count(distinct quelle_id) = 1 as vollstaendig,
        bool_and(veroeffentlicht) as veroeffentlicht,
        max(quelle_id) as quelle_id,
        list_sort(list_distinct(flatten(list(kennzeichen)))) as kennzeichen,
        -- Of a range of cells the first and the last; shorter places come first (B4 before B10).
        arg_min(fundstelle, lpad(fundstelle, 200, ' ')) || ' bis ' || arg_max(fundstelle, lpad(fundstelle, 200, ' '))
            as fundstelle,
        max(datenstand) as datenstand,
        max(lieferung_id) as lieferung_id
    from gruppen
    group by kommune, stichtag, profil, quelle, ebene, gruppe
),

-- D = 1/2 sum |x/X - y/Y| over one denominator: whole numbers until the last division, so that order cannot matter.
-- The other sums run in the order of the areas for the same reason.
indizes as (
    select
        g.kommune, g.stichtag, g.profil, g.quelle, g.gruppe,
        sum(abs(g.x * s.uebrige - (g.einwohner - g.x) * s.personen)) / nullif(2 * max(s.personen) * max(s.uebrige), 0)
            as dissimilaritaet,
        sum(g.x * g.x / nullif(g.einwohner, 0) order by g.gebiet_id) / nullif(max(s.personen), 0) as isolation,
        sum(g.x * (g.einwohner - g.x) / nullif(g.einwohner, 0) order by g.gebiet_id) / nullif(max(s.personen), 0)
            as interaktion,
        max(s.personen) / nullif(max(s.einwohner), 0) as p
    from gezeigte as g
    inner join teilsummen as s
        on
            g.kommune = s.kommune and g.stichtag = s.stichtag and g.profil = s.profil and g.quelle = s.quelle
            and g.gruppe = s.gruppe
    group by g.kommune, g.stichtag, g.profil, g.quelle, g.gruppe
),

masse as (
    select
        kommune, stichtag, profil, quelle, gruppe,
        'dissimilaritaet' as mass,
        dissimilaritaet as wert
    from indizes
    union all by name
    select
        kommune, stichtag, profil, quelle, gruppe,
        'isolation' as mass,
        isolation as wert
    from indizes
    union all by name
    select
        kommune, stichtag, profil, quelle, gruppe,
        'interaktion' as mass,
        interaktion as wert
    from indizes
    union all by name
    -- The share of the variance that lies between areas; none is left to share where everyone is in the group. The isolation
    -- is never below P: where it seems so, the group is evenly spread and only the rounding of the sums is seen.
    select
        kommune, stichtag, profil, quelle, gruppe,
        'eta2' as mass,
        case when isolation < p then 0 else (isolation - p) / nullif(1 - p, 0) end as wert
    from indizes
),

je_zeile as (
    select
        s.* replace (t.anzahl_gebiete as anzahl_gebiete, t.personen as personen, t.uebrige as uebrige),
        s.anzahl_gebiete - t.anzahl_gebiete as ausgelassen,
        m.mass,
        m.wert,
        s.vollstaendig and coalesce(s.einwohner = v.verortete, true) as berechenbar
    from summen as s
    inner join teilsummen as t
        on
            s.kommune = t.kommune and s.stichtag = t.stichtag and s.profil = t.profil and s.quelle = t.quelle
            and s.gruppe = t.gruppe
    inner join masse as m
        on
            s.kommune = m.kommune and s.stichtag = m.stichtag and s.profil = m.profil and s.quelle = m.quelle
            and s.gruppe = m.gruppe
    left join verortet as v
        on s.kommune = v.kommune and s.stichtag = v.stichtag and s.profil = v.profil and s.quelle = v.quelle
)

select
    kommune, stichtag, profil, gruppe, mass, quelle, ebene,
    case when berechenbar then wert end as wert,
    anzahl_gebiete, ausgelassen, personen, uebrige, erhoben,
    berechenbar as vollstaendig,
    quelle_id, veroeffentlicht, kennzeichen, fundstelle, datenstand, lieferung_id
from je_zeile
order by kommune, stichtag, profil, gruppe, mass, quelle
