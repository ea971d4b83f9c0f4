-- Files of a municipality that the release before (attached as vorher) did not stand on.
select li.datei
from protokoll.lieferung as li
where
    li.kommune = $kommune
    and li.lieferung_id not in (select v.lieferung_id from vorher.protokoll.lieferung as v where v.kommune = $kommune)
order by li.datei
