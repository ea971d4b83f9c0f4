"""German sentences for what the checks of tables find.

Belongs here: one function for each check, which words the facts of a row. Does not belong here: when something is wrong, which is
said by the statement below sql/pruefungen/lieferungen/tabelle that returns the facts as columns; titles and expectations of
checks, which stand in its header; how a number or a column is written (figure_words.py).
"""

from collections.abc import Callable, Mapping

from pipelines.eingang.tabelle import series_sentences as series
from pipelines.eingang.tabelle.figure_words import (
    EBENEN,
    deutung,
    figur,
    gedruckt,
    geschlecht,
    nachkommazahl,
    spaltenname,
    zahl,
    zeichen,
    zusatz,
)
from pipelines.eingang.wording import Row, Wording, ganz, liste, tag

QUOTENGRUENDE = {
    "anteil": "außerhalb von 0 bis 1",
    "negativ": "unter 0",
    "ueber_100": "über 100; möglich bei Quoten, deren Zähler nicht Teil des Nenners ist",
    "unter_1": "unter 1 in allen Zeilen; ist ein Anteil gemeint (0,141 = 14,1 %)?",
}
NICHT_ALLE = (
    "die Summe der Teilgebiete gleich der gedruckten Summe, soweit die Quelle nicht gerundet hat; sollen in gebiete.csv nicht "
    "alle Teile stehen, bei dieser Quelle pruefungen: {summe_gebiete: hinweis}"
)
MIT_GEBIETSART = {"stadtteil": "Stadtteil", "bezirk": "Bezirk", "planungsraum": "Planungsraum"}


def _word_anteil_folgt(zeile: Row) -> Wording:
    def richtig(fall: Row) -> str:
        return nachkommazahl(fall["richtig"], fall["stellen"]) + zeichen(fall["einheit"])

    faelle = [
        f"in {f['gebiet']} gedruckt {gedruckt(f['quote'])}{zeichen(f['einheit'])}, aus {zahl(f['zaehler'])} von "
        f"{zahl(f['nenner'])} folgt {richtig(f)}{deutung(f['deutung'])}"
        for f in zeile["faelle"]
    ]
    return Wording(
        f"{spaltenname(zeile['spaltenname'])} am {tag(zeile['stichtag'])}: {liste(faelle, 3)}",
        vorschlag=richtig(zeile["faelle"][0]) if len(faelle) == 1 else None,
    )


def _word_doppelt_gleich(zeile: Row) -> Wording:
    eine = zeile["anzahl"] == 1
    wer = "eine Angabe" if eine else f"{zeile['anzahl']} Angaben"

    def von_bis(von: int, bis: int) -> str:
        return f"Zeile {von}–{bis}" if bis > von else f"Zeile {von}"

    hier, dort = von_bis(*zeile["wiederholt"]), von_bis(*zeile["zuerst"])
    return Wording(
        f"{wer} zum {tag(zeile['stichtag'])} "
        f"({', '.join(zeile['gebiete'][:4])}{' …' if len(zeile['gebiete']) > 4 else ''}) {'steht' if eine else 'stehen'} "
        "mehrfach mit gleichem Wert"
        + (f": {hier} wiederholt {dort}" if zeile["wiederholt"][0] != zeile["zuerst"][0] else "")
    )


def _word_doppelt_widerspruch(zeile: Row) -> Wording:
    spalten = [f"{spaltenname(s['name'])} {' und '.join(map(gedruckt, s['zahlen']))}" for s in zeile["spalten"]]
    return Wording(
        f"{zeile['gebiet']} am {tag(zeile['stichtag'])} steht mehrfach mit verschiedenen Werten: {liste(spalten, 4)}"
    )


def _word_gebiet_fehlt(zeile: Row) -> Wording:
    namen = [f"»{g}«" for g in zeile["gebiete"]]
    if zeile["ebene"] == "summe":
        fehlt = " ".join(("fehlt die Summenzeile", *(g for g in zeile["gebiete"] if g)))
    elif len(namen) == 1:
        fehlt = f"fehlt {namen[0]}"
    else:
        fehlt = f"fehlen {len(namen)} {EBENEN.get(zeile['ebene'], 'Gebiete')}: {liste(namen, 10, ', ')}"
    return Wording(f"es {fehlt} am {liste([*map(tag, zeile['tage'])], 6, ', ')}")


