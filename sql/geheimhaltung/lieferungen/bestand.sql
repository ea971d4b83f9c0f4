-- Die Lieferung, auf der die Zahlen des Registers beruhen: je Stichtag die zuletzt gezogene und zuletzt gelesene.
-- The delivery that the register's figures rest on: of each Stichtag the one drawn last, of these the one read last.
-- Grain: kommune, stichtag. File facts only.
select
    kommune,
    stichtag,
    lieferung_id,
    datenstand
from eingang.lieferung
where art = 'melderegister' and status = 'uebernommen'
qualify row_number() over (partition by kommune, stichtag order by datenstand desc, eingelesen_am desc) = 1
order by kommune, stichtag
