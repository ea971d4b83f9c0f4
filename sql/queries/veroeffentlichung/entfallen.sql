-- Between which releases a row with this key was dropped.
select
    veroeffentlichung_vorher,
    veroeffentlichung
from protokoll.revision
where tabelle = $tabelle and schluessel = $schluessel and spalte = '*'
order by veroeffentlichung
