-- Die Tür für Indikatoren aus dem Register: Was kleine Anzahlen verrät, wird leer oder gerundet.
-- The door for indicators counted from the register: what gives small counts away becomes NULL or is rounded.
-- Grain: kommune, stichtag, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe.
-- Whole columns of marts.migrationshintergrund are protected as there. Figures over ages or of groups pass only where no count
-- of an age group in them is small; their counts only where they are sums of the municipality's age groups. A ratio over a border
-- inside an age group has no row: to one decimal it is a count. Means are so coarse that eight persons of any age fit into them.
-- Long because what may be told of a figure is asked of every table that counts the same persons.
with bestand as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, einwohner, auslaender, deutsche_mit_mh,
        personen_mit_mh, unentscheidbar
    from geheimhaltung.migrationshintergrund
    where quelle = 'melderegister'
    union all by name
    -- Counts that do not depend on the definition: hidden where any definition's row hides them.
    select
        kommune, stichtag, gebiet_id,
        '-' as profil,
        geschlecht, altersgruppe,
        case when count(einwohner) = count(*) then max(einwohner) end as einwohner,
        case when count(auslaender) = count(*) then max(auslaender) end as auslaender,
        null::bigint as deutsche_mit_mh,
        null::bigint as personen_mit_mh,
        null::bigint as unentscheidbar
    from geheimhaltung.migrationshintergrund
    where quelle = 'melderegister'
    group by kommune, stichtag, gebiet_id, geschlecht, altersgruppe
),

-- Whether every age group of a row shows its counts: a mean or a ratio over ages and all counts but one would give that one.
altersreihen as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht,
        bool_and(einwohner is not null) as einwohner,
        bool_and(einwohner is not null and auslaender is not null) as auslaender,
        bool_and(personen_mit_mh is not null) as mit_mh,
        bool_and(unentscheidbar is not null) as unentscheidbar,
        bool_and(einwohner is not null and personen_mit_mh is not null and unentscheidbar is not null) as ohne_mh
    from geheimhaltung.migrationshintergrund
    where quelle = 'melderegister' and altersgruppe <> 'insgesamt'
    group by all
),

entschieden as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht, a as indikator,
        coalesce(bool_or(geheim) filter (where b = 'zaehler'), false) as zaehler_geheim,
        coalesce(bool_or(geheim) filter (where b = 'nenner'), false) as nenner_geheim,
        max(gezeigt) filter (where b = 'zaehler') as zaehler_gezeigt,
        max(gezeigt) filter (where b = 'nenner') as nenner_gezeigt
    from geheimhaltung.entscheidung
    where art = 'altersspanne'
    group by all
),

-- Where every single year of a sex is shown everybody can work out its mean age.
jahre_gezeigt as (
    select kommune, stichtag, gebiet_id, geschlecht
    from geheimhaltung.entscheidung
    where art = 'merkmal' and a in ('altersjahr', 'altersjahr_auslaender')
    group by kommune, stichtag, gebiet_id, geschlecht
    having count(distinct a) = 2 and not bool_or(geheim)
),

