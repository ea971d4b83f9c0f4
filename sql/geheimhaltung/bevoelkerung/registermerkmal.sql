-- Die Tür für die Merkmale eines Auszugs: Was die Entscheidung verbirgt, wird leer.
-- The door for the facts of one extract: what geheimhaltung.entscheidung hides becomes NULL, out of scope has no row.
-- Grain: kommune, stichtag, gebiet_id, merkmal, auspraegung, geschlecht. Shares only of what is shown.
-- Single years of age are cells of the choice. All other facts overlap with so many other tables that exact ones would tell of
-- few persons between them: they are rounded to twice mindestfallzahl, hidden below four times (not nobody), and not told where
-- one of the rests in geheimhaltung.merkmalsrest is that small. Women and men are rounded each, the total is theirs; where a
-- value of either is hidden, a fact is told of both together only. The largest value of a fact that divides a shown whole is
-- what the other shown ones leave of it: rounded by itself it would pin them down.
with kommunen as (
    select
        kommune, verfahren, mindestnenner, mindestfallzahl, 2 * mindestfallzahl as schritt, 4 * mindestfallzahl as klein_unter
    from stamm.kommune
),

bestand as (
    select
        kommune, stichtag, gebiet_id, geschlecht,
        max(case when art = 'einwohner' and not geheim then gezeigt end) as einwohner,
        max(case when art = 'auslaender' and not geheim then gezeigt end) as auslaender
    from geheimhaltung.entscheidung
    where art in ('einwohner', 'auslaender') and altersgruppe = 'insgesamt'
    group by all
),

reste as (
    select w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal, w.auspraegung, min(r.personen) as kleinster
    from bevoelkerung.registermerkmal as w
    inner join geheimhaltung.merkmalsrest as r
        on
            w.kommune = r.kommune and w.stichtag = r.stichtag and w.gebiet_id = r.gebiet_id and w.geschlecht = r.geschlecht
            and w.merkmal = r.merkmal and r.auspraegung in ('-', w.auspraegung)
    group by w.kommune, w.stichtag, w.gebiet_id, w.geschlecht, w.merkmal, w.auspraegung
),

gerundet as (
    select
        w.*,
        k.schritt,
        case w.merkmal
            when 'aufenthaltsdauer' then b.auslaender
            when 'asylherkunft' then b.auslaender
            when 'mehrstaatigkeit' then b.einwohner - b.auslaender
            when 'wohndauer' then b.einwohner
        end as ganzes,
        k.mindestfallzahl, k.klein_unter,
        -- Beside a hidden whole a rounded fact would be the whole, rounded.
        coalesce(r.kleinster >= k.klein_unter, true) and b.einwohner is not null and b.auslaender is not null as rest_reicht,
        case
            when w.personen = 0 or w.personen >= k.klein_unter
                then floor((w.personen + k.mindestfallzahl) / k.schritt)::bigint * k.schritt
        end as rund,
        row_number() over (
            partition by w.kommune, w.stichtag, w.gebiet_id, w.merkmal, w.geschlecht order by w.personen desc, w.auspraegung asc
        ) = 1 as ist_groesste
    from bevoelkerung.registermerkmal as w
    inner join kommunen as k on w.kommune = k.kommune
    left join reste as r
        on
            w.kommune = r.kommune and w.stichtag = r.stichtag and w.gebiet_id = r.gebiet_id and w.geschlecht = r.geschlecht
            and w.merkmal = r.merkmal and w.auspraegung = r.auspraegung
    left join bestand as b
        on w.kommune = b.kommune and w.stichtag = b.stichtag and w.gebiet_id = b.gebiet_id and w.geschlecht = b.geschlecht
    where k.verfahren <> 'cellkey' and not is_exact(w.merkmal)
),

-- Of a hidden value as much is taken off as everybody can think of it.
mit_groesster as (
    select
        *,
        case
            when rund is null or rund = 0 or not ist_groesste or ganzes is null then rund
            else
                ganzes
                - coalesce(sum(rund) filter (where not ist_groesste) over werte, 0)
                - schritt * count_if(rund is null) over werte
        end as einzeln,
        case
            when auspraegung = 'in_deutschland_geboren' then personen else greatest(rund - mindestfallzahl, klein_unter)
        end as mindestens
    from gerundet
    window werte as (partition by kommune, stichtag, gebiet_id, merkmal, geschlecht)
),

