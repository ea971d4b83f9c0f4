"""German sentences for what the checks of tables find against other days and earlier deliveries.

Belongs here: one function for each of these checks. Does not belong here: what a table says by itself, and which check has which
sentence (sentences.py).
"""

from pipelines.eingang.tabelle.figure_words import figur, gedruckt, geschlecht, spaltenname, sprung, zahl
from pipelines.eingang.wording import Row, Wording, ganz, liste, tag

ARTEN = {
    "gebiet": "Gebiete",
    "merkmal": "Merkmale",
    "geschlecht": "Geschlechter",
    "altersgruppe": "Altersgruppen",
    "gruppe": "Gruppen",
    "spalte": "Spalten",
}


def word_abdeckung_kleiner(zeile: Row) -> Wording:
    def name(weg: Row) -> str:
        match zeile["art"]:
            case "spalte":
                return spaltenname(weg["spalte"])
            case "geschlecht":
                return geschlecht(weg["name"])
            case _:
                return str(weg["name"])

    weg = [name(w) for w in zeile["weg"]]
    neu = liste(zeile["neu"] or (), 5, ", ")
    return Wording(
        f"gegenüber der Lieferung zum {tag(zeile['vortag'])} fehlen zum {tag(zeile['stichtag'])} {len(weg)} "
        f"{ARTEN[zeile['art']]}: {liste(weg, 10, ', ')}"
        + (f"; neu sind dort: {neu} (umbenannt? dann unter woerter übersetzen)" if neu else "")
    )


def word_block_kopiert(zeile: Row) -> Wording:
    spalten = [f"{spaltenname(s['name'])} ({s['gleiche']} von {s['gebiete']} Gebieten)" for s in zeile["spalten"]]
    return Wording(
        f"die Werte vom {tag(zeile['stichtag'])} sind dieselben wie am {tag(zeile['vorbild'])}: {liste(spalten, 4)}"
        + (f"; dort {zeile['beleg']} ff." if zeile["beleg"] else "")
    )


def word_jahr_doppelt(zeile: Row) -> Wording:
    andere = [
        f"{figur(a['wovon']) if a['wovon'] else a['fundstelle']} hier {gedruckt(a['hier'])}, dort {gedruckt(a['dort'])}"
        for a in zeile["abweichende"] or ()
    ]
    return Wording(
        f"die Datei »{zeile['datei']}« enthält den Stichtag {tag(zeile['stichtag'])} mit demselben Datenstand: "
        f"{zeile['anzahl']} gemeinsame Angabe{'' if zeile['anzahl'] == 1 else 'n'}, "
        + (f"davon {len(andere)} mit anderem Wert: {liste(andere, 3)}" if andere else "alle mit gleichem Wert")
    )


def word_jahressprung(zeile: Row) -> Wording:
    spruenge = [
        f"in {s['gebiet']} {zahl(s['fest'])} ({s['stelle']}) nach {zahl(s['vorher'])} ({s['vorbeleg']}), "
        f"{sprung(s['fest'], s['aenderung'])}"
        for s in zeile["spruenge"]
    ]
    return Wording(
        f"{spaltenname(zeile['spaltenname'])} vom {tag(zeile['vortag'])} zum {tag(zeile['stichtag'])}: {liste(spruenge, 5)}"
        + ("; alle anderen Gebiete entwickeln sich umgekehrt" if zeile["allein"] else "")
    )


def word_spalte_verrutscht(zeile: Row) -> Wording:
    return Wording(
        f"{spaltenname(zeile['spaltenname'])} am {tag(zeile['stichtag'])} ist in allen {zeile['gleiche']} Gebieten gleich "
        f"{spaltenname(zeile['andere'])} am {tag(zeile['vortag'])} (dort {zeile['beleg']} ff.)"
    )


def word_wert_geaendert(zeile: Row) -> Wording:
    if zeile["art"] == "weitere":
        return Wording(f"noch {ganz(zeile['anzahl'])} weitere geänderte Zahlen")
    return Wording(
        f"{figur(zeile['wovon'])}: früher {gedruckt(zeile['alt'])} ({zeile['datei']}, {zeile['alte_stelle']}), jetzt "
        f"{gedruckt(zeile['neu'])}"
    )


def word_zehnerpotenz(zeile: Row) -> Wording:
    n, potenz, beispiel = zeile["werte"], round(zeile["potenz"]), zeile["beispiel"]
    wer = "die einzige Zahl ist" if n == 1 else f"alle {n} Zahlen sind"
    mal = f"{ganz(10**potenz)}fache" if potenz > 0 else f"1/{ganz(10**-potenz)}-fache"
    return Wording(
        f"{spaltenname(zeile['spaltenname'])} vom {tag(zeile['vortag'])} zum {tag(zeile['stichtag'])}: {wer} etwa das {mal}, "
        f"etwa {beispiel['gebiet']} {zahl(beispiel['vorher'])} → {zahl(beispiel['fest'])}"
    )
