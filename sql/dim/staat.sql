-- Die Staatsschlüssel mit Gruppen und Gültigkeit. Grain: staat.
select
    staat,
    name,
    frueher_als_text(fruehere_namen) as fruehere_namen,
    iso2,
    iso3,
    gruppe as staatengruppe,
    kontinent,
    eu_von,
    eu_bis,
    gueltig_von,
    gueltig_bis,
    als_staat,
    nachfolgegruppe,
    aussiedlungsgebiet,
    vertreibungsgebiet
from stamm.staat
order by staat
