"""The languages of the sentences: texts from files, filled with the same values.

Belongs here: reading the texts (aussagen/texte/) and filling them in. Does not belong here: which values there are (content.py),
pages (botschaft.py). A number is never written in a text: each language gets the same ones, in its own way of writing them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.veroeffentlichung.bericht.aussagen.numbers import BelegteZahl, Fuellung, Teil
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.orte import fuer_ort, in_ort

TEXTE = Path(__file__).with_name("texte")
DEUTSCH, ENGLISCH, LEICHT = "de", "en", "leicht"
SPRACHEN = {DEUTSCH: "Deutsch", ENGLISCH: "English", LEICHT: "Einfache Sprache"}
# One of {name} and {name|one|many}.
LUECKE = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}")
MONATE = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# What stands beside a number, in English; numbers themselves only change their signs.
ENGLISCHE_WORTE = {
    "mindestens": "at least", "Prozentpunkte": "percentage points", "je 1.000": "per 1,000", "je 100.000": "per 100,000",
    "Punkte": "points", "Jahre": "years",
}  # fmt: skip


@cache
def load_texts(sprache: str) -> Mapping[str, str]:
    """Name of a sentence → its text."""
    texte: dict[str, str] = yaml.safe_load((TEXTE / f"{sprache}.yaml").read_text(encoding="utf-8"))
    return texte


@cache
def load_page_texts(sprache: str) -> Mapping[str, Any]:
    """What stands around the sentences in another language than German."""
    texte: dict[str, Any] = yaml.safe_load((TEXTE / f"seite_{sprache}.yaml").read_text(encoding="utf-8"))
    return texte


def fill_page(text: str, **werte: str) -> str:
    """A text of the page; `in_ort` and `fuer_ort` follow from `ort`."""
    ort = werte.get("ort", "")
    return text.format(**werte, in_ort=in_ort(ort), fuer_ort=fuer_ort(ort))


def check_sprache(sprache: str) -> str:
    """Raises: KonfigurationsFehler for a language nobody has written."""
    if sprache not in SPRACHEN:
        raise KonfigurationsFehler(f"--sprache {sprache}: unbekannt. Erwartet: {', '.join(SPRACHEN)}.")
    return sprache


def fill(sprache: str, name: str, werte: Mapping[str, Fuellung]) -> tuple[Teil, ...]:
    """A sentence in a language, as texts and numbers.

    Raises: KeyError for a value the text asks for and nobody gave.
    """
    return tuple(t for t in _fill_gaps(load_texts(sprache)[name], sprache, werte) if t != "")


def _fill_gaps(text: str, sprache: str, werte: Mapping[str, Fuellung]) -> Iterator[Teil]:
    ende = 0
    for treffer in LUECKE.finditer(text):
        yield text[ende : treffer.start()]
        ende = treffer.end()
        name, einer, viele = treffer.groups()
        if einer is None:
            yield _tell(_find_value(name, werte), sprache)
        else:
            zahl = werte[name]
            yield einer if isinstance(zahl, BelegteZahl) and zahl.wert == 1 else viele
    yield text[ende:]


def _find_value(name: str, werte: Mapping[str, Fuellung]) -> Fuellung:
    """A value; `in_ort` and `in_ort_gross` are the place with its German preposition."""
    if name == "in_ort":
        return in_ort(str(werte["ort"]))
    if name == "in_ort_gross":
        ort = in_ort(str(werte["ort"]))
        return ort[:1].upper() + ort[1:]
    return werte[name]


def _tell(wert: Fuellung, sprache: str) -> Teil:
    if isinstance(wert, date):
        return f"{wert.day} {MONATE[wert.month - 1]} {wert.year}" if sprache == ENGLISCH else datum(wert)
    if sprache == ENGLISCH and isinstance(wert, BelegteZahl):
        return BelegteZahl(to_english(wert.text), wert.wert, wert.abfrage)
    return wert


def to_english(text: str) -> str:
    """`−1.234,5 %` → `−1,234.5%`; the words beside a number in English."""
    for deutsch, englisch in ENGLISCHE_WORTE.items():
        text = text.replace(deutsch, englisch.replace(",", "\0"))
    return text.translate(str.maketrans(",.", ".,")).replace("\0", ",").replace(" %", "%")
