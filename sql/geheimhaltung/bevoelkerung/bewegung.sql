-- Die Tür für Bewegungen zwischen zwei Stichtagen: gerundet, und nur wo viele kommen und gehen.
-- The door for flows between two Stichtage: rounded, of a group only where many come and go, small ones hidden.
-- Grain: kommune, stichtag, gebiet_id, bewegung, gruppe, geschlecht. What is out of scope has no row.
-- The stocks of both days are published exactly. Exact flows beside them would be an equation for every sex, age and length of
-- residence: for one person whose sex entry was changed, for the three of a year of age who stayed. So flows are rounded to twice
-- mindestfallzahl. Rounded figures still bound what is left of a stock without them; so a group is told only where nothing of the
-- kind is small, and where so many move that no age of the hidden ones is certain to have moved or stayed.
-- Long because what is left is asked of every table that counts the same persons.
with kommunen as (
    select
        kommune, ags, mindestfallzahl, mindestnenner, verfahren,
        2 * mindestfallzahl as schritt, 4 * mindestfallzahl as klein_unter, 20 * mindestfallzahl as mindestumzuege
    from stamm.kommune
    where verfahren <> 'cellkey'
),

-- A corrected extract is told as corrected, its stocks too: roundings that stayed as they were would bound what was added.
berichtigt as (
    select kommune, stichtag
    from eingang.lieferung
    where art = 'melderegister' and status = 'uebernommen'
    group by kommune, stichtag
    having count(*) > 1
),

zahlen as (
    select b.*
    from bevoelkerung.bewegung as b
    inner join kommunen as k on b.kommune = k.kommune
    anti join berichtigt as r on b.kommune = r.kommune and (b.stichtag = r.stichtag or b.stichtag_vorher = r.stichtag)
),

-- Germans are nobody's row, and everybody's difference.
mit_deutschen as (
    from zahlen
    union all by name
    select a.* exclude (gruppe, personen), 'deutsche' as gruppe, a.personen - f.personen as personen
    from zahlen as a
    inner join zahlen as f
        on
            a.kommune = f.kommune and a.stichtag = f.stichtag and a.gebiet_id = f.gebiet_id and a.bewegung = f.bewegung
            and a.geschlecht = f.geschlecht
    where a.gruppe = 'insgesamt' and f.gruppe = 'auslaender'
),

-- One row for each group and sex; who became German or ceased to be one is of the foreigners.
breit as (
    select
        kommune, stichtag, stichtag_vorher, gruppe, geschlecht,
        coalesce(sum(personen) filter (where bewegung = 'geburt'), 0) as geburt,
        coalesce(sum(personen) filter (where bewegung = 'zuzug'), 0) as zuzug,
        coalesce(sum(personen) filter (where bewegung in ('fortzug', 'sterbefall', 'abgang')), 0) as weg,
        coalesce(sum(personen) filter (where bewegung in ('fortzug', 'abgang')), 0) as fortzug
    from mit_deutschen
    group by all
),

wechsel as (
    select
        kommune, stichtag, geschlecht,
        coalesce(sum(personen) filter (where bewegung = 'einbuergerung'), 0) as einbuergerung,
        coalesce(sum(personen) filter (where bewegung = 'verlust'), 0) as verlust
    from zahlen
    group by all
),

bestaende as (
    select kommune, stichtag, 'insgesamt' as gruppe, geschlecht, max(einwohner) as personen
    from bevoelkerung.migrationshintergrund
    where altersgruppe = 'insgesamt' and gebiet_id in (select ags from kommunen)
    group by all
    union all by name
    select kommune, stichtag, 'auslaender' as gruppe, geschlecht, max(auslaender) as personen
    from bevoelkerung.migrationshintergrund
    where altersgruppe = 'insgesamt' and gebiet_id in (select ags from kommunen)
    group by all
),

