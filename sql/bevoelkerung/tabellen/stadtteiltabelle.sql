-- Stadtteiltabellen in der Form der Summen des Registers: eine Zeile je Gebiet, Definition, Geschlecht und Altersgruppe.
-- District tables in the shape of the population totals: one row per area, definition, sex and age group.
-- Grain: kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe. Of several sources for one Stichtag and definition
-- the first in kommune.yaml counts; all of them are in marts.tabellenwert. An area that its table leaves out is a row without
-- figures.
with zahlen as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle_id, quellenrang, veroeffentlicht,
        max(wert) filter (where merkmal = 'einwohner')::bigint as einwohner,
        max(wert) filter (where merkmal = 'auslaender')::bigint as auslaender,
        max(wert) filter (where merkmal = 'deutsche_mit_mh')::bigint as deutsche_mit_mh,
        max(wert) filter (where merkmal = 'personen_mit_mh')::bigint as personen_mit_mh,
        max(wert) filter (where merkmal = 'anteil_auslaender') / 100 as anteil_auslaender_gedruckt,
        max(wert) filter (where merkmal = 'anteil_mh') / 100 as anteil_mh_gedruckt,
        max(stellen) filter (where merkmal = 'anteil_auslaender') as anteil_auslaender_stellen,
        max(stellen) filter (where merkmal = 'anteil_mh') as anteil_mh_stellen,
        list_sort(list_distinct(list(kennzeichen) filter (where kennzeichen is not null))) as kennzeichen,
        max(kennzeichen) filter (where merkmal = 'einwohner') as z_einwohner,
        max(kennzeichen) filter (where merkmal = 'auslaender') as z_auslaender,
        max(kennzeichen) filter (where merkmal = 'deutsche_mit_mh') as z_deutsche,
        max(kennzeichen) filter (where merkmal = 'personen_mit_mh') as z_mh,
        max(kennzeichen) filter (where merkmal = 'anteil_auslaender') as z_anteil_auslaender,
        max(kennzeichen) filter (where merkmal = 'anteil_mh') as z_anteil_mh,
        case
            when count(distinct zeile) = 1 and count(*) > 1
                then arg_min(fundstelle, spalte_nr) || case
                    when max(fundstelle) like '%!%' then ':' || split_part(arg_max(fundstelle, spalte_nr), '!', 2)
                    else ' bis ' || max(spalte_nr)
                end
            else string_agg(fundstelle, ', ' order by zeile, spalte_nr)
        end as fundstelle,
        max(datenstand) as datenstand,
        max(lieferung_id) as lieferung_id
    from bevoelkerung.tabellenwert
    where
        art = 'tabellen' and groesse = 'wert' and staat = 'insgesamt' and gruppe = 'insgesamt' and not umgerechnet
        and merkmal in ('einwohner', 'auslaender', 'deutsche_mit_mh', 'personen_mit_mh', 'anteil_auslaender', 'anteil_mh')
    group by all
),

-- Tables that only count inhabitants say nothing of this subject.
quellen as (
    select
        kommune, stichtag, profil, quelle_id,
        min(quellenrang) as quellenrang
    from zahlen
    group by all
    having
        count(auslaender) + count(personen_mit_mh) + count(deutsche_mit_mh) + count(anteil_auslaender_gedruckt)
        + count(anteil_mh_gedruckt) > 0
),

gewaehlt as (
    select z.*
    from zahlen as z
    inner join quellen as q
        on
            z.kommune = q.kommune and z.stichtag = q.stichtag and z.profil = q.profil and z.quelle_id = q.quelle_id
    qualify row_number() over (
        partition by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht, z.altersgruppe order by z.quellenrang
    ) = 1
),

-- Every area of a level that the table covers should have a row.
raster as (
    select distinct
        z.kommune, z.stichtag, z.profil, z.geschlecht, z.altersgruppe, z.quelle_id, z.veroeffentlicht, z.datenstand,
        z.lieferung_id,
        alle.gebiet_id
    from gewaehlt as z
    inner join stamm.kommune as k on z.kommune = k.kommune
    inner join stamm.gebiet as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
    inner join stamm.gebiet as alle on z.kommune = alle.kommune and g.ebene = alle.ebene
    where
        z.gebiet_id <> k.ags
        and alle.gebiet_id <> 'unbekannt'
        and z.stichtag between coalesce(alle.gueltig_von, date '0001-01-01') and coalesce(alle.gueltig_bis, date '9999-12-31')
),

fehlend as (
    select r.*
    from raster as r
    anti join gewaehlt as z
        on
            r.kommune = z.kommune and r.stichtag = z.stichtag and r.profil = z.profil and r.geschlecht = z.geschlecht
            and r.altersgruppe = z.altersgruppe and r.gebiet_id = z.gebiet_id
    qualify row_number() over (
        partition by r.kommune, r.stichtag, r.gebiet_id, r.profil, r.geschlecht, r.altersgruppe order by r.quelle_id
    ) = 1
)

select
    kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle_id, veroeffentlicht, einwohner, auslaender,
    coalesce(deutsche_mit_mh, personen_mit_mh - auslaender) as deutsche_mit_mh,
    personen_mit_mh, anteil_auslaender_gedruckt, anteil_mh_gedruckt, anteil_auslaender_stellen, anteil_mh_stellen,
    kennzeichen,
    -- What is computed from figures bears their signs.
    list_sort(list_distinct(flatten([
        zeichen_von('einwohner', [z_einwohner]),
        zeichen_von('auslaender', [z_auslaender]),
        zeichen_von('personen_mit_mh', [z_mh]),
        zeichen_von(
            'deutsche_mit_mh', case when deutsche_mit_mh is null then [z_mh, z_auslaender] else [z_deutsche] end
        ),
        zeichen_von(
            'anteil_auslaender',
            [z_anteil_auslaender] || case when auslaender / einwohner is null then [] else [z_auslaender, z_einwohner] end
        ),
        zeichen_von(
            'anteil_mh', [z_anteil_mh] || case when personen_mit_mh / einwohner is null then [] else [z_mh, z_einwohner] end
        )
    ]))) as zeichen_der_spalten,
    fundstelle, datenstand, lieferung_id
from gewaehlt
union all by name
select
    kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle_id, veroeffentlicht,
    null::bigint as einwohner,
    null::bigint as auslaender,
    null::bigint as deutsche_mit_mh,
    null::bigint as personen_mit_mh,
    null::double as anteil_auslaender_gedruckt,
    null::double as anteil_mh_gedruckt,
    null::bigint as anteil_auslaender_stellen,
    null::bigint as anteil_mh_stellen,
    []::varchar[] as kennzeichen,
    []::varchar[] as zeichen_der_spalten,
    null::varchar as fundstelle,
    datenstand, lieferung_id
from fehlend
order by all