-- At least so many are of each shown value (exactly so many were born in Germany: generations tell them, too): what a shown whole
-- leaves must be enough for any hidden one, even if another table tells of the other hidden ones. No remainder is told that would
-- have been hidden itself. Years of arrival divide up durations: they are told where none is hidden and durations are told.
mit_spielraum as (
    select
        *,
        rest_reicht
        and not coalesce(
            bool_or(rund is null) over werte
            and ganzes
            - coalesce(sum(mindestens) filter (where not ist_groesste and rund > 0) over werte, 0)
            - greatest(
                max(mindestens) filter (where ist_groesste and auspraegung = 'in_deutschland_geboren') over werte,
                klein_unter,
                max(rund - mindestfallzahl) filter (where not ist_groesste) over werte
            )
            < klein_unter + (klein_unter - 1) * (count_if(rund is null) over werte - 1),
            false
        )
        and not coalesce(bool_or(rund > 0 and einzeln < klein_unter) over werte, false)
        and (merkmal <> 'zuzugsjahr' or bool_and(rund is not null) over werte) as reicht
    from mit_groesster
    window werte as (partition by kommune, stichtag, gebiet_id, merkmal, geschlecht)
),

-- By sex a fact is told only where no value of it is hidden of women or men (votes: each for itself): beside a hidden one other
-- tables would tell of the other sex by the total.
je_wert as (
    select
        *,
        bool_and(reicht and (rund is not null or geschlecht = 'insgesamt')) over (
            partition by
                kommune, stichtag, gebiet_id, merkmal,
                case when merkmal = 'wahlberechtigung' then auspraegung end
        ) as alle_reichen,
        bool_or(merkmal = 'aufenthaltsdauer' and geschlecht = 'insgesamt' and reicht and rund is not null) over (
            partition by kommune, stichtag, gebiet_id
        ) as mit_dauern
    from mit_spielraum
),

gezeigt as (
    select
        *,
        case
            when merkmal = 'zuzugsjahr' and not mit_dauern then null
            when alle_reichen and geschlecht = 'insgesamt' and merkmal <> 'zuzugsjahr'
                then
                    case
                        when count(einzeln) filter (where geschlecht <> 'insgesamt') over wert = 2
                            then sum(einzeln) filter (where geschlecht <> 'insgesamt') over wert
                    end
            when alle_reichen or (reicht and geschlecht = 'insgesamt') then einzeln
        end::bigint as oeffentlich
    from je_wert
    window wert as (partition by kommune, stichtag, gebiet_id, merkmal, auspraegung)
),

zellen as (
    select
        kommune, stichtag, gebiet_id, geschlecht, a as merkmal, b as auspraegung, gezeigt as personen, geheim,
        grundgesamtheit_von(a) as grundgesamtheit,
        false as gerundet
    from geheimhaltung.entscheidung
    where art = 'merkmal'
    union all by name
    select
        kommune, stichtag, gebiet_id, geschlecht, merkmal, auspraegung,
        oeffentlich as personen,
        oeffentlich is null as geheim,
        grundgesamtheit_von(merkmal) as grundgesamtheit,
        true as gerundet
    from gezeigt
),

mit_nenner as (
    select
        z.*,
        case z.grundgesamtheit
            when 'einwohner' then b.einwohner
            when 'auslaender' then b.auslaender
            else b.einwohner - b.auslaender
        end as alle,
        k.mindestnenner,
        case when z.gerundet then 'rundung' else k.verfahren end as methode
    from zellen as z
    inner join kommunen as k on z.kommune = k.kommune
    left join bestand as b
        on z.kommune = b.kommune and z.stichtag = b.stichtag and z.gebiet_id = b.gebiet_id and z.geschlecht = b.geschlecht
),

geheim as (
    select
        *,
        alle is null as alle_geheim,
        coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
    from mit_nenner
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.merkmal,
    g.auspraegung,
    g.geschlecht,
    g.grundgesamtheit,
    case when not g.geheim then g.personen end as personen,
    anteil_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.methode) as anteil,
    status_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.methode) as status,
    hinweise_der_anzahl(g.geheim, g.alle_geheim, g.alle, g.nenner_reicht, g.personen, g.methode) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.gebiet_id, g.merkmal, g.auspraegung, g.geschlecht
