-- Macros of the marts; loaded before every SQL step.
-- staatsname: the name of a state on a day. frueher: its earlier names with their last days, earliest first (stamm.staat).
create or replace temp macro staatsname(name, frueher, tag) as
coalesce(list_filter(frueher, lambda n: tag <= n.bis)[1].name, name);
-- frueher_als_text: the earlier names as the list prints them; NULL without any.
create or replace temp macro frueher_als_text(frueher) as
nullif(array_to_string([n.name || ' bis ' || n.bis for n in frueher], ' / '), '');
-- zahltext, tagtext: a number and a day inside a text, as people write them: `4`, `0,5`, `31.12.2021`.
create or replace temp macro zahltext(zahl) as
case when zahl = trunc(zahl) then zahl::bigint::varchar else replace(zahl::varchar, '.', ',') end;
create or replace temp macro tagtext(tag) as strftime(tag, '%d.%m.%Y');
