-- titel: Früher gelieferte Stände sind unverändert
-- schwere: hinweis
-- erwartet: dieselben Angaben wie früher, oder eine Berichtigung (sie steht in marts.massnahme_aenderung)
with geaendert as (
    select
        z.blatt, z.zeile, z.fundstelle, z.massnahme_nr, z.titel, z.stand, b.datei, b.fundstelle as alte_stelle, b.eingelesen_am,
        struct_pack(
            handlungsfeld := b.handlungsfeld, titel := b.titel, status := b.status, risiko := b.risiko,
            verantwortlich := b.verantwortlich, beginn := b.beginn, ende := b.ende, aufwand := b.aufwand,
            ertrag := b.ertrag, eigenanteil := b.eigenanteil, vzae := b.vzae, istwert_w := b.istwert_w,
            istwert_m := b.istwert_m, istwert_gesamt := b.istwert_gesamt, teilnehmende := b.teilnehmende
        ) as frueher,
        struct_pack(
            handlungsfeld := z.handlungsfeld, titel := z.titel, status := z.status, risiko := z.risiko,
            verantwortlich := z.verantwortlich, beginn := z.beginn, ende := z.ende, aufwand := z.aufwand,
            ertrag := z.ertrag, eigenanteil := z.eigenanteil, vzae := z.vzae, istwert_w := z.istwert_w,
            istwert_m := z.istwert_m, istwert_gesamt := z.istwert_gesamt, teilnehmende := z.teilnehmende
        ) as jetzt,
        list_filter(
            [
                case when b.handlungsfeld is distinct from z.handlungsfeld then 'handlungsfeld' end,
                case when b.titel is distinct from z.titel then 'titel' end,
                case when b.status is distinct from z.status then 'status' end,
                case when b.risiko is distinct from z.risiko then 'risiko' end,
                case when b.verantwortlich is distinct from z.verantwortlich then 'verantwortlich' end,
                case when b.beginn is distinct from z.beginn then 'beginn' end,
                case when b.ende is distinct from z.ende then 'ende' end,
                case when round(b.aufwand, 2) is distinct from round(z.aufwand, 2) then 'aufwand' end,
                case when round(b.ertrag, 2) is distinct from round(z.ertrag, 2) then 'ertrag' end,
                case when round(b.eigenanteil, 2) is distinct from round(z.eigenanteil, 2) then 'eigenanteil' end,
                case when b.vzae is distinct from z.vzae then 'vzae' end,
                case when b.istwert_w is distinct from z.istwert_w then 'istwert_w' end,
                case when b.istwert_m is distinct from z.istwert_m then 'istwert_m' end,
                case when b.istwert_gesamt is distinct from z.istwert_gesamt then 'istwert_gesamt' end,
                case when b.teilnehmende is distinct from z.teilnehmende then 'teilnehmende' end,
                case when b.begruendung is distinct from z.begruendung then 'begruendung' end
            ],
            lambda feld: feld is not null
        ) as felder
    from massnahme.zeile as z
    inner join bestand.massnahme as b on z.massnahme_nr = b.massnahme_nr and z.stand = b.stand
    qualify row_number() over (partition by z.blatt, z.zeile order by b.eingelesen_am desc, b.datei desc) = 1
)

select
    [fundstelle] as fundstellen,
    massnahme_nr,
    titel,
    stand,
    datei,
    alte_stelle,
    felder,
    frueher,
    jetzt
from geaendert
where len(felder) > 0
order by blatt, zeile
