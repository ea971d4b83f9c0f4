-- Was sich an Maßnahmen von Stand zu Stand geändert hat, und was für einen Stand nachträglich berichtigt wurde.
-- Grain: kommune, konzept, massnahme_nr, stand, art. A measure of the same title under another number was renumbered: it is
-- neither new nor gone. Corrections compare versions of the same day in the order in which they were read.
with fassungen as (
    select
        *,
        row_number() over (
            partition by kommune, konzept, massnahme_nr, stand order by eingelesen_am, lieferung_id
        ) as nr,
        bool_or(gilt) over (partition by kommune, konzept, massnahme_nr, stand) as besteht
    from geheimhaltung.massnahme
),

geltend as (
    select
        *,
        count(*) over (partition by kommune, konzept, stand, titel_norm) = 1 as eindeutig
    from fassungen
    where gilt
),

staende as (
    select
        kommune,
        konzept,
        stand,
        max(datenstand) as datenstand,
        bool_or(beispieldaten) as beispieldaten,
        arg_max(lieferung_id, (eingelesen_am, lieferung_id)) as lieferung_id,
        lag(stand) over stand_folge as vorstand,
        lag(arg_max(lieferung_id, (eingelesen_am, lieferung_id))) over stand_folge as vorlieferung
    from geltend
    group by kommune, konzept, stand
    window stand_folge as (partition by kommune, konzept order by stand)
),

jetzt as (
    select g.*, s.vorstand, s.vorlieferung
    from geltend as g
    inner join staende as s on g.kommune = s.kommune and g.konzept = s.konzept and g.stand = s.stand
    where s.vorstand is not null
),

nach_titel as (
    select j.kommune, j.konzept, j.stand, j.vorstand, j.massnahme_nr, v.massnahme_nr as alte_nr
    from jetzt as j
    inner join geltend as v
        on j.kommune = v.kommune and j.konzept = v.konzept and j.vorstand = v.stand and j.titel_norm = v.titel_norm
    where j.eindeutig and v.eindeutig
),

nach_nummer as (
    select j.kommune, j.konzept, j.stand, j.vorstand, j.massnahme_nr, v.massnahme_nr as alte_nr
    from jetzt as j
    inner join geltend as v
        on j.kommune = v.kommune and j.konzept = v.konzept and j.vorstand = v.stand and j.massnahme_nr = v.massnahme_nr
    left join nach_titel as neu
        on j.kommune = neu.kommune and j.konzept = neu.konzept and j.stand = neu.stand and j.massnahme_nr = neu.massnahme_nr
    left join nach_titel as alt
        on j.kommune = alt.kommune and j.konzept = alt.konzept and j.stand = alt.stand and v.massnahme_nr = alt.alte_nr
    where neu.massnahme_nr is null and alt.alte_nr is null
),

paare as (
    from nach_titel
    union all by name
    from nach_nummer
),

verglichen as (
    select
        j.*,
        p.alte_nr,
        v.titel as alter_titel,
        v.titel_norm as alte_form,
        v.status as alter_status,
        v.lieferung_id as alte_lieferung,
        a.rang > n.rang and not (v.status = 'abgeschlossen' and j.status = 'daueraufgabe') as zurueck
    from paare as p
    inner join jetzt as j
        on p.kommune = j.kommune and p.konzept = j.konzept and p.stand = j.stand and p.massnahme_nr = j.massnahme_nr
    inner join geltend as v
        on p.kommune = v.kommune and p.konzept = v.konzept and p.vorstand = v.stand and p.alte_nr = v.massnahme_nr
    inner join stamm.massnahmenstatus as n on j.status = n.status
    inner join stamm.massnahmenstatus as a on v.status = a.status
),

-- Each version of a day beside the one before: which fields differ, as they were and as they are.
berichtigt as (
    select
        n.*,
        a.lieferung_id as alte_lieferung,
        list_filter(
            [
                case
                    when a.handlungsfeld is distinct from n.handlungsfeld
                        then ['Handlungsfeld', a.handlungsfeld, n.handlungsfeld]
                end,
                case when a.titel is distinct from n.titel then ['Titel', a.titel, n.titel] end,
                case when a.status is distinct from n.status then ['Status', a.status, n.status] end,
                case when a.risiko is distinct from n.risiko then ['Risiko', a.risiko, n.risiko] end,
                case
                    when a.verantwortlich is distinct from n.verantwortlich
                        then ['verantwortlich', a.verantwortlich, n.verantwortlich]
                end,
                case when a.beginn is distinct from n.beginn then ['Beginn', tagtext(a.beginn), tagtext(n.beginn)] end,
                case when a.ende is distinct from n.ende then ['Ende', tagtext(a.ende), tagtext(n.ende)] end,
                case when a.aufwand is distinct from n.aufwand then ['Aufwand', zahltext(a.aufwand), zahltext(n.aufwand)] end,
                case when a.ertrag is distinct from n.ertrag then ['Ertrag', zahltext(a.ertrag), zahltext(n.ertrag)] end,
                case
                    when a.eigenanteil is distinct from n.eigenanteil
                        then ['Eigenanteil', zahltext(a.eigenanteil), zahltext(n.eigenanteil)]
                end,
                case when a.vzae is distinct from n.vzae then ['VZÄ', zahltext(a.vzae), zahltext(n.vzae)] end,
                case
                    when a.istwert_w is distinct from n.istwert_w
                        then ['Istwert Frauen', zahltext(a.istwert_w), zahltext(n.istwert_w)]
                end,
                case
                    when a.istwert_m is distinct from n.istwert_m
                        then ['Istwert Männer', zahltext(a.istwert_m), zahltext(n.istwert_m)]
                end,
                case
                    when a.istwert_gesamt is distinct from n.istwert_gesamt
                        then ['Istwert gesamt', zahltext(a.istwert_gesamt), zahltext(n.istwert_gesamt)]
                end,
                case
                    when a.teilnehmende is distinct from n.teilnehmende
                        then ['Teilnehmende', zahltext(a.teilnehmende), zahltext(n.teilnehmende)]
                end,
                case when a.begruendung is distinct from n.begruendung then ['Begründung', a.begruendung, n.begruendung] end
            ],
            lambda feld: feld is not null
        ) as felder
    from fassungen as n
    inner join fassungen as a
        on
            n.kommune = a.kommune and n.konzept = a.konzept and n.massnahme_nr = a.massnahme_nr and n.stand = a.stand
            and n.nr = a.nr + 1
),

