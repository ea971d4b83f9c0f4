-- What the checks compute with. spaltenname and wovon are facts that a sentence words: a column, a figure.
-- lieferung.zahl: one row a figure of this file that has a number, once (what stands twice with different values is left to
-- doppelt_widerspruch). lieferung.luecke: figures without a number. lieferung.frueher: the latest state of what was delivered
-- before. lieferung.reihe: both, this file first. lieferung.folgetag: days with the one before. lieferung.baum: areas valid on
-- each day. lieferung.unter: area below area. What some checks can find nothing without: lieferung.mehrfach (figures that stand
-- more than once), lieferung.anteil (numbers that are shares), lieferung.nach_geschlecht (numbers of women or men),
-- lieferung.zerlegbar (numbers that have a breakdown, or a part that is here, too).
create or replace table lieferung.zahl as
with benannt as (
    select
        w.*,
        coalesce(w.gebiet_text, w.gebiet_id) as gebiet,
        schluessel(w.merkmal, w.groesse, w.profil, w.geschlecht, w.altersgruppe, w.staat, w.gruppe) as spalte,
        coalesce(m.titel, w.merkmal) as titel,
        coalesce(m.additiv, false) as additiv,
        zusatz(w.groesse, w.geschlecht, w.altersgruppe, w.staat, w.gruppe) as zusatz,
        (coalesce(try_cast(w.gedruckt as decimal(38, 9)), w.wert::decimal(38, 9)) * 1000000000)::hugeint as fest
    from lieferung.wert as w
    left join lieferung.merkmal as m on w.merkmal = m.merkmal
)

select
    *,
    { 'titel': titel, 'zusatz': zusatz } as spaltenname,
    { 'spalte': { 'titel': titel, 'zusatz': zusatz }, 'gebiet': gebiet, 'stichtag': stichtag } as wovon
from benannt
where fest is not null
qualify
    min(fest) over (partition by stichtag, gebiet_id, spalte) = max(fest) over (partition by stichtag, gebiet_id, spalte)
    and row_number() over (partition by stichtag, gebiet_id, spalte order by zeile, spalte_nr) = 1;

create or replace table lieferung.mehrfach as
select 1 as da
where exists (
    select 1 from lieferung.wert
    group by stichtag, gebiet_id, merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe
    having count(*) > 1
);

create or replace table lieferung.anteil as
select 1 as da
where exists (
    select 1
    from lieferung.zahl as z
    inner join lieferung.merkmal as m on z.merkmal = m.merkmal
    where m.einheit in ('prozent', 'promille', 'anteil') or z.merkmal in (select q.quote from lieferung.quote as q)
);

create or replace table lieferung.nach_geschlecht as
select 1 as da
where exists (select 1 from lieferung.zahl where geschlecht in ('m', 'w'));

create or replace table lieferung.zerlegbar as
select 1 as da
where exists (
    select 1
    from lieferung.zahl as s
    inner join lieferung.zerlegung as z on s.merkmal = z.summe
    where z.ueber is not null or z.teil in (select t.merkmal from lieferung.zahl as t)
);

create or replace table lieferung.luecke as
select distinct
    stichtag,
    gebiet_id,
    schluessel(merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe) as spalte
from lieferung.wert
where wert is null;

create or replace table lieferung.frueher as
select
    *,
    coalesce(gebiet_text, gebiet_id) as gebiet,
    schluessel(merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe) as spalte,
    (coalesce(try_cast(gedruckt as decimal(38, 9)), wert::decimal(38, 9)) * 1000000000)::hugeint as fest
from bestand.wert
qualify
    row_number() over (
        partition by stichtag, gebiet_id, spalte order by datenstand desc, datei desc, zeile asc, spalte_nr asc
    ) = 1;

create or replace table lieferung.reihe as
select
    stichtag, gebiet_id, spalte, merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe, gebiet, fest, stellen,
    fundstelle, fundstelle as beleg, true as hier
from lieferung.zahl
union all by name
select
    f.stichtag, f.gebiet_id, f.spalte, f.merkmal, f.groesse, f.profil, f.geschlecht, f.altersgruppe, f.staat, f.gruppe,
    f.gebiet, f.fest, f.stellen, f.fundstelle, f.datei || ', ' || f.fundstelle as beleg, false as hier
from lieferung.frueher as f
anti join lieferung.wert as w
    on
        f.stichtag = w.stichtag and f.gebiet_id = w.gebiet_id
        and f.spalte = schluessel(w.merkmal, w.groesse, w.profil, w.geschlecht, w.altersgruppe, w.staat, w.gruppe)
where f.fest is not null;

-- Days with the one before them, where there are two.
create or replace table lieferung.folgetag as
select stichtag, lag(stichtag) over (order by stichtag) as vortag
from (select distinct stichtag from lieferung.reihe) as t
qualify vortag is not null;

create or replace table lieferung.baum as
select t.stichtag, g.gebiet_id, g.gebiet, g.ebene, g.uebergeordnet
from (select distinct stichtag from lieferung.wert) as t
cross join lieferung.gebiet as g
where coalesce(g.gueltig_von <= t.stichtag, true) and coalesce(g.gueltig_bis >= t.stichtag, true)
union all
-- Without a list of areas every label lies directly below the total.
select distinct
    w.stichtag, w.gebiet_id, w.gebiet_id as gebiet, 'gebiet' as ebene, -- noqa: AL08
    case when w.gebiet_id <> l.ags then l.ags else '' end as uebergeordnet
from lieferung.wert as w
cross join lieferung.layout as l
where not exists (select 1 from lieferung.gebiet);

create or replace table lieferung.unter as
with recursive unter as (
    select stichtag, uebergeordnet as oben, gebiet_id, ebene, 1 as tiefe
    from lieferung.baum
    where uebergeordnet <> ''
    union all
    select b.stichtag, u.oben, b.gebiet_id, b.ebene, u.tiefe + 1 as tiefe
    from unter as u
    inner join lieferung.baum as b on u.stichtag = b.stichtag and u.gebiet_id = b.uebergeordnet
    -- Nothing lies below an area without a key, and no town has so many levels: a circle ends here, too.
    where u.gebiet_id <> '' and u.tiefe < 20
)

select stichtag, oben, gebiet_id, ebene, tiefe from unter;
