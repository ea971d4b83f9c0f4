-- States on a day: their names and their group.
-- staatengruppe_am: the group of a foreign state on a day: its membership of the EU then, never today's.
create or replace temp macro staatengruppe_am(gruppe, kontinent, eu_von, eu_bis, tag) as
case
    when eu_von is null then gruppe
    when eu_von <= tag and tag <= coalesce(eu_bis, date '9999-12-31') then 'EU'
    when kontinent = 'Europa' then 'übriges Europa'
    else kontinent
end;
-- staatsname: the name of a state on a day. frueher: its earlier names with their last days, earliest first (stamm.staat).
create or replace temp macro staatsname(name, frueher, tag) as
coalesce(list_filter(frueher, lambda n: tag <= n.bis)[1].name, name);
-- frueher_als_text: the earlier names as the list prints them; NULL without any.
create or replace temp macro frueher_als_text(frueher) as
nullif(array_to_string([n.name || ' bis ' || n.bis for n in frueher], ' / '), '');
