-- Die Tür für Datenstände: was von jedem gezeigt werden darf, ohne dass ein Unterschied eine Handvoll Personen ist.
-- The door for data states: what of each state of a Stichtag may be shown, so that no difference is a handful of persons.
-- Grain: kommune, stichtag, datenstand, gebiet_id, profil. Counts are NULL where hidden; `primaer` and `sekundaer` name them.
-- The last state is shown as in marts.migrationshintergrund. An earlier state is shown only where its count, and what is
-- left of it (Germans, persons without MH, Germans with MH), differs from that of every later state by 0 or by the
-- Mindestfallzahl: so any two counts shown together are safe. Areas add up to the one above: where one count of such a sum
-- is hidden, the child with the smallest difference is hidden too; if that leaves one alone in another sum, only the
-- municipality keeps this count. Where two definitions changed by almost the same, whoever they decide differently on would
-- be told: then only the main one is shown.
-- Long because each of these rules looks at what the one before it left shown.
with staende as (
    select
        d.*,
        k.ags,
        k.mindestfallzahl,
        k.mindestnenner,
        d.datenstand = b.datenstand as letzter,
        -- An area without a row has nobody in it, which is no secret. Data states are true counts: beside rounded or perturbed
        -- ones they are not shown.
        (m.gebiet_id is null or m.einwohner is not null) and k.verfahren = 'sperrung' as zeigt_einwohner,
        (m.gebiet_id is null or m.auslaender is not null) and k.verfahren = 'sperrung' as zeigt_auslaender,
        (m.gebiet_id is null or m.personen_mit_mh is not null) and k.verfahren = 'sperrung' as zeigt_mh
    from bevoelkerung.datenstand as d
    inner join stamm.kommune as k on d.kommune = k.kommune
    inner join geheimhaltung.bestand as b
        on d.kommune = b.kommune and d.stichtag = b.stichtag and b.datenstand >= d.datenstand
    left join geheimhaltung.migrationshintergrund as m
        on
            d.kommune = m.kommune
            and d.stichtag = m.stichtag
            and d.gebiet_id = m.gebiet_id
            and d.profil = m.profil
            and m.geschlecht = 'insgesamt'
            and m.altersgruppe = 'insgesamt'
            and m.quelle = 'melderegister'
    -- A definition the last state does not know has nothing to be compared with.
    qualify bool_or(d.datenstand = b.datenstand) over (partition by d.kommune, d.stichtag, d.profil)
),

unterschiede as (
    select
        f.kommune, f.stichtag, f.datenstand, f.gebiet_id, f.profil,
        bool_or(klein(abs(s.einwohner - f.einwohner), f.mindestfallzahl)) as einwohner,
        bool_or(
            klein(abs(s.auslaender - f.auslaender), f.mindestfallzahl)
            or klein(abs((s.einwohner - s.auslaender) - (f.einwohner - f.auslaender)), f.mindestfallzahl)
        ) as auslaender,
        bool_or(
            klein(abs(s.personen_mit_mh - f.personen_mit_mh), f.mindestfallzahl)
            or klein(abs((s.einwohner - s.personen_mit_mh) - (f.einwohner - f.personen_mit_mh)), f.mindestfallzahl)
            or klein(abs((s.personen_mit_mh - s.auslaender) - (f.personen_mit_mh - f.auslaender)), f.mindestfallzahl)
        ) as personen_mit_mh
    from staende as f
    inner join staende as s
        on
            f.kommune = s.kommune
            and f.stichtag = s.stichtag
            and f.gebiet_id = s.gebiet_id
            and f.profil = s.profil
            and f.datenstand < s.datenstand
    group by all
),

aenderungen as (
    select
        f.kommune, f.stichtag, f.datenstand, f.gebiet_id, f.profil, f.mindestfallzahl,
        s.datenstand as spaeter,
        s.personen_mit_mh - f.personen_mit_mh as aenderung
    from staende as f
    inner join staende as s
        on
            f.kommune = s.kommune
            and f.stichtag = s.stichtag
            and f.gebiet_id = s.gebiet_id
            and f.profil = s.profil
            and f.datenstand < s.datenstand
),

