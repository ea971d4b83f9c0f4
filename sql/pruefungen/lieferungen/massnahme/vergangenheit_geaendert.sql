-- titel: Früher gelieferte Stände sind unverändert
-- schwere: hinweis
-- erwartet: dieselben Angaben wie früher, oder eine Berichtigung (sie steht in marts.massnahme_aenderung)
with geaendert as (
    select
        z.blatt, z.zeile, z.fundstelle, z.massnahme_nr, z.titel, z.stand, b.datei, b.fundstelle as alte_stelle, b.eingelesen_am,
        list_filter(
            [
                anders('Handlungsfeld', b.handlungsfeld, z.handlungsfeld),
                anders('Titel', b.titel, z.titel),
                anders('Status', statuswort(b.status), statuswort(z.status)),
                anders('Risiko', b.risiko, z.risiko),
                anders('verantwortlich', b.verantwortlich, z.verantwortlich),
                anders('Beginn', tagwort(b.beginn), tagwort(z.beginn)),
                anders('Ende', tagwort(b.ende), tagwort(z.ende)),
                anders('Aufwand', euro(b.aufwand), euro(z.aufwand)),
                anders('Ertrag', euro(b.ertrag), euro(z.ertrag)),
                anders('Eigenanteil', euro(b.eigenanteil), euro(z.eigenanteil)),
                anders('VZÄ', wert(b.vzae), wert(z.vzae)),
                anders('Istwert Frauen', wert(b.istwert_w), wert(z.istwert_w)),
                anders('Istwert Männer', wert(b.istwert_m), wert(z.istwert_m)),
                anders('Istwert gesamt', wert(b.istwert_gesamt), wert(z.istwert_gesamt)),
                anders('Teilnehmende', b.teilnehmende, z.teilnehmende),
                case when b.begruendung is distinct from z.begruendung then 'andere Begründung' end
            ],
            lambda text: text is not null
        ) as felder
    from massnahme.zeile as z
    inner join bestand.massnahme as b on z.massnahme_nr = b.massnahme_nr and z.stand = b.stand
    qualify row_number() over (partition by z.blatt, z.zeile order by b.eingelesen_am desc, b.datei desc) = 1
)

select
    [fundstelle] as fundstellen,
    wer(massnahme_nr, titel) || ' zum Stand ' || tagwort(stand) || ' weicht von ' || datei || ', ' || alte_stelle || ' ab: '
    || array_to_string(felder, '; ') as was
from geaendert
where len(felder) > 0
order by blatt, zeile
