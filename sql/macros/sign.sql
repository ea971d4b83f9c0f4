-- What the value signs of a delivered figure mean. Nowhere else is a sign given a meaning.
-- status_von_zeichen, hinweise_von_zeichen: what the value signs of a delivered figure say of it, or of its absence. The only
-- place that gives a sign a meaning; `zeichen` is a list (NULL: none), `vorhanden` never NULL. `rd` is printed nowhere: its
-- source rounds what it counts (stamm.merkmal.quelle_rundet).
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
    case when vorhanden and list_has_any(zeichen, ['0', 'rd']) then 'quelle_gerundet' end,
    case when not vorhanden and list_contains(zeichen, '/') then 'zeichen_unsicher' end,
    case when not vorhanden and list_contains(zeichen, '.') then 'zeichen_unbekannt' end,
    case when not vorhanden and list_contains(zeichen, '...') then 'zeichen_spaeter' end
]);
-- zeichen_von: the signs of one figure of a row as `column:sign`; hinweise_der_spalten: what such signs say, as `code:column`, of
-- those columns alone that the row shows.
create or replace temp macro zeichen_von(spalte, zeichen) as
list_transform(list_filter(zeichen, lambda z: z is not null), lambda z: spalte || ':' || z);
create or replace temp macro hinweise_der_spalten(zeichen, gezeigt) as
list_sort(list_distinct(flatten(list_transform(
    list_filter(coalesce(zeichen, []), lambda z: list_contains(gezeigt, split_part(z, ':', 1))),
    lambda z: list_transform(
        hinweise_von_zeichen([split_part(z, ':', 2)], true), lambda c: c || ':' || split_part(z, ':', 1)
    )
))));
