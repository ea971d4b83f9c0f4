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
        * exclude (verschwiegen),
        verschwiegen or (folgt and bool_or(verschwiegen) over (partition by kommune)) as zusammen
    from beurteilt
)

select * exclude (familie, beide, folgt, zusammen)
from zeilen
where not zusammen
union all by name
select
    tabelle,
    'kommune=' || kommune || coalesce('; stichtag=' || familie, '') as schluessel,
    '*' as spalte,
    kommune,
    'veröffentlicht' as alt,
    'geändert' as neu,
    case
        when bool_or(grund = 'neue_lieferung') then 'neue_lieferung'
        when bool_or(grund = 'neue_profilversion') then 'neue_profilversion'
        else 'neue_berechnung'
    end as grund,
    max(lieferung_id_alt) as lieferung_id_alt,
    max(lieferung_id_neu) as lieferung_id_neu
from zeilen
where zusammen
group by tabelle, kommune, familie
