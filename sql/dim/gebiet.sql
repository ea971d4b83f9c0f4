-- Die Gebiete der Kommunen. Grain: kommune, gebiet_id.
select
    kommune,
    gebiet_id,
    gebiet,
    ebene,
    uebergeordnet,
    gebietsstand,
    gueltig_von,
    gueltig_bis,
    kachel_x,
    kachel_y,
    geometrie,
    geometrie_herkunft
from stamm.gebiet
order by kommune, gebiet_id
