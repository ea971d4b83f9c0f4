-- Wie wenige ein Merkmal neben anderen Zahlen übrig ließe: der kleinste Rest je Merkmal, nur im geschützten Bereich.
-- How few a fact of one extract would leave beside other figures: the smallest rest of each fact, secure zone only.
-- Grain: kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung ('-' where a rest is of the fact as a whole).
-- The facts are rounded (geheimhaltung.registermerkmal); where less is left than roundings leave room for,
-- they are not told. A rest that is named here is one that tables beside a fact have in common with it; any other is rounded.
-- Long because every rest has a part of its own.
with werte as (
    select kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung, personen
    from bevoelkerung.registermerkmal
),

gruppen as (
    select kommune, try_cast(regexp_extract(altersgruppe, '^\d+') as integer) as von
    from stamm.altersgruppe
),

-- What is counted by a bound or by years of age, for women, men and both.
gezaehlt as (
    select
        kommune, stichtag, gebiet_id, coalesce(geschlecht, 'insgesamt') as geschlecht,
        merkmal,
        try_cast(regexp_extract(auspraegung, '^\d+') as integer) as jahr,
        sum(personen)::bigint as personen
    from in_every_gebiet('bevoelkerung.merkmalswuerfel')
    where is_rest(merkmal) and auspraegung <> 'unbekannt'
    group by kommune, stichtag, gebiet_id, merkmal, auspraegung, grouping sets ((), (geschlecht))
),

waehler as (
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal, w.auspraegung,
        try_cast(regexp_extract(w.auspraegung, '\d+$') as integer) as wahlalter,
        case split_part(w.auspraegung, '_', 1)
            when 'integrationsrat' then ['waehlerjahre'] when 'kommunalwahl' then ['unionsjahre', 'drittstaatsjahre'] else []
        end as reste
    from werte as w
    where w.merkmal = 'wahlberechtigung'
),

-- The age group that the voting age lies in: where it is a bound, the group above it.
mit_gruppe as (
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal, w.auspraegung, w.wahlalter,
        unnest(w.reste) as rest,
        (select max(g.von) from gruppen as g where g.kommune = w.kommune and g.von <= w.wahlalter) as von,
        (select min(g.von) from gruppen as g where g.kommune = w.kommune and g.von > w.wahlalter) as bis_unter
    from waehler as w
),

-- Of those who may vote for the Integrationsrat, of citizens of the EU and of other states: too young, old enough. Definitions
-- tell the first by age groups, so the group of the voting age counts by itself.
reste_der_waehler as (
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal, w.auspraegung,
        least(
            coalesce(sum(j.personen) filter (where j.jahr < w.wahlalter), 0),
            coalesce(sum(j.personen) filter (where j.jahr >= w.wahlalter), 0),
            case
                when w.rest = 'waehlerjahre'
                    then coalesce(sum(j.personen) filter (where j.jahr < w.wahlalter and j.jahr >= w.von), 0)
            end,
            case
                when w.rest = 'waehlerjahre'
                    then
                        coalesce(
                            sum(j.personen) filter (where j.jahr >= w.wahlalter and coalesce(j.jahr < w.bis_unter, true)), 0
                        )
            end
        ) as personen
    from mit_gruppe as w
    left join gezaehlt as j
        on
            w.kommune = j.kommune and w.stichtag = j.stichtag and w.gebiet_id = j.gebiet_id and w.geschlecht = j.geschlecht
            and w.rest = j.merkmal
    group by w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal, w.auspraegung, w.rest
),

-- Who is new here or in Germany, beside ages and beside each other.
reste_der_dauern as (
    select
        kommune, stichtag, gebiet_id, geschlecht,
        case when merkmal = 'rest_land_aelter' then ['aufenthaltsdauer'] else ['wohndauer', 'aufenthaltsdauer'] end as merkmale,
        personen
    from gezaehlt
    where merkmal like 'rest%'
),

-- Groups of states that main origins are of, and the third states: without the main origins and the others shown by name.
gruppen_der_herkunft as (
    select distinct g.kommune, g.stichtag, g.gruppe
    from bevoelkerung.gruppenliste as g
    inner join stamm.asylherkunft as a on g.kommune = a.kommune and g.staat = a.staat
),

benannte_andere as (
    select
        e.kommune, e.stichtag, e.gebiet_id, e.geschlecht, g.gruppe,
        sum(e.gezeigt)::bigint as personen
    from geheimhaltung.entscheidung as e
    inner join bevoelkerung.gruppenliste as g on e.kommune = g.kommune and e.stichtag = g.stichtag and e.a = g.staat
    anti join stamm.asylherkunft as a on e.kommune = a.kommune and e.a = a.staat
    where e.art = 'staat' and not e.geheim and g.gruppe <> 'EU'
    group by all
),

