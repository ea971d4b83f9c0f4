-- What the record of corrections may tell. Of the register, whatever is not shown with both values is one line a table and
-- Stichtag. A figure that is gone or hidden from now on must not be told by the record, either.
select v.* exclude (familie, beide)
from vergleich as v
left join zeigbar as z on v.kommune = z.kommune and v.familie = z.stichtag
where v.familie is null or (v.beide and z.kommune is not null)
union all by name
select
    v.tabelle,
    'kommune=' || v.kommune || '; stichtag=' || v.familie as schluessel,
    '*' as spalte,
    v.kommune,
    'veröffentlicht' as alt,
    'geändert' as neu,
    case
        when bool_or(v.grund = 'neue_lieferung') then 'neue_lieferung'
        when bool_or(v.grund = 'neue_profilversion') then 'neue_profilversion'
        else 'neue_berechnung'
    end as grund,
    max(v.lieferung_id_alt) as lieferung_id_alt,
    max(v.lieferung_id_neu) as lieferung_id_neu
from vergleich as v
left join zeigbar as z on v.kommune = z.kommune and v.familie = z.stichtag
where v.familie is not null and not (v.beide and z.kommune is not null)
group by v.tabelle, v.kommune, v.familie
