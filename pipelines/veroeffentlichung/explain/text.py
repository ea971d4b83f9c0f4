"""What is known about one published figure, in German sentences for the screen.

Belongs here: words, order, number formats. Does not belong here: finding the figure (lookup.py) and what is known about
it (sql/ansichten/herkunft_der_zahl.sql).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.differences import difference
from pipelines.veroeffentlichung.bericht.korrekturen import GRUENDE as KORREKTURGRUENDE
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, datum, dezimal, prozent, status_wort

Satz = dict[str, Any]

ANTEIL = "Anteil 0–1"
PERSONEN = ("Personen", "personen")
DIFFERENZEN = (
    "abstand", "veraenderung_vorperiode", "veraenderung_basis", "veraenderung_je_jahr", "vergleich_veraenderung",
    "abstand_veraenderung", "zielabstand", "ziel_tempo", "steigung_je_jahr", "veraenderung", "hoechstmoegliche_aenderung",
    "kleinste_sichtbare_aenderung", "stabilitaetsband",
)  # fmt: skip
JE_JAHR = " je Jahr"
ZEICHEN = {"prozent": " %", "promille": " je 1.000", "personen": " Personen", "faelle": " Fälle", "haushalte": " Haushalte",
           "euro": " €", "jahre": " Jahre", "qkm": " km²", "zahl": "", "anteil": ""}  # fmt: skip
ERGEBNIS = {
    "mit": "zählt mit", "ohne": "zählt nicht mit", "unentscheidbar": "unentscheidbar", "gemischt": "teils, teils",
    "nicht_bestimmbar": "nicht bestimmbar",
}  # fmt: skip
NEUTRAL = "neutral"
BREITE = 100


@dataclass(frozen=True)
class Zusammenhang:
    """What stands elsewhere in the file: description of the column, breaks of the definition, the comparable stretch."""

    beschreibung: str
    brueche: list[Satz]
    abschnitt: Satz | None


def erklaerung(zahl: Satz, zahlen: list[Satz], zeile: Satz, rest: Zusammenhang) -> str:
    """All that is known about a figure: `zahl` and `zahlen` are rows of the view, `zeile` the row of its table."""
    teile = [
        _kopf(zahl, zeile),
        _abschnitt("Was sie ist", _bedeutung(zahl, rest)),
        _abschnitt("Woraus sie entsteht", _rechnung(zahl)),
        _abschnitt("Woher sie kommt", _lieferung(zahl, zeile)),
        _abschnitt("Schutz", [zahl["schutz"], *_bestimmung(zahl)]),
        _abschnitt("Vergleichbarkeit", _vergleichbarkeit(zeile, rest)),
        _abschnitt("Urteil", [*_urteil(zeile), *_trend(zeile)]),
        _abschnitt("Früher veröffentlicht", _frueher(zahl)),
        _abschnitt("Weitere Zahlen dieser Zeile (--kennzahl)", _weitere(zahl, zahlen)),
    ]
    return "\n\n".join(t for t in teile if t)


def mit_einheit(wert: float, einheit: str, spalte: str) -> str:
    """A figure as a reader writes it; where that rounds, the published number behind it."""
    stamm = einheit.removesuffix(JE_JAHR)
    je_jahr = JE_JAHR if einheit.endswith(JE_JAHR) else ""
    genau = kurz(wert)
    if einheit == ANTEIL:
        text = prozent(worte.exakt(wert))
        return f"{text} (als Anteil {genau})"
    if stamm in worte.EINHEITEN and stamm not in PERSONEN:
        text = worte.differenz(wert, stamm) if spalte in DIFFERENZEN else worte.einheitenwert(wert, stamm)
        gerundet = text.lstrip("+").startswith(genau) and not text.lstrip("+")[len(genau) :].startswith(",")
        return text + je_jahr + ("" if gerundet else f" (ungerundet {genau})")
    return genau + ZEICHEN.get(stamm, f" {stamm}" if stamm else "") + je_jahr


def kurz(wert: float) -> str:
    """`34.366566076` → `34,366566`, `87815.0` → `87.815`: at most six decimals, none for nothing."""
    stellen = max(0, -int(Decimal(repr(round(wert, 6))).normalize().as_tuple().exponent))
    return dezimal(worte.exakt(wert), stellen)


def _abschnitt(titel: str, zeilen: list[str]) -> str:
    return f"{titel}\n" + "\n".join(f"  {z}" for z in zeilen) if zeilen else ""


def _kopf(zahl: Satz, zeile: Satz) -> str:
    gebiet = f"{zahl['gebiet'] or 'Gebiet'} ({zahl['gebiet_id']}), " if zahl["gebiet_id"] else ""
    wo = f"{gebiet}{datum(zahl['stichtag'])}"
    wert = (
        "wird nicht veröffentlicht" if zahl["wert"] is None
        else mit_einheit(zahl["wert"], zahl["einheit"], zahl["spalte"])
    )  # fmt: skip
    status = ERKLAERUNGEN.get(zahl["status"], (zahl["status"], ""))
    hinweise = [status_wort(h) for h in zahl["hinweise"] if h != zahl["status"]]
    weitere = f" Weitere Hinweise der Zeile: {', '.join(hinweise)}." if hinweise else ""
    beispiel = ["Achtung: beruht auf erzeugten oder erfundenen Beispieldaten."] if zeile.get("beispieldaten") else []
    return "\n".join([
        f"{zahl['tabelle']}, Spalte {zahl['spalte']}, Veröffentlichung {zahl['veroeffentlichung']}",
        zahl["schluessel"], "",
        f"{zahl['bezeichnung']}, {wo}: {wert}",
        f"Status: {status[0]} ({zahl['status']}). {status[1]}{weitere}",
        *beispiel,
    ])  # fmt: skip


def _bedeutung(zahl: Satz, rest: Zusammenhang) -> list[str]:
    version = f" (Version {zahl['version']})" if zahl["version"] != "-" else ""
    zeilen = [f"Definition: {zahl['definition'].rstrip('.')}{version}."]
    if rest.beschreibung and rest.beschreibung.rstrip(".") not in zahl["definition"]:
        zeilen.append(f"{zahl['spalte']}: {rest.beschreibung}")
    return zeilen + [f"Zu beachten: {b}" for b in zahl["beachten"]]


def _rechnung(zahl: Satz) -> list[str]:
    zeilen = []
    if zahl["zaehler"] is not None or zahl["nenner"] is not None:
        zaehler, nenner = (
            "nicht veröffentlicht" if zahl[n] is None else kurz(zahl[n]) for n in ("zaehler", "nenner")
        )  # fmt: skip
        zeilen.append(f"Zähler: {zaehler}; Nenner: {nenner}.")
    regeln: list[Satz] = zahl["regeln"] or []
    if regeln:
        zeilen.append("Im Register gezählt je Kategorie der Definition (selbes Gebiet, selber Tag, selbes Geschlecht):")
        breite = max(len(f"{r['kategorie']} {r['kategorie_name']}") for r in regeln)
        breite = min(breite, BREITE)
        for r in regeln:
            name = f"{r['kategorie']} {r['kategorie_name']}".ljust(breite)
            personen = "geschützt" if r["personen"] is None else kurz(float(r["personen"]))
            zeilen.append(f"  {name}  {personen:>9}  {ERGEBNIS.get(r['ergebnis'], r['ergebnis'])}")
    return zeilen


def _lieferung(zahl: Satz, zeile: Satz) -> list[str]:
    if zahl["datei"] is None:
        zeilen = [f"Lieferung: {zahl['lieferung_id']} (nicht in protokoll.lieferung)."]
    else:
        zeilen = [
            f"Datei: {zahl['datei']} (Lieferung {zahl['lieferung_id']})",
            f"SHA-256: {zahl['sha256']}",
            f"Datenstand {datum(zahl['datenstand'])}, eingelesen am {zahl['eingelesen_am']:%d.%m.%Y %H:%M} (UTC).",
        ]
    if zahl["fundstelle"]:
        zeilen.append(f"Fundstelle: {zahl['fundstelle']}")
    elif zahl["quelle"] == "melderegister":
        zeilen.append("Fundstelle: keine, die Zahl ist aus dem Register gezählt.")
    if zeile.get("gedruckt"):
        zeichen = f", Zeichen {zeile['kennzeichen']}" if zeile.get("kennzeichen") else ""
        zeilen.append(f"In der Quelle gedruckt: {zeile['gedruckt']}{zeichen}")
    zeilen.append(f"Quelle: {zahl['herkunft'] or 'keine Angabe'} ({zahl['quelle']}).")
    zeilen.append(f"Lizenz: {zahl['lizenz'] or 'keine Angabe'}.")
    if zeile.get("nenner_quelle") and zeile["nenner_quelle"] != zahl["quelle"]:
        zeilen.append(f"Der Nenner stammt aus {zeile['nenner_quelle']}, Stichtag {datum(zeile['nenner_stichtag'])}.")
    if zeile.get("umgerechnet"):
        zeilen.append("Umgerechnet auf die heutige Gebietseinteilung (dim.bruecke).")
    return zeilen


def _bestimmung(zahl: Satz) -> list[str]:
    codes = [h for h in zahl["hinweise"] if h in ("geheim", "zu_klein")]
    return ["Die Regeln und wer sie beschlossen hat: dim.kommune."] if codes and zahl["wert"] is None else []


def _vergleichbarkeit(zeile: Satz, rest: Zusammenhang) -> list[str]:
    zeilen = []
    if rest.abschnitt is not None:
        a = rest.abschnitt
        zeilen.append(
            f"Abschnitt {zeile['abschnitt']} der Reihe, {datum(a['von'])} bis {datum(a['bis'])}, mit Wert: {a['werte']}. "
            "Nur innerhalb eines Abschnitts vergleichen."
        )
        if zeile["abschnitt_grund"]:
            grund = worte.GRUENDE.get(zeile["abschnitt_grund"], zeile["abschnitt_grund"])
            text = f": {zeile['bruch_text']}" if zeile["bruch_text"] else "."
            zeilen.append(f"Hier beginnt er: {grund}{text}")
        if zeile["veraenderung_vorperiode"] is not None:
            zeilen.append(
                f"Zur Vorperiode {datum(zeile['vorperiode'])} "
                f"({worte.einheitenwert(zeile['vorwert'], zeile['einheit'])}): "
                f"{difference(zeile['veraenderung_vorperiode'], zeile['wert'], zeile['vorwert'], zeile['einheit'])}."
            )
    zeilen += [f"Bruch der Definition ab {datum(b['datum'])}: {b['grund']}" for b in rest.brueche]
    return zeilen


def _urteil(zeile: Satz) -> list[str]:
    if "trend" not in zeile:
        return []
    urteil = worte.URTEILE[worte.urteil(zeile)][1]
    grund = worte.grund(zeile)
    zeilen = [f"{urteil[0].upper()}{urteil[1:]}{f': {grund}' if grund else ''}."]
    if zeile["richtung"] != NEUTRAL:
        schwelle = kurz(zeile["relevanzschwelle"])
        art = " % des früheren Werts" if zeile["relevanz_art"] == "relativ" else " in der Einheit des Indikators"
        zeilen.append(f"{worte.RICHTUNGEN[zeile['richtung']]} Eine Änderung zählt ab {schwelle}{art}.")
    if zeile["aenderung_im_band"]:
        zeilen.append("Die Änderung ist kleiner als die Stabilitätsbänder beider Werte zusammen.")
    if zeile["trend_auf_korrektur"]:
        zeilen.append("Das Urteil beruht auf einer Zahl, die früher anders veröffentlicht war.")
    if zeile["abstand_fall"]:
        zeilen.append(f"Zur Vergleichsgruppe: {worte.FAELLE[zeile['abstand_fall']]}.")
    if zeile["ziel"] is not None:
        erreicht = {True: "erreicht", False: "nicht erreicht", None: "nicht beurteilt"}[zeile["ziel_erreicht"]]
        zeilen.append(
            f"Ziel {worte.einheitenwert(zeile['ziel'], zeile['einheit'])} bis {zeile['ziel_jahr']} ({zeile['leitziel']}): "
            f"{erreicht}."
        )
    return zeilen


def _trend(zeile: Satz) -> list[str]:
    if "verlauf" not in zeile:
        return []
    verlauf = zeile["verlauf"].replace("_", " ")
    spanne = f", {datum(zeile['von'])} bis {datum(zeile['bis'])}" if zeile["von"] else ""
    return [
        f"{verlauf[0].upper()}{verlauf[1:]}: Abschnitt {zeile['abschnitt']} mit {zeile['punkte']} Werten{spanne}; "
        f"nötig {zeile['mindestpunkte']}.",
        f"Verfahren: {zeile['test']}.",
    ]


def _frueher(zahl: Satz) -> list[str]:
    return [
        f"Bis Veröffentlichung {f['veroeffentlichung']}: "
        + ("kein Wert" if f["wert"] is None else mit_einheit(f["wert"], zahl["einheit"], zahl["spalte"]))
        + f" – geändert: {KORREKTURGRUENDE.get(f['grund'], f['grund'])}."
        for f in zahl["frueher"]
    ]


def _weitere(zahl: Satz, zahlen: list[Satz]) -> list[str]:
    andere = [z for z in zahlen if z["spalte"] != zahl["spalte"]]
    ohne = [z["spalte"] for z in andere if z["wert"] is None]
    return [
        f"{z['spalte']}: {mit_einheit(z['wert'], z['einheit'], z['spalte'])}" for z in andere if z["wert"] is not None
    ] + ([f"ohne Wert: {', '.join(ohne)}"] if ohne else [])