zahlen as (
    select
        z.* exclude (unentscheidbar),
        -- Means of women, of men and of both may meet in a corner of their roundings.
        z.geschlecht = 'insgesamt' or (z.profil = '-' and j.kommune is not null) as mittel_gezeigt,
        b.kommune is not null as im_bestand,
        s.kommune is not null as ist_summe,
        coalesce(s.zaehler_geheim, false) as zaehler_geheim,
        coalesce(s.nenner_geheim, false) as nenner_geheim,
        s.zaehler_gezeigt,
        s.nenner_gezeigt,
        z.gebiet_id = k.ags as ist_kommune,
        z.profil in ('-', u.hauptprofil) as ist_haupt,
        case z.gruppe
            when 'insgesamt' then coalesce(r.einwohner and (i.zaehler_merkmal <> 'personen_mit_mh' or r.mit_mh), true)
            when 'mit_mh' then coalesce(r.mit_mh, true)
            when 'ohne_mh' then coalesce(r.ohne_mh, true)
            else coalesce(r.auslaender, true)
        end as alter_gezeigt,
        i.einheit, i.faktor, i.bezugstag, i.periodizitaet, i.mindestzaehler, i.zaehler_merkmal, i.nenner_merkmal,
        k.mindestfallzahl,
        greatest(k.mindestnenner, coalesce(i.mindestnenner, 0), 1) as mindestnenner,
        i.nenner_merkmal is not null as hat_nenner,
        k.verfahren,
        i.zaehler_filter is null and i.nenner_filter is null and z.gruppe = 'insgesamt'
        and i.zaehler_merkmal <> 'altersjahre' as ganze_spalte,
        -- Whether many are undecidable is told from what is shown: where that is hidden, of the whole municipality, else not.
        case
            when ganze_spalte and b.unentscheidbar is not null and b.einwohner is not null
                then coalesce(b.unentscheidbar / nullif(b.einwohner, 0), 0)
            when not ganze_spalte and coalesce(r.unentscheidbar, false) then z.unentscheidbar
            else stadt.unentscheidbar / nullif(stadt.einwohner, 0)
        end as unentscheidbar,
        i.zaehler_merkmal = 'altersjahre' as ist_mittel,
        k.mindestwert_ab,
        -- A sum over ages that nobody decided about, because its cells are out of scope.
        coalesce(t.hauptdefinition <> 'dreifach', false) and i.zaehler_merkmal <> 'altersjahre'
        and case z.gruppe
            when 'insgesamt' then s.kommune is null and g.indikator is null and not ganze_spalte
            else z.geschlecht <> 'insgesamt' and coalesce(i.zaehler_filter, i.nenner_filter) is not null
        end as ist_zu_tief,
        i.zaehler_merkmal in ('personen_mit_mh', 'deutsche_mit_mh') as ist_mh,
        g.indikator is not null as andere_grenzen,
        -- A share among those with MH can only rise with who is undecided as long as every foreigner already counts.
        i.zaehler_merkmal = 'deutsche_mit_mh' and i.nenner_merkmal = 'personen_mit_mh'
        and coalesce(b.personen_mit_mh - b.deutsche_mit_mh < b.auslaender, false) as auslaender_offen,
        case i.zaehler_merkmal
            when 'einwohner' then b.einwohner
            when 'auslaender' then b.auslaender
            when 'deutsche_mit_mh' then b.deutsche_mit_mh
            when 'personen_mit_mh' then b.personen_mit_mh
        end as zaehler_bestand,
        case i.nenner_merkmal
            when 'einwohner' then b.einwohner
            when 'auslaender' then b.auslaender
            when 'deutsche_mit_mh' then b.deutsche_mit_mh
            when 'personen_mit_mh' then b.personen_mit_mh
        end as nenner_bestand
    from bevoelkerung.indikatorzaehlung as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    inner join stamm.kommune as k on z.kommune = k.kommune
    inner join stamm.umfang as u on z.kommune = u.kommune
    left join entschieden as s
        on
            z.kommune = s.kommune and z.stichtag = s.stichtag and z.gebiet_id = s.gebiet_id and z.profil = s.profil
            and z.geschlecht = s.geschlecht and z.indikator = s.indikator and z.altersgruppe = 'insgesamt'
            and z.gruppe = 'insgesamt'
    left join bevoelkerung.gliederungstiefe as t on z.kommune = t.kommune
    left join altersreihen as r
        on
            z.kommune = r.kommune and z.stichtag = r.stichtag and z.gebiet_id = r.gebiet_id
            and case z.profil when '-' then u.hauptprofil else z.profil end = r.profil
            -- Where no age group is told of women and men, those of both count.
            and r.geschlecht
            = case when coalesce(t.hauptdefinition, 'dreifach') = 'dreifach' then z.geschlecht else 'insgesamt' end
    left join jahre_gezeigt as j
        on
            z.kommune = j.kommune and z.stichtag = j.stichtag and z.gebiet_id = j.gebiet_id and z.geschlecht = j.geschlecht
    left join stamm.indikator_grenze as g on z.kommune = g.kommune and z.indikator = g.indikator
    left join bestand as b
        on
            z.kommune = b.kommune and z.stichtag = b.stichtag and z.gebiet_id = b.gebiet_id and z.profil = b.profil
            and z.geschlecht = b.geschlecht and z.altersgruppe = b.altersgruppe
    left join bestand as stadt
        on
            z.kommune = stadt.kommune and z.stichtag = stadt.stichtag and k.ags = stadt.gebiet_id and z.profil = stadt.profil
            and stadt.geschlecht = 'insgesamt' and stadt.altersgruppe = 'insgesamt'
),

