"""How an indicator's figures and verdicts are said: units, signs, words for verdicts, reasons, cases and groups.

Belongs here: formats and words. Does not belong here: which indicators a report shows (section.py), the marks of
missing values (veroeffentlichung/bericht/numbers.py), number formats of the workbook's cells (sheet.py).
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pipelines.veroeffentlichung.bericht.content import REGISTER
from pipelines.veroeffentlichung.bericht.numbers import (
    ERKLAERUNGEN,
    FUSSNOTE,
    GEHEIM_CODES,
    LEERER_ANTEIL,
    MINDESTWERT,
    Wert,
    datum,
    dezimal,
    fehlender_wert,
    genauer,
    gerundet,
    is_least_value,
    status_wort,
    zusatzcodes,
)

# Unit → (decimals, what stands behind a value, what stands behind a difference).
EINHEITEN: dict[str, tuple[int, str, str]] = {
    "anzahl": (0, "", ""), "prozent": (1, " %", " Prozentpunkte"), "promille": (1, " je\u00a01.000", " je\u00a01.000"),
    "jahre": (1, " Jahre", " Jahre"), "verhaeltnis": (1, "", ""), "index": (3, "", ""),
    "punkte": (1, " Prozentpunkte", " Prozentpunkte"), "euro": (2, " €", " €"), "quadratmeter": (1, " m²", " m²"),
    "je_100000": (1, " je\u00a0100.000", " je\u00a0100.000"),
}  # fmt: skip
# Verdict → (symbol, word). A symbol never stands alone.
URTEILE = {
    "verbessert": ("▲", "verbessert"), "verschlechtert": ("▼", "verschlechtert"), "unveraendert": ("●", "unverändert"),
    "nicht_bewertbar": ("○", "nicht bewertbar"), "neutral": ("·", "neutral, kein Urteil"),
}  # fmt: skip
UEBERSCHRIFTEN = {
    "verbessert": "Was besser wurde", "verschlechtert": "Was schlechter wurde", "unveraendert": "Was gleich blieb",
    "nicht_bewertbar": "Was nicht bewertbar ist und warum", "neutral": "Was nur beschreibt (neutral, kein Urteil)",
}  # fmt: skip
GRUENDE = {
    "bruch": "Bruch in der Zeitreihe", "quellenwechsel": "Quelle gewechselt", "geschuetzt": "Wert oder Vorwert geschützt",
    "nenner_zu_klein": "Grundzahl zu klein", "erster_wert": "erster Wert", "kein_wert": "Wert oder Vorwert fehlt",
    "anderer_stichtag": "anderer Tag im Jahr als zuvor", "zaehler_zu_klein": "zu wenige Fälle",
    "mindestwert": "nur ein Mindestwert", "beispieldaten": "Beispieldaten, darum kein Urteil",
}  # fmt: skip
FAELLE = {
    "gruppe_verbessert_abstand_kleiner": "Gruppe besser, Abstand kleiner – Fortschritt",
    "gruppe_verbessert_abstand_gleich": "Gruppe besser, Abstand gleich",
    "gruppe_verbessert_abstand_groesser": "Gruppe besser, aber Abstand größer",
    "gruppe_verschlechtert": "Gruppe schlechter – kein Fortschritt",
    "nur_vergleichsgruppe_verschlechtert": "Abstand kleiner, weil die Vergleichsgruppe schlechter wurde – kein Fortschritt",
    "abstand_kleiner": "Abstand kleiner", "abstand_gleich": "Abstand gleich", "abstand_groesser": "Abstand größer",
    "unveraendert": "ohne deutliche Änderung",
}  # fmt: skip
VERLAEUFE = {"steigend": "steigend", "fallend": "fallend", "gleichbleibend": "ohne deutliche Änderung"}
RICHTUNGEN = {"hoch": "Mehr ist besser.", "niedrig": "Weniger ist besser.", "neutral": "Beschreibt nur, ohne Wertung."}
GRUPPEN = {
    "insgesamt": "alle zusammen", "auslaender": "Ausländer:innen", "deutsche": "Deutsche",
    "mit_mh": "mit Migrationshintergrund", "ohne_mh": "ohne Migrationshintergrund",
}  # fmt: skip
BEWERTET = ("verbessert", "verschlechtert", "unveraendert")
# As in sql/geheimhaltung/bevoelkerung/segregation.sql: below, no index of segregation.
MINDESTGEBIETE = 10
STAAT, SEGREGATION = "staat_", "segregation"
NICHT_ERHOBEN, NICHT_BERECHNET, ENTFAELLT = "nicht erhoben", "nicht berechnet", "entfällt"
# Who is counted; inhabitants of one count are not those of another.
ZAEHLUNGEN = {
    "hauptwohnung": "Registerzählung", "wohnberechtigte": "Wohnberechtigte", "fortschreibung": "amtliche Fortschreibung",
    "azr": "Ausländerzentralregister", "zensus": "Zensus",
}  # fmt: skip
ZAEHLUNGSTEXTE = {
    "Registerzählung": "im Melderegister mit alleiniger oder Hauptwohnung gemeldet",
    "Wohnberechtigte": "im Melderegister mit irgendeiner Wohnung gemeldet",
    "amtliche Fortschreibung": "die Einwohnerzahl des letzten Zensus, von den Statistikämtern fortgeschrieben",
    "Ausländerzentralregister": "im Ausländerzentralregister geführt",
    "Zensus": "beim Zensus an diesem Tag gezählt",
}
REGISTER_IM_NAMEN = "nach dem Melderegister"
# Doubles carry noise behind this place; the marts compare on the same one. No two counts of persons differ by less.
STELLEN_GENAU = 9


def exakt(zahl: float) -> Fraction:
    """A published double as the decimal number it stands for."""
    return Fraction(repr(round(float(zahl), STELLEN_GENAU)))


def places(zahl: Fraction, einheit: str, mehr: int = 0) -> int:
    """Decimals that a number of this unit is printed with."""
    if einheit == "anzahl" and zahl.denominator != 1:
        return 1 + mehr
    return EINHEITEN[einheit][0] + (0 if einheit == "anzahl" else mehr)


def indikatorwert(z: Mapping[str, Any]) -> Wert:
    """A row's value in its unit, rounded once, half up, or its mark."""
    if z["wert"] is None:
        return fehlender_wert(z, sorted(LEERER_ANTEIL, key=lambda c: c != z["status"]))
    zahl = exakt(z["wert"])
    text = einheitenwert(z["wert"], z["einheit"])
    if is_least_value(z):
        return Wert(zahl, f"ab {text}", (*zusatzcodes(z), MINDESTWERT))
    return Wert(zahl, text, zusatzcodes(z))


