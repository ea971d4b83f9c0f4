-- Summen jedes Datenstands eines Stichtags, der mehr als einmal gezogen wurde, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals of every data state of a declared Stichtag that was drawn more than once. Secure zone only.
-- Grain: kommune, stichtag, datenstand, gebiet_id, profil. A row for every area, zeros included.
with mehrfach as (
    select
        kommune,
        stichtag
    from bevoelkerung.datenstandwuerfel
    group by kommune, stichtag
    having count(distinct datenstand) > 1
),

-- An earlier count may name an area that no longer exists: its persons count as those of no known area.
verortet as (
    select
        w.*,
        case
            when exists (from stamm.vorfahr as v where v.kommune = w.kommune and v.gebiet_id = w.gebiet_id) then w.gebiet_id
            else 'unbekannt'
        end as ort
    from bevoelkerung.datenstandwuerfel as w
    inner join mehrfach as m on w.kommune = m.kommune and w.stichtag = m.stichtag
    where published_stichtag(w.kommune, w.stichtag)
),

summen as (
    select
        w.kommune,
        w.stichtag,
        w.datenstand,
        w.profil,
        v.vorfahr as gebiet_id,
        sum(w.personen)::bigint as einwohner,
        coalesce(sum(w.personen) filter (where w.ist_auslaender), 0)::bigint as auslaender,
        coalesce(sum(w.personen) filter (where w.ergebnis_mh = 'mit' and not w.ist_auslaender), 0)::bigint
            as deutsche_mit_mh,
        coalesce(sum(w.personen) filter (where w.ergebnis_mh = 'mit'), 0)::bigint as personen_mit_mh
    from verortet as w
    inner join stamm.vorfahr as v on w.kommune = v.kommune and w.ort = v.gebiet_id
    group by all
),

staende as (
    select
        kommune,
        stichtag,
        datenstand,
        profil,
        max(profilversion) as profilversion
    from verortet
    group by all
),

raster as (
    select
        s.*,
        g.gebiet_id
    from staende as s
    inner join stamm.vorfahr as g on s.kommune = g.kommune and g.gebiet_id = g.vorfahr
    where in_grid('summen', s.kommune, s.stichtag, g.gebiet_id)
)

select
    r.kommune,
    r.stichtag,
    r.datenstand,
    r.gebiet_id,
    r.profil,
    r.profilversion,
    coalesce(s.einwohner, 0) as einwohner,
    coalesce(s.auslaender, 0) as auslaender,
    coalesce(s.deutsche_mit_mh, 0) as deutsche_mit_mh,
    coalesce(s.personen_mit_mh, 0) as personen_mit_mh
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.datenstand = s.datenstand
        and r.profil = s.profil
        and r.gebiet_id = s.gebiet_id
order by all
