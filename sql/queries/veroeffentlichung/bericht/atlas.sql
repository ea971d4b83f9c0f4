-- Every figure of the indicators that areas below the municipality have, areas and the municipality itself; single states not.
-- Grain: indikator, profil, gruppe, geschlecht, altersgruppe, gebiet_id, zeitraum.
select
    z.*,
    coalesce(g.ebene, z.ebene) as gebietsebene,
    z.gebiet_id = $ags as ist_kommune
from marts.indikator_zeitreihe as z
inner join dim.indikator as i on z.indikator = i.indikator
left join dim.gebiet as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
where
    z.kommune = $kommune
    and z.gebiet_id <> 'unbekannt'
    and not starts_with(z.gruppe, 'staat_')
    and (z.gebiet_id = $ags or coalesce(g.uebergeordnet, $ags) <> '')
order by i.nummer, z.indikator, z.profil, z.gruppe, z.geschlecht, z.altersgruppe, z.stichtag, z.zeitraum, z.gebiet_id