def _word_gebiet_ungueltig(zeile: Row) -> Wording:
    grenzen = (("ab", zeile["gueltig_von"]), ("bis", zeile["gueltig_bis"]))
    return Wording(
        f"»{zeile['gebiet']}« ({zeile['gebiet_id']}, Gebietsstand {zeile['gebietsstand']}) gilt "
        f"{' '.join(f'{wort} {tag(t)}' for wort, t in grenzen if t)}, die Datei nennt Zahlen vom "
        f"{liste([*map(tag, zeile['tage'])], 6, ', ')}"
    )


def _word_gruppe_unbekannt(zeile: Row) -> Wording:
    namen = [f"»{g['gruppe']}«" for g in zeile["gruppen"]]
    wer = f"die Gruppe {namen[0]}" if len(namen) == 1 else f"{len(namen)} Gruppen ({liste(namen, 10, ', ')})"
    vermisst = zeile["vermisst"]
    gemeint = ", ".join(f'"{g["gruppe"]}": {g["gemeint"]}' for g in zeile["gruppen"] if g["gemeint"])
    return Wording(
        f"{wer} nennt das Layout nicht; {'sie wird' if len(namen) == 1 else 'sie werden'} unter diesem Namen übernommen"
        + (f". Im Layout genannt sind und hier fehlen: {liste(vermisst, 10, ', ')} (umbenannt?)" if vermisst else ""),
        vorschlag=f"woerter: {{gruppe: {{{gemeint}}}}}" if gemeint else None,
    )


def _word_prozent_summe(zeile: Row) -> Wording:
    # Members without a number are counted, but there is nothing to add.
    genannt = [f"{t['glied']} {zahl(t['fest'])}" for t in zeile["teile"][:6] if t["fest"] is not None]
    mehr = f" + und {len(zeile['teile']) - 6} weitere" if len(zeile["teile"]) > 6 else ""
    return Wording(
        f"{zeile['titel']}{zusatz(zeile['zusatz'])} in {zeile['gebiet']} am {tag(zeile['stichtag'])}: {' + '.join(genannt)}"
        f"{mehr} = {zahl(zeile['summe'])}; durch Runden sind höchstens {zahl(zeile['erlaubt'])} Abweichung von "
        f"{zahl(zeile['soll'])} möglich"
    )


def _word_quote_bereich(zeile: Row) -> Wording:
    prozent = " %" if zeile["einheit"] == "prozent" else ""
    faelle = [
        f"in {f['gebiet']} am {tag(f['stichtag'])}{zusatz(f['zusatz'])} {zahl(f['fest'])}{prozent}"
        for f in zeile["faelle"]
    ]
    return Wording(f"{zeile['titel']} {QUOTENGRUENDE[zeile['art']]}: {liste(faelle, 5)}")


def _word_register_abgleich(zeile: Row) -> Wording:
    register = ganz(zeile["registerwert"])
    return Wording(
        f"{figur(zeile['wovon'])}: gedruckt {zahl(zeile['fest'])}, im Register {register}",
        f"höchstens {ganz(zeile['toleranz'])} Personen Abstand zum Register (kommune.yaml, abgleich)",
        f"{register}, falls das Register recht hat",
    )


def _word_rundung(zeile: Row) -> Wording:
    if zeile["art"] == "alle_vielfache":
        return Wording(
            f"alle {ganz(zeile['anzahl'])} Anzahlen über null sind Vielfache von 5; das sieht nach Rundung aus, methode prüfen",
            "methode: gerundet_5 oder gerundet_10, wenn die Quelle rundet",
        )
    eine = zeile["anzahl"] == 1
    wer = "eine Anzahl ist kein Vielfaches" if eine else f"{zeile['anzahl']} Anzahlen sind keine Vielfachen"
    faelle = [f"{figur(f['wovon'])} {zahl(f['fest'])}" for f in zeile["faelle"]]
    return Wording(
        f"{wer} von {zeile['grad']}: {liste(faelle, 5)}", f"Vielfache von {zeile['grad']} (methode: {zeile['methode']})"
    )


