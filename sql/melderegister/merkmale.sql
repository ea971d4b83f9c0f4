-- The clues that definitions may use, once per person. Documented in pipelines/stamm/profile/merkmale.py.
-- Grain: one row a person (zeile). Reads: personen (staged persons of one extract), staaten (dim.staat).
-- Three-valued: NULL is "the register does not say", never "no".
-- Bounds, no list: Germany is 000, what is no state or unknown 997 to 999. A list of five would be joined, once for each mention.
create or replace temp macro als_ausland(staat) as
case when staat between '001' and '996' and staat <> '910' then staat::smallint end;
create or replace temp macro erster_staat(a, b, c) as coalesce(als_ausland(a), als_ausland(b), als_ausland(c));
create or replace temp macro zweiter_staat(a, b, c) as
case
    when als_ausland(a) is not null then coalesce(als_ausland(b), als_ausland(c))
    when als_ausland(b) is not null then als_ausland(c)
end;

create or replace temp table merkmale as
select
    p.zeile,
    p.gebiet_id,
    p.geschlecht,
    -- Nobody is counted under divers or without entry below the whole town: so few persons would be recognised in any table.
    -- Each counts as m or w, by a bit of the keyed pseudonym: the same in every table and at every Stichtag.
    case
        when p.geschlecht in ('m', 'w') then p.geschlecht
        when right(p.pseudonym, 1) between '0' and '7' then 'm'
        else 'w'
    end as zaehlgeschlecht,
    -- What the person adds to the key of every count it is in (Cell-Key); half of the pseudonym is not needed for it.
    ('0x' || left(p.pseudonym, 8))::bigint as satzschluessel,
    p.alter,
    p.altersgruppe,
    p.eltern_genannt,
    p.eltern_1_zeile,
    -- The same person in both fields is one parent.
    case when p.eltern_1_zeile is null or p.eltern_2_zeile <> p.eltern_1_zeile then p.eltern_2_zeile end
        as eltern_2_zeile,
    p.eltern_1_gleiche_adresse,
    p.eltern_2_gleiche_adresse,
    case
        when '000' in (p.sta_1, p.sta_2, p.sta_3) then true
        -- 997 and 998 are known not to be German; 999 alone says nothing.
        when coalesce(nullif(p.sta_1, '999'), nullif(p.sta_2, '999'), nullif(p.sta_3, '999')) is not null then false
    end as deutsch,
    case
        when '000' in (p.sta_1, p.sta_2, p.sta_3) then false
        when coalesce(nullif(p.sta_1, '999'), nullif(p.sta_2, '999'), nullif(p.sta_3, '999')) is not null then true
    end as auslaender,
    erster_staat(p.sta_1, p.sta_2, p.sta_3) is not null as auslaendische_sta,
    coalesce(p.art_dt_sta = 'einbuergerung', false) as eingebuergert,
    coalesce(p.art_dt_sta = 'aussiedler', false) as aussiedler,
    coalesce(p.art_dt_sta = 'erklaerung', false) as durch_erklaerung,
    coalesce(p.art_dt_sta = 'option', false) as option,
    coalesce(p.art_dt_sta = 'geburt', false) as deutsch_durch_geburt,
    p.geburtsstaat <> '000' as geburt_ausland,
    case when p.geburtsstaat = '000' then false else g.aussiedlungsgebiet end as geburt_aussiedlungsgebiet,
    g.vertreibungsgebiet as geburt_vertreibungsgebiet,
    year(p.zuzug_tag) as zuzug_jahr,
    p.zuzug_staat <> '000' as zuzug_ausland,
    p.geburtsjahr,
    coalesce(nullif(p.sta_1, '999'), nullif(p.sta_2, '999'), nullif(p.sta_3, '999')) is null
        as staatsangehoerigkeit_fehlt,
    p.geburtsstaat is null as geburtsort_fehlt,
    case
        when '000' in (p.sta_1, p.sta_2, p.sta_3) then '000'
        else coalesce(nullif(p.sta_1, '999'), nullif(p.sta_2, '999'), nullif(p.sta_3, '999'), '999')
    end as staat,
    -- Where a person comes from, clue by clue, as numbers (9xx are no states). NULL: the clue says nothing.
    case
        when '000' not in (p.sta_1, coalesce(p.sta_2, ''), coalesce(p.sta_3, ''))
            then erster_staat(p.sta_1, p.sta_2, p.sta_3)
    end as bezug_staatsangehoerigkeit,
    case
        when '000' in (p.sta_1, p.sta_2, p.sta_3) then erster_staat(p.sta_1, p.sta_2, p.sta_3)
        else zweiter_staat(p.sta_1, p.sta_2, p.sta_3)
    end as bezug_weitere_staatsangehoerigkeit,
    als_ausland(p.geburtsstaat) as bezug_geburtsstaat,
    als_ausland(p.zuzug_staat) as bezug_zuzugsstaat
from personen as p
left join staaten as g on p.geburtsstaat = g.staat;
