-- Counts that the town has published itself: of the register's population, and those that it compares with the register.
select
    t.merkmal,
    t.profil,
    t.gebiet_id,
    t.geschlecht,
    t.altersgruppe,
    t.wert
from bevoelkerung.tabellenwert as t
inner join stamm.quelle as q on t.kommune = q.kommune and t.quelle_id = q.quelle_id
where
    t.kommune = $kommune and t.stichtag = $stichtag
    and t.veroeffentlicht and not t.umgerechnet and t.groesse = 'wert' and t.wert is not null
    and t.staat = 'insgesamt' and t.gruppe = 'insgesamt'
    and (
        q.bevoelkerung = 'hauptwohnung'
        or exists (
            from stamm.abgleich as a
            where t.kommune = a.kommune and t.quelle_id = a.quelle and a.profil = t.profil
        )
    )
