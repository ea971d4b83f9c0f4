-- Was angeliefert und was daraus wurde; enthält nur Anzahlen. Grain: lieferung_id.
select
    l.lieferung_id,
    l.kommune,
    l.quelle,
    l.datei,
    l.sha256,
    l.stichtag,
    l.stichtag_angenommen,
    l.zeilen_gelesen,
    l.zeilen_uebernommen,
    l.zeilen_ausserhalb,
    l.zeilen_abgewiesen,
    l.kodierung,
    l.synthetisch,
    l.erzeugt_aus,
    l.eingelesen_am,
    l.status,
    case
        when l.quelle = 'melderegister' and l.status = 'uebernommen'
            then l.eingelesen_am::date + k.personen_tage::integer
    end as loeschung_personen,
    case when l.quelle = 'melderegister' then l.eingelesen_am::date + k.abgewiesene_tage::integer end as loeschung_abgewiesene
from geheimhaltung.lieferung as l
left join stamm.kommune as k on l.kommune = k.kommune
order by l.lieferung_id
