-- titel: Teile ergeben ihre Summe
-- braucht: lieferung.zerlegbar
-- schwere: fehler
-- erwartet: die Summe der Teile gleich der gedruckten Summe, soweit die Quelle nicht gerundet hat
-- Measures to a measure (`teil`), or one measure over a breakdown (`ueber`); sexes are left to summe_geschlecht, shares to
-- prozent_summe. What is always checked (`vorgabe`) gives way to the layout's own rule with the same or more parts.
with teilregeln as (
    select nummer, summe, vorgabe, any_value(unvollstaendig) as unvollstaendig, list(teil) as teile
    from lieferung.zerlegung
    where teil is not null
    group by all
),

gueltig as (
    select v.nummer, v.summe, coalesce(v.unvollstaendig, false) as unvollstaendig, len(v.teile) as anzahl
    from teilregeln as v
    anti join teilregeln as eigen
        on v.summe = eigen.summe and v.vorgabe and not eigen.vorgabe and list_has_all(eigen.teile, v.teile)
),

merkmalsteile as (
    select
        s.spalte, s.stichtag, s.gebiet_id,
        r.nummer, r.unvollstaendig,
        sum(t.fest)::hugeint as summe,
        count(*) as teile,
        max(t.stellen) as stellen,
        list(t.fundstelle order by t.zeile, t.spalte_nr) as zellen,
        list({ 'name': t.titel, 'fest': t.fest } order by t.zeile, t.spalte_nr) as glieder,
        []::varchar[] as fehlend
    from lieferung.zahl as s
    inner join gueltig as r on s.merkmal = r.summe
    inner join lieferung.zerlegung as z on r.nummer = z.nummer
    inner join lieferung.zahl as t
        on
            z.teil = t.merkmal and s.stichtag = t.stichtag and s.gebiet_id = t.gebiet_id and s.groesse = t.groesse
            and s.profil = t.profil and s.geschlecht = t.geschlecht and s.altersgruppe = t.altersgruppe
            and s.staat = t.staat and s.gruppe = t.gruppe
    group by s.spalte, s.stichtag, s.gebiet_id, r.nummer, r.unvollstaendig
    having r.unvollstaendig or count(*) = any_value(r.anzahl)
),

-- Members of a breakdown with the total they belong to; the total's own breakdown value is `insgesamt`.
gegliedert as (
    select
        t.stichtag, t.gebiet_id, z.nummer, coalesce(z.unvollstaendig, false) as unvollstaendig,
        t.fest, t.stellen, t.fundstelle, t.zeile, t.spalte_nr,
        case z.ueber when 'altersgruppe' then t.altersgruppe when 'staat' then t.staat else t.gruppe end as glied,
        schluessel(
            t.merkmal, t.groesse, t.profil, t.geschlecht,
            case when z.ueber = 'altersgruppe' then 'insgesamt' else t.altersgruppe end,
            case when z.ueber = 'staat' then 'insgesamt' else t.staat end,
            case when z.ueber = 'gruppe' then 'insgesamt' else t.gruppe end
        ) as summenspalte,
        z.ohne, z.nur
    from lieferung.zahl as t
    inner join lieferung.zerlegung as z on t.merkmal = z.summe and z.ueber in ('altersgruppe', 'staat', 'gruppe')
    inner join lieferung.merkmal as m on t.merkmal = m.merkmal and m.einheit not in ('prozent', 'promille', 'anteil')
),

glieder as (
    select *
    from gegliedert
    where glied <> 'insgesamt' and not list_contains(ohne, glied) and (len(nur) = 0 or list_contains(nur, glied))
),

-- Members that have no number here: with one of them unknown only too large a sum can be told.
luecken as (
    select distinct
        w.stichtag, w.gebiet_id, z.nummer,
        schluessel(
            w.merkmal, w.groesse, w.profil, w.geschlecht,
            case when z.ueber = 'altersgruppe' then 'insgesamt' else w.altersgruppe end,
            case when z.ueber = 'staat' then 'insgesamt' else w.staat end,
            case when z.ueber = 'gruppe' then 'insgesamt' else w.gruppe end
        ) as summenspalte
    from lieferung.wert as w
    inner join lieferung.zerlegung as z on w.merkmal = z.summe and z.ueber in ('altersgruppe', 'staat', 'gruppe')
    where w.wert is null
),

alle_glieder as (
    select nummer, stichtag, list(distinct glied order by glied) as alle
    from glieder
    group by all
),

gliederungen as (
    select
        g.summenspalte as spalte, g.stichtag, g.gebiet_id, g.nummer,
        g.unvollstaendig or l.nummer is not null as unvollstaendig,
        sum(g.fest)::hugeint as summe,
        count(*) as teile,
        max(g.stellen) as stellen,
        list(g.fundstelle order by g.zeile, g.spalte_nr) as zellen,
        list({ 'name': g.glied, 'fest': g.fest } order by g.zeile, g.spalte_nr) as glieder,
        list_filter(any_value(a.alle), lambda x: not list_contains(list(g.glied), x)) as fehlend
    from glieder as g
    inner join alle_glieder as a on g.nummer = a.nummer and g.stichtag = a.stichtag
    left join luecken as l
        on g.stichtag = l.stichtag and g.gebiet_id = l.gebiet_id and g.nummer = l.nummer and g.summenspalte = l.summenspalte
    group by g.summenspalte, g.stichtag, g.gebiet_id, g.nummer, g.unvollstaendig, l.nummer
),

alle as (
    from merkmalsteile
    union all by name
    from gliederungen
)

select
    list_prepend(s.fundstelle, a.zellen) as fundstellen,
    s.wovon,
    a.glieder as teile,
    a.summe,
    s.fest,
    a.fehlend,
    a.unvollstaendig
from alle as a
inner join lieferung.zahl as s on a.spalte = s.spalte and a.stichtag = s.stichtag and a.gebiet_id = s.gebiet_id
cross join lieferung.layout as l
where
    -- Rows that the reader has set aside may be members.
    case when a.unvollstaendig or l.abgewiesen > 0 then a.summe - s.fest else abs(a.summe - s.fest) end
    > toleranz(l.methode, a.teile, l.hoechstabweichung, greatest(a.stellen, s.stellen))
order by s.zeile, s.spalte_nr, a.nummer
