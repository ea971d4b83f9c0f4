-- zelle: address of a column's cell in this row; where the sheet has no such column, that of the number.
create or replace temp macro zelle(zellen, spalte) as coalesce(zellen[spalte], zellen['massnahme_nr'], zellen['vorlage_nr']);
