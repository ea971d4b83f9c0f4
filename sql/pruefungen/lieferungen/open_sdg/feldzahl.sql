-- titel: Jede Zeile hat so viele Felder wie die Kopfzeile
-- schwere: fehler
-- erwartet: in jeder Zeile so viele Felder wie Spalten
with spalten as (
    select datei, count(*) as spalten
    from sdg.kopf
    group by datei
)

select
    u.datei,
    list(u.zeile order by u.zeile) as zeilen,
    'die Zeile hat ' || u.felder || ' Felder, die Kopfzeile ' || s.spalten || '; sie wurde nicht weiter geprüft' as was
from sdg.umbruch as u
inner join spalten as s on u.datei = s.datei
where not u.leer and u.felder <> s.spalten
group by u.datei, u.felder, s.spalten
order by u.datei, u.felder