unbenannte as (
    select
        z.kommune, z.stichtag, z.gebiet_id, z.geschlecht,
        z.personen - coalesce(sum(b.personen), 0)::bigint as personen
    from bevoelkerung.zelle as z
    inner join benannte_andere as b
        on z.kommune = b.kommune and z.stichtag = b.stichtag and z.gebiet_id = b.gebiet_id and z.geschlecht = b.geschlecht
    where z.art = 'staatengruppe' and z.a = 'Drittstaaten'
    group by z.kommune, z.stichtag, z.gebiet_id, z.geschlecht, z.personen
    union all by name
    select
        z.kommune, z.stichtag, z.gebiet_id, z.geschlecht,
        sum(z.personen - coalesce(b.personen, 0))::bigint as personen
    from bevoelkerung.zelle as z
    inner join gruppen_der_herkunft as h on z.kommune = h.kommune and z.stichtag = h.stichtag and z.a = h.gruppe
    left join benannte_andere as b
        on
            z.kommune = b.kommune and z.stichtag = b.stichtag and z.gebiet_id = b.gebiet_id and z.geschlecht = b.geschlecht
            and z.a = b.gruppe
    where z.art = 'staatengruppe'
    group by z.kommune, z.stichtag, z.gebiet_id, z.geschlecht
),

-- Germans with a further nationality beside what definitions count of them; main origins beside groups of states; foreigners born
-- in Germany beside categories, of which one may be they.
nachbarn as (
    select
        z.kommune, z.stichtag, z.gebiet_id, z.geschlecht,
        'mehrstaatigkeit' as merkmal,
        'mehrstaatig' as auspraegung,
        z.personen
    from bevoelkerung.zelle as z
    where
        z.altersgruppe = 'insgesamt'
        and (z.art = 'deutsche_mit_mh' or (z.art = 'kategorie' and z.a <> 'insgesamt' and z.b = 'insgesamt'))
    union all by name
    select
        z.kommune, z.stichtag, z.gebiet_id, z.geschlecht,
        'asylherkunft' as merkmal,
        'hauptherkunft' as auspraegung,
        z.personen
    from bevoelkerung.zelle as z
    where z.art = 'staatengruppe' and z.a = 'Drittstaaten'
    union all by name
    select
        z.kommune, z.stichtag, z.gebiet_id, z.geschlecht,
        'asylherkunft' as merkmal,
        'hauptherkunft' as auspraegung,
        sum(z.personen)::bigint as personen
    from bevoelkerung.zelle as z
    where
        z.art = 'staatengruppe'
        and z.a in (
            select g.gruppe
            from gruppen_der_herkunft as g
            where g.kommune = z.kommune and g.stichtag = z.stichtag
        )
    group by z.kommune, z.stichtag, z.gebiet_id, z.geschlecht
    union all by name
    select
        kommune, stichtag, gebiet_id, geschlecht,
        'asylherkunft' as merkmal,
        'hauptherkunft' as auspraegung,
        personen
    from unbenannte
    union all by name
    select
        z.kommune, z.stichtag, z.gebiet_id, z.geschlecht,
        'aufenthaltsdauer' as merkmal,
        'in_deutschland_geboren' as auspraegung,
        z.personen
    from bevoelkerung.zelle as z
    where z.art = 'kategorie' and z.a <> 'insgesamt' and z.b = 'insgesamt'
),

-- Main origins without those that are shown by name: nobody and all of them shown, or many.
genannte as (
    select
        e.kommune, e.stichtag, e.gebiet_id, e.geschlecht,
        coalesce(sum(e.gezeigt) filter (where not e.geheim), 0)::bigint as personen,
        bool_or(e.geheim) as mit_geheimen
    from geheimhaltung.entscheidung as e
    inner join stamm.asylherkunft as a on e.kommune = a.kommune and e.a = a.staat
    where e.art = 'staat'
    group by e.kommune, e.stichtag, e.gebiet_id, e.geschlecht
),

