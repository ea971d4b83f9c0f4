-- Kennzeichen zweier Bestände, zwischen denen Bewegungen gezählt werden: Personen je Gebiet, Geschlecht und Staatsangehörigkeit.
with bestand as (
    select
        'vorher' as tag,
        gebiet_id,
        geschlecht,
        sta_1
    from personen_vorher
    union all
    select
        'jetzt' as tag,
        gebiet_id,
        geschlecht,
        sta_1
    from personen_jetzt
),

gezaehlt as (
    select
        tag,
        gebiet_id,
        geschlecht,
        sta_1,
        count(*) as personen
    from bestand
    group by all
)

select
    coalesce(
        md5(
            string_agg(
                concat_ws('|', tag, gebiet_id, geschlecht, sta_1, personen), ';' order by tag, gebiet_id, geschlecht, sta_1
            )
        ), '-'
    ) as bestaende
from gezaehlt
