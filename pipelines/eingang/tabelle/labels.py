"""Labels of a table → words of the vocabulary: sex, age group, nationality, measure, group.

Belongs here: what a label means. Does not belong here: areas (gebiet_lookup.py) and numbers (numbers.py). A label that means
nothing known is a fault with a suggestion, never a guess.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.names import nachschlag, ohne_fussnote, wortformen
from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.staaten import alle_namen
from schemas.spalten.common import INSGESAMT
from schemas.spalten.lieferung import MERKMALE

UEBERGANGEN = "\0uebergehen"
SUMMENWOERTER = ("insgesamt", "gesamt", "zusammen", "alle", "summe", "total", "i")
GESCHLECHTER = {
    "m": ("m", "männlich", "maennlich", "männer", "herren", "jungen", "mann"),
    "w": ("w", "weiblich", "frauen", "mädchen", "frau"),
    "d": ("d", "divers"),
    "x": ("x", "ohne angabe", "keine angabe", "unbekannt"),
}
_ALTER = (
    (re.compile(r"unter (\d{1,3})(?: jahre?n?)?"), lambda t: (0, int(t[1]) - 1)),
    (re.compile(r"(\d{1,3})\s*bis unter\s*(\d{1,3})(?: jahre?n?)?"), lambda t: (int(t[1]), int(t[2]) - 1)),
    (re.compile(r"(\d{1,3})\s*(?:-|–|bis)\s*(\d{1,3})(?: jahre?n?)?"), lambda t: (int(t[1]), int(t[2]))),
    (re.compile(r"(?:über|ab) (\d{1,3})(?: jahre?n?)?"), lambda t: (int(t[1]), None)),
    (re.compile(r"(\d{1,3})(?: jahre?n?)?\s*(?:und (?:älter|mehr|darüber)|\+)(?: jahre?n?)?"), lambda t: (int(t[1]), None)),
)  # fmt: skip


def altersgruppe(text: str) -> str | None:
    """`3 bis unter 6 Jahre` → `03-05`, `55 Jahre und älter` → `55+`; None if it is no age group."""
    klein = text.casefold().strip()
    if klein in SUMMENWOERTER:
        return INSGESAMT
    if klein in ("keine angabe", "unbekannt", "ohne angabe"):
        return "unbekannt"
    for muster, grenzen in _ALTER:
        if treffer := muster.fullmatch(klein):
            von, bis = grenzen(treffer)
            if bis is not None and bis < von:
                return None
            return f"{von:02d}+" if bis is None else f"{von:02d}-{bis:02d}"
    return None


@cache
def staatsnamen(datei: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Nationalities by name, earlier ones too (compared without case), and all keys of staaten.csv."""
    namen: dict[str, str] = {}
    schluessel = []
    for z in read_staaten(datei):
        schluessel.append(z["staat"])
        namen[z["name"].casefold()] = z["staat"]
    for z in read_staaten(datei):  # a name of today is no other state's earlier one
        for name in alle_namen(z):
            namen.setdefault(name.casefold(), z["staat"])
    return namen, tuple(schluessel)


# Since or until when a state is counted so is no further person: `Kosovo (ab 01.05.2008)`.
SEIT = re.compile(r"\((?:ab|bis|seit) \d{1,2}\.\d{1,2}\.\d{4}\)", re.IGNORECASE)
FUELLWORT = "und"


@cache
def _read_words_of_staat(datei: Path, staat: str) -> frozenset[str]:
    """All words of the names of a state."""
    namen = [n for z in read_staaten(datei) if z["staat"] == staat for n in alle_namen(z)]
    return frozenset(w for n in namen for w in re.findall(r"\w+", n.casefold()))


class WortUnbekannt(ValueError):
    """A label outside the vocabulary; `vorschlag` is the most similar known one."""

    def __init__(self, grund: str, erlaubt: str, vorschlag: str | None):
        super().__init__(grund)
        self.erlaubt = erlaubt
        self.vorschlag = vorschlag


