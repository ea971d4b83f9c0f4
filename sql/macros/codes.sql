-- Lists of codes: which of them apply to a row.
-- codes: those of a list that apply.
create or replace temp macro codes(liste) as list_filter(liste, lambda code: code is not null);
-- codes_der_spalten: why further figures of a row are missing, as `code:column`, where `status` does not say it already.
-- `gruende` are { spalte, grund }, the reason NULL where the figure is shown.
create or replace temp macro codes_der_spalten(gruende, leitender) as
list_transform(
    list_filter(gruende, lambda g: g.grund is not null and g.grund is distinct from leitender),
    lambda g: g.grund || ':' || g.spalte
);
