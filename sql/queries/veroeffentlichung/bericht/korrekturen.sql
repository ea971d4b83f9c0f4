-- The latest corrections of a municipality, the whole town before its areas.
select *
from protokoll.revision
where kommune = $kommune
order by
    veroeffentlichung desc, not contains(schluessel, 'gebiet_id=' || $ags) asc, tabelle asc, schluessel asc, spalte asc
limit $hoechstens