def nach_geschlecht(z: Mapping[str, Any] | None, indikator: Mapping[str, Any]) -> Wert | str:
    """The value of women or men; in words why there is none: not of persons, not computed, or not recorded by the source."""
    fehlt = z is None or (z["wert"] is None and z["status"] == "nicht_erhoben")
    if fehlt and indikator["prozess"]:
        return ENTFAELLT
    if z is None or (fehlt and indikator["herleitung"] == SEGREGATION):
        return NICHT_BERECHNET
    if z["wert"] is None and z["status"] == "nicht_erhoben":
        return NICHT_ERHOBEN
    return indikatorwert(z)


def differenz(zahl: float, einheit: str, mehr: int = 0) -> str:
    """A difference with its sign and unit: `+4,5 Prozentpunkte`; exactly or nearly zero has no sign; `mehr` further places."""
    bruch = exakt(zahl)
    stellen = places(bruch, einheit, mehr)
    text = dezimal(bruch, stellen)
    if gerundet(bruch, stellen) == 0:
        text = text.removeprefix("−")
    elif bruch > 0:
        text = f"+{text}"
    return text + EINHEITEN[einheit][2]


def einheitenwert(zahl: float, einheit: str, mehr: int = 0) -> str:
    """A plain value, such as a goal, in its unit, with `mehr` places more than usual."""
    bruch = exakt(zahl)
    return dezimal(bruch, places(bruch, einheit, mehr)) + EINHEITEN[einheit][1]


def verhaeltnis(zahl: float) -> str:
    """A ratio or location quotient with two decimals."""
    return dezimal(exakt(zahl), 2)


def gruppe(name: str, staaten: Mapping[str, str]) -> str:
    """Word for a group; `staaten`: key → name of a state."""
    if name.startswith(STAAT):
        schluessel = name.removeprefix(STAAT)
        return "übrige Staaten" if schluessel == "uebrige" else staaten.get(schluessel, schluessel)
    return GRUPPEN.get(name, name)


def zaehlung(z: Mapping[str, Any]) -> str:
    """Which count of the population a row belongs to; empty where it belongs to none."""
    return ZAEHLUNGEN.get(z["bevoelkerung"] or "", "")


def is_unnamed(z: Mapping[str, Any]) -> bool:
    """Whether no source names the figure of a row: it stands there because the source has that of other areas or groups."""
    leer = z["wert"] is None and z["fundstelle"] is None and z["quelle"] != REGISTER
    return bool(leer and z["status"] not in GEHEIM_CODES)


def kachel(k: Mapping[str, Any], zaehlung: str) -> str:
    """Name above a figure that stands alone: tiles beside each other may be of different counts."""
    name = str(k["name"])
    return f"{name} ({zaehlung})" if zaehlung_am_namen(name, zaehlung) else name


def zaehlung_am_namen(name: str, zaehlung: str) -> str:
    """Which count stands beside a name; none where the name says it (»nach dem Melderegister«)."""
    return "" if zaehlung == ZAEHLUNGEN["hauptwohnung"] and REGISTER_IM_NAMEN in name else zaehlung