-- Persons below so many years: of age, of residence here, in Germany; as the town's tables count them.
jahre as (
    select
        kommune, stichtag, geschlecht, merkmal, personen,
        case
            when merkmal like 'altersjahr%' then try_cast(left(auspraegung, 2) as integer) + 1
            else try_cast(right(auspraegung, 2) as integer) + 1
        end as unter
    from bevoelkerung.registermerkmal
    where
        merkmal in ('altersjahr', 'altersjahr_auslaender', 'wohndauer', 'aufenthaltsdauer')
        and regexp_full_match(auspraegung, '\d\d(-\d\d)?')
),

bis as (
    select
        kommune, stichtag, geschlecht, merkmal, unter,
        sum(personen) over (partition by kommune, stichtag, geschlecht, merkmal order by unter) as personen
    from jahre
),

-- What is left of a figure beside a flow, each way one could subtract it.
reste as (
    select b.kommune, b.stichtag, b.gruppe, b.geschlecht, a.personen - b.geburt as rest
    from breit as b
    inner join bis as a on b.kommune = a.kommune and b.stichtag = a.stichtag and b.geschlecht = a.geschlecht
    where
        a.merkmal = case b.gruppe when 'insgesamt' then 'altersjahr' when 'auslaender' then 'altersjahr_auslaender' end
        and a.unter <= 6 and a.unter * 366 >= b.stichtag - b.stichtag_vorher
    union all by name
    select b.kommune, b.stichtag, b.gruppe, b.geschlecht, unnest([a.personen - b.zuzug, a.personen - b.zuzug - b.geburt]) as rest
    from breit as b
    inner join bis as a on b.kommune = a.kommune and b.stichtag = a.stichtag and b.geschlecht = a.geschlecht
    where
        a.merkmal = case b.gruppe when 'insgesamt' then 'wohndauer' when 'auslaender' then 'aufenthaltsdauer' end
        and abs(a.unter - (b.stichtag - b.stichtag_vorher) / 365.25) < 1
    union all by name
    select b.kommune, b.stichtag, b.gruppe, b.geschlecht, m.personen - b.geburt as rest
    from breit as b
    inner join bevoelkerung.registermerkmal as m
        on b.kommune = m.kommune and b.stichtag = m.stichtag and b.geschlecht = m.geschlecht
    where b.gruppe = 'auslaender' and m.auspraegung = 'in_deutschland_geboren'
    union all by name
    -- Who stayed, seen from both days.
    select
        b.kommune, b.stichtag, b.gruppe, b.geschlecht,
        unnest([
            v.personen - b.weg - case when b.gruppe = 'auslaender' then w.einbuergerung else 0 end,
            n.personen - b.geburt - b.zuzug - case when b.gruppe = 'auslaender' then w.verlust else 0 end
        ]) as rest
    from breit as b
    inner join bestaende as v
        on b.kommune = v.kommune and b.stichtag_vorher = v.stichtag and b.gruppe = v.gruppe and b.geschlecht = v.geschlecht
    inner join bestaende as n
        on b.kommune = n.kommune and b.stichtag = n.stichtag and b.gruppe = n.gruppe and b.geschlecht = n.geschlecht
    inner join wechsel as w on b.kommune = w.kommune and b.stichtag = w.stichtag and b.geschlecht = w.geschlecht
    union all by name
    -- Naturalised persons as a definition counts them.
    select w.kommune, w.stichtag, 'auslaender' as gruppe, w.geschlecht, c.personen - w.einbuergerung as rest
    from wechsel as w
    inner join bevoelkerung.mh_kategorie as c
        on w.kommune = c.kommune and w.stichtag = c.stichtag and w.geschlecht = c.geschlecht
    where
        c.gebiet_id in (select ags from kommunen)
        and exists (
            from stamm.regel as r
            where r.profil = c.profil and r.kategorie = c.kategorie and r.kategorie_name ilike '%eingebürgert%'
        )
),

kleine_reste as (
    select distinct r.kommune, r.stichtag, r.gruppe, r.geschlecht
    from reste as r
    inner join kommunen as k on r.kommune = k.kommune
    where abs(r.rest) between 1 and k.klein_unter - 1
),

