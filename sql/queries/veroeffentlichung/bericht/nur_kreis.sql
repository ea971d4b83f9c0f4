-- Figures of each Kreis that not all of its towns have: the latest of each, with the towns that have it, hidden ones too.
with kreise as (
    select
        k.kommune,
        k.ags
    from dim.kommune as k
    where exists (from dim.gebiet as g where g.kommune = k.kommune and g.uebergeordnet = k.ags and g.ebene = 'gemeinde')
),

staedte as (
    select
        kommune,
        indikator,
        gruppe,
        list(distinct gebiet_id order by gebiet_id) as gebiete
    from marts.indikator_zeitreihe
    where (wert is not null or status = 'geheim') and ebene = 'gemeinde'
    group by all
)

select
    z.*,
    i.name,
    coalesce(stadt.gebiete, []) as staedte
from marts.indikator_zeitreihe as z
inner join kreise as k on z.kommune = k.kommune and z.gebiet_id = k.ags
inner join dim.indikator as i on z.indikator = i.indikator
left join staedte as stadt
    on z.kommune = stadt.kommune and z.indikator = stadt.indikator and z.gruppe = stadt.gruppe
where z.wert is not null and z.geschlecht = 'insgesamt' and z.altersgruppe = 'insgesamt' and not i.prozess
qualify row_number() over (partition by z.kommune, z.indikator, z.gruppe order by z.stichtag desc, z.profil asc) = 1
order by i.nummer, z.kommune, z.gruppe
