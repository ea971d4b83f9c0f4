-- What the record of corrections may tell. Of the register, whatever is not shown with both values is one line a table and
-- Stichtag. A figure that is gone or hidden from now on must not be told by the record, either: not by its trend or by the
-- size of a target group, so what only follows from the register is told of a municipality as a whole or not at all.
with beurteilt as (
    select
        v.*,
        v.familie is not null and not (v.beide and z.kommune is not null) as verschwiegen
    from vergleich as v
    left join zeigbar as z on v.kommune = z.kommune and v.familie = z.stichtag
),

zeilen as (
    select
        b.* exclude (verschwiegen),
        b.verschwiegen or (b.folgt and bool_or(b.verschwiegen) over (partition by b.kommune)) as zusammen
    from beurteilt as b
)

select z.* exclude (familie, beide, folgt, zusammen)
from zeilen as z
where not z.zusammen
union all by name
select
    z.tabelle,
    'kommune=' || z.kommune || coalesce('; stichtag=' || z.familie, '') as schluessel,
    '*' as spalte,
    z.kommune,
    'veröffentlicht' as alt,
    'geändert' as neu,
    case
        when bool_or(z.grund = 'neue_lieferung') then 'neue_lieferung'
        when bool_or(z.grund = 'neue_profilversion') then 'neue_profilversion'
        else 'neue_berechnung'
    end as grund,
    max(z.lieferung_id_alt) as lieferung_id_alt,
    max(z.lieferung_id_neu) as lieferung_id_neu
from zeilen as z
where z.zusammen
group by z.tabelle, z.kommune, z.familie