-- Whether a group moves enough: of many who come and go none of a hidden age is certain.
reicht as (
    select
        b.kommune, b.stichtag, b.gruppe, b.geschlecht,
        least(b.zuzug, b.fortzug) >= k.mindestumzuege and r.kommune is null as reicht
    from breit as b
    inner join kommunen as k on b.kommune = k.kommune
    left join kleine_reste as r
        on b.kommune = r.kommune and b.stichtag = r.stichtag and b.gruppe = r.gruppe and b.geschlecht = r.geschlecht
),

-- Foreigners only where the Germans beside them move enough, too; women only with men.
tiefe as (
    select
        kommune, stichtag,
        bool_and(reicht) filter (where gruppe = 'insgesamt' and geschlecht = 'insgesamt') as alle,
        bool_and(reicht) filter (where gruppe = 'insgesamt') as alle_geschlecht,
        bool_and(reicht) filter (where geschlecht = 'insgesamt') as auslaender,
        bool_and(reicht) as auslaender_geschlecht
    from reicht
    group by kommune, stichtag
),

gerundet as (
    select
        z.*, k.schritt, k.klein_unter, k.mindestumzuege, k.mindestfallzahl, k.mindestnenner, k.verfahren,
        case when z.bewegung in ('einbuergerung', 'verlust') then 'auslaender' else z.gruppe end as tiefengruppe,
        case when z.bewegung = 'einbuergerung' or z.gruppe = 'auslaender' then 'auslaender' else 'einwohner' end as bezug,
        z.personen < k.klein_unter as wenige,
        case when z.bewegung in ('geburt', 'zuzug', 'verlust') then 1 else -1 end as richtung,
        floor((z.personen + k.mindestfallzahl) / k.schritt)::bigint * k.schritt as rund
    from zahlen as z
    inner join kommunen as k on z.kommune = k.kommune
),

-- What everybody knows of a shown flow: births are the youngest and arrivals who is new here, both told exactly elsewhere.
grenzen as (
    select
        *,
        case
            when bewegung in ('geburt', 'zuzug') then personen
            when wenige then 0
            -- A group is told from so many on, which everybody can read.
            when bewegung in ('fortzug', 'abgang') then greatest(rund - mindestfallzahl, mindestumzuege)
            else greatest(rund - mindestfallzahl, klein_unter)
        end as unten,
        case
            when bewegung in ('geburt', 'zuzug') then personen
            when wenige then klein_unter - 1
            else rund + mindestfallzahl - 1
        end as oben
    from gerundet
),

-- The stock now is the stock before with who came and without who went. So the sum of the hidden flows of a group lies between
-- what the others leave; where that leaves one of them fewer than mindestfallzahl values, the group is not told.
spielraum as (
    select
        kommune, stichtag, tiefengruppe, geschlecht,
        any_value(mindestfallzahl) as mindestfallzahl,
        any_value(klein_unter) - 1 as weit,
        count(*) filter (where verborgen and richtung > 0) as hin,
        count(*) filter (where verborgen and richtung < 0) as fort,
        sum(personen * richtung) filter (where verborgen)
        - coalesce(sum(case when richtung > 0 then oben - personen else personen - unten end) filter (where not verborgen), 0)
            as summe_unten,
        sum(personen * richtung) filter (where verborgen)
        + coalesce(sum(case when richtung > 0 then personen - unten else oben - personen end) filter (where not verborgen), 0)
            as summe_oben,
        -- How many more women (or men) there could be than flows say: whose entry of a sex was changed.
        sum(case when richtung > 0 then personen - unten else oben - personen end) as mehr,
        sum(case when richtung > 0 then oben - personen else personen - unten end) as weniger
    from (
        select *, wenige and bewegung not in ('geburt', 'zuzug') as verborgen
        from grenzen
    ) as g
    group by kommune, stichtag, tiefengruppe, geschlecht
),

