-- Areas below a municipality with their tiles and, in releases that have them, outlines; by level and name. Grain: gebiet_id.
select *
from dim.gebiet
where kommune = $kommune and gebiet_id <> $ags and gebiet_id <> 'unbekannt' and uebergeordnet <> ''
order by ebene, gebiet collate de, gebiet_id
