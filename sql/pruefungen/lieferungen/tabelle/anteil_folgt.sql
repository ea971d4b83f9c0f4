-- titel: Gedruckte Quoten folgen aus den gedruckten Anzahlen
-- braucht: lieferung.anteil
-- schwere: fehler
-- erwartet: Faktor × Zähler / Nenner derselben Zeile, einmal gerundet (halbe weg von null), in der gedruckten Stellenzahl
-- Whole numbers from the exact fraction: never a rounding of a rounded number. More than 9 decimals are a spreadsheet's own
-- floating point: the ninth may be off by one. Rounded or disturbed counts, and base values printed with decimals (half a unit
-- of the last one): every share that their true values could give.
with regeln as (
    select quote, zaehler, nenner, faktor, 'wert' as groesse_zaehler, 'wert' as groesse_nenner
    from lieferung.quote
    union all
    -- A measure that is delivered with its own numerator and denominator.
    select
        merkmal as quote, merkmal as zaehler, merkmal as nenner,
        case einheit when 'prozent' then 100 when 'promille' then 1000 else 1 end as faktor,
        'zaehler' as groesse_zaehler, 'nenner' as groesse_nenner
    from lieferung.merkmal
    where einheit in ('prozent', 'promille', 'anteil')
),

gepaart as (
    select
        q.spaltenname, q.wovon, q.stichtag, q.gebiet_id, q.gebiet, q.profil, q.geschlecht, q.altersgruppe, q.staat, q.gruppe,
        q.fundstelle, q.zeile, q.spalte_nr, q.gedruckt, q.kennzeichen,
        r.*,
        least(q.stellen, 9) as stellen,
        case when q.stellen > 9 then 1 else 0 end as spiel,
        z.fest as z, n.fest as n,
        z.fundstelle as zelle_z, n.fundstelle as zelle_n, n.titel as titel_n, z.titel as titel_z,
        q.fest // (10 ** (9 - least(q.stellen, 9)))::hugeint as ziffern,
        case l.methode when 'gerundet_5' then 2 when 'gerundet_10' then 5 when 'cell_key' then l.hoechstabweichung else 0 end
        * eins() as rand,
        halbe_stelle(z.stellen) as halb_z,
        halbe_stelle(n.stellen) as halb_n,
        m.einheit
    from lieferung.zahl as q
    inner join regeln as r on q.merkmal = r.quote and q.groesse = 'wert'
    inner join lieferung.merkmal as m on q.merkmal = m.merkmal
    inner join lieferung.zahl as z
        on
            r.zaehler = z.merkmal and r.groesse_zaehler = z.groesse and q.stichtag = z.stichtag
            and q.gebiet_id = z.gebiet_id and q.profil = z.profil and q.geschlecht = z.geschlecht
            and q.altersgruppe = z.altersgruppe and q.staat = z.staat and q.gruppe = z.gruppe
    inner join lieferung.zahl as n
        on
            r.nenner = n.merkmal and r.groesse_nenner = n.groesse and q.stichtag = n.stichtag
            and q.gebiet_id = n.gebiet_id and q.profil = n.profil and q.geschlecht = n.geschlecht
            and q.altersgruppe = n.altersgruppe and q.staat = n.staat and q.gruppe = n.gruppe
    cross join lieferung.layout as l
    where n.fest > 0 and l.methode <> 'keine'
),

falsch as (
    select
        row_number() over (order by zeile, spalte_nr, zaehler, nenner) as nr,
        *,
        gerundet(faktor, z, n, stellen) as richtig
    from gepaart
    where
        ziffern not between gerundet(faktor, greatest(z - rand - halb_z, least(z, 0)), n + rand + halb_n, stellen) - spiel
        and gerundet(faktor, z + rand + halb_z, greatest(n - rand - halb_n, least(n, eins())), stellen) + spiel
),

