-- titel: Keine Spalte ist als Ganzes um eine Zehnerpotenz verschoben
-- braucht: lieferung.folgetag
-- schwere: fehler
-- erwartet: dieselbe Einheit und dasselbe Zahlformat wie in der vorigen Lieferung (zahlen, merkmale.einheit)
-- Every figure of a column against the same area on the day before it in the series: all of them ten, a hundred … times as large
-- or small, each within a factor of 1.5. Fewer than 3 figures meet by chance: they are a warning. But no share
-- becomes a hundred times as large or small from one day to the next: one is enough, or its year would be judged by it.
with paare as (
    select
        h.spalte, h.stichtag, t.vortag, h.gebiet_id, h.fest, h.gebiet,
        f.fest as vorher,
        f.beleg as vorbeleg,
        round(log10(h.fest::double / f.fest::double)) as potenz,
        log10(h.fest::double / f.fest::double) as genau
    from lieferung.reihe as h
    inner join lieferung.folgetag as t on h.stichtag = t.stichtag
    inner join lieferung.reihe as f on t.vortag = f.stichtag and h.spalte = f.spalte and h.gebiet_id = f.gebiet_id
    where h.hier and h.fest > 0 and f.fest > 0
),

verschoben as (
    select spalte, stichtag, vortag, any_value(potenz) as potenz, count(*) as werte
    from paare
    group by all
    having min(potenz) = max(potenz) and min(potenz) <> 0 and max(abs(genau - potenz)) < log10(1.5)
)

select
    list(z.fundstelle order by z.zeile, z.spalte_nr) as fundstellen,
    any_value(z.spaltenname) as spaltenname,
    v.vortag,
    v.stichtag,
    v.werte,
    v.potenz,
    any_value({ 'gebiet': z.gebiet, 'vorher': p.vorher, 'fest': p.fest } order by z.zeile) as beispiel,
    case
        when v.werte < 3 and not (abs(v.potenz) >= 2 and bool_or(m.einheit in ('prozent', 'promille', 'anteil'))) then 'warnung'
        else 'fehler'
    end as schwere
from verschoben as v
inner join paare as p on v.spalte = p.spalte and v.stichtag = p.stichtag
inner join lieferung.zahl as z on p.spalte = z.spalte and p.stichtag = z.stichtag and p.gebiet_id = z.gebiet_id
left join lieferung.merkmal as m on z.merkmal = m.merkmal
group by v.spalte, v.stichtag, v.vortag, v.potenz, v.werte
order by v.stichtag, min(z.zeile), min(z.spalte_nr)
