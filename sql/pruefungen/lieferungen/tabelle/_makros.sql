-- Numbers are computed exactly: a value is a whole number of billionths (`fest`), never a float.
create or replace temp macro eins() as 1000000000::hugeint;
-- ganz: a count with points every three digits.
create or replace temp macro ganz(zahl) as replace(format('{:,}', zahl::bigint), ',', '.');
-- zahlwort: a value in billionths as it is printed in German, without trailing zeros.
create or replace temp macro zahlwort(fest) as
case when fest < 0 then '-' else '' end || ganz(abs(fest) // eins())
|| case when fest % eins() <> 0 then ',' || rtrim(lpad((abs(fest) % eins())::varchar, 9, '0'), '0') else '' end;
-- ziffernwort: digits without their comma as a number with so many decimals.
create or replace temp macro ziffernwort(ziffern, stellen) as
case when ziffern < 0 then '-' else '' end || ganz(abs(ziffern) // (10 ** stellen)::hugeint)
|| case when stellen > 0 then ',' || lpad((abs(ziffern) % (10 ** stellen)::hugeint)::varchar, stellen::integer, '0') else '' end;
-- gedruckt_wort: a printed number in German, with all its decimals; else its sign.
create or replace temp macro gedruckt_wort(gedruckt, kennzeichen) as
case
    when regexp_full_match(gedruckt, '-?\d{1,15}') then ganz(gedruckt)
    when gedruckt is not null then replace(gedruckt, '.', ',')
    else coalesce(kennzeichen, 'leer')
end;
create or replace temp macro tagwort(stichtag) as strftime(stichtag, '%d.%m.%Y');
create or replace temp macro ebenenwort(ebene) as
case ebene
    when 'stadtteil' then 'Stadtteile'
    when 'bezirk' then 'Bezirke'
    when 'gemeinde' then 'Gemeinden'
    when 'planungsraum' then 'Planungsräume'
    when 'kreis' then 'Kreise'
    else 'Gebiete'
end;
create or replace temp macro geschlechtswort(geschlecht) as
case geschlecht
    when 'm' then 'männlich' when 'w' then 'weiblich' when 'd' then 'divers' when 'x' then 'Geschlecht ohne Angabe'
    else geschlecht
end;
-- zusaetze: of whom, without what is `insgesamt`; empty if nothing is left.
create or replace temp macro zusaetze(groesse, geschlecht, altersgruppe, staat, gruppe) as
concat(
    case groesse when 'zaehler' then ', Zähler' when 'nenner' then ', Nenner' else '' end,
    case when geschlecht <> 'insgesamt' then ', ' || geschlechtswort(geschlecht) else '' end,
    case when altersgruppe <> 'insgesamt' then ', Alter ' || altersgruppe else '' end,
    case when staat <> 'insgesamt' then ', Staat ' || staat else '' end,
    case when gruppe <> 'insgesamt' then ', ' || gruppe else '' end
);
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
-- aufzaehlung: the first `n` of a list, and how many more there are.
create or replace temp macro aufzaehlung(liste, n) as
array_to_string(list_slice(liste, 1, n), '; ')
|| case when len(liste) > n then '; und ' || (len(liste) - n) || ' weitere' else '' end;
