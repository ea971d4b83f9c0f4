-- titel: Keine Zahl springt gegen ihre Reihe
-- braucht: lieferung.folgetag
-- schwere: warnung
-- erwartet: eine Entwicklung wie in den anderen Jahren und Gebieten; ein echter Sprung gehört in die Erläuterung der Quelle
-- Change is the logarithm of the ratio to the day before in the series. A jump is more than half as much again, and more than
-- six times the usual change of that measure (median over areas and years; at least 5 of them); a fivefold change always is.
-- Counts below 30 move that much by chance; figures that are no counts must treble, because their base is not known. A jump
-- that the next day takes back is told once.
with reihe as (
    select
        r.*,
        m.einheit in ('personen', 'faelle', 'haushalte') as anzahl,
        lag(r.fest) over w as vorher,
        lag(r.stichtag) over w as vortag,
        lag(r.beleg) over w as vorbeleg
    from lieferung.reihe as r
    inner join lieferung.merkmal as m on r.merkmal = m.merkmal
    window w as (partition by r.spalte, r.gebiet_id order by r.stichtag)
),

aenderungen as (
    select
        *,
        -- Half a unit instead of nothing: a fall to zero is a large change, not an infinite one.
        ln(greatest(fest, eins() // 2)::double / vorher::double) as aenderung,
        greatest(1, date_diff('year', vortag, stichtag)) as jahre
    from reihe
    where vorher > 0 and fest >= 0 and (not anzahl or vorher >= 30 * eins()) and (anzahl or fest > 0)
),

ueblich as (
    select merkmal, median(abs(aenderung)) as mittlere
    from aenderungen
    group by merkmal
    having count(*) >= 5
),

gemeinsam as (
    select
        spalte, stichtag, median(aenderung) as mittel, count(*) as gebiete,
        count(*) filter (where aenderung > 0) as steigend, count(*) filter (where aenderung < 0) as fallend
    from aenderungen
    group by all
),

beurteilt as (
    select
        a.*,
        a.jahre * greatest(
            ln(case when a.anzahl then 1.5 else 3 end), least(6 * coalesce(u.mittlere, 0), ln(5))
        ) as grenze,
        -- One against all others.
        g.gebiete >= 4
        and case
            when a.aenderung > 0 then g.steigend = 1 and g.fallend = g.gebiete - 1
            else g.fallend = 1 and g.steigend = g.gebiete - 1
        end as allein,
        g.mittel
    from aenderungen as a
    left join ueblich as u on a.merkmal = u.merkmal
    inner join gemeinsam as g on a.spalte = g.spalte and a.stichtag = g.stichtag
),

spruenge as (
    select
        *,
        abs(aenderung) > grenze or (allein and abs(aenderung - mittel) > grenze) as sprung,
        lag(aenderung) over w as davor,
        lag(abs(aenderung) > grenze) over w as davor_sprung
    from beurteilt
    window w as (partition by spalte, gebiet_id order by stichtag)
),

gezeigt as (
    select
        s.stichtag, s.vortag, s.allein and abs(s.aenderung) <= s.grenze as allein,
        z.spaltenname, z.zeile, z.spalte_nr, z.fundstelle,
        {
            'gebiet': z.gebiet, 'fest': s.fest, 'stelle': s.fundstelle, 'vorher': s.vorher, 'vorbeleg': s.vorbeleg,
            'aenderung': s.aenderung
        } as sprung
    from spruenge as s
    inner join lieferung.zahl as z on s.spalte = z.spalte and s.gebiet_id = z.gebiet_id and s.stichtag = z.stichtag
    where s.hier and s.sprung and not (coalesce(s.davor_sprung, false) and abs(s.aenderung + s.davor) <= s.grenze)
)

select
    list(fundstelle order by zeile, spalte_nr) as fundstellen,
    spaltenname,
    vortag,
    stichtag,
    list(sprung order by zeile, spalte_nr) as spruenge,
    bool_or(allein) as allein
from gezeigt
group by spaltenname, stichtag, vortag
order by stichtag, min(zeile), min(spalte_nr)