-- What it does follow from, the most probable slip first.
moeglich as (
    select
        f.nr, 1 as rang, abs(date_diff('day', o.stichtag, f.stichtag)) as abstand,
        'nenner ' || o.stichtag::varchar as ursache,
        'nenner' as art, m.titel, o.stichtag, null as geschlecht, null as gebiet, o.fest as wert, null as nenner
    from falsch as f
    inner join lieferung.reihe as o
        on
            f.nenner = o.merkmal and f.groesse_nenner = o.groesse and f.gebiet_id = o.gebiet_id and f.stichtag <> o.stichtag
            and f.profil = o.profil and f.geschlecht = o.geschlecht and f.altersgruppe = o.altersgruppe
            and f.staat = o.staat and f.gruppe = o.gruppe
    inner join lieferung.merkmal as m on o.merkmal = m.merkmal
    where o.fest > 0 and abs(f.ziffern - gerundet(f.faktor, f.z, o.fest, f.stellen)) <= f.spiel
    union all
    select
        f.nr, 2 as rang, 0 as abstand, 'geschlecht ' || o.geschlecht as ursache,
        'geschlecht' as art, o.titel, null as stichtag, o.geschlecht, null as gebiet, o.fest as wert, null as nenner
    from falsch as f
    inner join lieferung.zahl as o
        on
            f.nenner = o.merkmal and f.groesse_nenner = o.groesse and f.gebiet_id = o.gebiet_id and f.stichtag = o.stichtag
            and f.profil = o.profil and f.geschlecht <> o.geschlecht and f.altersgruppe = o.altersgruppe
            and f.staat = o.staat and f.gruppe = o.gruppe
    where o.fest > 0 and abs(f.ziffern - gerundet(f.faktor, f.z, o.fest, f.stellen)) <= f.spiel
    union all
    select
        f.nr, 3 as rang, 0 as abstand, 'zaehler ' || o.merkmal as ursache,
        'zaehler' as art, o.titel, null as stichtag, null as geschlecht, null as gebiet, o.fest as wert, null as nenner
    from falsch as f
    inner join lieferung.zahl as o
        on
            f.zaehler <> o.merkmal and f.nenner <> o.merkmal and o.groesse = 'wert' and f.gebiet_id = o.gebiet_id
            and f.stichtag = o.stichtag and f.profil = o.profil and f.geschlecht = o.geschlecht
            and f.altersgruppe = o.altersgruppe and f.staat = o.staat and f.gruppe = o.gruppe
    where o.additiv and abs(f.ziffern - gerundet(f.faktor, o.fest, f.n, f.stellen)) <= f.spiel
    union all
    select
        f.nr, 4 as rang, abs(zz.zeile - f.zeile) as abstand, 'zeile' as ursache,
        'zeile' as art, null as titel, null as stichtag, null as geschlecht, zz.gebiet, zz.fest as wert, nn.fest as nenner
    from falsch as f
    inner join lieferung.zahl as zz
        on
            f.zaehler = zz.merkmal and f.groesse_zaehler = zz.groesse and f.gebiet_id <> zz.gebiet_id
            and f.stichtag = zz.stichtag and f.profil = zz.profil and f.geschlecht = zz.geschlecht
            and f.altersgruppe = zz.altersgruppe and f.staat = zz.staat and f.gruppe = zz.gruppe
    inner join lieferung.zahl as nn
        on
            f.nenner = nn.merkmal and f.groesse_nenner = nn.groesse and zz.gebiet_id = nn.gebiet_id
            and f.stichtag = nn.stichtag and f.profil = nn.profil and f.geschlecht = nn.geschlecht
            and f.altersgruppe = nn.altersgruppe and f.staat = nn.staat and f.gruppe = nn.gruppe
    where nn.fest > 0 and abs(f.ziffern - gerundet(f.faktor, zz.fest, nn.fest, f.stellen)) <= f.spiel
),

beste as (
    select * from moeglich
    qualify
        row_number() over (partition by nr order by rang, abstand, titel, stichtag, geschlecht, gebiet, wert) = 1
),

-- One cause, one finding: the same slip in several rows of a column.
gedeutet as (
    select
        f.*,
        coalesce(b.ursache, f.nr::varchar) as ursache,
        {
            'art': b.art, 'titel': b.titel, 'stichtag': b.stichtag, 'geschlecht': b.geschlecht, 'gebiet': b.gebiet,
            'wert': b.wert, 'nenner': b.nenner
        } as deutung
    from falsch as f
    left join beste as b on f.nr = b.nr
)

select
    list_concat(
        list(fundstelle order by zeile, spalte_nr),
        flatten(list([zelle_z, zelle_n] order by zeile, spalte_nr))
    ) as fundstellen,
    spaltenname,
    stichtag,
    list(
        {
            'gebiet': gebiet, 'quote': angabe(gedruckt, kennzeichen), 'einheit': einheit, 'zaehler': z, 'nenner': n,
            'richtig': richtig, 'stellen': stellen, 'deutung': deutung
        }
        order by zeile, spalte_nr
    ) as faelle
from gedeutet
group by spaltenname, stichtag, ursache
order by stichtag, min(zeile), min(spalte_nr)