eng as (
    select kommune, stichtag, tiefengruppe, geschlecht
    from spielraum
    where
        (
            hin > 0
            and least(weit, summe_oben + weit * fort) - greatest(0, summe_unten - weit * (hin - 1)) < mindestfallzahl - 1
        )
        or (
            fort > 0
            and least(weit, weit * hin - summe_unten) - greatest(0, -summe_oben - weit * (fort - 1)) < mindestfallzahl - 1
        )
    union
    -- What is too many of women is too few of men.
    select w.kommune, w.stichtag, w.tiefengruppe, w.geschlecht
    from spielraum as w
    inner join spielraum as m on w.kommune = m.kommune and w.stichtag = m.stichtag and w.tiefengruppe = m.tiefengruppe
    where
        w.geschlecht = 'w' and m.geschlecht = 'm'
        and least(w.mehr, m.weniger) + least(w.weniger, m.mehr) < w.mindestfallzahl - 1
),

gruppen as (
    select
        kommune, stichtag,
        'insgesamt' as tiefengruppe,
        alle as da,
        alle_geschlecht as mit_geschlecht
    from tiefe
    union all by name
    select
        kommune, stichtag,
        'auslaender' as tiefengruppe,
        alle and auslaender as da,
        auslaender_geschlecht as mit_geschlecht
    from tiefe
),

enge_gruppen as (
    select
        kommune, stichtag, tiefengruppe,
        bool_or(geschlecht = 'insgesamt') as ganz
    from eng
    group by kommune, stichtag, tiefengruppe
),

erzaehlt as (
    select
        g.kommune, g.stichtag, g.tiefengruppe,
        g.mit_geschlecht and e.kommune is null as mit_geschlecht
    from gruppen as g
    left join enge_gruppen as e on g.kommune = e.kommune and g.stichtag = e.stichtag and g.tiefengruppe = e.tiefengruppe
    where g.da and not coalesce(e.ganz, false)
),

gezeigt as (
    select
        g.*,
        e.mit_geschlecht,
        -- Women and men are rounded each, and the total is theirs: rounded by itself it would narrow both.
        case
            when g.wenige then null
            when g.geschlecht <> 'insgesamt' or not e.mit_geschlecht then g.rund
            when
                bool_or(g.wenige) filter (where g.geschlecht <> 'insgesamt') over (
                    partition by g.kommune, g.stichtag, g.bewegung, g.gruppe
                )
                -- Beside one who is shown it would bound the other, beside two hidden ones both.
                then null
            else
                sum(g.rund) filter (where g.geschlecht <> 'insgesamt') over (
                    partition by g.kommune, g.stichtag, g.bewegung, g.gruppe
                )::bigint
        end as oeffentlich
    from gerundet as g
    inner join erzaehlt as e on g.kommune = e.kommune and g.stichtag = e.stichtag and g.tiefengruppe = e.tiefengruppe
),

davor as (
    select kommune, stichtag, gebiet_id, geschlecht, art as bezug, gezeigt as alle, geheim as alle_geheim
    from geheimhaltung.entscheidung
    where art in ('einwohner', 'auslaender') and altersgruppe = 'insgesamt'
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.bewegung,
    g.gruppe,
    g.geschlecht,
    g.stichtag_vorher,
    g.oeffentlich as personen,
    case
        when not coalesce(d.alle_geheim, true) and coalesce(d.alle >= greatest(g.mindestnenner, 1), false)
            then g.oeffentlich / d.alle
    end as anteil,
    case when g.oeffentlich is null then 'geheim' else 'gerundet' end as status,
    codes([
        case when g.oeffentlich is null or coalesce(d.alle_geheim, true) then 'geheim' end,
        case when g.oeffentlich is not null then 'gerundet' end,
        case when not coalesce(d.alle_geheim, true) and d.alle < greatest(g.mindestnenner, 1) then 'zu_klein' end
    ]) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from gezeigt as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
left join davor as d
    on
        g.kommune = d.kommune and g.stichtag_vorher = d.stichtag and g.gebiet_id = d.gebiet_id
        and g.geschlecht = d.geschlecht and g.bezug = d.bezug
where
    (g.geschlecht = 'insgesamt' or g.mit_geschlecht)
    -- Few births are the youngest, who are told or hidden as such.
    and (g.bewegung <> 'geburt' or g.oeffentlich is not null)
order by g.kommune, g.stichtag, g.gebiet_id, g.bewegung, g.gruppe, g.geschlecht
