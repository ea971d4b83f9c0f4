-- Persons that nobody is: every register entry a definition can tell apart, drawn evenly,
-- with parents drawn from the first of them.
-- Grain: zeile. Variables: stichtag, anzahl (of persons), eltern (how many of the first are parents and have none), geburtsjahre,
-- gruppe_im_alter (name of the group of each age from 0), zuzugsjahre (those around which definitions decide),
-- erwerb (ways to German nationality), staaten (one of each kind).
-- The draw is a hash of the number of the row: the same everywhere. A length is told in the type of the hash, for the remainder
-- of two types is computed in a third one at four times the price.
with gezaehlt as (
    select unnest(range(2, 2 + getvariable('anzahl'))) as n
),

gezogen as (
    select
        n as zeile,
        list_element(getvariable('geburtsjahre'), 1 + (hash(n || ' jahr') % len(getvariable('geburtsjahre'))::ubigint)::integer)
            as geburtsjahr,
        list_element(getvariable('zuzugsjahre'), 1 + (hash(n || ' zuzug') % len(getvariable('zuzugsjahre'))::ubigint)::integer)
            as zuzugsjahr,
        list_element(['deutsch', 'auch', 'fremd', 'unbekannt'], 1 + (hash(n || ' sta') % 4)::integer) as sta,
        list_element(getvariable('erwerb'), 1 + (hash(n || ' erwerb') % len(getvariable('erwerb'))::ubigint)::integer) as erwerb,
        list_element(getvariable('staaten'), 1 + (hash(n || ' staat') % len(getvariable('staaten'))::ubigint)::integer) as staat,
        list_element(getvariable('staaten'), 1 + (hash(n || ' ort') % len(getvariable('staaten'))::ubigint)::integer) as ort,
        hash(n || ' ort bekannt') % 4 as ort_bekannt,
        case when n > getvariable('eltern') then hash(n || ' eltern') % 4 else 0 end as eltern,
        2 + (hash(n || ' eltern 1') % getvariable('eltern'))::bigint as eltern_1,
        2 + (hash(n || ' eltern 2') % getvariable('eltern'))::bigint as eltern_2,
        hash(n || ' adresse 1') % 2 = 0 as adresse_1,
        hash(n || ' adresse 2') % 2 = 0 as adresse_2
    from gezaehlt
)

select
    zeile,
    repeat('0', 32) as pseudonym,
    '01' as gebiet_id,
    'w' as geschlecht,
    geburtsjahr::smallint as geburtsjahr,
    make_date(geburtsjahr, 1, 1) as geburtstag,
    false as alter_ersetzt,
    (year(getvariable('stichtag')) - geburtsjahr)::smallint as alter,
    coalesce(
        case
            when geburtsjahr <= year(getvariable('stichtag'))
                then list_element(getvariable('gruppe_im_alter'), 1 + year(getvariable('stichtag')) - geburtsjahr)
        end,
        'unbekannt'
    ) as altersgruppe,
    case sta when 'deutsch' then '000' when 'auch' then '000' when 'fremd' then staat else '999' end as sta_1,
    case sta when 'auch' then staat end as sta_2,
    null::varchar as sta_3,
    case when sta in ('deutsch', 'auch') then erwerb end as art_dt_sta,
    case ort_bekannt when 0 then null when 1 then '000' else ort end as geburtsstaat,
    case when zuzugsjahr is not null then ort end as zuzug_staat,
    case when zuzugsjahr >= coalesce(geburtsjahr, 0) then make_date(zuzugsjahr, 7, 1) end as zuzug_tag,
    null::date as einzug_tag,
    0::tinyint as eltern_genannt,
    case when eltern > 0 then eltern_1 end as eltern_1_zeile,
    case when eltern > 1 then eltern_2 end as eltern_2_zeile,
    case when eltern > 0 then adresse_1 end as eltern_1_gleiche_adresse,
    case when eltern > 1 then adresse_2 end as eltern_2_gleiche_adresse
from gezogen