-- Ordered by what changed, the closest two definitions stand side by side.
abstaende as (
    select
        *,
        aenderung - lag(aenderung) over (
            partition by kommune, stichtag, datenstand, gebiet_id, spaeter order by aenderung
        ) as abstand
    from aenderungen
),

nebeneinander as (
    select
        kommune, stichtag, datenstand, gebiet_id
    from abstaende
    group by all
    having bool_or(klein(abstand, mindestfallzahl))
),

primaer as (
    select
        s.*,
        case
            when s.letzter then not s.zeigt_einwohner
            else not s.zeigt_einwohner or u.einwohner or klein(s.einwohner, s.mindestfallzahl)
        end as p_einwohner,
        -- The same for every definition: what one hides another must not show.
        case
            when s.letzter then not s.zeigt_auslaender
            else
                not bool_and(s.zeigt_auslaender)
                    over (partition by s.kommune, s.stichtag, s.datenstand, s.gebiet_id)
                or u.einwohner
                or u.auslaender
                or klein(s.einwohner, s.mindestfallzahl)
                or klein(s.auslaender, s.mindestfallzahl)
                or rest_klein(s.auslaender, s.einwohner, s.mindestfallzahl)
        end as p_auslaender,
        case
            when s.letzter then not s.zeigt_mh
            else
                not s.zeigt_mh
                or u.einwohner
                or u.personen_mit_mh
                or klein(s.einwohner, s.mindestfallzahl)
                or klein(s.personen_mit_mh, s.mindestfallzahl)
                or rest_klein(s.personen_mit_mh, s.einwohner, s.mindestfallzahl)
                or klein(s.deutsche_mit_mh, s.mindestfallzahl)
                or klein(s.personen_mit_mh - s.deutsche_mit_mh, s.mindestfallzahl)
                or klein(s.auslaender - (s.personen_mit_mh - s.deutsche_mit_mh), s.mindestfallzahl)
                or (n.gebiet_id is not null and s.profil <> h.hauptprofil)
        end as p_mh,
        last(s.einwohner) over stand as letzte_einwohner,
        last(s.auslaender) over stand as letzte_auslaender,
        last(s.personen_mit_mh) over stand as letzte_mh
    from staende as s
    left join unterschiede as u
        on
            s.kommune = u.kommune
            and s.stichtag = u.stichtag
            and s.datenstand = u.datenstand
            and s.gebiet_id = u.gebiet_id
            and s.profil = u.profil
    left join nebeneinander as n
        on
            s.kommune = n.kommune
            and s.stichtag = n.stichtag
            and s.datenstand = n.datenstand
            and s.gebiet_id = n.gebiet_id
    inner join stamm.umfang as h on s.kommune = h.kommune
    window stand as (
        partition by s.kommune, s.stichtag, s.gebiet_id, s.profil order by s.datenstand
        rows between unbounded preceding and unbounded following
    )
),

-- One row a count, earlier states only: the last one is as protected as it is published elsewhere.
zahlen as (
    select
        p.kommune, p.stichtag, p.datenstand, p.profil, p.gebiet_id, p.ags,
        x.groesse,
        x.geheim,
        abs(x.unterschied) as unterschied,
        abs(p.letzte_einwohner - p.einwohner) as unterschied_einwohner
    from primaer as p
    cross join
        lateral (
            values
            ('einwohner', p.p_einwohner, p.letzte_einwohner - p.einwohner),
            ('auslaender', p.p_auslaender, p.letzte_auslaender - p.auslaender),
            ('personen_mit_mh', p.p_mh, p.letzte_mh - p.personen_mit_mh)
        ) as x (groesse, geheim, unterschied)
    where not p.letzter
),

tiefen as (
    select
        kommune,
        gebiet_id,
        count(*) as tiefe
    from stamm.vorfahr
    group by all
),