@dataclass
class Woerterbuch:
    """Meaning of the labels of one layout; answers are remembered."""

    layout: Layout
    staaten: Path
    gemerkt: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.eigene = {d: nachschlag(w, wortformen) for d, w in self.layout.woerter.items()}
        self.gruppen = nachschlag({g: g for g in self.layout.gruppen}, wortformen)

    def bedeutung(self, dimension: str, text: str) -> tuple[str, str]:
        """(dimension, value) of a label: a group of countries in a column of nationalities is a `gruppe`.

        Raises: WortUnbekannt. A label to be passed over gives UEBERGANGEN.
        """
        if (dimension, text) not in self.gemerkt:
            self.gemerkt[dimension, text] = self._bedeutung(dimension, text)
        return self.gemerkt[dimension, text]

    def says_more(self, text: str, staat: str) -> bool:
        """Whether a label that the layout translates to a state says words that no name of it has: `… und noch nicht …`."""
        eigene = self.eigene.get("staat")
        if eigene is None or not any(form in worte for form, worte in zip(wortformen(text), eigene, strict=True)):
            return False
        bekannt = _read_words_of_staat(self.staaten, staat)
        worte = set(re.findall(r"\w+", SEIT.sub("", ohne_fussnote(text)).casefold())) - {FUELLWORT}
        return bool(bekannt) and not worte <= bekannt

    def _bedeutung(self, dimension: str, text: str) -> tuple[str, str]:
        kurz = ohne_fussnote(text)
        uebergehen = self.layout.uebergehen.get(dimension, ())
        weg = nachschlag({u: UEBERGANGEN for u in uebergehen if uebergehen != "*"}, wortformen)
        eigene = self.eigene.get(dimension) or [{} for _ in weg]
        for form, mein, gruppe, fort in zip(wortformen(text), eigene, self.gruppen, weg, strict=True):
            if form in mein:
                return dimension, mein[form]
            if dimension == "staat" and form in gruppe:
                return "gruppe", gruppe[form]
            if form in fort:
                return dimension, UEBERGANGEN
        if "*" in eigene[0]:
            return dimension, eigene[0]["*"]
        gefunden = self._allgemein(dimension, kurz)
        # Any text can be a group: `*` passes over those that are not translated.
        if gefunden is not None and (dimension != "gruppe" or uebergehen != "*" or gefunden == INSGESAMT):
            return dimension, gefunden
        if uebergehen == "*":
            return dimension, UEBERGANGEN
        bekannt = self.bekannte(dimension)
        nah = aehnlich(kurz, bekannt) if kurz else None
        namen = {"geschlecht": "Geschlecht", "altersgruppe": "Altersgruppe", "staat": "Staat", "merkmal": "Merkmal"}
        was = f"»{text}« ist als {namen.get(dimension, dimension)} unbekannt" if text else f"{dimension} fehlt"
        liste = ", ".join(bekannt[:12]) + (" …" if len(bekannt) > 12 else "")
        raise WortUnbekannt(was + (f"; ähnlich: »{nah}«" if nah else ""), f"eines von {liste}", nah)

    def _allgemein(self, dimension: str, text: str) -> str | None:
        klein = text.casefold()
        if dimension == "gruppe":
            return INSGESAMT if klein in SUMMENWOERTER else text or None
        if dimension == "altersgruppe":
            return altersgruppe(text)
        if dimension == "geschlecht":
            if klein in SUMMENWOERTER:
                return INSGESAMT
            return next((g for g, namen in GESCHLECHTER.items() if klein in namen), None)
        if dimension == "merkmal":
            return text if text in MERKMALE or text in self.layout.merkmale else None
        namen, schluessel = staatsnamen(self.staaten)
        if klein in SUMMENWOERTER:
            return INSGESAMT
        return text if text in schluessel else namen.get(klein)

    def bekannte(self, dimension: str) -> list[str]:
        """The words a dimension knows, for a suggestion."""
        eigene = [w for w in self.layout.woerter.get(dimension, {}) if w != "*"]
        if dimension == "staat":
            namen, _ = staatsnamen(self.staaten)
            return [*eigene, *self.layout.gruppen, *(n.title() for n in namen)]
        allgemein = {
            "geschlecht": ["männlich", "weiblich", "divers", "insgesamt"],
            "altersgruppe": ["unter 3", "3 bis unter 6", "65 und älter", "insgesamt"],
            "merkmal": [*MERKMALE, *self.layout.merkmale],
        }
        return [*eigene, *allgemein.get(dimension, [])]
