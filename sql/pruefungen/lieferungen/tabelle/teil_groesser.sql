-- titel: Kein Teil ist größer als das Ganze
-- schwere: fehler
-- erwartet: höchstens so viele wie insgesamt
-- Where all parts are there, their sum is checked elsewhere (summe_teile, summe_geschlecht): here is what they cannot tell.
with merkmalspaare as (
    select v.teil, v.ganzes from (
        values
        ('deutsche', 'einwohner'), ('auslaender', 'einwohner'), ('personen_mit_mh', 'einwohner'),
        ('personen_ohne_mh', 'einwohner'), ('deutsche_mit_mh', 'einwohner'), ('deutsche_mit_mh', 'deutsche'),
        ('deutsche_mit_mh', 'personen_mit_mh')
    ) as v (teil, ganzes)
    union
    select teil, summe from lieferung.zerlegung
    where teil is not null
),

-- A sum that can be checked in full speaks for its parts.
volle_regeln as (
    select nummer, summe, list(teil) as teile
    from lieferung.zerlegung
    where teil is not null
    group by all
),

-- Few figures are larger than their whole: everything else is asked only of these.
groesser as materialized (
    select
        p.teil, p.ganzes, t.spalte as teilspalte, g.spalte as ganze_spalte, t.stichtag, t.gebiet_id, t.groesse, t.profil,
        t.geschlecht, t.altersgruppe, t.staat, t.gruppe, t.fest - g.fest as mehr,
        -- Not joined again below: by day and area alone that would be a join of everything with everything.
        struct_pack(ort := t.fundstelle, wovon := t.wovon, fest := t.fest, zeile := t.zeile, spalte_nr := t.spalte_nr) as t,
        struct_pack(ort := g.fundstelle, name := g.spaltenname, fest := g.fest, zeile := g.zeile, spalte_nr := g.spalte_nr) as g
    from merkmalspaare as p
    inner join lieferung.zahl as t on p.teil = t.merkmal
    inner join lieferung.zahl as g
        on
            p.ganzes = g.merkmal and t.stichtag = g.stichtag and t.gebiet_id = g.gebiet_id and t.groesse = g.groesse
            and t.profil = g.profil and t.geschlecht = g.geschlecht and t.altersgruppe = g.altersgruppe
            and t.staat = g.staat and t.gruppe = g.gruppe
    where t.fest > g.fest
),

je_feld as (
    select
        g.teilspalte, g.ganze_spalte, g.stichtag, g.gebiet_id,
        list(z.merkmal) as merkmale
    from groesser as g
    inner join lieferung.zahl as z
        on
            g.stichtag = z.stichtag and g.gebiet_id = z.gebiet_id and g.groesse = z.groesse and g.profil = z.profil
            and g.geschlecht = z.geschlecht and g.altersgruppe = z.altersgruppe and g.staat = z.staat and g.gruppe = z.gruppe
    group by all
),

nach_merkmal as (
    select g.mehr, g.t, g.g
    from groesser as g
    inner join je_feld as f
        on
            g.teilspalte = f.teilspalte and g.ganze_spalte = f.ganze_spalte and g.stichtag = f.stichtag
            and g.gebiet_id = f.gebiet_id
    left join volle_regeln as r
        on g.ganzes = r.summe and list_contains(r.teile, g.teil) and list_has_all(f.merkmale, r.teile)
    where r.nummer is null
),

glieder as (
    select
        stichtag, gebiet_id, merkmal, fest, fundstelle, wovon, zeile, spalte_nr, 'geschlecht' as ueber,
        schluessel(merkmal, groesse, profil, 'insgesamt', altersgruppe, staat, gruppe) as summenspalte,
        schluessel(
            merkmal, groesse, profil, case geschlecht when 'm' then 'w' when 'w' then 'm' end, altersgruppe, staat, gruppe
        ) as gegenstueck
    from lieferung.zahl
    where additiv and geschlecht <> 'insgesamt'
    union all
    select
        stichtag, gebiet_id, merkmal, fest, fundstelle, wovon, zeile, spalte_nr, 'altersgruppe' as ueber,
        schluessel(merkmal, groesse, profil, geschlecht, 'insgesamt', staat, gruppe) as summenspalte,
        '' as gegenstueck
    from lieferung.zahl
    where additiv and altersgruppe <> 'insgesamt'
    union all
    select
        stichtag, gebiet_id, merkmal, fest, fundstelle, wovon, zeile, spalte_nr, 'staat' as ueber,
        schluessel(merkmal, groesse, profil, geschlecht, altersgruppe, 'insgesamt', gruppe) as summenspalte,
        '' as gegenstueck
    from lieferung.zahl
    where additiv and staat <> 'insgesamt'
    union all
    select
        stichtag, gebiet_id, merkmal, fest, fundstelle, wovon, zeile, spalte_nr, 'gruppe' as ueber,
        schluessel(merkmal, groesse, profil, geschlecht, altersgruppe, staat, 'insgesamt') as summenspalte,
        '' as gegenstueck
    from lieferung.zahl
    where additiv and gruppe <> 'insgesamt'
),

nach_gliederung as (
    select
        t.fest - g.fest as mehr,
        struct_pack(ort := t.fundstelle, wovon := t.wovon, fest := t.fest, zeile := t.zeile, spalte_nr := t.spalte_nr) as t,
        struct_pack(ort := g.fundstelle, name := g.spaltenname, fest := g.fest, zeile := g.zeile, spalte_nr := g.spalte_nr) as g
    from glieder as t
    inner join lieferung.zahl as g on t.stichtag = g.stichtag and t.gebiet_id = g.gebiet_id and t.summenspalte = g.spalte
    anti join lieferung.zerlegung as z on t.merkmal = z.summe and t.ueber = z.ueber
    -- Both sexes there: summe_geschlecht.
    anti join lieferung.zahl as anderes
        on t.stichtag = anderes.stichtag and t.gebiet_id = anderes.gebiet_id and t.gegenstueck = anderes.spalte
    where t.fest > g.fest
),

alle_paare as (
    from nach_merkmal
    union
    from nach_gliederung
),

paare as materialized (
    select * from alle_paare
    -- Rounding to 5 keeps the order of two numbers; cell-key does not.
    where mehr > (
        select case methode when 'cell_key' then 2 * hoechstabweichung else 0 end * eins() from lieferung.layout
        where methode <> 'keine'
    )
)

select
    [t.ort, g.ort] as fundstellen,
    paare.t as teil,
    paare.g as ganzes
from paare
order by t.zeile, t.spalte_nr, g.spalte_nr, g.zeile
