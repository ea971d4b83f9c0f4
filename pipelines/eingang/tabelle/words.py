"""Words of a table nobody has described yet → what they probably mean: header, label, time, cell, file name.

Belongs here: patterns, and functions of one text or one header. Does not belong here: where in a sheet something stands
(eingang/layout_proposal/shape.py), and the words of a described table, where nothing is guessed (labels.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pipelines.eingang.grid.sheet import TRENNER
from pipelines.eingang.tabelle.labels import GESCHLECHTER, SUMMENWOERTER, altersgruppe, staatsnamen
from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN, Zahlformat, read_number
from pipelines.foundation.names import ohne_endung, ohne_fussnote
from pipelines.foundation.storage import WURZEL
from pipelines.stamm.quellen.time_label import TAG, tag_von
from schemas.spalten.lieferung import MERKMALE

# In the order in which they are tried; the first of those that read most cells is proposed.
FORMATE = tuple(
    Zahlformat(d, t) for d, t in ((",", "."), (".", ""), (".", ","), (",", ""), (".", " "), (".", "'"), (",", "'"))
)
_STAATEN = WURZEL / "data" / "raw" / "referenz" / "staaten.csv"
PLATZHALTER = {"gesperrt": ".", "geheim": ".", "k.a.": "leer", "k.a": "leer", "n.v.": "leer", "keineangabe": "leer"}
MH_MERKMALE = {"personen_mit_mh", "deutsche_mit_mh", "personen_ohne_mh", "anteil_mh"}
_ANTEIL_VON = {"auslaender": "anteil_auslaender", "personen_mit_mh": "anteil_mh"}
BIS_UNTER = re.compile(r"bis unter|und aelter|unter\b", re.IGNORECASE)
_BEVOELKERUNG = (("azr", r"auslaenderzentralregister|\bazr\b"), ("fortschreibung", "fortschreibung"),
                 ("hauptwohnung", "hauptwohn|melderegister"), ("wohnberechtigte", "wohnberechtigt"))  # fmt: skip
_ANTEILWORT = re.compile(r"%|prozent|anteil|quote\b|percentage")
_P = r"(?:(?:personen|einwohner|bevoelkerung|menschen) )?"
_MH = r"(?:mh|migrationshintergrund)"
_ANTEIL = r"(?:anteil|quote)(?: der| von| an)?"
# Header in its compared form (norm) → measure of the common vocabulary; more special ones first.
_BEKANNT = tuple(
    (merkmal, re.compile(muster))
    for merkmal, muster in (
        ("dichte", r"(?:bevoelkerungs|einwohner)dichte|(?:einwohner|ew) (?:je|pro) (?:qkm|km²|quadratkilometer)"),
        ("flaeche", r"(?:boden|kataster|gebiets)?flaeche(?: in)? (?:qkm|km²)"),
        ("mindestsicherungsquote", r"mindestsicherungsquote"),
        ("mindestsicherung", r"(?:empfaenger von )?(?:soz\w* )?mindestsicherung(?:sleistung(?:en)?)?"),
        ("anteil_mh", rf"{_ANTEIL} {_P}(?:mit )?{_MH}|mh (?:quote|anteil)|inhabitants with migration background percentage"),
        ("anteil_auslaender", rf"auslaender(?:anteil|quote)|{_ANTEIL} (?:auslaender|nichtdeutsche)|"
         r"inhabitants foreigners percentage"),
        ("deutsche_mit_mh", rf"deutsche mit {_MH}|inhabitants germans with migration background"),
        ("personen_ohne_mh", rf"{_P}ohne {_MH}"),
        ("personen_mit_mh", rf"{_P}mit {_MH}|migrationshintergrund|inhabitants with migration background|mh(?: e)?"),
        ("auslaender", r"(?:darunter |davon )?(?:auslaender|auslaendische (?:bevoelkerung|einwohner|personen)|nichtdeutsche?|"
         r"inhabitants foreigners)"),
        ("deutsche", r"(?:darunter |davon )?(?:deutsche?|deutsche bevoelkerung|inhabitants germans)"),
        ("einwohner", r"(?:einwohner|einwohnerzahl|(?:wohn|gesamt)?bevoelkerung|bevoelkerungsstand|inhabitants|e e)"
         r"(?: hauptwohnsitz| mit hauptwohnung)?"),
        ("zuzuege", r"zuz(?:ug|uege)"),
        ("fortzuege", r"(?:fort|weg)z(?:ug|uege)"),
        ("einbuergerungen", r"einbuergerung(?:en)?"),
    )
)  # fmt: skip
_EINHEITEN = (
    ("euro", r"€|\beuro"), ("promille", r"promille|je 1 ?000"), ("prozent", r"%|prozent|anteil|quote\b|percentage"),
    ("jahre", r"durchschnittsalter|in jahren"), ("haushalte", r"haushalte|bedarfsgemeinschaften"), ("faelle", r"faelle|zuege\b"),
    ("personen", r"personen|einwohner|bevoelkerung|auslaender|deutsch|arbeits|beschaeftigt|auszubild|kinder|schueler|frauen"),
)  # fmt: skip
_NUR_EINHEIT = {
    "anzahl", "personen", "prozent", "%", "in %", "qkm", "km²", "absolut", "wert", "zahl", "value", "jahr", "ew pro qkm",
}  # fmt: skip
WERTWORT = {"wert", "zahl", "anzahl", "value", "messwert"}
GEBIETSWORT = (
    r"stadtteil|stadtbezirk|ortsteil|gebiet|bezirk|\braum\b|gemeinde|\bstadt\b|kommune|region|planungsraum|quartier|viertel|"
    r"\bkreis"
)
SCHLUESSELWORT = r"schluessel|nummer|\bnr\b|\bid\b|\bags\b|\brs\b|kennziffer|raumid|stadtraum|\bcode\b|\bplr\b|\bbez\b"
MERKMALWORT = r"merkmal|indikator|kennzahl|variable"
ZEITWORT = r"jahr|zeit|stichtag|datum|monat|quartal|stand|year|date|periode|\btime\b"
# What ends a table, whatever stands beside it.
FUSSWORT = (
    r"(?:export|abruf|druck|erstellungs)datum\b|erstellt\b|(?:daten|gebiets)?stand\b|(?:daten)?quellen?\b|hinweise?\b|"
    r"anmerkung|copyright|legende\b"
)
# What may be counted instead of inhabitants; said in a title or file name only, it holds for every column.
THEMA = (
    r"arbeitslos\w*|arbeitsuchend\w*|\w*beschaeftigt\w*|auszubildend\w*|\w*schueler\w*|studierend\w*|studenten|haushalte|"
    r"leistungs(?:bezieh|empfaeng|berechtigt)\w*|bedarfsgemeinschaft\w*|wahlberechtigt\w*|geborene|geburten|gestorben\w*|"
    r"sterbefaelle|eheschliessung\w*|straftat\w*|tatverdaechtig\w*|pflegebeduerftig\w*|wohngeld\w*|grundsicherung\w*|einbuergerung\w*"
)
# Tables of GENESIS in rows: what says only which statistic it is, and the columns of values of a variable.
FLACH_OHNE = (
    r"(?:statisti\w*|time|zeit)_(?:code|label)|\d+_(?:variable|merkmal)_(?:code|label)|value_unit|value_variable_code"
)
FLACH_WERT = r"(\d+)_(?:variable_attribute|auspraegung)_(code|label)"
# What may be a number at all; whether it is one, numbers.py says.
_ZIFFERN = re.compile(
    r"[prs(+\-−–\s]*\d*(?:[.,'’\s]\d{3})*(?:[.,]\d+)?(?:[eE][+\-]?\d+)?[%)prs\s]*(?:[¹²³⁰⁴-⁹,\s]+|\s\d{1,2}\))?"
)
DATUM = re.compile(rf"\d{{2}}\.\d{{2}}\.\d{{4}}|{TAG}")
JAHR = re.compile(r"(?:19[5-9]\d|20\d{2})")
MONAT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")


def kennung(text: str) -> str:
    """A name → an id: small letters, digits, underscore."""
    name = re.sub(r"[^a-z0-9]+", "_", norm(text, klammern=True).replace("²", "2")).strip("_")[:60].strip("_")
    return name if re.match(r"[a-z]", name) else f"m_{name}".rstrip("_")


def norm(text: str, klammern: bool = False) -> str:
    """A header as headers are compared: without case, footnotes, brackets, gendered endings and umlauts."""
    t = ohne_endung(ohne_fussnote(text)).casefold()
    for a, b in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("_", " ")):
        t = t.replace(a, b)
    t = re.sub(r"\b(\w+?)innen und \1n?\b", r"\1", t if klammern else re.sub(r"\([^)]*\)", " ", t))
    return re.sub(r"[^\w%²€]+", " ", re.sub(r"[:*/]-?innen\b", "", t)).strip()


def art(wert: object) -> str:
    """What a cell is: leer, zahl, zeichen, datum or text."""
    if isinstance(wert, str):
        return textart(wert.strip())
    return "datum" if isinstance(wert, date) else "zahl" if type(wert) in (int, float) else "text"


@lru_cache(maxsize=1 << 17)
def textart(text: str) -> str:
    """What a cell of text is."""
    if text in DIN_ZEICHEN:
        return "zeichen" if text else "leer"
    if re.sub(r"\s", "", text.casefold()) in PLATZHALTER:
        return "zeichen"
    if DATUM.fullmatch(text):
        return "datum"
    return "zahl" if _ZIFFERN.fullmatch(text) and any(read(text, f) is not None for f in FORMATE) else "text"


@lru_cache(maxsize=1 << 17)
def read(text: str, format: Zahlformat) -> float | None:
    """The number a text is in this format."""
    try:
        return read_number(text, format).wert
    except ValueError:
        return None


def ganzzahlig(zahlen: Sequence[float]) -> bool:
    """Whether all numbers can be counts."""
    return all(z % 1 == 0 and z >= 0 for z in zahlen)


def zelltext(wert: object) -> str:
    """A cell as one line of text."""
    return wert.strftime("%d.%m.%Y") if isinstance(wert, date) else " ".join(str(wert).split())


def bekannt(text: str, anfang: bool = False) -> str | None:
    """The common measure a header names; with `anfang`, the one a title begins with."""
    form = re.sub(r" (?:insgesamt|gesamt|in %)$", "", norm(text))
    pruefe_text = (lambda m: re.match(rf"(?:{m.pattern})\b", form)) if anfang else (lambda m: m.fullmatch(form))
    if (
        not anfang
        and re.fullmatch(r"(?:boden|kataster|gebiets)?flaeche", form)
        and re.search(r"qkm|km²", text.casefold())
    ):
        return "flaeche"
    return next((merkmal for merkmal, muster in _BEKANNT if pruefe_text(muster)), None)


def alter(text: str) -> str | None:
    """The age group a header names."""
    t = re.sub(r"(?<=[a-zäöü])(?=\d)|(?<=\d)(?=[a-zäöü])", " ", text.casefold()).replace("undmehr", "und mehr")
    return altersgruppe(t) if re.search(r"\d", t) else None


def geschlecht(text: str) -> str | None:
    """The sex a header names."""
    return next((g for g, namen in GESCHLECHTER.items() if text.casefold() in namen), None)


@dataclass
class Deutung:
    """What the levels of a header say: for whom, when, in which unit, and what remains, the measure's own words."""

    geschlecht: str | None = None
    altersgruppe: str | None = None
    jahr: str | None = None
    einheit: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def interpret(pfad: Sequence[str]) -> Deutung:
    """Levels of a header → what they say."""
    d = Deutung()
    for ebene in pfad:
        n = norm(ebene)
        if n in _NUR_EINHEIT or n in SUMMENWOERTER:
            d.einheit.append(ebene)
        elif JAHR.fullmatch(n):
            d.jahr = n
        elif g := geschlecht(ebene):
            d.geschlecht = g
        elif a := alter(ebene):
            d.altersgruppe = a
        else:
            worte = ebene.split()
            for rand in (0, -1):
                if len(worte) > 1 and (g := geschlecht(worte[rand])) and len(worte[rand]) > 1:
                    d.geschlecht = g
                    worte.pop(rand)
            d.rest.append(" ".join(worte))
    return d


