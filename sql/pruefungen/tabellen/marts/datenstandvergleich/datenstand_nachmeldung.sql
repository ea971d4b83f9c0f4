-- titel: Zwei Datenstände eines Stichtags weichen kaum voneinander ab
-- schwere: warnung
-- erwartet: höchstens der Anteil der Einwohner in kommune.yaml (quellen.melderegister.hoechstanteil_nachmeldung) kommt nach
with paare as (
    select distinct
        v.kommune, v.stichtag, v.datenstand_alt, v.datenstand_neu, v.einwohner_alt, v.einwohner_neu, v.einwohner_differenz
    from marts.datenstandvergleich as v
    inner join stamm.kommune as k on v.kommune = k.kommune and v.gebiet_id = k.ags
)

select
    p.kommune,
    'Stichtag ' || strftime(p.stichtag, '%d.%m.%Y') || ': ' || p.einwohner_alt || ' Einwohner im Auszug vom '
    || strftime(p.datenstand_alt, '%d.%m.%Y') || ', ' || p.einwohner_neu || ' im Auszug vom '
    || strftime(p.datenstand_neu, '%d.%m.%Y') || ' (Unterschied ' || p.einwohner_differenz || ')' as ort,
    n.hoechstanteil
from paare as p
inner join stamm.nachmeldung as n on p.kommune = n.kommune
where abs(p.einwohner_differenz) > n.hoechstanteil * p.einwohner_alt
order by p.kommune, p.stichtag, p.datenstand_alt, p.datenstand_neu
