-- Kinds of persons: who agrees in all that a definition can ask about is of one kind.
-- art_von: the kind as a number. alter_ab, geburtsjahr_ab, zuzug_jahr_ab: definitionen/kinds.py.
create or replace temp macro art_von(
    sta_1, sta_2, sta_3, art_dt_sta, geburtsstaat, zuzug_staat, weiblich, alter_ab, geburtsjahr_ab, zuzug_jahr_ab
) as
hash(sta_1, sta_2, sta_3, art_dt_sta, geburtsstaat, zuzug_staat, weiblich, alter_ab, geburtsjahr_ab, zuzug_jahr_ab);
