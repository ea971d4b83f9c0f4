-- titel: Kategorien sind einheitlich geschrieben
-- schwere: warnung
-- erwartet: jede Kategorie in einer Schreibweise
-- A slip replaces the right word; categories that merely look alike stand side by side. So a word is doubted only where no
-- row of its file has the other one in the same place. Upper and lower case alone count within a file only.
with worte as materialized (
    select
        spalte, wert, count(distinct datei) as dateien, count(*) as zeilen, umriss(wert) as umriss, length(enge(wert)) as laenge,
        ist_eigenname(wert) as eigen
    from sdg.merkmal
    where trim(wert) <> '' and not ist_fehlerwert(wert)
    group by spalte, wert
    qualify count(*) over (partition by spalte) <= hoechstens()
),

-- Numbers first, for every pair; letters only for the few that are left.
paare as materialized (
    select
        a.spalte,
        a.wert as falsch,
        b.wert as richtig,
        b.dateien,
        b.zeilen,
        case
            when umlaut_fehlt(a.wert, b.wert) then true
            when umlaut_fehlt(b.wert, a.wert) then false
            else (b.eigen, b.dateien, b.zeilen, b.wert) > (a.eigen, a.dateien, a.zeilen, a.wert)
        end as vorrang,
        -- As many rows have one as the other: then the folder does not say which is right.
        (b.dateien, b.zeilen, b.eigen) = (a.dateien, a.zeilen, a.eigen) and not umlaut_fehlt(a.wert, b.wert) as gleich_oft
    from worte as a
    inner join worte as b on a.spalte = b.spalte and vergleichbar(a.umriss, a.laenge, b.umriss, b.laenge)
),

verdacht as (
    select
        spalte,
        falsch,
        richtig,
        dateien,
        zeilen,
        gleich_oft and enge(falsch) <> enge(richtig) as offen
    from paare
    where vorrang and verschrieben(falsch, richtig)
),

stellen as (
    select
        m.datei, m.zeile, m.feld, v.spalte, v.falsch, v.richtig, v.dateien, v.zeilen, v.offen,
        z.jahr, z.geocode, z.gebiet, z.einheit,
        ohne(z.merkmale, m.spalte, m.wert) as rest
    from sdg.merkmal as m
    inner join verdacht as v on m.spalte = v.spalte and m.wert = v.falsch
    inner join sdg.zeile as z on m.datei = z.datei and m.zeile = z.zeile
),

andere as (
    select
        m.datei, m.spalte, m.wert, z.jahr, z.geocode, z.gebiet, z.einheit,
        ohne(z.merkmale, m.spalte, m.wert) as rest
    from sdg.merkmal as m
    inner join sdg.zeile as z on m.datei = z.datei and m.zeile = z.zeile
    where (m.spalte, m.wert) in (select (v.spalte, v.richtig) from verdacht as v)
),

nebeneinander as (
    select distinct s.datei, s.spalte, s.falsch, s.richtig
    from stellen as s
    inner join andere as a
        on
            s.datei = a.datei and s.spalte = a.spalte and s.richtig = a.wert and s.jahr = a.jahr and s.geocode = a.geocode
            and s.gebiet = a.gebiet and s.einheit = a.einheit and s.rest = a.rest
    where glatt(s.falsch) <> glatt(s.richtig)
)

select
    s.datei,
    list(s.zeile order by s.zeile) as zeilen,
    any_value(s.feld) as feld,
    s.falsch,
    s.spalte,
    s.richtig,
    any_value(s.offen) as offen
from stellen as s
anti join nebeneinander as n
    on s.datei = n.datei and s.spalte = n.spalte and s.falsch = n.falsch and s.richtig = n.richtig
where
    lower(glatt(s.falsch)) <> lower(glatt(s.richtig))
    or s.falsch <> glatt(s.falsch)
    or exists (select 1 from sdg.merkmal as m where m.datei = s.datei and m.spalte = s.spalte and m.wert = s.richtig)
group by s.datei, s.spalte, s.falsch, s.richtig, s.dateien, s.zeilen
qualify row_number() over (partition by s.datei, s.spalte, s.falsch order by s.dateien desc, s.zeilen desc, s.richtig asc) = 1
order by s.datei, zeilen
