-- titel: Keine Zahl steht zweimal mit gleichem Wert in der Datei
-- schwere: warnung
-- erwartet: jede Angabe einmal
with gruppen as (
    select
        stichtag,
        list(fundstelle order by zeile, spalte_nr) as zellen,
        list(zeile order by zeile, spalte_nr) as zeilen,
        first(coalesce(gebiet_text, gebiet_id) order by zeile, spalte_nr) as gebiet,
        count(*) as mal
    from lieferung.wert
    group by stichtag, gebiet_id, merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe
    having count(*) > 1 and count(distinct coalesce(wert::varchar, kennzeichen, '')) = 1
)

select
    list_concat(
        flatten(list(zellen[2:] order by zeilen[2], zellen[2])), list(zellen[1] order by zeilen[2], zellen[2])
    ) as fundstellen,
    case when count(*) = 1 then 'eine Angabe' else count(*) || ' Angaben' end || ' zum ' || tagwort(stichtag)
    || ' (' || array_to_string(list_slice(list(distinct gebiet order by gebiet), 1, 4), ', ')
    || case when count(distinct gebiet) > 4 then ' …' else '' end
    || case when count(*) = 1 then ') steht' else ') stehen' end || ' mehrfach mit gleichem Wert'
    || case
        when list(zeilen[1] order by zeilen[1])[1] <> list(zeilen[2] order by zeilen[2])[1]
            then
                ': Zeile ' || min(zeilen[2]) || case when max(zeilen[-1]) > min(zeilen[2]) then '–' || max(zeilen[-1]) else '' end
                || ' wiederholt Zeile ' || min(zeilen[1])
                || case when max(zeilen[1]) > min(zeilen[1]) then '–' || max(zeilen[1]) else '' end
        else ''
    end as was
from gruppen
group by stichtag
order by stichtag
