-- titel: Gebiete ergeben zusammen das Gebiet, in dem sie liegen
-- schwere: fehler
-- erwartet: die Summe der Teilgebiete gleich der gedruckten Summe, soweit die Quelle nicht gerundet hat
-- One level at a time: the nearest one below that is complete. Areas of level »sonstige« (`unbekannt`) count where delivered,
-- unless they lie between the levels: what holds areas of the level summed, or lies in one, is in the sum already.
-- Where gebiete.csv has at most half of the parts that the file names, or one town of a Kreis, nobody claims that they are all.
with blaetter as (
    select b.stichtag, b.gebiet_id
    from lieferung.baum as b
    anti join lieferung.baum as kind
        on b.stichtag = kind.stichtag and b.gebiet_id = kind.uebergeordnet and kind.ebene <> 'sonstige'
    where b.ebene <> 'sonstige'
),

blattzahl as (
    select u.stichtag, u.oben, count(*) as blaetter
    from lieferung.unter as u
    inner join blaetter as b on u.stichtag = b.stichtag and u.gebiet_id = b.gebiet_id
    group by all
),

-- Leaves that a level covers: the areas of the level themselves, or what lies below them.
gedeckt as (
    select u.stichtag, u.oben, u.ebene, b.gebiet_id
    from lieferung.unter as u
    inner join blaetter as b on u.stichtag = b.stichtag and u.gebiet_id = b.gebiet_id
    union
    select u.stichtag, u.oben, u.ebene, b.gebiet_id
    from lieferung.unter as u
    inner join lieferung.unter as tiefer on u.stichtag = tiefer.stichtag and u.gebiet_id = tiefer.oben
    inner join blaetter as b on tiefer.stichtag = b.stichtag and tiefer.gebiet_id = b.gebiet_id
),

stufen as (
    select g.stichtag, g.oben, g.ebene as stufe
    from gedeckt as g
    inner join blattzahl as z on g.stichtag = z.stichtag and g.oben = z.oben
    where g.ebene <> 'sonstige'
    group by all
    having count(*) = any_value(z.blaetter)
    union all
    -- Direct children of several levels: together, unless one level alone already adds up.
    select stichtag, oben, '' as stufe
    from lieferung.unter
    where tiefe = 1 and ebene <> 'sonstige'
    group by all
    having count(distinct ebene) > 1
),

ebenen_darueber as (
    select u.stichtag, u.gebiet_id, b.ebene
    from lieferung.unter as u
    inner join lieferung.baum as b on u.stichtag = b.stichtag and u.oben = b.gebiet_id
),

ebenen_darunter as (
    select u.stichtag, u.oben as gebiet_id, u.ebene
    from lieferung.unter as u
),

glieder as (
    select s.stichtag, s.oben, s.stufe, u.gebiet_id, u.ebene, u.tiefe, true as pflicht
    from stufen as s
    inner join lieferung.unter as u
        on
            s.stichtag = u.stichtag and s.oben = u.oben
            and case when s.stufe = '' then u.tiefe = 1 and u.ebene <> 'sonstige' else s.stufe = u.ebene end
    union all
    select s.stichtag, s.oben, s.stufe, u.gebiet_id, u.ebene, u.tiefe, false as pflicht
    from stufen as s
    inner join lieferung.unter as u on s.stichtag = u.stichtag and s.oben = u.oben and u.ebene = 'sonstige'
    anti join ebenen_darueber as darunter
        on u.stichtag = darunter.stichtag and u.gebiet_id = darunter.gebiet_id and s.stufe = darunter.ebene
    anti join ebenen_darunter as dazwischen
        on u.stichtag = dazwischen.stichtag and u.gebiet_id = dazwischen.gebiet_id and s.stufe = dazwischen.ebene
    where s.stufe <> '' or u.tiefe = 1
),

posten as (
    select
        s.stichtag, s.spalte, s.gebiet_id as oben, g.stufe, g.ebene, g.pflicht, g.tiefe,
        t.fest, t.stellen, t.gebiet, t.fundstelle, t.zeile,
        t.fest is null and (g.pflicht or luecke.spalte is not null) as fehlt
    from lieferung.zahl as s
    inner join glieder as g on s.stichtag = g.stichtag and s.gebiet_id = g.oben
    left join lieferung.zahl as t on s.stichtag = t.stichtag and s.spalte = t.spalte and g.gebiet_id = t.gebiet_id
    left join lieferung.luecke as luecke
        on s.stichtag = luecke.stichtag and s.spalte = luecke.spalte and g.gebiet_id = luecke.gebiet_id
    where s.additiv
),

