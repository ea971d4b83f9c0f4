-- titel: Keine kleine Zahl und kein Name einer seltenen Staatsangehörigkeit ist veröffentlicht
-- schwere: fehler
-- erwartet: keine Anzahl zwischen 1 und der Mindestfallzahl minus 1; benannte Staaten haben in der Kommune genug Personen
-- What a source has already published (bereits_veroeffentlicht) is not protected once more, by the door as here.
select
    m.kommune,
    concat_ws(', ', m.stichtag, m.gebiet, m.staat, m.geschlecht) as ort
from marts.staatsangehoerigkeit as m
inner join stamm.kommune as k on m.kommune = k.kommune
-- In a small town the total of a state with enough persons may be hidden so that others cannot be found: it may be named.
left join geheimhaltung.entscheidung as e
    on
        e.art = 'staat'
        and m.kommune = e.kommune
        and m.stichtag = e.stichtag
        and m.gebiet_id = e.gebiet_id
        and m.geschlecht = e.geschlecht
        and m.staat = e.a
where
    k.verfahren = 'sperrung'
    and (
        (m.personen > 0 and m.personen < k.mindestfallzahl)
        or (
            m.gebiet_id = k.ags
            and m.geschlecht = 'insgesamt'
            and m.staat not in ('insgesamt', 'uebrige', '000')
            and coalesce(m.personen, e.personen, 0) < k.mindestfallzahl
        )
    )
    and not exists (
        from geheimhaltung.lieferung as l
        inner join stamm.quelle as s on l.kommune = s.kommune and l.quelle = s.quelle_id
        where l.lieferung_id = m.lieferung_id and s.veroeffentlicht
    )
order by all
