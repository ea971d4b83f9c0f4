-- Numbers are computed exactly: a value is a whole number of billionths (`fest`), never a float.
create or replace temp macro eins() as 1000000000::hugeint;
-- zusatz: of whom a figure speaks. angabe: what was printed, or the sign instead.
create or replace temp macro zusatz(groesse, geschlecht, altersgruppe, staat, gruppe) as
{
    'groesse': groesse, 'geschlecht': geschlecht, 'altersgruppe': altersgruppe, 'staat': staat, 'gruppe': gruppe
};
create or replace temp macro angabe(gedruckt, kennzeichen) as { 'gedruckt': gedruckt, 'kennzeichen': kennzeichen };
-- schluessel: everything that identifies a figure besides area and day, as one text.
create or replace temp macro schluessel(merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe) as
concat_ws('|', merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe);
-- toleranz, in billionths: what `teile` figures may differ from their total by the source's own rounding. gerundet_5 (_10):
-- every figure is up to 2 (5) off, and so is the total, cut down to the grid; cell_key: the largest deviation for each figure
-- (proposal of this project, docs/entscheidungen.md). Figures with decimals are rounded by half a unit of the last one.
create or replace temp macro toleranz(methode, teile, hoechstabweichung, stellen) as
case methode
    when 'exakt' then 0
    when 'gerundet_5' then (teile + 1) * 2 // 5 * 5
    when 'gerundet_10' then (teile + 1) * 5 // 10 * 10
    when 'cell_key' then (teile + 1) * hoechstabweichung
end::hugeint * eins()
+ case when stellen > 0 then (teile + 1) * eins() // (2 * (10 ** least(stellen, 9))::hugeint) else 0 end;
-- halbe_stelle, in billionths: what a number printed with so many decimals may be off by rounding; a whole number is a count.
create or replace temp macro halbe_stelle(stellen) as
case when stellen between 1 and 9 then eins() // (2 * (10 ** stellen)::hugeint) else 0 end;
-- gerundet: faktor × zaehler / nenner with so many decimals, as digits; rounded once, half away from zero, exactly.
create or replace temp macro gerundet(faktor, zaehler, nenner, stellen) as
sign(zaehler)::hugeint
* ((2 * faktor::hugeint * (10 ** stellen)::hugeint * abs(zaehler) + nenner) // nullif(2 * nenner, 0));
