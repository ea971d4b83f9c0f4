-- Städte und Kreise nebeneinander: je Indikator die Orte, deren Zahl vergleichbar ist, und warum die der anderen es nicht ist.
-- Grain: indikator, gruppe, geschlecht, gebiet_id. Every client since DuckDB 1.0 must read it.
with hauptdefinition as (
    select distinct kommune, profil
    from marts.migrationshintergrund
    where ist_hauptdefinition
),

orte as (
    -- A place is told by its own folder where it has one, else by that of its Kreis.
    select
        g.gebiet_id,
        arg_min(g.kommune, (g.gebiet_id <> k.ags)::varchar || g.kommune) as kommune
    from dim.gebiet as g
    inner join dim.kommune as k on g.kommune = k.kommune
    where g.ebene = 'gemeinde' or g.gebiet_id = k.ags
    group by g.gebiet_id
),

zahlen as (
    select
        r.*,
        i.name,
        i.nummer,
        h.profil is not null as eigene_definition,
        case when r.quelle = 'melderegister' then r.quelle else coalesce(r.herkunft, r.quelle) end as messung
    from marts.indikator_zeitreihe as r
    inner join orte as o on r.kommune = o.kommune and r.gebiet_id = o.gebiet_id
    inner join dim.indikator as i on r.indikator = i.indikator
    left join hauptdefinition as h on r.kommune = h.kommune and r.profil = h.profil
    where
        r.altersgruppe = 'insgesamt' and r.wert is not null and not i.prozess
    -- What only one place has is beside nothing.
    qualify
        min(r.gebiet_id) over (partition by r.indikator, r.gruppe, r.geschlecht)
        <> max(r.gebiet_id) over (partition by r.indikator, r.gruppe, r.geschlecht)
),

klassen as (
    select
        indikator, gruppe, geschlecht, stichtag, messung, profil, profilversion, einheit, bevoelkerung, beispieldaten,
        count(distinct gebiet_id) as orte,
        bool_or(eigene_definition) as hauptdefinition
    from zahlen
    group by all
),

gewaehlt as (
    -- One comparison for each figure: the one with most places, of equal ones the latest. Of one place alone it is none.
    select *
    from klassen
    qualify
        row_number() over (
            partition by indikator, gruppe, geschlecht
            order by orte desc, beispieldaten asc, hauptdefinition desc, stichtag desc, profil asc, messung asc, bevoelkerung asc
        ) = 1
),

gemessen as (
    select
        z.*,
        k.orte,
        z.stichtag = k.stichtag as passt_stichtag,
        z.messung = k.messung as passt_quelle,
        z.profil = k.profil and coalesce(z.profilversion, '') = coalesce(k.profilversion, '') as passt_definition,
        coalesce(z.bevoelkerung = k.bevoelkerung, z.bevoelkerung is null and k.bevoelkerung is null) as passt_bevoelkerung,
        z.einheit = k.einheit as passt_einheit,
        z.beispieldaten = k.beispieldaten as passt_beispiel
    from zahlen as z
    inner join gewaehlt as k
        on z.indikator = k.indikator and z.gruppe = k.gruppe and z.geschlecht = k.geschlecht
),

je_ort as (
    -- Of each place the row that is comparable, else its latest.
    select
        *,
        passt_stichtag and passt_quelle and passt_definition and passt_bevoelkerung and passt_einheit and passt_beispiel
            as gleich
    from gemessen
    qualify
        row_number() over (
            partition by indikator, gruppe, geschlecht, gebiet_id
            order by
                passt_stichtag and passt_quelle and passt_definition and passt_bevoelkerung and passt_einheit and passt_beispiel
                desc,
                eigene_definition desc, stichtag desc, profil asc, quelle asc
        ) = 1
),

passend as (
    -- Women and men of the day and source of the total beside them.
    select j.*
    from je_ort as j
    inner join je_ort as t
        on
            j.indikator = t.indikator and j.gruppe = t.gruppe and j.gebiet_id = t.gebiet_id and t.geschlecht = 'insgesamt'
            and j.stichtag = t.stichtag and j.messung = t.messung and j.profil = t.profil
)

select
    indikator, name, gruppe, geschlecht, gebiet_id, gebiet, ebene, kommune, stichtag, wert, einheit, profil,
    profilversion, bevoelkerung, quelle, herkunft, gleich and orte > 1 as vergleichbar,
    case
        when gleich and orte > 1 then null
        when gleich then 'allein'
        when not passt_beispiel then 'beispieldaten'
        when not passt_definition then 'definition'
        when not passt_einheit then 'einheit'
        when not passt_bevoelkerung then 'bevoelkerung'
        when not passt_quelle then 'quelle'
        else 'stichtag'
    end as unterschied,
    orte,
    case
        when gleich and orte > 1
            then rank() over (partition by indikator, gruppe, geschlecht, gleich, ebene order by wert desc)
    end as rang,
    status, hinweise, beispieldaten, veroeffentlichung
from passend
