"""How a published value is shown to a reader: German numbers, marks for missing values, words for status codes.

Belongs here: rounding, number and date formats, the marks and their explanations. Does not belong here: reading the
published file (load.py), layout (templates/, workbook.py). Long because a mark, its word and the value it stands at are one
thought.

Numbers are rounded once, half up, from the exact fraction of the published counts. A share that was not published is
never recomputed from counts that were: the fraction is used only where the published share exists.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from schemas.model import OHNE_ZAHL
from schemas.tabellen.registry import TABELLEN

GESCHUETZT = "•"
KEIN_WERT = "–"

STATUS_WORTE: dict[str, tuple[str, str]] = {
    "ok": ("veröffentlicht", "Die Zahl ist ohne Einschränkung veröffentlicht."),
    "geheim": ("geschützt", "Die Zahl ist klein oder würde eine kleine Zahl verraten."),
    "gerundet": ("gerundet", "Die Zahl ist zum Schutz einzelner Personen gerundet."),
    "zu_klein": ("Grundzahl zu klein", "Die Gruppe ist für einen aussagekräftigen Anteil zu klein."),
    "bruch": ("Bruch in der Zeitreihe", "Die Zahl ist mit früheren nicht ohne Weiteres vergleichbar."),
    "keine_daten": ("keine Daten", "Es liegt keine Lieferung vor, aus der sich die Zahl ergibt."),
    "nicht_erhoben": (
        "nicht erhoben",
        "Die Quelle enthält diese Angabe nicht, oder die Kommune gliedert nicht so tief.",
    ),
    "nicht_bewertbar": ("nicht berechenbar", "Aus den vorhandenen Angaben lässt sich die Zahl nicht bilden."),
    "vorlaeufig": ("vorläufig", "Die Zahl kann sich noch ändern."),
    "geschaetzt": (
        "geschätzt",
        "Die Quelle nennt die Zahl nur ungefähr, sie ist aus Gebieten alten Zuschnitts umgerechnet, oder Gebiete mit geschützten "
        "Zahlen zählen nicht mit.",
    ),
    "korrigiert": ("berichtigt", "Die Zahl ersetzt eine früher veröffentlichte."),
}
# Footnote sign of each code: a number explains a missing value, a letter qualifies a value that is shown; "ab" stands
# before the value itself.
FUSSNOTE = {
    "zu_klein": "1", "nicht_bewertbar": "2", "nicht_erhoben": "3", "keine_daten": "4",
    "nenner_fehlt": "5", "nenner_null": "6", "nenner_fremd": "7", "einheit_fremd": "8", "viele_unentscheidbar": "9",
    "unbewohnt": "10", "zeichen_unbekannt": "11", "zeichen_spaeter": "12", "zeichen_unsicher": "13",
    "gerundet": "g", "quelle_gerundet": "q", "bruch": "b",
    "vorlaeufig": "v", "geschaetzt": "s", "korrigiert": "k", "mindestwert": "ab",
}  # fmt: skip
GEHEIM_CODES = ("geheim",)
ZUSATZ_CODES = ("gerundet", "quelle_gerundet", "bruch", "vorlaeufig", "geschaetzt", "korrigiert")
GENAU = Fraction(1, 10**9)  # a double of a share carries no more noise than this
MINDESTWERT = "mindestwert"
HINWEIS_WORTE: dict[str, tuple[str, str]] = {
    MINDESTWERT: ("Mindestwert", "Für viele Personen fehlt ein nötiges Merkmal; der Anteil kann deutlich höher sein."),
    "viele_unentscheidbar": (
        "zu viele Unentscheidbare",
        "Für viele Personen lässt sich nicht sagen, ob sie dazugehören.",
    ),
    "gedruckt_weicht_ab": (
        "gedruckter Wert weicht ab",
        "Der gedruckte Wert folgt nicht aus den Zahlen daneben; veröffentlicht ist der gedruckte.",
    ),
    "quelle_gerundet": (
        "von der Quelle gerundet",
        "Die Quelle nennt die Zahl, oder eine, aus der sie gerechnet ist, nur gerundet.",
    ),
    "unbewohnt": ("unbewohnt", "Hier wohnt niemand, oder die Gruppe ist leer."),
    "nenner_fehlt": ("Grundzahl fehlt", "Die Fälle sind geliefert, die Zahl, auf die sie zu beziehen sind, nicht."),
    "nenner_null": ("Grundzahl null", "Die Zahl, durch die zu teilen wäre, ist null."),
    "nenner_fremd": ("fremde Grundzahl", "Fälle und Grundzahl stammen aus Quellen, die nicht zueinander passen."),
    "einheit_fremd": ("andere Einheit", "Die Zahl ist in einer Einheit geliefert, die nicht zum Indikator passt."),
    "zeichen_unbekannt": ("Quelle: unbekannt", "Die Quelle druckt ».«: Zahl unbekannt oder geheim zu halten."),
    "zeichen_spaeter": ("Quelle: später", "Die Quelle druckt »...«: Angabe fällt später an."),
    "zeichen_unsicher": ("Quelle: zu unsicher", "Die Quelle druckt »/«: Zahl nicht sicher genug."),
    "personenangabe": ("Personenangabe entfernt", "Ein Text nannte eine Person; die Angabe ist entfernt."),
    "ueber_hundert": ("mehr als alle", "Teilgenommen haben mehr Personen, als die Zielgruppe zählt."),
    "jahr_angenommen": ("Jahr angenommen", "Die Quelle nennt kein Jahr; es ist angenommen."),
    "rechnet_nicht_auf": ("rechnet nicht auf", "Aufwand weniger Ertrag ist nicht der Eigenanteil."),
}
ERKLAERUNGEN = STATUS_WORTE | HINWEIS_WORTE
# General reason → hints that say exactly what it is; the first that the row bears is told instead.
GENAUER: dict[str, tuple[str, ...]] = {
    "nicht_bewertbar": (
        "nenner_fehlt",
        "nenner_null",
        "nenner_fremd",
        "einheit_fremd",
        "viele_unentscheidbar",
        "unbewohnt",
    ),
    "keine_daten": ("zeichen_unbekannt", "zeichen_spaeter"),
    "zu_klein": ("zeichen_unsicher",),
}
# What a missing share may be blamed on, in this order: `nicht_erhoben` may speak of another column of the row.
LEERER_ANTEIL = ("zu_klein", "nicht_bewertbar", "nicht_erhoben", "keine_daten")
LEERE_ANZAHL = ("nicht_erhoben", "keine_daten", "nicht_bewertbar", "zu_klein")

EINWOHNER = "einwohner"
ZAEHLER: dict[str, tuple[str, ...]] = {
    "anteil": ("personen",),
    "anteil_auslaender": ("auslaender",),
    "anteil_mh": ("personen_mit_mh",),
    "anteil_mh_min": ("personen_mit_mh",),
    "anteil_mh_max": ("personen_mit_mh", "unentscheidbar"),
}
LOKATIONSQUOTIENT = "lokationsquotient_mh"
# Figures that rest on a share and bear its signs.
SHARE_OF = {"anteil_mh_min": "anteil_mh", "anteil_mh_max": "anteil_mh", LOKATIONSQUOTIENT: "anteil_mh"}
# Counts that are only a lower bound where many persons are undecidable.
MINDESTANZAHLEN = ("personen_mit_mh", "deutsche_mit_mh")

GESCHLECHT_WORTE = {
    "w": "weiblich", "m": "männlich", "d": "divers", "x": "keine Angabe", "insgesamt": "insgesamt",
}  # fmt: skip


@dataclass(frozen=True)
class Wert:
    """A cell: the exact number (None if missing), what is printed, and the codes a footnote must explain."""

    zahl: int | Fraction | None
    text: str
    codes: tuple[str, ...] = ()

    @property
    def geschuetzt(self) -> bool:
        return self.text == GESCHUETZT

    @property
    def fussnote(self) -> str:
        return ", ".join(FUSSNOTE[c] for c in self.codes if c in FUSSNOTE and c != MINDESTWERT)

    @property
    def read_aloud(self) -> str:
        """What a screen reader says instead of a mark."""
        worte = "geschützt" if self.geschuetzt else " ".join(ERKLAERUNGEN[c][0] for c in self.codes)
        return worte or ("kein Wert" if self.text == KEIN_WERT else self.text if self.zahl is None else "")


def gerundet(wert: Fraction, stellen: int) -> Decimal:
    """Round once, half away from zero, from the exact fraction."""
    faktor = 10**stellen
    betrag = (abs(wert) * faktor * 2 + 1) // 2
    return Decimal(int(betrag) * (1 if wert >= 0 else -1)).scaleb(-stellen)


def dezimal(wert: Fraction, stellen: int) -> str:
    """`1234.5` → `1.234,5`."""
    text = f"{gerundet(wert, stellen):,.{stellen}f}"
    return text.translate(str.maketrans(",.-", ".,−"))


def ganz(wert: int) -> str:
    """`87815` → `87.815`."""
    return dezimal(Fraction(wert), 0)


def prozent(wert: Fraction, stellen: int = 1) -> str:
    """`313/2212` → `14,2 %`."""
    return f"{dezimal(wert * 100, stellen)} %"


def punkte(wert: Fraction) -> str:
    """A difference of shares in percentage points with its sign: `+4,5`."""
    text = dezimal(wert * 100, 1)
    return text if text.startswith("−") or text == "0,0" else f"+{text}"


def datum(wert: date | datetime | None) -> str:
    """`TT.MM.JJJJ`, or a dash."""
    return wert.strftime("%d.%m.%Y") if wert else KEIN_WERT


def fehlender_wert(zeile: Mapping[str, Any], moegliche: Iterable[str], spalte: str = "") -> Wert:
    """The mark of a value that is not there: what the row says of this very figure (`code:column`); else protected before all
    else, then the first of `moegliche` the row names.
    """
    codes = [zeile.get("status"), *(zeile.get("hinweise") or [])]
    if eigene := [c for c in OHNE_ZAHL if spalte and f"{c}:{spalte}" in codes]:
        codes, moegliche = [*eigene, *(c for c in codes if c not in OHNE_ZAHL)], eigene
    if any(c in GEHEIM_CODES for c in codes):
        return Wert(None, GESCHUETZT, tuple(dict.fromkeys(c for c in codes if c in GEHEIM_CODES)))
    return Wert(None, KEIN_WERT, (genauer(next((c for c in moegliche if c in codes), "keine_daten"), codes),))


def genauer(grund: str, codes: Iterable[str | None]) -> str:
    """The code that says exactly why a figure is missing, where one of the row's hints does; else `grund`."""
    vorhanden = set(codes)
    return next((c for c in GENAUER.get(grund, ()) if c in vorhanden), grund)


