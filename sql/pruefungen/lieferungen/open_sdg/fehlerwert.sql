-- titel: Keine Zelle enthält einen Fehlerwert der Tabellenkalkulation
-- schwere: fehler
-- erwartet: der Code, der Name oder die Kategorie selbst, oder ein leeres Feld
-- Value is judged by wert_form.
with zellen as (
    select datei, zeile, 'geocode' as rolle, null::integer as feld, geocode_text as inhalt
    from sdg.zeile
    union all
    select datei, zeile, 'gebiet' as rolle, null::integer as feld, gebiet_text as inhalt
    from sdg.zeile
    union all
    select datei, zeile, 'einheit' as rolle, null::integer as feld, einheit as inhalt
    from sdg.zeile
    union all
    select datei, zeile, 'kommentar' as rolle, null::integer as feld, kommentar as inhalt
    from sdg.zeile
    union all
    select datei, zeile, 'merkmal' as rolle, feld, wert as inhalt
    from sdg.merkmal
)

select
    z.datei,
    list(z.zeile order by z.zeile) as zeilen,
    any_value(k.feld) as feld,
    any_value(k.spalte) as spalte,
    trim(z.inhalt) as fehlerwert
from zellen as z
inner join sdg.kopf as k on z.datei = k.datei and z.rolle = k.rolle and (z.feld is null or z.feld = k.feld)
where ist_fehlerwert(z.inhalt)
group by z.datei, z.rolle, z.feld, trim(z.inhalt)
order by z.datei, zeilen
