-- titel: Leere Werte sind gezählt
-- schwere: hinweis
-- erwartet: ein Wert oder in COMMENT_OBS der Grund, warum er fehlt
select
    z.datei,
    list(z.zeile order by z.zeile) filter (where z.ziffern = '') as zeilen,
    any_value(k.feld) as feld,
    count(*) filter (where z.ziffern = '') as leer,
    count(*) as werte,
    count(*) filter (where z.ziffern = '' and trim(z.kommentar) = '') as ohne_grund
from sdg.zeile as z
inner join sdg.kopf as k on z.datei = k.datei and k.rolle = 'wert'
group by z.datei
having count(*) filter (where z.ziffern = '') > 0
order by z.datei
