-- Die Tür für Maßnahmen: Kleine Gruppen von Teilnehmenden und Texte, die auf eine Person weisen, werden leer.
-- The door for measures: small groups of participants and texts that point to a person become NULL.
-- Grain: kommune, konzept, massnahme_nr, stand, lieferung_id. Every version of a file passes; `gilt` marks the one that counts:
-- of each file the newest version, of several files that say the same day the one read last.
-- Women, men and total: where one is small, or the total leaves only few, both groups are hidden, for the total gives one away.
-- Values with decimals are no counts of persons and pass.
-- Contracts, meetings, reports are no persons: nobody is recognised by their number. Beside participants a small one is hidden
-- all the same: one wrong word would disclose a few people.
with katalog as (
    select kommune, konzept, titel_norm, massnahme_nr
    from stamm.massnahme
    qualify count(*) over (partition by kommune, konzept, titel_norm) = 1
),

gelesen as (
    select
        m.*,
        q.herkunft,
        k.mindestfallzahl,
        -- A renumbered measure is the one of its title.
        coalesce(t.massnahme_nr, m.massnahme_nr) as katalog_nr,
        istwert_art_von(m.istwert_zaehlt, coalesce(m.istwert_w, m.istwert_m) is not null) as istwert_art,
        m.eingelesen_am = max(m.eingelesen_am) over (partition by m.kommune, m.quelle_id, m.datei) as aktuell,
        coalesce(case when m.istwert_zaehlt is distinct from 'sachen' then m.istwert_gesamt end, m.teilnehmende) as alle
    from eingang.massnahme as m
    inner join stamm.kommune as k on m.kommune = k.kommune
    inner join stamm.massnahmenquelle as q on m.kommune = q.kommune and m.quelle_id = q.quelle_id
    left join katalog as t on m.kommune = t.kommune and m.konzept = t.konzept and m.titel_norm = t.titel_norm
),

fassungen as (
    select
        *,
        aktuell and row_number() over (
            partition by kommune, konzept, massnahme_nr, stand, aktuell order by eingelesen_am desc, datei desc
        ) = 1 as gilt
    from gelesen
),

primaer as (
    select
        *,
        klein_ganz(istwert_w, mindestfallzahl) as p_w,
        klein_ganz(istwert_m, mindestfallzahl) as p_m,
        istwert_geschuetzt(
            istwert_art, coalesce(teilnehmende, teilnehmende_w, teilnehmende_m) is not null
        ) and klein_ganz(istwert_gesamt, mindestfallzahl) as p_gesamt,
        istwert_art <> 'sachen' and klein_ganz(istwert_gesamt, mindestfallzahl) as p_personen,
        klein(teilnehmende, mindestfallzahl) as p_teilnehmende,
        klein_ganz(alle - istwert_w, mindestfallzahl) or klein_ganz(alle - istwert_m, mindestfallzahl) as p_rest,
        coalesce(
            klein(teilnehmende_w, mindestfallzahl) or klein(teilnehmende_m, mindestfallzahl)
            or klein(teilnehmende, mindestfallzahl) or rest_klein(teilnehmende_w, teilnehmende, mindestfallzahl)
            or rest_klein(teilnehmende_m, teilnehmende, mindestfallzahl), false
        ) as p_teilnehmende_nach_geschlecht,
        list_transform(personenangabe, lambda p: split_part(p, ': ', 1)) as personentexte
    from fassungen
),

geheim as (
    select
        p.*,
        -- Participants by sex and the value by sex may be the same people: what hides one hides the other.
        coalesce(
            p.p_w or p.p_personen or p.p_teilnehmende_nach_geschlecht or (p.alle is not null and (p.p_m or p.p_rest)), false
        ) as g_w,
        coalesce(
            p.p_m or p.p_personen or p.p_teilnehmende_nach_geschlecht or (p.alle is not null and (p.p_w or p.p_rest)), false
        ) as g_m,
        coalesce(p.p_w or p.p_m or p.p_gesamt or p.p_teilnehmende, false) as g_primaer,
        s.gezaehlt and p.art <> 'idee' as zaehlt,
        -- What ran and was put off has begun all the same.
        s.begonnen or (
            p.status = 'verschoben' and coalesce(
                bool_or(s.begonnen and p.gilt) over (
                    partition by p.kommune, p.konzept, p.katalog_nr order by p.stand
                    range between unbounded preceding and current row
                ),
                false
            )
        ) as ist_begonnen,
        coalesce(p.ende < p.stand, false) and not s.beendet and s.gezaehlt as spaet,
        p.begruendung is not null or (p.status <> 'entfallen' and coalesce(p.beginn > p.stand, false)) as mit_grund
    from primaer as p
    inner join stamm.massnahmenstatus as s on p.status = s.status
)

select
    kommune, konzept, massnahme_nr, stand, lieferung_id, gilt, katalog_nr, ist_begonnen, istwert_art,
    handlungsfeld, leitziel, titel, titel_norm, art, zaehlt,
    case when not list_contains(personentexte, 'verantwortlich') then verantwortlich end as verantwortlich,
    status, risiko, beginn, beginn_genauigkeit, ende, ende_genauigkeit,
    spaet as ueberfaellig,
    case when not list_contains(personentexte, 'begruendung') then begruendung end as begruendung,
    aufwand, ertrag, eigenanteil, vzae,
    case when not list_contains(personentexte, 'beschreibung') then beschreibung end as beschreibung,
    zielgruppe, partner, indikator, zielwert, zielzahl, einheit_ziel, sozialraum, vorlage_nr, beschluss_am, wirkung,
    case when not list_contains(personentexte, 'wirkung_grund') then wirkung_grund end as wirkung_grund,
    case when not g_w then istwert_w end as istwert_w,
    case when not g_m then istwert_m end as istwert_m,
    case when not p_gesamt then istwert_gesamt end as istwert_gesamt,
    case when not p_teilnehmende then teilnehmende end as teilnehmende,
    case when not (g_w or g_m) then teilnehmende_w end as teilnehmende_w,
    case when not (g_w or g_m) then teilnehmende_m end as teilnehmende_m,
    teilnehmende_von, teilnehmende_bis,
    p_teilnehmende as teilnehmende_geschuetzt,
    nicht_erhoben,
    case when not list_contains(personentexte, 'naechste_schritte') then naechste_schritte end as naechste_schritte,
    prioritaet,
    case when not list_contains(personentexte, 'bemerkung') then bemerkung end as bemerkung,
    case when spaet and coalesce(risiko in ('gruen', 'grau'), true) then 'gelb' else risiko end as risiko_abgeleitet,
    mit_grund as begruendet,
    gilt and stand = max(stand) filter (where gilt) over (partition by kommune, konzept) as stand_letzter,
    beispieldaten, quelle_id, herkunft,
    list_filter(
        [
            case
                when
                    g_primaer
                    or (g_w and not p_w and istwert_w is not null) or (g_m and not p_m and istwert_m is not null)
                    or ((g_w or g_m) and coalesce(teilnehmende_w, teilnehmende_m) is not null)
                    then 'geheim'
            end,
            case when len(nicht_erhoben) > 0 then 'nicht_erhoben' end,
            case when len(personentexte) > 0 then 'personenangabe' end
        ],
        lambda code: code is not null
    ) as hinweise,
    datenstand, datei, fundstelle, eingelesen_am
from geheim
order by kommune, konzept, massnahme_nr, stand, eingelesen_am, lieferung_id
