-- titel: Keine Zahl steht zweimal mit gleichem Wert in der Datei
-- braucht: lieferung.mehrfach
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
    stichtag,
    count(*) as anzahl,
    list(distinct gebiet order by gebiet) as gebiete,
    [min(zeilen[1]), max(zeilen[1])] as zuerst,
    [min(zeilen[2]), max(zeilen[-1])] as wiederholt
from gruppen
group by stichtag
order by stichtag
