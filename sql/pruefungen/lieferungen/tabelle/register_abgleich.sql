-- titel: Die Zahlen stimmen mit dem Melderegister überein
-- braucht: bestand.register
-- schwere: fehler
-- erwartet: die Zahl des Registers, bis auf die Toleranz in kommune.yaml (abgleich)
select
    [z.fundstelle] as fundstellen,
    z.wovon,
    z.fest,
    r.wert as registerwert,
    l.abgleich_toleranz as toleranz,
    l.abgleich_schwere as schwere
from lieferung.zahl as z
inner join bestand.register as r
    on z.stichtag = r.stichtag and z.gebiet_id = r.gebiet_id and z.profil = r.profil and z.merkmal = r.merkmal
cross join lieferung.layout as l
where
    z.groesse = 'wert' and z.geschlecht = 'insgesamt' and z.altersgruppe = 'insgesamt' and z.staat = 'insgesamt'
    and z.gruppe = 'insgesamt'
    and abs(z.fest - r.wert * eins()) > l.abgleich_toleranz * eins()
order by z.zeile, z.spalte_nr
