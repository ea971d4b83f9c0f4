-- titel: Kein Stichtag kommt aus zwei Dateien desselben Stands
-- braucht: bestand.wert
-- schwere: fehler
-- erwartet: je Stichtag und Datenstand eine Datei; die andere bitte entfernen oder als neueren Stand benennen
with paare as (
    select
        h.stichtag, b.datei, h.zeile, h.spalte_nr, h.fundstelle, z.wovon,
        coalesce(h.wert::varchar, h.kennzeichen, '') <> coalesce(b.wert::varchar, b.kennzeichen, '') as verschieden,
        gedruckt_wort(b.gedruckt, b.kennzeichen) as dort,
        gedruckt_wort(h.gedruckt, h.kennzeichen) as hier
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
    'die Datei »' || datei || '« enthält den Stichtag ' || tagwort(stichtag) || ' mit demselben Datenstand: '
    || count(*) || case when count(*) = 1 then ' gemeinsame Angabe' else ' gemeinsame Angaben' end
    || case
        when bool_or(verschieden)
            then
                ', davon ' || count(*) filter (where verschieden) || ' mit anderem Wert: '
                || aufzaehlung(
                    list(coalesce(wovon, fundstelle) || ' hier ' || hier || ', dort ' || dort order by zeile, spalte_nr)
                    filter (where verschieden), 3
                )
        else ', alle mit gleichem Wert'
    end as was,
    case when bool_or(verschieden) then 'fehler' else 'warnung' end as schwere
from paare
group by stichtag, datei
order by stichtag, datei
