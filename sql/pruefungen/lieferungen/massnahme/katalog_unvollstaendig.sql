-- titel: Die Maßnahmen sind die des Katalogs
-- schwere: warnung
-- erwartet: jede Maßnahme des Konzepts mit ihrer Nummer, und keine andere
-- One finding a day and kind. What another file of the source says for the same day counts as there.
with staende as (
    select
        stand,
        min(blatt || '!' || regexp_extract(fundstelle, '!([A-Z]+[0-9]+)$', 1)) as stelle
    from massnahme.zeile
    group by stand
),

vorhanden as (
    select s.stand, g.massnahme_nr
    from staende as s
    inner join massnahme.genannt as g on s.stand = coalesce(g.stand, s.stand)
    union
    select b.stand, b.massnahme_nr
    from bestand.massnahme as b
    cross join quelle.angabe as q
    where b.datei <> q.datei
),

fehlend as (
    select s.stand, s.stelle, k.massnahme_nr, k.reihenfolge
    from staende as s
    cross join konzept.massnahme as k
    inner join quelle.angabe as q on q.nummern_lesbar
    anti join vorhanden as v on s.stand = v.stand and k.massnahme_nr = v.massnahme_nr
    where
        k.art = 'massnahme'
        -- Under another number it is there all the same: said below.
        and not exists (from massnahme.zeile as z where s.stand = z.stand and k.titel_norm = z.titel_norm)
),

andere as (
    select
        z.stand,
        z.massnahme_nr,
        z.titel,
        z.fundstelle,
        z.zeile,
        z.handlungsfeld,
        n.massnahme_nr as katalog_nr,
        k.massnahme_nr is null as unbekannt,
        k.handlungsfeld as katalogfeld,
        z.status <> 'idee' and z.art <> 'idee' as zaehlt
    from massnahme.zeile as z
    left join konzept.massnahme as k on z.massnahme_nr = k.massnahme_nr
    left join konzept.massnahme as n on z.titel_norm = n.titel_norm and z.massnahme_nr <> n.massnahme_nr
    where exists (from konzept.massnahme)
)

select
    [any_value(stelle)] as fundstellen,
    'fehlt' as art,
    count(*) as anzahl,
    list(massnahme_nr order by reihenfolge) as massnahmen,
    stand,
    1 as folge
from fehlend
group by stand
union all by name
select
    list(fundstelle order by zeile) as fundstellen,
    'fremd' as art,
    count(*) as anzahl,
    list(struct_pack(massnahme_nr := massnahme_nr, titel := titel) order by zeile) as fremde,
    stand,
    2 as folge
from andere
where unbekannt and katalog_nr is null and zaehlt
group by stand
union all by name
select
    list(fundstelle order by zeile) as fundstellen,
    'nummer' as art,
    count(*) as anzahl,
    list(struct_pack(massnahme_nr := massnahme_nr, katalog := katalog_nr) order by zeile) as paare,
    stand,
    3 as folge
from andere
where katalog_nr is not null
group by stand
union all by name
select
    list(fundstelle order by zeile) as fundstellen,
    'feld' as art,
    count(*) as anzahl,
    list(struct_pack(massnahme_nr := massnahme_nr, feld := handlungsfeld, katalog := katalogfeld) order by zeile) as felder,
    stand,
    4 as folge
from andere
where katalog_nr is null and handlungsfeld <> katalogfeld
group by stand
order by stand, folge