def zusatzcodes(zeile: Mapping[str, Any], spalte: str = "") -> tuple[str, ...]:
    """What qualifies a value that is shown: rounded, break, provisional, estimated, corrected.

    A code that the row names figures for (`code:column`) holds of these alone.
    """
    codes = [str(c) for c in (zeile.get("status"), *(zeile.get("hinweise") or []))]
    einzeln = {c.partition(":")[0] for c in codes if ":" in c}
    return tuple(c for c in ZUSATZ_CODES if (f"{c}:{spalte}" in codes if spalte and c in einzeln else c in codes))


def anzahl(zeile: Mapping[str, Any] | None, spalte: str) -> Wert:
    """A count of a row; a missing row is `keine_daten`."""
    if zeile is None:
        return Wert(None, KEIN_WERT, ("keine_daten",))
    if zeile.get(spalte) is None:
        return fehlender_wert(zeile, LEERE_ANZAHL, spalte)
    if spalte in MINDESTANZAHLEN and is_least_value(zeile):
        return Wert(int(zeile[spalte]), f"ab {ganz(int(zeile[spalte]))}", (*zusatzcodes(zeile, spalte), MINDESTWERT))
    return Wert(int(zeile[spalte]), ganz(int(zeile[spalte])), zusatzcodes(zeile, spalte))


