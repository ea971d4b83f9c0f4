-- What the door says of a hidden, rounded or missing count and of its share.
-- klein: a count that would let a person be recognised (zero is published).
create or replace temp macro klein(n, schwelle) as coalesce(n > 0 and n < schwelle, false);
-- klein_ganz: the same of a figure that need not be a count: an amount or a share with decimals tells of nobody.
create or replace temp macro klein_ganz(n, schwelle) as klein(n, schwelle) and coalesce(n = round(n), false);
-- rest_klein: the others of a total are so few that the count gives them away.
create or replace temp macro rest_klein(n, gesamt, schwelle) as klein(gesamt - n, schwelle);
-- geheim_code: the code of a hidden figure; NULL where it is not hidden. One code only: whether a figure is small itself or would
-- tell of a small one is half of its secret.
create or replace temp macro geheim_code(primaer, verborgen) as
case when primaer or verborgen then 'geheim' end;
-- status_von, hinweise_von: the codes of a row with a count and its share of `gesamt`.
create or replace temp macro grund_des_anteils(geheim, gesamt, nenner_reicht) as
case
    when geheim then 'geheim'
    when gesamt is null then 'nicht_erhoben'
    when gesamt = 0 then 'nicht_bewertbar'
    when not nenner_reicht then 'zu_klein'
end;
create or replace temp macro status_von(geheim, gesamt, nenner_reicht) as
coalesce(grund_des_anteils(geheim, gesamt, nenner_reicht), 'ok');
create or replace temp macro hinweise_von(geheim, gesamt, nenner_reicht) as
codes([
    grund_des_anteils(geheim, gesamt, nenner_reicht),
    -- The count itself is shown: nobody is in the area or the group, so there is nothing to divide by.
    case when not geheim and gesamt = 0 then 'unbewohnt' end
]);
-- nach_verfahren, hinweise_nach_verfahren, anteil_nach_verfahren: a family that is rounded or perturbed as a whole shows no exact
-- count, a part may be shown larger than its whole, and a shown 0 may be a few.
create or replace temp macro nach_verfahren(status, verfahren) as
case when status = 'ok' and verfahren <> 'sperrung' then 'gerundet' else status end;
create or replace temp macro hinweise_nach_verfahren(hinweise, gezeigt, verfahren) as
case
    when verfahren = 'sperrung' then hinweise
    else list_filter(hinweise, lambda code: code <> 'unbewohnt') || codes([case when gezeigt is not null then 'gerundet' end])
end;
create or replace temp macro anteil_nach_verfahren(anteil, verfahren) as
case when verfahren <> 'sperrung' and anteil > 1 then 1 else anteil end;
-- status_der_anzahl, hinweise_der_anzahl, anteil_der_anzahl: a count among others of one total. The total can be hidden although
-- the count of the row is shown: the status is that of the count, the share that is missing has its code in `hinweise`.
create or replace temp macro status_der_anzahl(geheim, gesamt_geheim, gesamt, nenner_reicht, verfahren) as
nach_verfahren(
    case when gesamt_geheim and not geheim then 'ok' else status_von(geheim, gesamt, nenner_reicht) end, verfahren
);
create or replace temp macro hinweise_der_anzahl(geheim, gesamt_geheim, gesamt, nenner_reicht, anzahl, verfahren) as
hinweise_nach_verfahren(
    case when gesamt_geheim and not geheim then ['geheim', 'geheim:anteil'] else hinweise_von(geheim, gesamt, nenner_reicht) end,
    case when not geheim then anzahl end,
    verfahren
);
create or replace temp macro anteil_der_anzahl(geheim, gesamt_geheim, gesamt, nenner_reicht, anzahl, verfahren) as
case
    when not geheim and not gesamt_geheim and nenner_reicht then anteil_nach_verfahren(anzahl / nullif(gesamt, 0), verfahren)
end;
-- ist_mindestwert: the undecidable could raise the share by more than the configured span; false where that is not known.
create or replace temp macro ist_mindestwert(anteil, hoechstens, mindestwert_ab) as
coalesce(round(hoechstens - anteil, 9) > mindestwert_ab, false);
-- mean_from: of so many a mean of years is told, to one decimal: the sum it comes from then leaves room for eight persons of
-- eighty years (of mindestfallzahl 5), whose age nobody can work out.
create or replace temp macro mean_from(mindestfallzahl) as 1280 * mindestfallzahl;
