-- Wie groß eine Maßnahme ist, gemessen an ihrer Zielgruppe, und ob ein Indikator sie überhaupt zeigen könnte.
-- Grain: kommune, konzept, massnahme_nr, stand.
-- The size of the target group is a count of the newest row of its series up to the day of the status, where that count is
-- published. What could change at most follows from it and the participants alone: nothing here is an effect.
with massnahmen as (
    from geheimhaltung.massnahme
    where gilt
),

zielgruppen as (
    from stamm.massnahme_zielgruppe
),

indikatoren as (
    select
        indikator,
        einheit in ('prozent', 'promille') as ist_anteil,
        faktor
    from stamm.indikator
),

gefragt as (
    select
        m.kommune, m.konzept, m.massnahme_nr, m.stand, m.titel,
        m.zielgruppe as zielgruppe_text,
        m.teilnehmende, m.teilnehmende_geschuetzt, m.beispieldaten, m.datenstand, m.lieferung_id, m.fundstelle,
        z.indikator, z.gebiet_id,
        z.profil as profil_gefragt,
        z.gruppe, z.geschlecht, z.groesse, z.vorschlag, i.ist_anteil, i.faktor
    from massnahmen as m
    inner join zielgruppen as z
        on m.kommune = z.kommune and m.konzept = z.konzept and m.massnahme_nr = z.massnahme_nr
    inner join indikatoren as i on z.indikator = i.indikator
),

reihen as (
    select
        g.kommune, g.konzept, g.massnahme_nr, g.stand,
        t.profil, t.stichtag, t.nenner, t.wert, t.relevanzschwelle, t.relevanz_art,
        case g.groesse when 'zaehler' then t.zaehler else t.nenner end as anzahl,
        (t.obergrenze - t.untergrenze) / 2 as halbes_band,
        t.status as reihe_status,
        t.beispieldaten as reihe_beispiel
    from gefragt as g
    inner join marts.indikator_zeitreihe as t
        on
            g.kommune = t.kommune and g.indikator = t.indikator and g.gebiet_id = t.gebiet_id and g.gruppe = t.gruppe
            and g.geschlecht = t.geschlecht and t.altersgruppe = 'insgesamt' and t.stichtag <= g.stand
            and (g.profil_gefragt = '-' or g.profil_gefragt = t.profil)
    -- A row with the count before one without; of two definitions on a day the figure without any (-), then the first by name.
    qualify row_number() over (
        partition by g.kommune, g.konzept, g.massnahme_nr, g.stand
        order by anzahl is null asc, t.stichtag desc, t.profil asc
    ) = 1
),

gemessen as (
    select
        g.*,
        r.profil, r.stichtag, r.anzahl, r.reihe_status,
        g.beispieldaten or coalesce(r.reihe_beispiel, false) as beispiel,
        g.teilnehmende / nullif(r.anzahl, 0) as reichweite,
        case when g.ist_anteil then g.teilnehmende / nullif(r.nenner, 0) * g.faktor end as hoechstens,
        case when g.ist_anteil then r.halbes_band end as halbes_band,
        -- What counts the whole town has no band, for nothing is left to chance: the threshold alone has to be reached.
        case
            when g.ist_anteil and r.wert is not null and r.reihe_status <> 'mindestwert'
                then greatest(
                    case when r.relevanz_art = 'relativ' then abs(r.wert) * r.relevanzschwelle / 100 else r.relevanzschwelle end,
                    coalesce(r.halbes_band, 0)
                )
        end as kleinste
    from gefragt as g
    left join reihen as r
        on g.kommune = r.kommune and g.konzept = r.konzept and g.massnahme_nr = r.massnahme_nr and g.stand = r.stand
),

codes as (
    select
        *,
        list_filter(
            [
                case when not ist_anteil then 'nicht_bewertbar' end,
                case when teilnehmende_geschuetzt then 'geheim' end,
                case when teilnehmende is null and not teilnehmende_geschuetzt then 'nicht_erhoben' end,
                case when reihe_status is null then 'keine_daten' end,
                -- A series that gives a value and no counts, or none of its own: its source does not say how many.
                case
                    when reihe_status is not null and anzahl is null
                        then case
                            when reihe_status in ('ok', 'bruch', 'vorlaeufig', 'geschaetzt', 'korrigiert') then 'nicht_erhoben'
                            else reihe_status
                        end
                end,
                case when anzahl = 0 or (anzahl is not null and kleinste is null) then 'nicht_bewertbar' end,
                case when reichweite > 1 then 'ueber_hundert' end
            ],
            lambda code: code is not null
        ) as gruende
    from gemessen
)

select
    c.kommune,
    c.konzept,
    c.massnahme_nr,
    c.stand,
    c.titel,
    c.zielgruppe_text,
    c.indikator,
    c.groesse,
    c.gebiet_id,
    coalesce(c.profil, c.profil_gefragt) as profil,
    c.gruppe,
    c.geschlecht,
    c.vorschlag,
    c.anzahl as zielgruppe_groesse,
    c.stichtag as zielgruppe_stichtag,
    c.teilnehmende,
    c.reichweite,
    c.hoechstens as hoechstmoegliche_aenderung,
    c.halbes_band as stabilitaetsband,
    c.kleinste as kleinste_sichtbare_aenderung,
    c.kleinste / nullif(c.hoechstens, 0) as noetiger_anteil_veraendert,
    round(c.hoechstens, 9) >= round(c.kleinste, 9) as sichtbar,
    'Jede teilnehmende Person ist einmal gezählt und gehört zur Zielgruppe; sonst ändert sich nichts. Eine Rechnung zur '
    || 'Größenordnung, kein Nachweis einer Wirkung; Vorschlag dieses Projekts.' as annahmen,
    coalesce(list_filter(c.gruende, lambda code: code <> 'ueber_hundert')[1], 'ok') as status,
    list_sort(list_distinct(c.gruende)) as hinweise,
    c.beispiel as beispieldaten,
    c.datenstand,
    c.lieferung_id,
    c.fundstelle,
    v.veroeffentlichung
from codes as c
cross join stamm.veroeffentlichung as v
order by c.kommune, c.konzept, c.massnahme_nr, c.stand