def gemeinsames(d: Deutung, prozent: bool, ganz: bool) -> tuple[str, str | None] | None:
    """Common measure a header names, and the group where it is broken down by words of the source.

    `prozent`: its cells hold percent signs; `ganz`: its numbers are counts.
    """
    quote = prozent or _ANTEILWORT.search(norm(" ".join([*d.rest, *d.einheit]), True)) is not None
    eltern = next((n for n in range(len(d.rest) - 1, -1, -1) if bekannt(d.rest[n])), None)
    if eltern is not None:
        merkmal = bekannt(d.rest[eltern]) or ""
        if quote and MERKMALE[merkmal][1] == "personen":
            merkmal = _ANTEIL_VON.get(merkmal, "")
        if merkmal and zaehlbar(merkmal, ganz):
            return merkmal, TRENNER.join(d.rest[eltern + 1 :]) or None
    if quote and (merkmal := bekannt("Anteil " + d.rest[-1]) or ""):
        return merkmal, None
    return None


def zaehlbar(merkmal: str, ganz: bool) -> bool:
    """Whether a common measure can have such numbers: persons and cases are counts."""
    return ganz or MERKMALE[merkmal][1] not in ("personen", "faelle")


def einheit(worte: str, prozent: bool, ganz: bool) -> str:
    """The unit, guessed by words."""
    wahl = "prozent" if prozent else next((e for e, m in _EINHEITEN if re.search(m, norm(worte, True))), "zahl")
    return "zahl" if wahl in ("personen", "faelle", "haushalte") and not ganz else wahl