-- Counts that are cells of the family, as they may be shown: rounded or perturbed where the municipality chose that.
als_gezeigt as (
    select
        * replace (
            case when ganze_spalte then zaehler_bestand when ist_summe then zaehler_gezeigt else zaehler end as zaehler,
            case when ganze_spalte then nenner_bestand when ist_summe then nenner_gezeigt else nenner end as nenner
        )
    from zahlen
),

-- Means and ratios: by area without groups and sexes. Everything else has the scope of its counts.
im_umfang as (
    select *
    from als_gezeigt
    where
        case
            when ganze_spalte then im_bestand
            when ist_summe then true
            -- To one decimal a ratio over a border inside an age group is the count on either side of it.
            when ist_zu_tief or andere_grenzen then false
            else
                altersgruppe = 'insgesamt' and gebiet_id <> 'unbekannt' and (
                    (ist_haupt and gruppe = 'insgesamt' and geschlecht = 'insgesamt')
                    or (ist_kommune and (ist_haupt or geschlecht = 'insgesamt'))
                )
        end
),

geheim as (
    select
        *,
        case
            when ganze_spalte then zaehler_bestand is null or (hat_nenner and nenner_bestand is null)
            -- Decided as one more cell of the family.
            when ist_summe then zaehler_geheim or nenner_geheim
            else
                klein(nenner, mindestfallzahl)
                -- No cell of the family, so neither rounded nor perturbed with it: only shares and means of it are told.
                or (verfahren <> 'sperrung' and not hat_nenner)
                or (not ist_mittel and klein(zaehler, mindestfallzahl))
                or (einheit = 'prozent' and rest_klein(zaehler, nenner, mindestfallzahl))
        end as p_geheim,
        -- Whether a mean is there says nothing of small ages of a sex, which may be no cells: it is asked of what is shown alone.
        not ganze_spalte and not ist_summe
        and (
            (not ist_mittel and klein(kleinste, mindestfallzahl)) or not alter_gezeigt or (ist_mittel and not mittel_gezeigt)
        ) as s_geheim,
        not ganze_spalte
        and (ist_mittel or gruppe <> 'insgesamt' or (verfahren <> 'sperrung' and not ist_summe))
            as ohne_zahlen,
        coalesce(hat_nenner and nenner < mindestnenner, false)
        or (ist_mittel and nenner < mean_from(mindestfallzahl)) as zu_klein,
        coalesce(zaehler < mindestzaehler, false) as zaehler_klein,
        -- So many undecidable that who is left without MH are mostly children of known parents: no group to compare with. Of
        -- those with MH a share or a mean is not known either; counts and shares of everybody are lower bounds.
        coalesce(unentscheidbar > mindestwert_ab, false)
        and (gruppe = 'ohne_mh' or (gruppe = 'mit_mh' and hat_nenner) or auslaender_offen) as gruppe_unsicher,
        coalesce(unentscheidbar > mindestwert_ab, false) and (gruppe = 'mit_mh' or ist_mh) as mindestwert
    from im_umfang
),

-- Why there is no value; NULL: there is one. Protection first: no other reason is told from a hidden count.
werte as (
    select
        *,
        geheim_code(p_geheim, s_geheim) as verborgen,
        case
            when p_geheim or s_geheim then geheim_code(p_geheim, s_geheim)
            when nenner = 0 or gruppe_unsicher then 'nicht_bewertbar'
            when zu_klein or zaehler_klein then 'zu_klein'
        end as grund
    from geheim
)

