-- zelle: address of a column's cell in this row; where the sheet has no such column, that of the number.
create or replace temp macro zelle(zellen, spalte) as coalesce(zellen[spalte], zellen['massnahme_nr'], zellen['vorlage_nr']);
-- wer: a measure as people call it.
create or replace temp macro wer(massnahme_nr, titel) as
'Maßnahme ' || massnahme_nr || ' »' || case when len(titel) > 60 then titel[:57] || '…' else titel end || '«';
create or replace temp macro tagwort(tag) as strftime(tag, '%d.%m.%Y');
-- euro: an amount as printed in German.
create or replace temp macro euro(betrag) as
replace(replace(replace(format('{:,.2f}', round(betrag, 2)), ',', '#'), '.', ','), '#', '.') || ' €';
create or replace temp macro statuswort(status) as replace(status, '_', ' ');
-- klein: a count that would let a person be recognised (zero may be told).
create or replace temp macro klein(n, schwelle) as coalesce(n > 0 and n < schwelle and n = round(n), false);
-- wert: a number as people write it.
create or replace temp macro wert(zahl) as replace(regexp_replace(zahl::varchar, '\.0$', ''), '.', ',');
-- anders: what a field was and is, or NULL where it did not change.
create or replace temp macro anders(feld, alt, neu) as
case
    when alt is distinct from neu
        then feld || ' früher ' || coalesce(alt::varchar, 'leer') || ', jetzt ' || coalesce(neu::varchar, 'leer')
end;
