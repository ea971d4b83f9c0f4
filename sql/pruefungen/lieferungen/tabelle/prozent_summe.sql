-- titel: Prozente einer Gliederung ergeben 100
-- braucht: lieferung.anteil
-- schwere: warnung
-- erwartet: 100, soweit das Runden der einzelnen Zahlen nicht abweicht (halbe Einheit der letzten Stelle je Zahl)
-- Only where the layout declares the breakdown (zerlegungen: summe, ueber) of a measure in per cent, per mille or fractions.
with glieder as (
    select
        w.stichtag, w.gebiet_id, w.merkmal, w.groesse, w.zeile, w.spalte_nr, w.fundstelle,
        z.nummer, z.ueber, z.unvollstaendig,
        case m.einheit when 'prozent' then 100 when 'promille' then 1000 else 1 end * eins() as soll,
        f.fest, f.stellen, f.gebiet, f.titel,
        zusatz(
            w.groesse,
            case when z.ueber = 'geschlecht' then 'insgesamt' else w.geschlecht end,
            case when z.ueber = 'altersgruppe' then 'insgesamt' else w.altersgruppe end,
            case when z.ueber = 'staat' then 'insgesamt' else w.staat end,
            case when z.ueber = 'gruppe' then 'insgesamt' else w.gruppe end
        ) as zusatz,
        case z.ueber
            when 'geschlecht' then w.geschlecht when 'altersgruppe' then w.altersgruppe
            when 'staat' then w.staat else w.gruppe
        end as glied
    from lieferung.wert as w
    inner join lieferung.zerlegung as z on w.merkmal = z.summe and z.ueber is not null
    inner join lieferung.merkmal as m on w.merkmal = m.merkmal and m.einheit in ('prozent', 'promille', 'anteil')
    left join lieferung.zahl as f
        on
            w.stichtag = f.stichtag and w.gebiet_id = f.gebiet_id
            and f.spalte = schluessel(w.merkmal, w.groesse, w.profil, w.geschlecht, w.altersgruppe, w.staat, w.gruppe)
    where
        w.groesse = 'wert' and glied <> 'insgesamt' and not list_contains(z.ohne, glied)
        and (len(z.nur) = 0 or list_contains(z.nur, glied))
    qualify
        row_number() over (partition by w.stichtag, w.gebiet_id, f.spalte, z.nummer order by w.zeile, w.spalte_nr) = 1
        or f.spalte is null
),

summen as (
    select
        stichtag, gebiet_id, merkmal, zusatz, nummer, soll,
        any_value(titel) as titel,
        any_value(gebiet) as gebiet,
        sum(fest)::hugeint as summe,
        count(*) as anzahl,
        bool_or(unvollstaendig) or count(fest) < count(*) as unvollstaendig,
        max(stellen) as stellen,
        list(fundstelle order by zeile, spalte_nr) as zellen,
        list({ 'glied': glied, 'fest': fest } order by zeile, spalte_nr) as teile,
        min(zeile) as zeile,
        min(spalte_nr) as spalte_nr
    from glieder
    group by all
)

select
    s.zellen as fundstellen,
    s.titel,
    s.zusatz,
    s.gebiet,
    s.stichtag,
    s.teile,
    s.summe,
    s.soll,
    s.anzahl * eins() // (2 * (10 ** least(s.stellen, 9))::hugeint) as erlaubt,
    -- From rounded or disturbed counts 100 need not come out.
    case when l.methode = 'exakt' then 'fehler' else 'warnung' end as schwere
from summen as s
cross join lieferung.layout as l
where case when s.unvollstaendig or l.abgewiesen > 0 then s.summe - s.soll else abs(s.summe - s.soll) end > erlaubt
order by s.stichtag, s.zeile, s.spalte_nr, s.nummer
