-- Kinds of persons: who agrees in all that a definition can ask about is of one kind, told by a hash of it.
-- Grain: art (eindeutig: no two kinds share the hash; anything else stops the count). Reads: personenzeile.
create or replace temp table personenart as
select
    art,
    min(herkunft) as herkunft,
    min(art_dt_sta) as art_dt_sta,
    min(weiblich) as weiblich,
    min(alter_ab) as alter_ab,
    min(geburtsjahr_ab) as geburtsjahr_ab,
    min(zuzug_jahr_ab) as zuzug_jahr_ab,
    min(herkunft) = max(herkunft) and min(art_dt_sta) = max(art_dt_sta) and min(weiblich) = max(weiblich)
    and min(alter_ab) = max(alter_ab) and min(geburtsjahr_ab) = max(geburtsjahr_ab) and min(zuzug_jahr_ab) = max(zuzug_jahr_ab)
        as eindeutig
from personenzeile
group by art;
