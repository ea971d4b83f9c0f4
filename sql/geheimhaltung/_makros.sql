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
