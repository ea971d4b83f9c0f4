-- Whether a category of a definition holds foreigners only, or any. Grain: profil, kategorie.
select
    w.profil,
    r.kategorie,
    bool_and(w.ist_auslaender) as alle,
    bool_or(w.ist_auslaender) as einige
from bevoelkerung.wuerfel as w
inner join stamm.regel as r on w.profil = r.profil and w.regel = r.regel
where w.kommune = $kommune and w.stichtag = $stichtag
group by all
order by all
