-- Every row of a printed table beside the register's row of the same Stichtag, area and definition (or NULLs); none at all where
-- no row has its counterpart in the register.
select
    t.*,
    r.einwohner as register_einwohner,
    r.auslaender as register_auslaender,
    r.personen_mit_mh as register_personen_mit_mh,
    r.status as register_status,
    r.lieferung_id as register_lieferung,
    r.herkunft as register_herkunft,
    t.gebiet_id = $ags as ist_kommune,
    li.datei,
    coalesce(list_contains(lr.erzeugt_aus, li.quelle), false) as zirkel
from marts.migrationshintergrund as t
left join marts.migrationshintergrund as r
    on
        t.kommune = r.kommune and t.stichtag = r.stichtag and t.gebiet_id = r.gebiet_id
        and t.profil = r.profil and t.geschlecht = r.geschlecht and t.altersgruppe = r.altersgruppe
        and r.quelle = 'melderegister'
left join protokoll.lieferung as li on t.lieferung_id = li.lieferung_id
left join protokoll.lieferung as lr on r.lieferung_id = lr.lieferung_id
where
    t.kommune = $kommune and t.quelle <> 'melderegister'
    and t.geschlecht = 'insgesamt' and t.altersgruppe = 'insgesamt'
qualify bool_or(r.lieferung_id is not null) over ()
order by t.stichtag, t.profil, ist_kommune, t.gebiet collate de, t.gebiet_id
