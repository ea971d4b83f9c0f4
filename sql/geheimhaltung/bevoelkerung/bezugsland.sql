-- Die Tür für Bezugsländer der Hauptdefinition: Was die Entscheidung verbirgt, wird leer.
-- The door for Bezugsländer of the main definition: what geheimhaltung.entscheidung hides becomes NULL. By area only the largest
-- have rows, and which are named at all is the same at every Stichtag (bevoelkerung.staatenliste).
-- Grain: kommune, stichtag, gebiet_id, profil, staat, geschlecht. A rank counts only what is shown.
select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.profil,
    g.staat,
    g.geschlecht,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as anteil,
    g.rang,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.verfahren) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.verfahren) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from ranked_staaten('bezugsland', 'NZO') as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by all
