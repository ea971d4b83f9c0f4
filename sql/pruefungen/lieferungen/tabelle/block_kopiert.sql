-- titel: Kein Stichtag ist die Kopie eines anderen
-- braucht: lieferung.folgetag
-- schwere: fehler
-- erwartet: für jeden Stichtag eigene Zahlen
-- Equal for at least 5 areas and 8 of 10: fewer happen by chance between neighbouring years. Only figures that carry
-- information count: of at least 20 units of their last digit (100 if the source rounds or disturbs), at least 3 different
-- ones; areas in square kilometres do not change.
with aussagekraeftig as (
    select r.*
    from lieferung.reihe as r
    inner join lieferung.merkmal as m on r.merkmal = m.merkmal and m.einheit <> 'qkm'
    cross join lieferung.layout as l
    where abs(r.fest) * (10 ** least(r.stellen, 9))::hugeint >= case when l.methode = 'exakt' then 20 else 100 end * eins()
),

paare as (
    select
        h.spalte, h.stichtag, f.stichtag as vorbild,
        count(*) as gebiete,
        count(*) filter (where h.fest = f.fest) as gleiche,
        count(distinct h.fest) filter (where h.fest = f.fest) as verschiedene,
        list(h.fundstelle order by h.fundstelle) filter (where h.fest = f.fest) as zellen,
        min(f.beleg) filter (where not f.hier and h.fest = f.fest) as beleg
    from aussagekraeftig as h
    inner join aussagekraeftig as f
        on
            h.spalte = f.spalte and h.gebiet_id = f.gebiet_id and h.stichtag <> f.stichtag
            -- Two days of this file: the later one is the copy.
            and (h.stichtag > f.stichtag or not f.hier)
    where h.hier
    group by all
    having gleiche >= 5 and gleiche * 10 >= gebiete * 8 and verschiedene >= 3
),

orte as (
    select
        p.stichtag, p.vorbild, p.gleiche, p.gebiete, p.beleg, z.spaltenname, z.zeile, z.spalte_nr, z.fundstelle
    from paare as p
    inner join lieferung.zahl as z on p.spalte = z.spalte and p.stichtag = z.stichtag and list_contains(p.zellen, z.fundstelle)
),

spalten as (
    select
        stichtag, vorbild, spaltenname, any_value(gleiche) as gleiche, any_value(gebiete) as gebiete, min(beleg) as beleg,
        list(fundstelle order by zeile, spalte_nr) as zellen, min(zeile) as zeile, min(spalte_nr) as spalte_nr
    from orte
    group by all
)

select
    flatten(list(zellen order by zeile, spalte_nr)) as fundstellen,
    stichtag,
    vorbild,
    list({ 'name': spaltenname, 'gleiche': gleiche, 'gebiete': gebiete } order by zeile, spalte_nr) as spalten,
    min(beleg) as beleg
from spalten
group by stichtag, vorbild
order by stichtag, vorbild
