"""Defective files and their sound twins: one defect a pair, as CSV or XLSX of the shapes that offices deliver.

Belongs here: the files and what must be found in each. Does not belong here: running anything (hilfe.py), the rules.
Cells are named as in a spreadsheet (row 1 is the header), in CSV files as well.
Long because it is one list: a defective file for every fault.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

Zellen = dict[str, object]
Gitter = list[list[Any]]

GEBIETE = """\
gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis
05999001;Musterstadt;gemeinde;05999;2021;;
01;Mitte;bezirk;05999001;2021;;
02;Rand;bezirk;05999001;2021;;
001;Altstadt;stadtteil;01;2021;;
002;Neustadt;stadtteil;01;2021;;
003;Hafen;stadtteil;01;2021;;
004;Südhöhe;stadtteil;02;2021;;
005;Geistviertel & Lippe;stadtteil;02;2021;;
006;Wiesental;stadtteil;02;2021;;
007;Altdorf;stadtteil;02;2015;;2015-12-31
"""
NAMEN = ["Altstadt", "Neustadt", "Hafen", "Südhöhe", "Geistviertel & Lippe", "Wiesental"]
SUMME = "Musterstadt"
EINWOHNER = [6417, 959, 9265, 3839, 5425, 7488]
AUSLAENDER = [538, 72, 1344, 894, 816, 563]
MAENNER = [3190, 471, 4610, 1921, 2702, 3733]
TAG, VORTAG = date(2021, 12, 31), date(2020, 12, 31)


@dataclass(frozen=True)
class Datei:
    """A file in the making: its layout (a block of kommune.yaml), cells, and the day in its name."""

    layout: dict[str, Any]
    gitter: Gitter
    endung: str = "csv"
    stichtag: date = TAG
    kodierung: str = "utf-8"
    art: str = "Stadtteiltabelle"
    roh: Callable[[str], str] | None = None

    def mit(self, zellen: Zellen, **layout: Any) -> "Datei":
        """The same with other cells, or with something else in the layout."""
        neu = [list(z) for z in self.gitter]
        for adresse, wert in zellen.items():
            neu[int(adresse[1:]) - 1][ord(adresse[0]) - 65] = wert
        return replace(self, gitter=neu, layout=self.layout | layout)

    def ohne_zeile(self, nummer: int) -> "Datei":
        return replace(self, gitter=[z for n, z in enumerate(self.gitter, 1) if n != nummer])

    def dazu(self, *zeilen: list[Any]) -> "Datei":
        return replace(self, gitter=[*self.gitter, *zeilen])


@dataclass(frozen=True)
class Fall:
    """A pair: what is wrong and how it must be found; what the sound file does that looks alike but is legal.

    `zellen`: addresses that the finding must name; `worte`: words of its text; `hinweis`: the only remark the sound
    twin may get; `vorher`: deliveries of the same source before this one.
    """

    fehler: str
    kaputt: Datei
    code: str
    zellen: tuple[str, ...]
    zwilling: str
    heil: Datei
    schwere: str = "fehler"
    worte: tuple[str, ...] = ()
    hinweis: str | None = None
    vorher: tuple[Datei, ...] = field(default=())


def _anteil(zaehler: int, nenner: int) -> str:
    """Per cent with one decimal, rounded once, half away from zero."""
    zehntel = (2000 * zaehler + nenner) // (2 * nenner)
    return f"{zehntel // 10},{zehntel % 10}"


def _layout(kennung: str, datei: str, spalten: dict[str, Any], **mehr: Any) -> dict[str, Any]:
    return {"id": kennung, "titel": kennung, "herkunft": "Stadt Musterstadt", "lizenz": "dl-de/by-2-0", "datei": datei,
            "spalten": spalten, **mehr}  # fmt: skip


def stadtteile(einwohner: list[int] = EINWOHNER, auslaender: list[int] = AUSLAENDER, stichtag: date = TAG) -> Datei:
    """District table with keys, counts, shares and a total (A key, B name, C, D counts, E share; total in row 8)."""
    kopf = ["Schlüssel", "Stadtteil", "Einwohner", "Ausländer", "Anteil Ausländer"]
    zeilen = [
        [f"{n:03d}", name, e, a, _anteil(a, e)]
        for n, (name, e, a) in enumerate(zip(NAMEN, einwohner, auslaender, strict=True), 1)
    ]
    e, a = sum(einwohner), sum(auslaender)
    spalten = {"gebiet_id": "Schlüssel", "gebiet": "Stadtteil", "einwohner": "Einwohner", "auslaender": "Ausländer",
               "anteil_auslaender": "Anteil Ausländer"}  # fmt: skip
    plan = _layout("stadtteile", "stadtteile_{stichtag}.xlsx", spalten, blatt="Stadtteile", summenzeile=SUMME)
    return Datei(plan, [kopf, *zeilen, ["05999001", SUMME, e, a, _anteil(a, e)]], "xlsx", stichtag)


def geschlecht(einwohner: list[int] = EINWOHNER, maenner: list[int] = MAENNER) -> Datei:
    """District table by sex without keys (A name, B total, C male, D female; total in row 8)."""
    frauen = [e - m for e, m in zip(einwohner, maenner, strict=True)]
    reihen = [[n, *z] for n, z in zip(NAMEN, zip(einwohner, maenner, frauen, strict=True), strict=True)]
    werte = [{"merkmal": "einwohner", "spalte": s, "geschlecht": g} for s, g in (("Männlich", "m"), ("Weiblich", "w"))]
    plan = _layout("geschlecht", "geschlecht_{stichtag}.csv", {"gebiet": "Stadtteil", "einwohner": "Insgesamt"},
                   werte=werte, summenzeile=SUMME)  # fmt: skip
    gesamt = [SUMME, sum(einwohner), sum(maenner), sum(frauen)]
    return Datei(plan, [["Stadtteil", "Insgesamt", "Männlich", "Weiblich"], *reihen, gesamt])


def teile(werte: list[list[Any]] | None = None) -> Datei:
    """Germans and foreigners per district (A name, B residents, C Germans, D foreigners)."""
    werte = werte or [[e, e - a, a] for e, a in zip(EINWOHNER, AUSLAENDER, strict=True)]
    plan = _layout("teile", "teile_{stichtag}.xlsx", {
        "gebiet": "Stadtteil", "einwohner": "Einwohner", "deutsche": "Deutsche", "auslaender": "Ausländer"})  # fmt: skip
    zeilen = [[n, *w] for n, w in zip(NAMEN, werte, strict=True)]
    return Datei(plan, [["Stadtteil", "Einwohner", "Deutsche", "Ausländer"], *zeilen], "xlsx")


JAHRE = (2019, 2020, 2021)
ZUZUEGE = {
    2019: [510, 122, 733, 305, 418, 590],
    2020: [487, 131, 702, 321, 433, 571],
    2021: [530, 118, 745, 299, 447, 604],
}
FORTZUEGE = {
    2019: [466, 141, 690, 288, 402, 553],
    2020: [502, 127, 711, 312, 399, 580],
    2021: [495, 135, 678, 330, 421, 561],
}


def reihe(zuzuege: dict[int, list[int]] = ZUZUEGE, fortzuege: dict[int, list[int]] = FORTZUEGE) -> Datei:
    """Long indicator file (A year, B area, C measure, D sex, E value): 36 rows, year by year, arrivals first."""
    zeilen = [
        [j, name, m, "insgesamt", str(w)]
        for j in JAHRE
        for m, reihen in (("Zuzüge", zuzuege), ("Fortzüge", fortzuege))
        for name, w in zip(NAMEN, reihen[j], strict=True)
    ]
    plan = _layout("wanderungen", "wanderungen.csv",
                   {"gebiet": "Gebiet", "merkmal": "Merkmal", "geschlecht": "Geschlecht", "wert": "Wert"},
                   zeit={"spalte": "Jahr", "form": "jahr"},
                   woerter={"merkmal": {"Zuzüge": "zuzuege", "Fortzüge": "fortzuege"}})  # fmt: skip
    return Datei(plan, [["Jahr", "Gebiet", "Merkmal", "Geschlecht", "Wert"], *zeilen], art="Indikatorlieferung, lang")


def genesis(werte: list[str] | None = None) -> Datei:
    """Flat file as GENESIS makes it, Windows-1252 (A statistic, B day, C area, D age, E value, F quality)."""
    alter = ("unter 18 Jahre", "18 bis unter 65 Jahre", "65 Jahre und älter", "Insgesamt")
    werte = werte or ["5210", "20188", "7995", "33393"]
    plan = _layout("altersaufbau", "12411-{jahr}.csv",
                   {"gebiet": "1_Auspraegung_Label", "altersgruppe": "2_Auspraegung_Label",
                    "wert": "BEVSTD__Bevoelkerungsstand__Anzahl", "kennzeichen": "BEVSTD__q"},
                   woerter={"merkmal": {"*": "einwohner"}}, zeit={"spalte": "Zeit", "form": "datum"}, summenzeile=SUMME,
                   zahlen={"dezimal": ",", "tausender": ""}, ignorieren=["Statistik_Code"],
                   zerlegungen=[{"summe": "einwohner", "ueber": "altersgruppe"}])  # fmt: skip
    kopf = ["Statistik_Code", "Zeit", "1_Auspraegung_Label", "2_Auspraegung_Label", "BEVSTD__Bevoelkerungsstand__Anzahl",
            "BEVSTD__q"]  # fmt: skip
    zeilen = [["12411", "31.12.2021", SUMME, a, w, "e"] for a, w in zip(alter, werte, strict=True)]
    return Datei(plan, [kopf, *zeilen], kodierung="cp1252", art="GENESIS-Flatfile")


def prozente(*werte: str) -> Datei:
    """Age structure in per cent (A area, B to D shares)."""
    plan = _layout("altersstruktur", "altersstruktur_{jahr}.csv", {"gebiet": "Gebiet"}, summenzeile=SUMME,
                   merkmale={"altersanteil": {"titel": "Altersanteil", "einheit": "prozent"}},
                   werte=[{"merkmal": "altersanteil", "spalte": s, "altersgruppe": a}
                          for s, a in (("unter 18", "00-17"), ("18 bis 64", "18-64"), ("ab 65", "65+"))],
                   zerlegungen=[{"summe": "altersanteil", "ueber": "altersgruppe"}])  # fmt: skip
    return Datei(plan, [["Gebiet", "unter 18", "18 bis 64", "ab 65"], [SUMME, *werte]], art="Indikatorlieferung")


def gerundet(*werte: int) -> Datei:
    """Foreigners by sex, rounded to 5 by the source (A area, B total, C male, D female)."""
    plan = _layout("azr", "azr_{stichtag}.csv", {"gebiet": "Gebiet", "auslaender": "Insgesamt"}, summenzeile=SUMME,
                   methode="gerundet_5", bevoelkerung="azr",
                   werte=[{"merkmal": "auslaender", "spalte": g, "geschlecht": g} for g in ("m", "w")])  # fmt: skip
    return Datei(plan, [["Gebiet", "Insgesamt", "m", "w"], [SUMME, *werte]], art="AZR-Tabelle")


def quoten(*zeilen: list[Any], tag: date = TAG) -> Datei:
    """Rates by group without counts (A area, B group, C per cent)."""
    plan = _layout("quoten", "quoten_{stichtag}.csv",
                   {"gebiet": "Gebiet", "gruppe": "Gruppe", "mindestsicherungsquote": "Quote"},
                   summenzeile=SUMME, woerter={"gruppe": {"Ausländer": "auslaender", "Deutsche": "deutsche"}})  # fmt: skip
    return Datei(plan, [["Gebiet", "Gruppe", "Quote"], *zeilen], stichtag=tag, art="Indikatorlieferung")


def mit_titel(tag: str) -> Datei:
    """Counts below a title with a day (A name, B residents; header in row 2)."""
    plan = _layout("titel", "titel_{stichtag}.csv", {"gebiet": "Stadtteil", "einwohner": "Einwohner"}, kopfzeile=2)
    zeilen = [[n, e] for n, e in zip(NAMEN, EINWOHNER, strict=True)]
    return Datei(plan, [[f"Einwohner am {tag}", ""], ["Stadtteil", "Einwohner"], *zeilen])


def kreise(*namen: str) -> Datei:
    """A table of the state without keys, of which only the own town is read (A name, B residents)."""
    plan = _layout(
        "kreise", "kreise_{stichtag}.csv", {"gebiet": "Name", "einwohner": "Einwohner"}, fremde_gebiete="ausserhalb"
    )
    return Datei(plan, [["Name", "Einwohner"], *([n, 33393 + k] for k, n in enumerate(namen))], art="Landestabelle")


def _vorjahr(werte: list[int], um: int) -> list[int]:
    return [w - um - n for n, w in enumerate(werte)]


S, G, T, R, N = stadtteile(), geschlecht(), teile(), reihe(), genesis()
EINWOHNER_ALT, AUSLAENDER_ALT = _vorjahr(EINWOHNER, 57), _vorjahr(AUSLAENDER, 9)
S_ALT = stadtteile(EINWOHNER_ALT, AUSLAENDER_ALT, VORTAG)
VERSCHOBEN: Zellen = {f"A{z}": f"{z - 2:03d}" for z in range(3, 8)}
KOPIERT = reihe(ZUZUEGE | {2021: ZUZUEGE[2020]}, FORTZUEGE | {2021: FORTZUEGE[2020]})
KLEIN: Zellen = {"C2": 530, "D2": 538, "E2": "101,5"}
Q = quoten([SUMME, "Ausländer", "15,1"], [SUMME, "Deutsche", "6,4"])
Q_ALT = quoten([SUMME, "Ausländer", "14,2"], [SUMME, "Deutsche", "6,3"], tag=VORTAG)
UMBENANNT = {2010: "Ausländer", 2021: "Nichtdeutsche"}


def _feld(zeile: int, feld: int) -> str:
    return f"Zeile {zeile}, Feld {feld}"


FAELLE: tuple[Fall, ...] = (
    Fall("Führende Nullen des Schlüssels sind verloren; 2 kann 002 (Stadtteil) oder 02 (Bezirk) sein", S.mit({"A3": 2}),
         "gebiet_mehrdeutig", ("A3",), "Schlüssel als Text mit seinen Nullen", S, worte=("»2«",)),
    Fall("Schlüssel und Name gehören zu verschiedenen Stadtteilen", S.mit({"A3": "004"}), "schluessel_name", ("A3",),
         "Fußnotenzeichen am Namen", S.mit({"B3": "Neustadt¹"}), worte=("»004« gehört zu »Südhöhe«", "Schlüssel 002")),
    Fall("Ein Block von Schlüsseln ist um eine Zeile verschoben", S.mit(VERSCHOBEN), "schluessel_name", ("A3",),
         "dieselben Zeilen in anderer Reihenfolge", replace(S, gitter=[S.gitter[0], *S.gitter[6:0:-1], S.gitter[7]]),
         worte=("um eine Zeile",)),
    Fall("Ein Stadtteil ist falsch geschrieben", G.mit({"A5": "Südhohe"}), "gebiet_unbekannt", (_feld(5, 1),),
         "verbundener Stadtteil mit »und« statt »&«", G.mit({"A6": "Geistviertel und Lippe"}), worte=("ähnlich: »Südhöhe«",)),
    Fall("Eine Zeile steht zweimal", T.dazu(T.gitter[3]), "doppelt_gleich", ("B8", "B4"),
         "zwei Stadtteile mit gleichen Zahlen", T.mit({"B3": 9265, "C3": 7921, "D3": 1344}), "warnung", ("Hafen",)),
    Fall("Eine Zeile steht zweimal mit verschiedenen Zahlen", T.dazu(["Hafen", 9265, 7920, 1345]), "doppelt_widerspruch",
         ("C8", "C4"), "Leerzeile vor der letzten Zeile", replace(T, gitter=[*T.gitter[:6], ["", "", "", ""], T.gitter[6]]),
         worte=("7.921 und 7.920",)),
    Fall("Die Stadtteile ergeben nicht die gedruckte Summe",
         S.mit({"C8": 33493, "D8": 4241, "E8": "12,7"}, quoten=[]), "summe_gebiete", ("C8",),
         "Zeile für Personen ohne Stadtteil",
         replace(S, gitter=[*S.gitter[:7], ["unbekannt", "unbekannt", 20, 2, "10,0"], ["05999001", SUMME, 33413, 4229, "12,7"]]),
         worte=("gedruckt ist 33.493", "Differenz 100")),
    Fall("Die Summenzeile lässt einen Stadtteil aus", S.mit({"C8": 32434, "D8": 4155, "E8": "12,8"}), "summe_gebiete",
         ("C8", "D8", "C3"), "– für einen Stadtteil ohne Ausländer", S.mit({"D3": "–", "E3": "–", "D8": 4155, "E8": "12,4"}),
         worte=("genau der Wert von »Neustadt«",)),
    Fall("Männlich und weiblich sind zusammen mehr als insgesamt", G.mit({"D4": 4665, "D8": 16776}), "summe_geschlecht",
         (_feld(4, 2), _feld(4, 4)), "divers und ohne Angabe nur in der Summe enthalten", G.mit({"D4": 4650, "D8": 16761}),
         worte=("Differenz -10",), hinweis="summe_geschlecht"),
    Fall("Deutsche und Ausländer ergeben nicht die Einwohner", T.mit({"C5": 2954}), "summe_teile", ("B5", "C5", "D5"),
         "ein Teil ist geheim gehalten (.)", T.mit({"C5": "."}), worte=("Differenz -9",)),
    Fall("Der Anteil ist mit den Einwohnern des Vorjahrs gerechnet",
         S.mit({f"E{z}": _anteil(a, e) for z, (a, e) in enumerate(zip(AUSLAENDER, EINWOHNER_ALT, strict=True), 2)}),
         "anteil_folgt", ("E2",), "Anteile aus den Zahlen derselben Zeile", S, worte=("vom 31.12.2020",), vorher=(S_ALT,)),
    Fall("Ein gedruckter Anteil folgt nicht aus den Anzahlen", S.mit({"E4": "15,4"}), "anteil_folgt", ("E4", "D4", "C4"),
         "knapp gerundet: 313 von 2.212 sind 14,1501 %, gedruckt 14,2",
         S.mit({"C4": 2212, "D4": 313, "E4": "14,2", "C8": 26340, "D8": 3196, "E8": "12,1"}), worte=("14,5 %",)),
    Fall("Die Prozente ergeben nicht 100", prozente("15,6", "60,5", "24,2"), "prozent_summe", (_feld(2, 2), _feld(2, 4)),
         "100,1 durch Runden", prozente("15,6", "60,5", "24,0"), worte=("100,3",)),
    Fall("Ein Jahr steht zweimal in der Datei, weil seine Jahreszahl falsch ist",
         R.mit({f"A{z}": 2020 for z in range(26, 38)}), "doppelt_widerspruch", (_feld(26, 5), _feld(14, 5)),
         "die richtige Jahreszahl", R, worte=("31.12.2020",)),
    Fall("Die Zahlen eines Jahres sind aus dem Vorjahr kopiert", KOPIERT, "block_kopiert", (_feld(26, 5),),
         "zwei Stadtteile mit gleicher Zahl wie im Vorjahr", R.mit({"E26": "487", "E27": "131"}), worte=("6 von 6 Gebieten",)),
    Fall("Die Zuzüge sind die Fortzüge des Vorjahrs", reihe(ZUZUEGE | {2021: FORTZUEGE[2020]}), "spalte_verrutscht",
         (_feld(26, 5),), "eine einzelne Zahl gleicht der anderen Spalte", R.mit({"E26": "502"}),
         worte=("gleich Fortzüge am 31.12.2020",)),
    Fall("Eine Zahl springt auf das Zehnfache", R.mit({"E28": "7450"}), "jahressprung", (_feld(28, 5),),
         "ein Anstieg um 40 Prozent", R.mit({"E28": "983"}), "warnung", ("etwa das Zehnfache", "702")),
    Fall("Ein Wort ist falsch geschrieben", R.mit({"D4": "weilbich"}), "wort_unbekannt", (_feld(4, 4),),
         "»Frauen« statt »weiblich«", R.mit({"D4": "Frauen"}), worte=("ähnlich: »weiblich«",)),
    Fall("Ein Zeichen der Quelle ist unbekannt", N.mit({"F3": "q"}), "zeichen_unbekannt", (_feld(3, 6),),
         "p für vorläufig", N.mit({"F3": "p"}), worte=("»q«",)),
    Fall("Eine Zahl ist mehrdeutig: 1.234 ohne erklärten Tausenderpunkt", N.mit({"E2": "5.210"}), "zahl", (_feld(2, 5),),
         "dieselbe Zahl ohne Punkt", N, worte=("mehrdeutig",)),
    Fall("Text in einer Zahlenspalte", T.mit({"B3": "ca. 960"}), "zahl", ("B3",), "Zahl als Text mit Tausenderpunkt",
         T.mit({"B2": "6.417"}), worte=("»ca. 960«",), hinweis="zahl"),
    Fall("Eine Anzahl ist negativ", R.mit({"E3": "-122"}), "zahl", (_feld(3, 5),), "– für genau null", R.mit({"E3": "–"}),
         worte=("ist keine Anzahl",)),
    Fall("Eine Formel ist nie gerechnet worden", T.mit({"C4": "=B4-D4"}), "formel_ohne_wert", ("C4",), "der Wert der Formel", T,
         worte=("=B4-D4",)),
    Fall("Ein Fehlerwert der Tabellenkalkulation", T.mit({"D4": "#N/A"}), "fehlerwert", ("D4",), ". für eine unbekannte Zahl",
         T.mit({"D4": "."}), worte=("#N/A",)),
    Fall("Eine Überschrift ist umbenannt", T.mit({"D1": "Nichtdeutsche"}), "spalte_fehlt", ("Zeile 1",),
         "die neue Überschrift steht mit ihrem Jahr im Layout",
         T.mit({"D1": "Nichtdeutsche"}, spalten=T.layout["spalten"] | {"auslaender": UMBENANNT}),
         worte=("»Ausländer«", "»Nichtdeutsche«")),
    Fall("Eine Spalte fehlt", replace(T, gitter=[z[:3] for z in T.gitter]), "spalte_fehlt", ("Zeile 1",),
         "das Layout sagt, dass es die Spalte ab diesem Jahr nicht gibt",
         replace(T.mit({}, spalten={**T.layout["spalten"], "auslaender": {2010: "Ausländer", 2021: -1}}),
                 gitter=[z[:3] for z in T.gitter]), worte=("»Ausländer« steht nicht in der Kopfzeile",)),
    Fall("Ein Stadtteil fehlt", T.ohne_zeile(4), "gebiet_fehlt", (), "die Zeile ist da, ihre Zahlen sind geheim",
         T.mit({"B4": ".", "C4": ".", "D4": "."}), "warnung", ("»Hafen«",)),
    Fall("Die Lieferung hat weniger Merkmale als die vorige",
         replace(S.mit({}, spalten={k: v for k, v in S.layout["spalten"].items() if "auslaender" not in k}),
                 gitter=[z[:3] for z in S.gitter]), "abdeckung_kleiner", (), "dieselben Merkmale wie zuvor", S, "warnung",
         ("Ausländerinnen und Ausländer", "31.12.2020"), vorher=(S_ALT,)),
    Fall("Ein Anführungszeichen ist nicht geschlossen",
         replace(G, roh=lambda t: t.replace("Neustadt", '"Neustadt')), "dateiformat", ("Zeile 3",),
         "Namen in Anführungszeichen", replace(G, roh=lambda t: t.replace("Neustadt", '"Neustadt"')),
         worte=("nicht geschlossen",)),
    Fall("Ein Stadtteil, den es am Stichtag nicht mehr gibt", T.dazu(["Altdorf", 400, 390, 10]), "gebiet_ungueltig",
         ("B8", "C8", "D8"), "derselbe Stadtteil, als es ihn noch gab",
         replace(T.dazu(["Altdorf", 400, 390, 10]), stichtag=date(2014, 12, 31)), worte=("»Altdorf«", "bis 31.12.2015")),
    Fall("Mehr Ausländer als Einwohner", S.mit({**KLEIN, "C8": 27506, "E8": "15,4"}), "teil_groesser", ("D2", "C2"),
         "alle Einwohner sind Ausländer", S.mit({"C2": 538, "E2": "100,0", "C8": 27514, "E8": "15,4"}),
         worte=("538 ist mehr als",)),
    Fall("Die Zahlen sind nicht gerundet, obwohl es das Layout sagt", gerundet(4225, 2113, 2115), "rundung", (_feld(2, 3),),
         "gerundete Teile weichen um 5 von der Summe ab", gerundet(4225, 2115, 2115), "warnung", ("2.113",)),
    Fall("Eine Zeile hat ein Feld zu viel, weil das Dezimalkomma trennt",
         replace(Q, roh=lambda t: t.replace("15,1", "15;1")), "feldzahl", ("Zeile 2",),
         "leere Felder am Ende der Zeilen", replace(Q, roh=lambda t: t.replace("15,1", "15,1;;;")), worte=("4 Felder",)),
    Fall("Eine Zeile ist zu kurz", replace(Q, roh=lambda t: t.replace(";Ausländer;15,1", ";Ausländer")), "feldzahl", ("Zeile 2",),
         "eine Quellenzeile unter der Tabelle", replace(Q, roh=lambda t: t + "Quelle: Stadt Musterstadt; eigene Berechnung\n"),
         worte=("2 Felder",)),
    Fall("Eine Anzahl mit drei Stellen nach dem Komma", G.mit({"B3": "84,000"}), "zahl", (_feld(3, 2),),
         "Nachkommastellen, die keine Tausender sein können", G.mit({"B3": "959,00"}), worte=("mehrdeutig", "84000")),
    Fall("Quoten stehen als Anteile in einer Prozentspalte", Q.mit({"C2": "0,151", "C3": "0,064"}), "quote_bereich",
         (_feld(2, 3), _feld(3, 3)), "eine Quote unter 1 neben größeren", Q.mit({"C3": "0,064"}), "warnung", ("14,1 %",)),
    Fall("Alle Zahlen einer Spalte sind um zwei Stellen verschoben", Q.mit({"C2": "1510", "C3": "641"}), "zehnerpotenz",
         (_feld(2, 3),), "eine gewöhnliche Entwicklung", Q, "fehler", ("etwa das 100fache",), vorher=(Q_ALT,)),
    Fall("Eine Gruppe heißt auf einmal anders", Q.mit({"B2": "Nichtdeutsche"}), "abdeckung_kleiner", (),
         "dieselbe Gruppe mit Genderzeichen", Q.mit({"B2": "Ausländer*innen"}), "warnung",
         ("Gruppen: auslaender", "neu sind dort: Nichtdeutsche"), vorher=(Q_ALT,)),
    Fall("Eine Gruppe der ersten Lieferung heißt anders als im Layout", Q.mit({"B2": "Nichtdeutsche"}), "gruppe_unbekannt",
         (_feld(2, 3),), "die Gruppe des Layouts", Q, "warnung", ("»Nichtdeutsche«", "hier fehlen: auslaender")),
    Fall("Eine Zelle zwischen Zahlen ist leer", T.mit({"C4": ""}), "zelle_leer", ("C4",), "– für genau null oder . für unbekannt",
         T.mit({"C4": "."}), "hinweis", ("ist leer",)),
    Fall("Der Titel nennt einen anderen Tag als der Dateiname", mit_titel("31.12.2025"), "datum", (_feld(1, 1),),
         "der Tag danach, null Uhr", mit_titel("01.01.2022"), worte=("der Dateiname 31.12.2021",)),
    Fall("Der Landkreis gleichen Namens ist nicht die Stadt", kreise("Musterstadt, Landkreis"), "zeile_fehlt", (),
         "die Stadt mit Zusatz, daneben der Landkreis", kreise("Musterstadt, krfr. Stadt", "Musterstadt, Landkreis"),
         worte=("kein eigenes Gebiet", "»Musterstadt, Landkreis«", "05999001 »Musterstadt«")),
)  # fmt: skip