def zuletzt(frueher: Mapping[str, Any], z: Mapping[str, Any]) -> str:
    """The last value there was: qualified as it is, and named by its count where that is another."""
    wert, andere = indikatorwert(frueher), zaehlung(frueher)
    zusaetze = [ERKLAERUNGEN[c][0] for c in wert.codes if c in FUSSNOTE and c != MINDESTWERT]
    zusaetze += [andere] if andere and andere != zaehlung(z) else []
    return f"zuletzt {wert.text} am {datum(frueher['stichtag'])}" + (f" ({', '.join(zusaetze)})" if zusaetze else "")


def urteil(z: Mapping[str, Any]) -> str:
    """Key of URTEILE; a neutral indicator has no verdict, and there is none on generated or invented figures."""
    if z["beispieldaten"] and z["trend"] in BEWERTET:
        return "nicht_bewertbar"
    return str(z["trend"]) if z["trend"] else "neutral"


def grund(z: Mapping[str, Any]) -> str:
    """Why there is no verdict, in words; empty where there is one, or none is ever given. Of an example none is, whatever else
    it lacks beside its value."""
    if z["beispieldaten"] and z["trend"] in BEWERTET:
        return GRUENDE["beispieldaten"]
    if not z["trend_grund"] or z["richtung"] == "neutral":
        return ""
    if z["beispieldaten"] and z["wert"] is not None:
        return GRUENDE["beispieldaten"]
    wort = GRUENDE.get(z["trend_grund"], str(z["trend_grund"]))
    if z["trend_grund"] == "bruch" and z["bruch_text"]:
        return f"{wort}: {z['bruch_text']}"
    if z["trend_grund"] in ("geschuetzt", "nenner_zu_klein", "kein_wert"):
        return _wessen(z, wort)
    return wort


def _wessen(z: Mapping[str, Any], wort: str) -> str:
    """Whether this value or the one before it is the one that is missing."""
    wer = "Vorwert" if z["wert"] is not None else "Wert"
    genau = genauer(z["status"], z["hinweise"] or [])
    if z["wert"] is None and z["trend_grund"] == "kein_wert" and genau != z["status"]:
        wort = status_wort(genau)
        return wort if "fehlt" in wort else f"Wert fehlt: {wort}"
    return {"geschuetzt": f"{wer} geschützt", "kein_wert": f"{wer} fehlt"}.get(z["trend_grund"], wort)


def kein_vergleich(z: Mapping[str, Any]) -> str:
    """Why there is no change to the period before, in words."""
    if z["wert"] is None:
        return "Wert geschützt" if z["status"] in GEHEIM_CODES else "Wert fehlt"
    if z["vorperiode"] is None:
        return GRUENDE["anderer_stichtag" if z["trend_grund"] == "anderer_stichtag" else "erster_wert"]
    if z["abschnitt_grund"]:
        return GRUENDE[z["abschnitt_grund"]]
    return "Vorwert fehlt"


def verlauf(t: Mapping[str, Any] | None) -> str:
    """How the last comparable run of values went, in words: direction, slope and range, no verdict."""
    if t is None:
        return "Verlauf: nicht gerechnet"
    if t["verlauf"] not in VERLAEUFE:
        return f"Verlauf: zu wenige vergleichbare Werte ({t['punkte']}, nötig {t['mindestpunkte']})"
    jahre = f"{t['von'].year}–{t['bis'].year}" if t["von"] and t["bis"] else ""
    einheit = t["einheit"]
    return (
        f"Verlauf: {VERLAEUFE[t['verlauf']]}, {differenz(t['steigung_je_jahr'], einheit)} im Jahr; zwischen "
        f"{_von_bis(t['kleinster'], t['groesster'], einheit)} ({jahre}, {t['punkte']} Werte)"
    )


def _von_bis(kleinster: float, groesster: float, einheit: str) -> str:
    """`41,3 und 42,6 Jahren`, `0,188 und 0,196`, `9,9 und 11,2 %`: after »zwischen«, with the unit once and in the dative."""
    wort = EINHEITEN[einheit][1]
    return f"{einheitenwert(kleinster, einheit).removesuffix(wort)} und {einheitenwert(groesster, einheit)}" + (
        "n" if wort.endswith(("Jahre", "punkte")) else ""
    )


def ziel(z: Mapping[str, Any]) -> list[str]:
    """Lines on the goal: what it is, how far away, the pace needed; `kein Zielwert` where there is none."""
    if z["ziel"] is None:
        return ["kein Zielwert"]
    einheit = z["einheit"]
    zeilen = [f"Ziel: {einheitenwert(z['ziel'], einheit)}" + (f" bis {z['ziel_jahr']}" if z["ziel_jahr"] else "")]
    if z["ziel_erreicht"]:
        return [*zeilen, "erreicht"]
    if z["zielabstand"] is None:
        return [*zeilen, "Abstand: kein Wert"]
    zeilen.append(f"noch {differenz(z['zielabstand'], einheit)}")
    if z["ziel_tempo"] is not None:
        zeilen.append(f"nötig {differenz(z['ziel_tempo'], einheit)} je Jahr")
    elif z["ziel_jahr"]:
        zeilen.append("Zieljahr erreicht, Ziel verfehlt" if z["ziel_erreicht"] is False else "Zieljahr erreicht")
    return zeilen
