-- Areas below a municipality with their tiles, by level and name. Grain: gebiet_id.
select
    gebiet_id,
    gebiet,
    ebene,
    gueltig_bis,
    kachel_x,
    kachel_y
from dim.gebiet
where kommune = $kommune and gebiet_id <> $ags and gebiet_id <> 'unbekannt' and uebergeordnet <> ''
order by ebene, gebiet collate de, gebiet_id