def _bruchzahl(zeile: Mapping[str, Any], spalte: str) -> Fraction:
    """The exact fraction of a published share or quotient; its double where a count behind it is not published or says else.

    A printed share that does not follow from the counts beside it stays as printed.
    """
    gezeigt = Fraction(repr(float(zeile[spalte])))
    if spalte == LOKATIONSQUOTIENT:
        teile = [zeile.get(n) for n in ("personen_mit_mh", EINWOHNER, "kommune_mh", "kommune_einwohner")]
        if all(teile):
            mh, einwohner, alle_mh, alle = (int(t) for t in teile if t is not None)
            return _wenn_gleich(Fraction(mh * alle, einwohner * alle_mh), gezeigt)
    else:
        oben = [zeile.get(n) for n in ZAEHLER[spalte]]
        if zeile.get(EINWOHNER) and all(o is not None for o in oben):
            return _wenn_gleich(Fraction(sum(int(o) for o in oben if o is not None), int(zeile[EINWOHNER])), gezeigt)
    return gezeigt


def _wenn_gleich(bruch: Fraction, gezeigt: Fraction) -> Fraction:
    """The exact fraction if the published double is that fraction, else the published number."""
    return bruch if abs(bruch - gezeigt) < GENAU else gezeigt


def anteil(zeile: Mapping[str, Any] | None, spalte: str) -> Wert:
    """A share of a row in percent, one decimal; or the location quotient, two decimals.

    `zeile` holds the counts beside the share (`einwohner` is the denominator).
    """
    if zeile is None:
        return Wert(None, KEIN_WERT, ("keine_daten",))
    if zeile.get(spalte) is None:
        zaehler = ZAEHLER.get(spalte, ("personen_mit_mh",))
        sichtbar = all(zeile.get(n) is not None for n in (*zaehler, EINWOHNER))
        codes = [zeile.get("status"), *(zeile.get("hinweise") or [])]
        if zeile.get(EINWOHNER) == 0:
            return Wert(None, KEIN_WERT, ("unbewohnt",))
        # Where the counts are shown, it is not secrecy that hides the share.
        if sichtbar and any(c in LEERER_ANTEIL for c in codes) and not any(f"{c}:{spalte}" in codes for c in OHNE_ZAHL):
            return Wert(None, KEIN_WERT, (genauer(next(c for c in LEERER_ANTEIL if c in codes), codes),))
        return fehlender_wert(zeile, LEERER_ANTEIL, spalte)
    zahl = _bruchzahl(zeile, spalte)
    if spalte == LOKATIONSQUOTIENT and is_least_value(zeile):
        return Wert(None, KEIN_WERT, ("nicht_bewertbar",))
    if spalte == "anteil_mh" and is_least_value(zeile):
        return Wert(zahl, f"ab {prozent(zahl)}", (*zusatzcodes(zeile, spalte), MINDESTWERT))
    text = dezimal(zahl, 2) if spalte == LOKATIONSQUOTIENT else prozent(zahl)
    return Wert(zahl, text, zusatzcodes(zeile, SHARE_OF.get(spalte, spalte)))