select
    w.kommune, w.stichtag,
    zeitraum_von(w.stichtag, w.bezugstag, w.periodizitaet) as zeitraum,
    w.gebiet_id, w.indikator, w.profil, w.gruppe, w.geschlecht, w.altersgruppe,
    case
        when w.ist_summe and not w.zaehler_geheim then w.zaehler
        when w.verborgen is null and not w.ohne_zahlen then w.zaehler
    end as zaehler,
    case
        when w.ist_summe and not w.nenner_geheim then w.nenner
        when w.verborgen is null and not w.ohne_zahlen then w.nenner
    end as nenner,
    case
        when w.grund is not null then null
        when not w.hat_nenner then w.zaehler
        when w.ohne_zahlen then round(w.zaehler / nullif(w.nenner, 0) * w.faktor, 1)
        when w.einheit = 'prozent' then anteil_nach_verfahren(w.zaehler / nullif(w.nenner, 0), w.verfahren) * w.faktor
        else w.zaehler / nullif(w.nenner, 0) * w.faktor
    end as wert,
    'melderegister' as quelle_id,
    'melderegister' as nenner_quelle_id,
    w.stichtag as nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    q.synthetisch as beispieldaten,
    case
        when w.grund is not null then w.grund
        when w.mindestwert then 'mindestwert'
        when w.ohne_zahlen then 'gerundet'
        else nach_verfahren('ok', w.verfahren)
    end as status,
    codes([
        w.grund,
        case when w.grund = 'nicht_bewertbar' and w.nenner = 0 and w.verfahren = 'sperrung' then 'unbewohnt' end,
        case when w.grund = 'nicht_bewertbar' and w.gruppe_unsicher then 'viele_unentscheidbar' end,
        case when w.grund is null and w.mindestwert then 'mindestwert' end,
        case when w.grund is null and (w.ohne_zahlen or w.verfahren <> 'sperrung') then 'gerundet' end
    ]) as hinweise,
    l.datenstand, l.lieferung_id,
    null::varchar as fundstelle
from werte as w
inner join geheimhaltung.bestand as l on w.kommune = l.kommune and w.stichtag = l.stichtag
inner join geheimhaltung.lieferung as q on l.lieferung_id = q.lieferung_id
union all by name
-- Divers and without entry: the whole town's inhabitants only; in every other figure they count as m or w. No cell of the family:
-- not told where that is rounded or perturbed.
select
    w.kommune, w.stichtag,
    zeitraum_von(w.stichtag, i.bezugstag, i.periodizitaet) as zeitraum,
    k.ags as gebiet_id, i.indikator,
    '-' as profil,
    'insgesamt' as gruppe,
    w.geschlecht,
    'insgesamt' as altersgruppe,
    case when not klein(w.personen, k.mindestfallzahl) and k.verfahren = 'sperrung' then w.personen::double end as zaehler,
    null::double as nenner,
    case when not klein(w.personen, k.mindestfallzahl) and k.verfahren = 'sperrung' then w.personen::double end as wert,
    'melderegister' as quelle_id,
    'melderegister' as nenner_quelle_id,
    w.stichtag as nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    q.synthetisch as beispieldaten,
    case when klein(w.personen, k.mindestfallzahl) or k.verfahren <> 'sperrung' then 'geheim' else 'ok' end as status,
    codes([case when klein(w.personen, k.mindestfallzahl) or k.verfahren <> 'sperrung' then 'geheim' end]) as hinweise,
    l.datenstand, l.lieferung_id,
    null::varchar as fundstelle
from bevoelkerung.eintragswuerfel as w
inner join stamm.kommune as k on w.kommune = k.kommune
inner join stamm.indikator as i
    on
        i.herleitung = 'wuerfel' and i.zaehler_merkmal = 'einwohner' and i.nenner_merkmal is null
        and i.zaehler_filter is null
inner join geheimhaltung.bestand as l on w.kommune = l.kommune and w.stichtag = l.stichtag
inner join geheimhaltung.lieferung as q on l.lieferung_id = q.lieferung_id
where
    w.geschlecht not in ('m', 'w')
    and published_stichtag(w.kommune, w.stichtag)
order by all
