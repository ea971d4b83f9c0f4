-- Jeder Indikator für die Kommune als Ganzes: Hauptdefinition oder keine, Geschlechter und Altersgruppen zusammen.
-- Grain: kommune, indikator, gruppe, zeitraum. Every client since DuckDB 1.0 must read it.
with hauptdefinition as (
    select distinct kommune, profil
    from marts.migrationshintergrund
    where ist_hauptdefinition
)

select
    z.kommune, z.indikator, i.name, z.gruppe, z.zeitraum, z.stichtag, z.wert, z.einheit, z.abschnitt, z.veraenderung_vorperiode,
    z.trend, z.ziel, z.quelle, z.status, z.hinweise, z.beispieldaten, z.veroeffentlichung
from marts.indikator_zeitreihe as z
inner join dim.kommune as k on z.kommune = k.kommune and z.gebiet_id = k.ags
inner join dim.indikator as i on z.indikator = i.indikator
left join hauptdefinition as h on z.kommune = h.kommune and z.profil = h.profil
where z.geschlecht = 'insgesamt' and z.altersgruppe = 'insgesamt' and (z.profil = '-' or h.profil is not null)
-- One figure may be given with and without a definition: the town's own comes first.
qualify row_number() over (partition by z.kommune, z.indikator, z.gruppe, z.zeitraum order by z.profil = '-') = 1