kinder as (
    select
        v.kommune,
        v.gebiet_id,
        arg_max(v.vorfahr, t.tiefe) as summe
    from stamm.vorfahr as v
    inner join tiefen as t on v.kommune = t.kommune and v.vorfahr = t.gebiet_id
    where v.gebiet_id <> v.vorfahr
    group by all
),

-- Every sum with its members: the area above and the areas it consists of.
glieder as (
    select
        k.kommune,
        k.summe,
        k.gebiet_id,
        true as ist_kind,
        not exists (from kinder as u where u.kommune = k.kommune and u.summe = k.gebiet_id) as ist_blatt
    from kinder as k
    union all by name
    select distinct
        kommune,
        summe,
        summe as gebiet_id,
        false as ist_kind,
        false as ist_blatt
    from kinder
),

in_summen as (
    select
        z.*,
        g.summe,
        g.ist_kind,
        g.ist_blatt
    from zahlen as z
    inner join glieder as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
),

ergaenzt as (
    select distinct
        kommune, stichtag, datenstand, profil, groesse, gebiet_id
    from in_summen
    qualify
        not geheim
        and count_if(geheim) over (partition by kommune, stichtag, datenstand, profil, groesse, summe) = 1
        and row_number()
            over (
                partition by kommune, stichtag, datenstand, profil, groesse, summe
                order by
                    geheim, not ist_kind, not ist_blatt, unterschied = 0, unterschied, unterschied_einwohner = 0,
                    unterschied_einwohner, gebiet_id
            )
        = 1
),

mit_ergaenzten as (
    select
        z.*,
        e.gebiet_id is not null as ergaenzt
    from zahlen as z
    left join ergaenzt as e
        on
            z.kommune = e.kommune
            and z.stichtag = e.stichtag
            and z.datenstand = e.datenstand
            and z.profil = e.profil
            and z.groesse = e.groesse
            and z.gebiet_id = e.gebiet_id
),

einzelne as (
    select
        z.kommune, z.stichtag, z.datenstand, z.profil, z.groesse, g.summe
    from mit_ergaenzten as z
    inner join glieder as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
    group by all
    having count_if(z.geheim or z.ergaenzt) = 1
),

sekundaer as (
    select
        z.kommune, z.stichtag, z.datenstand, z.profil, z.gebiet_id,
        list(z.groesse order by z.groesse) as groessen
    from mit_ergaenzten as z
    where
        not z.geheim
        and (
            z.ergaenzt
            or (
                z.gebiet_id <> z.ags
                and exists (
                    from einzelne as e
                    where
                        e.kommune = z.kommune
                        and e.stichtag = z.stichtag
                        and e.datenstand = z.datenstand
                        and e.profil = z.profil
                        and e.groesse = z.groesse
                )
            )
        )
    group by all
),

codes as (
    select
        p.*,
        list_filter(
            [
                case when p.p_einwohner then 'einwohner' end,
                case when p.p_auslaender then 'auslaender' end,
                case when p.p_mh then 'personen_mit_mh' end
            ],
            lambda groesse: groesse is not null
        ) as primaer,
        coalesce(s.groessen, []) as sekundaer
    from primaer as p
    left join sekundaer as s
        on
            p.kommune = s.kommune
            and p.stichtag = s.stichtag
            and p.datenstand = s.datenstand
            and p.gebiet_id = s.gebiet_id
            and p.profil = s.profil
)

select
    kommune,
    stichtag,
    datenstand,
    gebiet_id,
    profil,
    profilversion,
    case when not list_contains(primaer || sekundaer, 'einwohner') then einwohner end as einwohner,
    case when not list_contains(primaer || sekundaer, 'auslaender') then auslaender end as auslaender,
    case when not list_contains(primaer || sekundaer, 'personen_mit_mh') then personen_mit_mh end as personen_mit_mh,
    einwohner > 0 as bewohnt,
    einwohner >= greatest(mindestnenner, 1) as nenner_reicht,
    primaer,
    sekundaer
from codes
order by all
