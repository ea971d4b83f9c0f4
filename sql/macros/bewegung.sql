-- What linking two extracts asks of each: the same as counting one (melderegister/merkmale.sql).
-- zaehlgeschlecht_von: as which sex a person counts below the whole town.
create or replace temp macro zaehlgeschlecht_von(geschlecht, pseudonym) as
case
    when geschlecht in ('m', 'w') then geschlecht
    when right(pseudonym, 1) between '0' and '7' then 'm'
    else 'w'
end;
-- ohne_deutsche: certainly without German nationality; who has no known one counts as no foreigner.
create or replace temp macro ohne_deutsche(sta_1, sta_2, sta_3) as
'000' not in (sta_1, coalesce(sta_2, ''), coalesce(sta_3, ''))
and coalesce(nullif(sta_1, '999'), nullif(sta_2, '999'), nullif(sta_3, '999')) is not null;
-- bewegung_in_worten: a flow as readers know it.
create or replace temp macro bewegung_in_worten(bewegung) as
case bewegung
    when 'geburt' then 'im Zeitraum geboren'
    when 'zuzug' then 'zugezogen'
    when 'sterbefall' then 'gestorben'
    when 'fortzug' then 'fortgezogen'
    when 'abgang' then 'fortgezogen oder gestorben'
    when 'einbuergerung' then 'eingebürgert'
    when 'verlust' then 'nicht mehr deutsch'
    when 'umzug_zu' then 'aus anderem Gebiet der Kommune hergezogen'
    when 'umzug_fort' then 'in anderes Gebiet der Kommune gezogen'
end;