-- The version of each file that lies in raw/ now.
dateien as (
    select kommune, quelle_id, datei, arg_max(lieferung_id, eingelesen_am) as lieferung_id
    from fassungen
    group by kommune, quelle_id, datei
),

aenderungen as (
    select
        kommune, konzept, massnahme_nr, stand, 'umnummeriert' as art, titel, alte_nr as vorher, massnahme_nr as nachher,
        begruendung, alte_lieferung as lieferung_vorher, beispieldaten, datenstand, lieferung_id, fundstelle
    from verglichen
    where alte_nr <> massnahme_nr
    union all by name
    select
        kommune, konzept, massnahme_nr, stand, 'titel_geaendert' as art, titel, alter_titel as vorher, titel as nachher,
        begruendung, alte_lieferung as lieferung_vorher, beispieldaten, datenstand, lieferung_id, fundstelle
    from verglichen
    where alte_form <> titel_norm
    union all by name
    select
        kommune, konzept, massnahme_nr, stand, 'status_zurueck' as art, titel, alter_status as vorher, status as nachher,
        begruendung, alte_lieferung as lieferung_vorher, beispieldaten, datenstand, lieferung_id, fundstelle
    from verglichen
    where zurueck
    union all by name
    select
        j.kommune, j.konzept, j.massnahme_nr, j.stand, 'neu' as art, j.titel, null as vorher, j.status as nachher,
        j.begruendung, j.vorlieferung as lieferung_vorher, j.beispieldaten, j.datenstand, j.lieferung_id, j.fundstelle
    from jetzt as j
    anti join paare as p
        on j.kommune = p.kommune and j.konzept = p.konzept and j.stand = p.stand and j.massnahme_nr = p.massnahme_nr
    union all by name
    select
        v.kommune, v.konzept, v.massnahme_nr, s.stand, 'entfallen_aus_blatt' as art, v.titel, v.status as vorher,
        null as nachher, null as begruendung, v.lieferung_id as lieferung_vorher, s.beispieldaten, s.datenstand, s.lieferung_id,
        null as fundstelle
    from geltend as v
    inner join staende as s on v.kommune = s.kommune and v.konzept = s.konzept and v.stand = s.vorstand
    anti join paare as p
        on v.kommune = p.kommune and v.konzept = p.konzept and v.stand = p.vorstand and v.massnahme_nr = p.alte_nr
    union all by name
    -- Several corrections of one measure and day stand in the order in which they came.
    select
        kommune, konzept, massnahme_nr, stand, 'korrektur' as art,
        arg_max(titel, nr) as titel,
        string_agg(
            array_to_string(list_transform(felder, lambda f: f[1] || ': ' || coalesce(f[2], 'leer')), '; '), ', dann ' order by nr
        ) as vorher,
        string_agg(
            array_to_string(list_transform(felder, lambda f: f[1] || ': ' || coalesce(f[3], 'leer')), '; '), ', dann ' order by nr
        ) as nachher,
        arg_max(begruendung, nr) as begruendung,
        arg_max(alte_lieferung, nr) as lieferung_vorher,
        bool_or(beispieldaten) as beispieldaten,
        max(datenstand) as datenstand,
        arg_max(lieferung_id, nr) as lieferung_id,
        arg_max(fundstelle, nr) as fundstelle
    from berichtigt
    where len(felder) > 0 and besteht
    group by kommune, konzept, massnahme_nr, stand
    union all by name
    -- A row that the corrected file no longer has.
    select
        f.kommune, f.konzept, f.massnahme_nr, f.stand, 'korrektur' as art, f.titel, 'Status: ' || f.status as vorher,
        'Zeile gestrichen' as nachher, null as begruendung, f.lieferung_id as lieferung_vorher, f.beispieldaten, f.datenstand,
        n.lieferung_id, null as fundstelle
    from fassungen as f
    inner join dateien as n on f.kommune = n.kommune and f.quelle_id = n.quelle_id and f.datei = n.datei
    where not f.besteht
    qualify row_number() over (partition by f.kommune, f.konzept, f.massnahme_nr, f.stand order by f.nr desc) = 1
)

select
    a.kommune,
    a.konzept,
    a.massnahme_nr,
    a.stand,
    a.art,
    a.titel,
    a.vorher,
    a.nachher,
    a.begruendung,
    a.lieferung_vorher,
    -- A change is invented if one of the two states is.
    a.beispieldaten or exists (
        from geheimhaltung.massnahme as f where f.lieferung_id = a.lieferung_vorher and f.beispieldaten
    ) as beispieldaten,
    a.datenstand,
    a.lieferung_id,
    a.fundstelle,
    v.veroeffentlichung
from aenderungen as a
cross join stamm.veroeffentlichung as v
order by a.kommune, a.konzept, a.massnahme_nr, a.stand, a.art
