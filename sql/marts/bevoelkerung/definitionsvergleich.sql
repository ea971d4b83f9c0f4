-- Personen, über die zwei Definitionen verschieden urteilen, nach dem Paar der Regeln, die entschieden.
-- Grain: kommune, stichtag, gebiet_id, profil_a, profil_b, regel_a, regel_b.
with zahlen as (
    from geheimhaltung.definitionsvergleich
),

gebiete as (
    from stamm.gebiet
),

regeln as (
    from stamm.regel
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.profil_a,
    z.profil_b,
    z.regel_a,
    z.regel_b,
    g.gebiet,
    g.ebene,
    z.ergebnis_a,
    z.ergebnis_b,
    case
        when z.regel_a = 'insgesamt' then 'alle Abweichungen zusammen'
        else
            z.profil_a || ': ' || a.kategorie_name || ' (' || replace(z.ergebnis_a, '_', ' ') || '); '
            || z.profil_b || ': ' || b.kategorie_name || ' (' || replace(z.ergebnis_b, '_', ' ') || ')'
    end as grund,
    z.personen,
    z.anteil,
    z.status,
    z.hinweise,
    l.synthetisch as beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join geheimhaltung.lieferung as l on z.lieferung_id = l.lieferung_id
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
left join regeln as a on z.profil_a = a.profil and z.regel_a = a.regel
left join regeln as b on z.profil_b = b.profil and z.regel_b = b.regel
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.profil_a, z.profil_b, z.regel_a, z.regel_b