def is_least_value(zeile: Mapping[str, Any]) -> bool:
    """Whether the row is published as a lower bound; the limit is the town's (`veroeffentlichung.mindestwert_ab`)."""
    return MINDESTWERT in (zeile.get("status"), *(zeile.get("hinweise") or []))


def spanne(zeile: Mapping[str, Any] | None) -> Wert:
    """Lowest and highest possible share: the undecidable counted as without, and as with."""
    unten, oben = anteil(zeile, "anteil_mh_min"), anteil(zeile, "anteil_mh_max")
    if unten.zahl is None or oben.zahl is None:
        return unten if unten.zahl is None else oben
    return Wert(oben.zahl, f"{unten.text.removesuffix(' %')} bis {oben.text}", unten.codes)


def legende(werte: Iterable[Wert]) -> list[tuple[str, str]]:
    """What stands under a table: (mark, explanation) for every mark that occurs in it."""
    codes = {c for w in werte for c in w.codes}
    zeilen = []
    if codes & set(GEHEIM_CODES):
        zeilen.append((GESCHUETZT, "geschützt: Die Zahl ist klein oder würde eine kleine Zahl verraten."))
    for code, zeichen in FUSSNOTE.items():
        if code in codes:
            wort, erklaerung = ERKLAERUNGEN[code]
            marke = f"{KEIN_WERT} {zeichen}" if zeichen.isdigit() else zeichen
            zeilen.append((marke, f"{wort}: {erklaerung}"))
    return zeilen


def status_wort(code: str) -> str:
    """German word for a code; of `code:spalte` with the name of the figure it speaks of. An unknown code is shown as it is."""
    code, _, spalte = code.partition(":")
    wort = ERKLAERUNGEN.get(code, (code, ""))[0]
    return f"{_spaltentitel().get(spalte, spalte)}: {wort}" if spalte else wort


@cache
def _spaltentitel() -> dict[str, str]:
    return {s.name: s.titel for t in TABELLEN.values() for s in t.spalten}


def alter_wort(gruppe: str) -> str:
    """`00-02` → `0–2 Jahre`, `75+` → `ab 75 Jahre`."""
    if teile := re.fullmatch(r"(\d+)-(\d+)", gruppe):
        return f"{int(teile[1])}–{int(teile[2])} Jahre"
    if teile := re.fullmatch(r"(\d+)\+", gruppe):
        return f"ab {int(teile[1])} Jahre"
    return {"unbekannt": "Alter unbekannt", "insgesamt": "insgesamt"}.get(gruppe, gruppe)