moegliche as (
    select
        stichtag, spalte, oben, stufe,
        min(tiefe) filter (where pflicht) as tiefe,
        sum(fest)::hugeint as summe,
        count(fest) as teile,
        count(fest) filter (where pflicht) as pflichtteile,
        max(stellen) as stellen,
        bool_or(not pflicht and fest is not null) as mit_rest,
        list({ 'gebiet': gebiet, 'fest': fest, 'fundstelle': fundstelle, 'ebene': ebene } order by zeile)
        filter (where fest is not null) as glieder
    from posten
    group by stichtag, spalte, oben, stufe
    having not bool_or(fehlt)
),

summen as (
    select * from moegliche
    qualify row_number() over (partition by stichtag, spalte, oben order by tiefe asc, stufe desc) = 1
),

-- Of each area the level of which most is missing.
teilmengen as (
    select gebiet_id, genannt, fremde
    from lieferung.teilmenge
    qualify row_number() over (partition by gebiet_id order by len(fremde) - genannt desc, len(fremde) desc) = 1
),

vergleich as (
    select
        z.stichtag, z.spalte, z.spaltenname, z.gebiet, z.fundstelle, z.zeile, z.spalte_nr, z.fest,
        s.oben, s.stufe, s.summe, s.teile, s.glieder, s.mit_rest,
        g.ebene = 'kreis' and s.stufe = 'gemeinde' as teilt_kreis,
        t.fremde,
        list_transform(
            list_distinct(list_transform(s.glieder, lambda g: g['ebene'])),
            lambda e: list_sum(list_transform(list_filter(s.glieder, lambda g: g['ebene'] = e), lambda g: g['fest']))
        ) as einzelsummen,
        greatest(z.stellen, s.stellen) as stellen,
        z.fest - s.summe as differenz,
        list_filter(s.glieder, lambda g: g['fest'] <> 0 and abs(z.fest - s.summe) = abs(g['fest'])) as einfach,
        list_filter(s.glieder, lambda g: g['fest'] <> 0 and abs(z.fest - s.summe) = 2 * abs(g['fest'])) as doppelt
    from lieferung.zahl as z
    inner join summen as s on z.stichtag = s.stichtag and z.spalte = s.spalte and z.gebiet_id = s.oben
    inner join lieferung.baum as g on s.stichtag = g.stichtag and s.oben = g.gebiet_id
    left join teilmengen as t on s.oben = t.gebiet_id
    where
        not coalesce(len(t.fremde) >= t.genannt, false)
        and not (g.ebene = 'kreis' and s.stufe = 'gemeinde' and s.pflichtteile = 1)
),

funde as (
    select
        v.*,
        case when len(v.einfach) = 1 then v.einfach[1] when len(v.doppelt) = 1 then v.doppelt[1] end as verdacht
    from vergleich as v
    cross join lieferung.layout as l
    where
        -- Without a list of areas nobody knows which area stood in a row that was set aside.
        (l.abgewiesen = 0 or exists (select 1 from lieferung.gebiet))
        and abs(v.differenz) > toleranz(l.methode, v.teile, l.hoechstabweichung, v.stellen)
        and not (
            v.stufe = ''
            and len(
                list_filter(
                    v.einzelsummen,
                    lambda x: abs(x - v.fest) <= toleranz(l.methode, v.teile, l.hoechstabweichung, v.stellen)
                )
            ) > 0
        )
),

gedeutet as (
    select
        *,
        coalesce(verdacht['gebiet'], spalte) as ursache,
        {
            'art': case
                when len(einfach) = 1 then 'einfach'
                when len(doppelt) = 1 then 'doppelt'
                -- Few persons more in the total (at most 5 in 100) and no row for those without a district.
                when differenz > 0 and not mit_rest and differenz * 20 <= fest then 'ohne_gebiet'
            end,
            'gebiet': verdacht['gebiet']
        } as vermutung
    from funde
)

select
    list_concat(
        list(fundstelle order by zeile, spalte_nr),
        coalesce(list(verdacht['fundstelle'] order by zeile, spalte_nr) filter (where verdacht is not null), []),
        flatten(list(
            list_filter(
                list_transform(glieder, lambda g: g['fundstelle']), lambda f: verdacht is null or f <> verdacht['fundstelle']
            )
            order by zeile, spalte_nr
        ))
    ) as fundstellen,
    gebiet,
    stichtag,
    stufe,
    list(
        {
            'spaltenname': spaltenname,
            'anzahl': case when stufe = '' then teile else teile - mit_rest::integer end,
            'mit_rest': mit_rest, 'summe': summe, 'fest': fest, 'differenz': differenz
        }
        order by zeile, spalte_nr
    ) as faelle,
    any_value(vermutung) as vermutung,
    bool_or(teilt_kreis) as teilt_kreis,
    coalesce(any_value(fremde), []::varchar[]) as fremde
from gedeutet
group by stichtag, oben, stufe, gebiet, ursache
order by stichtag, oben, min(zeile), min(spalte_nr)
