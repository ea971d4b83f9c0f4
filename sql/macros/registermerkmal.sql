-- Facts of one extract: of whom each is told, and their values in words.
-- grundgesamtheit_von: whom a fact divides up, or a part of whom it counts.
create or replace temp macro grundgesamtheit_von(merkmal) as
case
    when merkmal in ('aufenthaltsdauer', 'asylherkunft', 'altersjahr_auslaender', 'zuzugsjahr') then 'auslaender'
    when merkmal = 'mehrstaatigkeit' then 'deutsche'
    else 'einwohner'
end;
-- dauergruppe: completed years as a group between the given bounds, written as age groups are: 00-00, 01-04, 15+.
create or replace temp macro dauergruppe(jahre, grenzen) as
case
    when jahre is null then 'unbekannt'
    when jahre >= list_last(grenzen) then format('{:02d}+', list_last(grenzen))
    else format(
        '{:02d}-{:02d}',
        coalesce(list_max(list_filter(grenzen, lambda g: g <= jahre)), 0),
        list_min(list_filter(grenzen, lambda g: g > jahre)) - 1
    )
end;
-- dauer_in_worten, merkmalswert: a value as readers know it.
create or replace temp macro dauer_in_worten(gruppe) as
case
    when gruppe = '00-00' then 'unter 1 Jahr'
    when gruppe like '%+' then left(gruppe, 2)::integer || ' Jahre und länger'
    when left(gruppe, 2) = '00' then 'unter ' || (right(gruppe, 2)::integer + 1) || ' Jahren'
    else left(gruppe, 2)::integer || ' bis unter ' || (right(gruppe, 2)::integer + 1) || ' Jahre'
end;
create or replace temp macro merkmalswert(merkmal, wert) as
case
    when wert = 'unbekannt' then 'unbekannt'
    when merkmal in ('aufenthaltsdauer', 'wohndauer') and wert similar to '\d{2}(-\d{2}|\+)' then dauer_in_worten(wert)
    when merkmal in ('altersjahr', 'altersjahr_auslaender') and wert like '%+'
        then replace(wert, '+', '')::integer || ' Jahre und älter'
    when merkmal in ('altersjahr', 'altersjahr_auslaender') then wert::integer || ' Jahre'
    when merkmal = 'zuzugsjahr' and wert like 'vor_%' then 'vor ' || right(wert, 4)
    when wert like 'kommunalwahl_ab_%'
        then 'Kommunalwahl: Deutsche (auch ohne Angabe) und Staatsangehörige der EU ab ' || right(wert, 2) || ' Jahren'
    when wert like 'integrationsrat_ab_%'
        then 'Integrationsrat: ohne deutsche, mit weiterer Staatsangehörigkeit, eingebürgert, ab ' || right(wert, 2) || ' Jahren'
    when wert like 'bundestagswahl_ab_%' then 'Bundestagswahl: Deutsche (auch ohne Angabe) ab ' || right(wert, 2) || ' Jahren'
    when wert = 'in_deutschland_geboren' then 'in Deutschland geboren'
    when wert = 'nur_deutsch' then 'nur deutsche Staatsangehörigkeit oder ohne Angabe'
    when wert = 'mehrstaatig' then 'deutsche und weitere Staatsangehörigkeit'
    when wert = 'hauptherkunft' then 'aus den Hauptherkunftsländern von Asylsuchenden'
    when wert = 'andere' then 'aus anderen Staaten'
    else wert
end;
-- altersjahr_von: completed years as text, the oldest together.
create or replace temp macro altersjahr_von(jahre) as
case
    when jahre is null then 'unbekannt'
    when jahre >= getvariable('hoechstes_altersjahr') then format('{:02d}+', getvariable('hoechstes_altersjahr'))
    else format('{:02d}', jahre)
end;
-- is_rest: what is counted to know how little a told fact would leave beside others; never told itself.
create or replace temp macro is_rest(merkmal) as
merkmal in ('waehlerjahre', 'unionsjahre', 'drittstaatsjahre') or merkmal like 'rest\_%' escape '\';
-- is_exact: facts that are told exactly, as cells of the choice; all others are rounded at the door.
create or replace temp macro is_exact(merkmal) as merkmal in ('altersjahr', 'altersjahr_auslaender');
