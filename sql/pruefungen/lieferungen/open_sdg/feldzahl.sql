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
    u.felder,
    s.spalten
from sdg.umbruch as u
inner join spalten as s on u.datei = s.datei
where not u.leer and u.felder <> s.spalten
group by u.datei, u.felder, s.spalten
order by u.datei, u.felder
