-- Die Tür für Segregationsmaße: Das Maß geht gerundet durch, die Größe der Gruppe nicht.
-- The door for segregation indices: the index passes rounded, the size of the group does not.
-- Grain: kommune, stichtag, profil, gruppe, mass, quelle.
-- The size of the group stays behind: beside the total of the municipality it would tell how many live in no known area.
-- Areas with hidden counts are not in it (`geschaetzt`). Two indices to sixteen digits are still equations that small counts can
-- be solved from. So they are rounded to a step that mindestfallzahl persons living elsewhere can make up, whatever the counts:
-- rounded only where some area's count is small, they would say that one is.
with regeln as (
    select
        kommune, mindestfallzahl,
        -- With fewer areas an index says more about where the boundaries run than about the town.
        10 as mindestgebiete,
        -- 100 persons at the proposed mindestfallzahl of 5: below, the persons to be protected move an index by more than 0.1.
        20 * mindestfallzahl as mindestgruppe
    from stamm.kommune
),

zahlen as (
    select
        s.kommune, s.stichtag, s.profil, s.gruppe, s.mass, s.quelle, s.ebene, s.wert, s.anzahl_gebiete, s.ausgelassen,
        s.personen, s.uebrige,
        s.erhoben, s.vollstaendig, s.kennzeichen, s.fundstelle, r.mindestgebiete,
        -- What the town has already published cannot be taken back.
        case when s.veroeffentlicht then 0 else r.mindestfallzahl end as mindestfallzahl,
        case when s.veroeffentlicht then 0 else r.mindestgruppe end as mindestgruppe,
        coalesce(q.methode in ('gerundet_5', 'gerundet_10', 'cell_key'), false) as quelle_gerundet,
        -- Under such a definition »all others« are mostly persons nobody can decide on: an index may be larger or smaller.
        s.gruppe <> 'auslaender'
        and ist_mindestwert(0, m.unentscheidbar / nullif(m.einwohner, 0), k.mindestwert_ab) as unsicher,
        coalesce(s.datenstand, l.datenstand) as datenstand,
        coalesce(s.lieferung_id, l.lieferung_id) as lieferung_id
    from bevoelkerung.segregation as s
    inner join regeln as r on s.kommune = r.kommune
    left join stamm.quelle as q on s.kommune = q.kommune and s.quelle_id = q.quelle_id
    left join geheimhaltung.bestand as l
        on s.kommune = l.kommune and s.stichtag = l.stichtag and s.quelle = 'melderegister'
    left join stamm.kommune as k on s.kommune = k.kommune
    left join bevoelkerung.migrationshintergrund as m
        on
            s.kommune = m.kommune and k.ags = m.gebiet_id and s.stichtag = m.stichtag and s.profil = m.profil
            and s.quelle = 'melderegister' and m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt'
    where published_stichtag(s.kommune, s.stichtag)
),

urteile as (
    select
        *,
        coalesce(vollstaendig and (anzahl_gebiete + ausgelassen < mindestgebiete or wert is null or unsicher), false)
            as nicht_bewertbar,
        coalesce(vollstaendig and (personen < mindestgruppe or uebrige < mindestgruppe), false) as zu_klein,
        mindestfallzahl > 0 as wird_gerundet,
        -- One person elsewhere changes x/X and y/Y by 1/X and 1/Y, together at most 2 / min(X, Y).
        floor(log10(greatest(least(personen, uebrige), 1) / (2 * greatest(mindestfallzahl, 1))))::integer as stellen
    from zahlen
),

oeffentlich as (
    select
        *,
        case
            when not vollstaendig or nicht_bewertbar or zu_klein then null
            when not wird_gerundet then wert
            -- The complement of the rounded isolation, so that both still make 1.
            when mass = 'interaktion' then round(1 - round(1 - wert, stellen), stellen)
            else round(wert, stellen)
        end as oeffentlicher_wert
    from urteile
)

select
    kommune, stichtag, profil, gruppe, mass, quelle, ebene,
    oeffentlicher_wert as wert,
    anzahl_gebiete,
    case
        when not erhoben then 'nicht_erhoben'
        when not vollstaendig then 'keine_daten'
        when nicht_bewertbar then 'nicht_bewertbar'
        when zu_klein then 'zu_klein'
        when status_von_zeichen(kennzeichen, true) <> 'ok' then status_von_zeichen(kennzeichen, true)
        when ausgelassen > 0 then 'geschaetzt'
        when wird_gerundet then 'gerundet'
        else 'ok'
    end as status,
    list_concat(
        codes([
            case when not erhoben then 'nicht_erhoben' end,
            case when erhoben and not vollstaendig then 'keine_daten' end,
            case when nicht_bewertbar then 'nicht_bewertbar' end,
            case when nicht_bewertbar and unsicher then 'viele_unentscheidbar' end,
            case when zu_klein then 'zu_klein' end
        ]),
        case when oeffentlicher_wert is not null then hinweise_von_zeichen(kennzeichen, true) else [] end,
        codes([
            case when ausgelassen > 0 and oeffentlicher_wert is not null then 'geschaetzt' end,
            case when wird_gerundet and oeffentlicher_wert is not null then 'gerundet' end,
            case when quelle_gerundet and oeffentlicher_wert is not null then 'quelle_gerundet' end
        ])
    ) as hinweise,
    datenstand, lieferung_id, fundstelle
from oeffentlich
order by kommune, stichtag, profil, gruppe, mass, quelle
