-- titel: Kein Stichtag kommt aus zwei Dateien desselben Stands
-- braucht: bestand.wert
-- schwere: fehler
-- erwartet: je Stichtag und Datenstand eine Datei; die andere bitte entfernen oder als neueren Stand benennen
with paare as (
    select
        h.stichtag, b.datei, h.zeile, h.spalte_nr, h.fundstelle, z.wovon,
        coalesce(h.wert::varchar, h.kennzeichen, '') <> coalesce(b.wert::varchar, b.kennzeichen, '') as verschieden,
        angabe(b.gedruckt, b.kennzeichen) as dort,
        angabe(h.gedruckt, h.kennzeichen) as hier
    from lieferung.wert as h
    inner join bestand.wert as b
        on
            h.stichtag = b.stichtag and h.gebiet_id = b.gebiet_id and h.merkmal = b.merkmal and h.groesse = b.groesse
            and h.profil = b.profil and h.geschlecht = b.geschlecht and h.altersgruppe = b.altersgruppe
            and h.staat = b.staat and h.gruppe = b.gruppe and h.datenstand = b.datenstand and h.datei <> b.datei
    left join lieferung.zahl as z on h.fundstelle = z.fundstelle
)

select
    list(fundstelle order by not verschieden, zeile, spalte_nr) as fundstellen,
    stichtag,
    datei,
    count(*) as anzahl,
    list({ 'wovon': wovon, 'fundstelle': fundstelle, 'hier': hier, 'dort': dort } order by zeile, spalte_nr)
    filter (where verschieden) as abweichende,
    case when bool_or(verschieden) then 'fehler' else 'warnung' end as schwere
from paare
group by stichtag, datei
order by stichtag, datei
