-- Method of protection and its parameters of every municipality that has cells. Grain: kommune.
select
    kommune,
    verfahren,
    rundung,
    hoechstfehler,
    varianz
from stamm.kommune
where kommune in (select kommune from bevoelkerung.zelle)
order by kommune