-- Beside a hidden cell that overlaps with a fact the fact is not told: categories, some of which are told by place of birth or a
-- further nationality; single years and groups of age, of which votes are sums (of both together: some below the voting age, some
-- not).
geheime_alter as (
    select
        kommune, stichtag, gebiet_id, geschlecht,
        try_cast(regexp_extract(case when art = 'merkmal' then b else altersgruppe end, '^\d+') as integer) as von,
        try_cast(nullif(regexp_extract(case when art = 'merkmal' then b else altersgruppe end, '\d+$'), '') as integer) as bis
    from geheimhaltung.entscheidung
    where
        geheim
        and (art = 'merkmal' or (art in ('einwohner', 'auslaender') and altersgruppe not in ('insgesamt', 'unbekannt')))
),

neben_geheimen as (
    select
        e.kommune, e.stichtag, e.gebiet_id, e.geschlecht,
        unnest(['aufenthaltsdauer', 'mehrstaatigkeit']) as merkmal,
        '-' as auspraegung
    from geheimhaltung.entscheidung as e
    inner join stamm.kommune as k on e.kommune = k.kommune and e.gebiet_id = k.ags
    where e.geheim and e.art = 'kategorie' and e.a <> 'insgesamt' and e.b = 'insgesamt'
    union all by name
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht,
        'wahlberechtigung' as merkmal,
        w.auspraegung
    from waehler as w
    inner join geheime_alter as a
        on w.kommune = a.kommune and w.stichtag = a.stichtag and w.gebiet_id = a.gebiet_id and w.geschlecht = a.geschlecht
    group by w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.auspraegung
    having
        w.geschlecht <> 'insgesamt'
        or (bool_or(coalesce(a.von < w.wahlalter, true)) and bool_or(coalesce(a.bis >= w.wahlalter, true)))
),

alle as (
    select kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung, personen
    from reste_der_waehler
    union all by name
    select kommune, stichtag, gebiet_id, geschlecht, unnest(merkmale) as merkmal, '-' as auspraegung, personen
    from reste_der_dauern
    union all by name
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal,
        '-' as auspraegung,
        abs(n.personen - w.personen) as personen
    from werte as w
    inner join nachbarn as n
        on
            w.kommune = n.kommune and w.stichtag = n.stichtag and w.gebiet_id = n.gebiet_id and w.geschlecht = n.geschlecht
            and w.merkmal = n.merkmal and w.auspraegung = n.auspraegung
    where w.auspraegung <> 'in_deutschland_geboren' or w.personen <> n.personen
    union all by name
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal,
        '-' as auspraegung,
        w.personen - g.personen as personen
    from werte as w
    inner join genannte as g
        on w.kommune = g.kommune and w.stichtag = g.stichtag and w.gebiet_id = g.gebiet_id and w.geschlecht = g.geschlecht
    where w.auspraegung = 'hauptherkunft' and (g.mit_geheimen or w.personen <> g.personen)
    union all by name
    -- Where names make up all of them their total is exact: women and men rounded would leave few values of it.
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal,
        '-' as auspraegung,
        0 as personen
    from werte as w
    inner join werte as t
        on
            w.kommune = t.kommune and w.stichtag = t.stichtag and w.gebiet_id = t.gebiet_id and w.merkmal = t.merkmal
            and w.auspraegung = t.auspraegung and t.geschlecht = 'insgesamt'
    inner join genannte as g
        on t.kommune = g.kommune and t.stichtag = g.stichtag and t.gebiet_id = g.gebiet_id and t.geschlecht = g.geschlecht
    where w.auspraegung = 'hauptherkunft' and w.geschlecht <> 'insgesamt' and t.personen = g.personen
    union all by name
    select
        kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung,
        0 as personen
    from neben_geheimen
    union all by name
    -- Few with a further nationality are nearly the whole of some categories together.
    select
        w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal,
        '-' as auspraegung,
        0 as personen
    from werte as w
    inner join stamm.kommune as k on w.kommune = k.kommune
    where w.auspraegung = 'mehrstaatig' and w.personen < 200 * k.mindestfallzahl
),

-- Years of arrival are the durations of the same persons, of women and men together.
mit_zuzug as (
    from alle
    union all by name
    select
        kommune, stichtag, gebiet_id,
        'insgesamt' as geschlecht,
        'zuzugsjahr' as merkmal,
        '-' as auspraegung,
        personen
    from alle
    where merkmal = 'aufenthaltsdauer'
    union all by name
    select
        w.kommune, w.stichtag, w.gebiet_id,
        'insgesamt' as geschlecht,
        'zuzugsjahr' as merkmal,
        '-' as auspraegung,
        w.personen
    from werte as w
    where w.merkmal = 'aufenthaltsdauer' and w.personen > 0
)

select
    kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung,
    min(personen)::bigint as personen
from mit_zuzug
group by kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung
order by all