def fremde_staaten(worte: Sequence[str]) -> list[str]:
    """Labels of a column of nationalities that are in no list of them."""
    namen, schluessel = staatenliste()
    return [w for w in dict.fromkeys(worte) if w.casefold() not in (*SUMMENWOERTER, *namen) and w not in schluessel]


def staatenliste() -> tuple[dict[str, str], tuple[str, ...]]:
    """Nationalities by name and their keys; empty without the reference list."""
    return staatsnamen(_STAATEN) if _STAATEN.exists() else ({}, ())


def bevoelkerung(text: str) -> str | None:
    """Who is counted, by words anywhere in the file."""
    form = norm(text, klammern=True)
    return next((begriff for begriff, muster in _BEVOELKERUNG if re.search(muster, form)), None)


def zeitform(texte: Sequence[str], pfad: Sequence[str], erste: bool) -> str | None:
    """datum, jahr, monat or schuljahr if a column (cells, header, whether it is the first one) holds times."""
    gefuellt = [t for t in texte if t]
    werte = set(gefuellt)
    zeitwort = re.search(ZEITWORT, norm(" ".join(pfad), klammern=True)) is not None
    if len(gefuellt) < 0.9 * len(texte):
        return None
    if all(tag_von(t, "datum") for t in werte):
        return "datum"
    if all(tag_von(t, "schuljahr") for t in werte):
        return "schuljahr"
    if all(MONAT.fullmatch(t) for t in werte) and zeitwort:
        return "monat"
    allein = erste and (len(werte) == len(texte) > 2 or not pfad)
    return "jahr" if all(JAHR.fullmatch(t) for t in werte) and (zeitwort or allein) else None
