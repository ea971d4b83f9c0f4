-- klein: a count that would let a person be recognised (zero is published).
create or replace temp macro klein(n, schwelle) as coalesce(n > 0 and n < schwelle, false);
-- rest_klein: the others of a total are so few that the count gives them away.
create or replace temp macro rest_klein(n, gesamt, schwelle) as klein(gesamt - n, schwelle);
-- status_von, hinweise_von: the codes of a row with one figure, from what happened to it.
create or replace temp macro status_von(geheim, gesamt, nenner_reicht) as
case
    when geheim then 'geheim_primaer'
    when gesamt = 0 then 'nicht_bewertbar'
    when not nenner_reicht then 'zu_klein'
    else 'ok'
end;
create or replace temp macro hinweise_von(geheim, gesamt, nenner_reicht) as
list_filter(
    [
        case when geheim then 'geheim_primaer' end,
        case when gesamt = 0 then 'nicht_bewertbar' end,
        case when not nenner_reicht then 'zu_klein' end
    ],
    lambda code: code is not null
);
-- zeitraum_von: first day of the period a figure stands for; a stock stands for its Stichtag.
create or replace temp macro zeitraum_von(stichtag, bezugstag, periode) as
case
    when bezugstag is not null then stichtag
    when periode = 'monatlich' then date_trunc('month', stichtag)::date
    when periode = 'halbjaehrlich' then make_date(year(stichtag), case when month(stichtag) > 6 then 7 else 1 end, 1)
    when periode = 'schuljahr' then make_date(year(stichtag) - case when month(stichtag) < 8 then 1 else 0 end, 8, 1)
    else date_trunc('year', stichtag)::date
end;
-- zeichen_status: what a value sign of a delivered figure says, or NULL.
create or replace temp macro zeichen_status(zeichen, vorhanden) as
case
    when list_contains(zeichen, '|') then 'bruch'
    when vorhanden and list_has_any(zeichen, ['s', '()']) then 'geschaetzt'
    when vorhanden and list_contains(zeichen, 'p') then 'vorlaeufig'
    when vorhanden and list_contains(zeichen, 'r') then 'korrigiert'
    when vorhanden then 'ok'
    when list_contains(zeichen, 'leer') then 'nicht_erhoben'
    when list_contains(zeichen, 'x') then 'nicht_bewertbar'
    when list_contains(zeichen, '/') then 'zu_klein'
    else 'keine_daten'
end;
-- wilson_unten, wilson_oben: ends of the 95 % interval of a share p of n (Wilson 1927), 3.8416 = 1.96².
create or replace temp macro wilson_halb(p, n) as
1.96 / (1 + 3.8416 / n) * sqrt(p * (1 - p) / n + 3.8416 / (4 * n * n));
create or replace temp macro wilson_unten(p, n) as
case when n > 0 then greatest(0, (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n) - wilson_halb(p, n)) end;
create or replace temp macro wilson_oben(p, n) as
case when n > 0 then least(1, (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n) + wilson_halb(p, n)) end;
