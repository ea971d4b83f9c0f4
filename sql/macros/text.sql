-- Numbers and days inside a text.
-- zahltext, tagtext: a number and a day inside a text, as people write them: `4`, `0,5`, `31.12.2021`.
create or replace temp macro zahltext(zahl) as
case when zahl = trunc(zahl) then zahl::bigint::varchar else replace(zahl::varchar, '.', ',') end;
create or replace temp macro tagtext(tag) as strftime(tag, '%d.%m.%Y');
