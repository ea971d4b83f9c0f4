-- Was die Oberfläche je Gebiet zeigt: den veröffentlichten Anteil, das Zeichen des Schutzes, sonst nichts.
select
    k.name as kommune,
    h.gebiet,
    h.anteil_mh as anteil,
    h.status = 'geheim' or list_contains(h.hinweise, 'geheim') as geschuetzt,
    h.stichtag,
    h.beispieldaten
from marts.heute_gebiete as h
inner join dim.kommune as k on h.kommune = k.kommune
order by all
