-- Die Tür für das abgeschaltete Optionskennzeichen: nur die ganze Kommune; was die Entscheidung verbirgt, wird leer.
-- The door for what the switched-off option mark would change: of the town as a whole only; what geheimhaltung.entscheidung hides
-- becomes NULL. Under Cell-Key it is no cell of the family, for it has no keys of persons: hidden.
-- Grain: kommune, stichtag, profil.
with zahlen as (
    select
        w.kommune,
        w.stichtag,
        w.profil,
        e.gezeigt as personen,
        coalesce(e.geheim, true) as geheim,
        k.verfahren
    from bevoelkerung.optionswuerfel as w
    inner join stamm.kommune as k on w.kommune = k.kommune
    left join geheimhaltung.entscheidung as e
        on w.kommune = e.kommune and w.stichtag = e.stichtag and w.profil = e.profil and e.art = 'option'
    where published_stichtag(w.kommune, w.stichtag)
)

select
    g.kommune,
    g.stichtag,
    g.profil,
    case when not g.geheim then g.personen end as personen,
    case when g.geheim then 'geheim' else nach_verfahren('ok', g.verfahren) end as status,
    hinweise_nach_verfahren(
        case when g.geheim then ['geheim'] else [] end, case when not g.geheim then g.personen end, g.verfahren
    ) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from zahlen as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.profil
