"""Printed numbers and value signs → value and kennzeichen.

Belongs here: what one cell says. Does not belong here: which number a column may hold (a count, a share), and words for
areas or groups. Nothing is guessed: a text that could be read in two ways is an error that names both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

# Signs of German tables (DIN 55301 and the legends of IT.NRW, Nürnberg and Sachsen) → kennzeichen.
DIN_ZEICHEN: Mapping[str, str] = MappingProxyType(
    {
        "": "leer", "-": "-", "–": "-", "—": "-", "−": "-", ".": ".", "•": ".", "·": ".", "*": ".", "...": "...", "…": "...",
        "x": "x", "X": "x", "/": "/", "|": "|", "()": "()", "( )": "()",
    }
)  # fmt: skip
GENAU_NULL = "-"
WENIGER_ALS_HALB = "0"
FEHLERWERTE = frozenset(
    {
        "#N/A", "#NV", "#REF!", "#BEZUG!", "#DIV/0!", "#VALUE!", "#WERT!", "#NAME?", "#NUM!", "#ZAHL!", "#NULL!",
        "#GETTING_DATA", "#SPILL!", "#ÜBERLAUF!", "#CALC!",
    }
)  # fmt: skip
LAENGSTE = 60  # characters of a number, signs included
GROESSTER_EXPONENT = 30

_LEER = " \u00a0\u2009\u202f"
_HOCH = "¹²³⁰⁴-⁹"
_FUSSNOTE = re.compile(rf"\s*(?:[{_HOCH}]+(?:,?\s*[{_HOCH}]+)*|(?<=\s)[0-9]{{1,2}}\))$")
_HUELLE = re.compile(
    r"(?P<vor>[prs](?=[\s(+\-−–,.0-9]))?\s*(?P<auf>\(\s*)?(?P<zahl>[+\-−–]?[0-9,.].*?)\s*(?P<p1>%)?\s*(?P<zu>\))?"
    r"\s*(?P<p2>%)?\s*(?P<nach>[prs])?"
)
_KERN = re.compile(rf"(?P<vz>[+\-−–]?)(?P<betrag>[0-9,.][0-9,.'’{_LEER}]*)(?:[eE](?P<exp>[+\-−]?[0-9]{{1,3}}))?")
_DATUM = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}")
_NAMEN = {",": "komma", ".": "punkt"}


@dataclass(frozen=True)
class Zahlformat:
    """How numbers are printed. `tausender` "" means none; " " covers all kinds of blanks, "'" both apostrophes."""

    dezimal: str = ","
    tausender: str = "."


class Zahl(NamedTuple):
    """What a cell says.

    `gedruckt` are the digits as printed, in canonical form ("8.4", "-0.8", "1439.00"; None where a sign stands for the
    number), `stellen` its decimals, `prozent` whether a percent sign stands with it.
    """

    wert: float | None
    gedruckt: str | None
    stellen: int
    kennzeichen: str | None
    prozent: bool = False


def read_number(zelle: str | int | float, format: Zahlformat, zeichen: Mapping[str, str] = DIN_ZEICHEN) -> Zahl:
    """Read one cell; `zeichen` maps whole cells (signs, words such as "gesperrt", "0") to their kennzeichen.

    Raises: ValueError with the reason in German, to be put behind the cell's text ("ist keine Zahl").
    """
    if isinstance(zelle, str):
        text = zelle.strip()
        kennzeichen = zeichen.get(text)
        if kennzeichen is not None:
            return _zeichenwert(text, kennzeichen, format)
        try:
            zahl = _aus_text(text, format)
        except ValueError:
            if (wort := _wort(text, zeichen)) is None:
                raise
            return _zeichenwert(text, wort, format)
    elif isinstance(zelle, bool):
        raise ValueError("ist ein Wahrheitswert, keine Zahl")
    elif isinstance(zelle, int):
        zahl = Zahl(float(zelle), str(zelle), 0, None) if abs(zelle) < 10**LAENGSTE else _keine_zahl()
    elif isinstance(zelle, float):
        zahl = _aus_float(zelle)
    else:
        raise ValueError("ist ein Datum, keine Zahl" if isinstance(zelle, date) else "ist keine Zahl")
    if zahl.wert == 0 and zahl.kennzeichen is None and zeichen.get("0") == WENIGER_ALS_HALB:
        return zahl._replace(kennzeichen=WENIGER_ALS_HALB)
    return zahl


def write_number(wert: float | Decimal | str, stellen: int, format: Zahlformat) -> str:
    """Print a number with so many decimals, rounded half away from zero: 1234.5 → "1.234,5"."""
    genau = Decimal(str(wert)).quantize(Decimal(1).scaleb(-stellen), ROUND_HALF_UP, Context(prec=400))
    ganz, _, bruch = f"{abs(genau):f}".partition(".")
    ganz = f"{int(ganz):,}".replace(",", format.tausender)
    return ("-" if genau < 0 else "") + ganz + (format.dezimal + bruch if bruch else "")


def _keine_zahl() -> Zahl:
    raise ValueError("ist keine Zahl")


def _zeichenwert(text: str, kennzeichen: str, format: Zahlformat) -> Zahl:
    if kennzeichen == GENAU_NULL:
        return Zahl(0.0, None, 0, kennzeichen)
    if kennzeichen != WENIGER_ALS_HALB:
        return Zahl(None, None, 0, kennzeichen)
    try:
        gedruckt = _aus_text(text, format)
    except ValueError:
        return Zahl(0.0, None, 0, kennzeichen)
    return gedruckt._replace(wert=0.0, kennzeichen=kennzeichen)


def _wort(text: str, zeichen: Mapping[str, str]) -> str | None:
    """The kennzeichen of a word, whatever its case and blanks ("k. A." is "k.A.")."""
    vergleich = re.sub(r"\s", "", text.casefold())
    return next((k for wort, k in zeichen.items() if wort and re.sub(r"\s", "", wort.casefold()) == vergleich), None)


@lru_cache(maxsize=1 << 16)
def _aus_float(wert: float) -> Zahl:
    """A typed number of a workbook; like the spreadsheet, it shows 15 significant digits."""
    if wert != wert or wert in (float("inf"), float("-inf")) or abs(wert) >= 10.0**LAENGSTE:
        raise ValueError("ist keine Zahl")
    genau = Decimal(f"{wert:.15g}")
    text = f"{genau:f}"
    return _fertig(text.rstrip("0").rstrip(".") if "." in text else text, None, False)


def _fertig(gedruckt: str, kennzeichen: str | None, prozent: bool) -> Zahl:
    wert = float(gedruckt)
    if wert == 0:
        wert, gedruckt = 0.0, gedruckt.removeprefix("-")
    return Zahl(wert, gedruckt, len(gedruckt.partition(".")[2]), kennzeichen, prozent)


@lru_cache(maxsize=1 << 16)
def _aus_text(text: str, format: Zahlformat) -> Zahl:
    if text in FEHLERWERTE:
        raise ValueError("ist ein Fehlerwert der Tabellenkalkulation")
    if not text or len(text) > LAENGSTE:
        raise ValueError("ist keine Zahl")
    if re.fullmatch(r"[0-9]+\)", text):
        raise ValueError("ist mehrdeutig: die letzte Ziffer kann zur Zahl oder zur Fußnote gehören")
    if _DATUM.fullmatch(text):
        raise ValueError("ist ein Datum, keine Zahl")
    huelle = _HUELLE.fullmatch(_FUSSNOTE.sub("", text))
    if not huelle or bool(huelle["auf"]) != bool(huelle["zu"]) or (huelle["p1"] and huelle["p2"]):
        raise ValueError("ist keine Zahl")
    marken = [m for m in (huelle["vor"], huelle["nach"], "()" if huelle["auf"] else None) if m]
    if len(marken) > 1:
        raise ValueError(f"trägt mehrere Zeichen ({' und '.join(marken)})")
    kern = _KERN.fullmatch(huelle["zahl"])
    if not kern:
        raise ValueError("ist keine Zahl")
    betrag = kern["betrag"].rstrip()
    ziffern = _mit_exponent(betrag, kern["exp"], format) if kern["exp"] else _betrag(betrag, format)
    vorzeichen = "-" if kern["vz"] in ("-", "−", "–") and kern["vz"] else ""
    return _fertig(vorzeichen + ziffern, marken[0] if marken else None, bool(huelle["p1"] or huelle["p2"]))


def _mit_exponent(betrag: str, exponent: str, format: Zahlformat) -> str:
    """6.42E-02 → 0.0642. A point is always a decimal point here: nobody groups digits before an exponent."""
    hoch = int(exponent.replace("−", "-"))
    mantisse = betrag.replace(format.dezimal, ".")
    if abs(hoch) > GROESSTER_EXPONENT or not re.fullmatch(r"[0-9]*(?:\.[0-9]+)?", mantisse):
        raise ValueError("ist keine Zahl")
    return f"{Decimal(mantisse).scaleb(hoch, Context(prec=200)):f}"


def _betrag(betrag: str, format: Zahlformat) -> str:
    """Digits without sign → digits with a decimal point. Raises: ValueError saying what is wrong with the grouping."""
    ganz, komma, bruch = betrag.partition(format.dezimal)
    if komma and not re.fullmatch(r"[0-9]+", bruch):
        raise ValueError("ist keine Zahl")
    if ganz and not re.fullmatch(r"[0-9]+", ganz):
        ganz = _ohne_tausender(betrag, ganz, format)
    ganz = ganz.lstrip("0") or "0"
    return f"{ganz}.{bruch}" if komma else ganz


@lru_cache(maxsize=16)
def _gruppen(tausender: str) -> re.Pattern[str]:
    klassen = {"": "(?!)", " ": f"[{_LEER}]", "'": "['’]"}
    eigene = klassen.get(tausender, re.escape(tausender))
    # Blanks between groups of three can mean nothing else, so they may stand in for a declared separator.
    leer = f"|[1-9][0-9]{{0,2}}(?:[{_LEER}][0-9]{{3}})+" if tausender else ""
    return re.compile(f"[1-9][0-9]{{0,2}}(?:{eigene}[0-9]{{3}})+{leer}")


def _ohne_tausender(betrag: str, ganz: str, format: Zahlformat) -> str:
    if _gruppen(format.tausender).fullmatch(ganz):
        return re.sub(r"[^0-9]", "", ganz)
    anderes = "." if format.dezimal == "," else ","
    if anderes != format.tausender and betrag == ganz and re.fullmatch(rf"[0-9]*\{anderes}[0-9]+", ganz):
        wort = _NAMEN[anderes]
        if re.fullmatch(rf"[1-9][0-9]{{0,2}}\{anderes}[0-9]{{3}}", ganz):
            ohne, dezimal = ganz.replace(anderes, ""), ganz.replace(anderes, format.dezimal)
            raise ValueError(f"ist mehrdeutig: {ganz} wäre mit Tausender{wort} {ohne}, mit Dezimal{wort} {dezimal}")
        gedacht = _NAMEN.get(format.dezimal, format.dezimal)
        raise ValueError(
            f"hat ein Dezimal{wort} statt Dezimal{gedacht}".replace("ein Dezimalpunkt", "einen Dezimalpunkt")
        )
    raise ValueError("hat eine falsch gesetzte Tausendertrennung")
