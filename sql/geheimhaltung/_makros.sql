-- klein: a count that would let a person be recognised (zero is published).
create or replace temp macro klein(n, schwelle) as coalesce(n > 0 and n < schwelle, false);
-- rest_klein: the others of a total are so few that the count gives them away.
create or replace temp macro rest_klein(n, gesamt, schwelle) as klein(gesamt - n, schwelle);
-- geheim_code: the code of a hidden figure; NULL where it is not hidden. One code only: whether a figure is small itself or would
-- tell of a small one is half of its secret.
create or replace temp macro geheim_code(primaer, verborgen) as
case when primaer or verborgen then 'geheim' end;
-- codes: those of a list that apply.
create or replace temp macro codes(liste) as list_filter(liste, lambda code: code is not null);
-- codes_der_spalten: why further figures of a row are missing, as `code:column`, where `status` does not say it already.
-- `gruende` are { spalte, grund }, the reason NULL where the figure is shown.
create or replace temp macro codes_der_spalten(gruende, leitender) as
list_transform(
    list_filter(gruende, lambda g: g.grund is not null and g.grund is distinct from leitender),
    lambda g: g.grund || ':' || g.spalte
);
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
-- status_der_anzahl, hinweise_der_anzahl: the same where the total can be hidden although the count of the row is shown: the
-- status is that of the count, the share that is missing has its code in `hinweise`.
create or replace temp macro status_der_anzahl(geheim, gesamt_geheim, gesamt, nenner_reicht) as
case when gesamt_geheim and not geheim then 'ok' else status_von(geheim, gesamt, nenner_reicht) end;
create or replace temp macro hinweise_der_anzahl(geheim, gesamt_geheim, gesamt, nenner_reicht) as
case when gesamt_geheim and not geheim then ['geheim', 'geheim:anteil'] else hinweise_von(geheim, gesamt, nenner_reicht) end;
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
-- folgt: whether a printed share (fraction) is that of the counts, rounded to its printed decimals of percent; also where one
-- of them is missing. A share that does not follow has another base, and stays as it is printed.
create or replace temp macro folgt(gedruckt, gerechnet, stellen) as
coalesce(abs(gedruckt - gerechnet) <= 0.5 / 10 ** (coalesce(stellen, 1) + 2) + 1e-9, true);
-- ist_mindestwert: the undecidable could raise the share by more than the configured span; false where that is not known.
create or replace temp macro ist_mindestwert(anteil, hoechstens, mindestwert_ab) as
coalesce(round(hoechstens - anteil, 9) > mindestwert_ab, false);
-- herkunft_von: where a figure comes from; an extract of invented persons is never called the register of a town.
create or replace temp macro herkunft_von(herkunft, quelle_id, beispieldaten) as
case
    when beispieldaten and quelle_id = 'melderegister' then 'Synthetischer Auszug: alle Personen sind erfunden'
    else herkunft
end;
-- zeitraum_von: first day of the period a figure stands for; a stock stands for its Stichtag, and
-- the one of 1 January is that of the evening before.
create or replace temp macro zeitraum_von(stichtag, bezugstag, periode) as
case
    when bezugstag = '12-31' and periode = 'jaehrlich' and strftime(stichtag, '%m-%d') = '01-01' then (stichtag - 1)::date
    when bezugstag is not null then stichtag
    when periode = 'monatlich' then date_trunc('month', stichtag)::date
    when periode = 'halbjaehrlich' then make_date(year(stichtag), case when month(stichtag) > 6 then 7 else 1 end, 1)
    when periode = 'schuljahr' then make_date(year(stichtag) - case when month(stichtag) < 8 then 1 else 0 end, 8, 1)
    else date_trunc('year', stichtag)::date
end;
-- status_von_zeichen, hinweise_von_zeichen: what the value signs of a delivered figure say of it, or of its absence. The only
-- place that gives a sign a meaning; `zeichen` is a list (NULL: none), `vorhanden` never NULL.
create or replace temp macro status_von_zeichen(zeichen, vorhanden) as
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
create or replace temp macro hinweise_von_zeichen(zeichen, vorhanden) as
codes([
    case when not vorhanden then status_von_zeichen(zeichen, vorhanden) end,
    case when list_contains(zeichen, '|') then 'bruch' end,
    case when vorhanden and list_has_any(zeichen, ['s', '()']) then 'geschaetzt' end,
    case when vorhanden and list_contains(zeichen, 'p') then 'vorlaeufig' end,
    case when vorhanden and list_contains(zeichen, 'r') then 'korrigiert' end,
    case when vorhanden and list_contains(zeichen, '0') then 'quelle_gerundet' end,
    case when not vorhanden and list_contains(zeichen, '/') then 'zeichen_unsicher' end,
    case when not vorhanden and list_contains(zeichen, '.') then 'zeichen_unbekannt' end,
    case when not vorhanden and list_contains(zeichen, '...') then 'zeichen_spaeter' end
]);
-- wilson_unten, wilson_oben: ends of the 95 % interval of a share p of n (Wilson 1927), 3.8416 = 1.96².
create or replace temp macro wilson_halb(p, n) as
1.96 / (1 + 3.8416 / n) * sqrt(p * (1 - p) / n + 3.8416 / (4 * n * n));
create or replace temp macro wilson_unten(p, n) as
case when n > 0 then greatest(0, (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n) - wilson_halb(p, n)) end;
create or replace temp macro wilson_oben(p, n) as
case when n > 0 then least(1, (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n) + wilson_halb(p, n)) end;
-- istwert_art_von: what the value of a measure's indicator counts. Only the sheet says so (`zaehlt`), never the wording of the
-- indicator: one wrong word would disclose a small count of persons. Undecided is protected as persons are.
create or replace temp macro istwert_art_von(zaehlt, nach_personen) as
case
    when nach_personen then 'personen'
    when zaehlt in ('personen', 'sachen') then zaehlt
    else 'unbekannt'
end;
-- im_umfang: whether a row of population totals is published. The main definition in all its depth (`dreifach`) or, like the
-- others (`einzeln`), by area or by sex or by age; `kommune`: for the town only, by sex or by age.
create or replace temp macro im_umfang(tiefe, ist_kommune, geschlecht, altersgruppe) as
case tiefe
    when 'dreifach' then true
    when 'einzeln'
        then
            (not ist_kommune)::integer + (geschlecht <> 'insgesamt')::integer + (altersgruppe <> 'insgesamt')::integer <= 1
    else ist_kommune and 'insgesamt' in (geschlecht, altersgruppe)
end;
-- staatengruppe_am: the group of a foreign state on a day: its membership of the EU then, never today's.
create or replace temp macro staatengruppe_am(gruppe, kontinent, eu_von, eu_bis, tag) as
case
    when eu_von is null then gruppe
    when eu_von <= tag and tag <= coalesce(eu_bis, date '9999-12-31') then 'EU'
    when kontinent = 'Europa' then 'übriges Europa'
    else kontinent
end;