def _word_summe_gebiete(zeile: Row) -> Wording:
    was = EBENEN.get(zeile["stufe"], "Gebiete") if zeile["stufe"] else "Teilgebiete"
    faelle = [
        f"{spaltenname(f['spaltenname'])}: die Summe der {f['anzahl']} {was}"
        f"{' und der Personen ohne Zuordnung' if f['mit_rest'] else ''} ist {zahl(f['summe'])}, gedruckt ist "
        f"{zahl(f['fest'])}, Differenz {zahl(f['differenz'])}"
        for f in zeile["faelle"]
    ]
    match zeile["vermutung"]:
        case {"art": "einfach", "gebiet": gebiet}:
            vermutung = f"; die Differenz ist genau der Wert von »{gebiet}«"
        case {"art": "doppelt", "gebiet": gebiet}:
            vermutung = f"; die Differenz ist genau das Doppelte des Werts von »{gebiet}«"
        case {"art": "ohne_gebiet"}:
            vermutung = f"; Personen ohne {MIT_GEBIETSART.get(zeile['stufe'], 'Gebiet')} fehlen vermutlich"
        case _:
            vermutung = ""
    weitere = zeile["fremde"]
    eines = len(weitere) == 1
    fehlt = (
        f"; die Datei nennt darin {'ein Gebiet, das' if eines else f'{len(weitere)} Gebiete, die'} nicht in gebiete.csv "
        f"{'steht' if eines else 'stehen'}: {liste(weitere, 6, ', ')}"
    )
    return Wording(
        f"in {zeile['gebiet']} am {tag(zeile['stichtag'])}: {liste(faelle, 3)}{fehlt if weitere else vermutung}",
        NICHT_ALLE if weitere or zeile["teilt_kreis"] else None,
    )


def _word_summe_geschlecht(zeile: Row) -> Wording:
    if zeile["art"] == "nicht_einzeln":
        faelle = [
            f"{figur(f['wovon'])} {zahl(f['differenz'])} {'Person' if f['differenz'] == 10**9 else 'Personen'}"
            for f in zeile["faelle"]
        ]
        return Wording(f"d/x nicht einzeln geliefert: {liste(faelle, 5)}")
    teile = [f"{geschlecht(t['geschlecht'])} {zahl(t['fest'])}" for t in zeile["teile"]]
    return Wording(
        f"{figur(zeile['wovon'])}: {' + '.join(teile)} = {zahl(zeile['summe'])}, insgesamt {zahl(zeile['gesamt'])}, Differenz "
        f"{zahl(zeile['differenz'])}"
        + ("; für divers und ohne Angabe sind das unplausibel viele" if zeile["schwere"] == "warnung" else "")
    )


def _word_summe_teile(zeile: Row) -> Wording:
    teile = [f"{t['name']} {zahl(t['fest'])}" for t in zeile["teile"]]
    fehlend = zeile["fehlend"] if zeile["fest"] > zeile["summe"] else ()
    return Wording(
        f"{figur(zeile['wovon'])}: {liste(teile, 6, ' + ')} = {zahl(zeile['summe'])}, gedruckt ist {zahl(zeile['fest'])}, "
        f"Differenz {zahl(zeile['fest'] - zeile['summe'])}"
        + (f"; hier fehlt: {', '.join(fehlend[:6])}" if fehlend else ""),
        "die Teile zusammen höchstens so groß wie die Summe" if zeile["unvollstaendig"] else None,
    )


def _word_teil_groesser(zeile: Row) -> Wording:
    teil, ganzes = zeile["teil"], zeile["ganzes"]
    return Wording(
        f"{figur(teil['wovon'])}: {zahl(teil['fest'])} ist mehr als {spaltenname(ganzes['name'])} {zahl(ganzes['fest'])}"
    )


SAETZE: Mapping[str, Callable[[Row], Wording]] = {
    "abdeckung_kleiner": series.word_abdeckung_kleiner,
    "anteil_folgt": _word_anteil_folgt,
    "block_kopiert": series.word_block_kopiert,
    "doppelt_gleich": _word_doppelt_gleich,
    "doppelt_widerspruch": _word_doppelt_widerspruch,
    "gebiet_fehlt": _word_gebiet_fehlt,
    "gebiet_ungueltig": _word_gebiet_ungueltig,
    "gruppe_unbekannt": _word_gruppe_unbekannt,
    "jahr_doppelt": series.word_jahr_doppelt,
    "jahressprung": series.word_jahressprung,
    "prozent_summe": _word_prozent_summe,
    "quote_bereich": _word_quote_bereich,
    "register_abgleich": _word_register_abgleich,
    "rundung": _word_rundung,
    "spalte_verrutscht": series.word_spalte_verrutscht,
    "summe_gebiete": _word_summe_gebiete,
    "summe_geschlecht": _word_summe_geschlecht,
    "summe_teile": _word_summe_teile,
    "teil_groesser": _word_teil_groesser,
    "wert_geaendert": series.word_wert_geaendert,
    "zehnerpotenz": series.word_zehnerpotenz,
}


def word(check: str, zeile: Row) -> Wording:
    """The German sentences of one row that a check returned.

    Raises: KeyError for a check without a sentence, or a sentence that names a fact the row does not have.
    """
    return SAETZE[check](zeile)
