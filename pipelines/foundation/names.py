"""One written form for the same text: what a file shows and what a person typed are compared after this.

Belongs here: signs nobody sees, ways to write the same word, and the forms in which names are compared, exact ones first. Does
not belong here: which area, column or group a name means.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

# Soft hyphen, zero-width signs, marks of direction, byte order mark: in a text, but not to be seen.
_UNSICHTBAR = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ANDERE_LEERZEICHEN = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ZERLEGT = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_ZEICHENNAMEN = {
    "\u00ad": "weiches Trennzeichen", "\u200b": "Leerraum ohne Breite", "\u200c": "Bindehemmer",
    "\u200d": "Verbinder ohne Breite", "\u2060": "Wortverbinder", "\ufeff": "Byte-Reihenfolge-Zeichen",
    "\u00a0": "geschütztes Leerzeichen", "\u202f": "schmales geschütztes Leerzeichen", "\u2009": "schmales Leerzeichen",
}  # fmt: skip
# Superscript marks, also with a bracket or as a star; digits only with a closing bracket that nothing opens: `(2)` is a name.
_HOCH = "[¹²³⁰⁴-⁹]"
FUSSNOTE = re.compile(rf"\s*(?:{_HOCH}+(?:,\s*{_HOCH}+)*\)?|(?<!\()\*+\)|(?<![\d(])\d{{1,2}}\))$")
_INNEN = re.compile(r"(?<=\w)(?:[*:_·]|/\s?-?\s?)[Ii]nnen\b|(?<=[a-zäöüß])Innen\b|(?<=\w)\(innen\)")
_PAARE = (
    re.compile(r"\b(\w{3,}?)innen (?:und|u\.|/) \1(?:n|en)?\b", re.IGNORECASE),
    re.compile(r"\b(\w{3,}?)(?:n|en)? (?:und|u\.|/) \1innen\b", re.IGNORECASE),
)
# What offices append to a name, by the kind of area it says.
_ARTEN = (
    ("kreis", re.compile(r"(?:land)?kreis")),
    ("stadt", re.compile(r"(?:[\w.&-]+\s+)*(?:krfr\.?|kreisfreie|wiss\.?-?|[\w.-]*)\s*st(?:adt|\.)")),
    ("gemeinde", re.compile(r"(?:[\w.-]*gemeinde|markt|flecken)")),
    ("region", re.compile(r"region(?:alverband)?")),
    ("regierungsbezirk", re.compile(r"(?:regierungsbezirk|reg\.-?bez\.?)")),
)


def clean(text: str) -> str:
    """A text as it is seen: composed characters, nothing invisible, single plain blanks.

    >>> saeubere("Ausla\u0308n\u00adder\u00a0 2")
    'Ausländer 2'
    """
    if not text.isascii():
        text = _UNSICHTBAR.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def klar(text: str) -> str:
    """A text without what is not to be seen in it; double blanks stay, because they can be seen."""
    if text.isascii():
        return text
    return _ANDERE_LEERZEICHEN.sub(" ", _UNSICHTBAR.sub("", unicodedata.normalize("NFC", text)))


def sichtbar(text: str) -> str:
    """A text with what is not to be seen in it called by its name.

    >>> sichtbar("Mäd\u00adchen")
    'Mäd⟨weiches Trennzeichen⟩chen'
    """
    if text.isascii():
        return text
    text = _ZERLEGT.sub(lambda t: f"{unicodedata.normalize('NFC', t[0])}⟨in zwei Zeichen zerlegt⟩", text)
    for muster in (_UNSICHTBAR, _ANDERE_LEERZEICHEN):
        text = muster.sub(lambda t: f"⟨{_ZEICHENNAMEN.get(t[0], f'U+{ord(t[0]):04X}')}⟩", text)
    return text


def unsichtbare(text: str) -> list[str]:
    """The names of the signs in a text that nobody sees, and of the blanks that are none."""
    gefunden = [*_UNSICHTBAR.findall(text), *_ANDERE_LEERZEICHEN.findall(text)]
    return [_ZEICHENNAMEN.get(z, f"U+{ord(z):04X}") for z in gefunden]


def ohne_fussnote(text: str) -> str:
    """A name without its footnote mark: `Hofen ¹)` → `Hofen`; `Innenstadt (2)` stays as it is."""
    return FUSSNOTE.sub("", text).strip()


def ohne_endung(text: str) -> str:
    """A word for women and men as one word: `Ausländer*innen`, `Ausländer:innen`, `Ausländer/-innen` → `Ausländer`."""
    text = _INNEN.sub("", text)
    for paar in _PAARE:
        text = paar.sub(r"\1", text)
    return text


def _schrift(text: str) -> str:
    text = text.casefold().replace(" und ", " & ").replace("/ ", "/").replace(" /", "/").replace("str.", "straße")
    return re.sub(r"\s*[-–]\s*", "-", text).strip()


def formen(name: str) -> tuple[str, str, str]:
    """The forms in which a name is compared, one after the other: as written, in any spelling, without a footnote mark."""
    genau = clean(name)
    return genau, _schrift(genau), _schrift(ohne_fussnote(genau))


def wortformen(wort: str) -> tuple[str, str, str, str]:
    """The forms of a label that is no proper name: those of a name, and the last without gendered endings."""
    genau, schrift, kurz = formen(wort)
    return genau, schrift, kurz, _schrift(ohne_endung(ohne_fussnote(genau)))


def nachschlag(eintraege: Mapping[str, str], alle: Callable[[str], tuple[str, ...]]) -> list[dict[str, str]]:
    """What entries mean, per form of comparison; a form that means two things is in none."""
    stufen: list[dict[str, str | None]] = [{} for _ in alle("")]
    for wort, bedeutung in eintraege.items():
        for stufe, form in zip(stufen, alle(wort), strict=True):
            stufe[form] = bedeutung if stufe.get(form, bedeutung) == bedeutung else None
    return [{f: b for f, b in stufe.items() if b is not None} for stufe in stufen]


def vergleichsform(name: str) -> str:
    """The loosest form of a name that still is this name: case, blanks and footnote marks do not matter."""
    return formen(name)[-1]


def mit_art(name: str) -> tuple[str, str | None]:
    """A name without what an office appends to it, and the kind of area that says: `Kassel, Landkreis` → (kassel, kreis)."""
    form = vergleichsform(name)
    stamm, komma, zusatz = form.rpartition(",")
    art = next((a for a, muster in _ARTEN if muster.fullmatch(zusatz.strip())), None) if komma else None
    return (stamm.strip(), art) if art else (form, None)
