-- titel: Gebietsnamen sind einheitlich geschrieben
-- schwere: warnung
-- erwartet: jeder Gebietsname in der Schreibweise der Schwesterdateien, ohne doppelte Leerzeichen
-- Same words in another order, with other blanks or signs; or, under the same code, a slip of the pen.
with gemeint as (
    select
        z.datei,
        z.zeile,
        z.gebiet,
        glatt(coalesce(s2.gebiet, s.gebiet)) as richtig
    from sdg.zeile as z
    inner join sdg.schreibung as s on z.name = s.name
    left join sdg.soll_code as sc on z.name = sc.name
    left join sdg.soll_name as sn on z.code = sn.code and sc.code = z.code
    left join sdg.schreibung as s2 on sn.name = s2.name and verschrieben(z.gebiet, s2.gebiet)
)

select
    g.datei,
    list(g.zeile order by g.zeile) as zeilen,
    any_value(k.feld) as feld,
    g.gebiet,
    g.richtig
from gemeint as g
inner join sdg.kopf as k on g.datei = k.datei and k.rolle = 'gebiet'
where g.gebiet <> g.richtig
group by g.datei, g.gebiet, g.richtig
order by g.datei, zeilen
