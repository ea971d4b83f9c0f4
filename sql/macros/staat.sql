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
-- ranked_staaten: the decided cells of states with their total and their rank. A rank counts only states that are shown;
-- `unbekannt` is none, as 997 to 999 (stateless, unclear, no entry) are none.
create or replace temp macro ranked_staaten(
    zellart, unbekannt, entscheidung := 'geheimhaltung.entscheidung', kommunen := 'stamm.kommune'
) as table
    with zellen as (
        select kommune, stichtag, profil, gebiet_id, a as staat, geschlecht, gezeigt as personen, geheim
        from query_table(entscheidung)
        where art = zellart
    ),

    zahlen as (
        select
            z.*,
            k.mindestnenner,
            k.verfahren,
            max(z.personen) filter (where z.staat = 'insgesamt') over zeile as alle,
            coalesce(max(z.geheim) filter (where z.staat = 'insgesamt') over zeile, true) as alle_geheim,
            z.staat not in (unbekannt, 'uebrige', 'insgesamt') and not z.staat between '997' and '999' as benannt
        from zellen as z
        inner join query_table(kommunen) as k on z.kommune = k.kommune
        window zeile as (partition by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht)
    ),

    geheim as (
        select
            *,
            coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
        from zahlen
    )

    select
        *,
        case
            when benannt and not geheim and personen > 0
                then rank() over (
                    partition by kommune, stichtag, gebiet_id, profil, geschlecht, benannt and not geheim
                    order by personen desc
                )
        end as rang
    from geheim;
