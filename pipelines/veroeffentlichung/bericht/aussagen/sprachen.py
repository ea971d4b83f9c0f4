"""The languages of the sentences: texts from files, filled with the same values.

Belongs here: reading the texts (aussagen/texte/) and filling them in. Does not belong here: which values there are (content.py),
pages (botschaft.py). A number is never written in a text: each language gets the same ones, in its own way of writing them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import yaml

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.veroeffentlichung.bericht.aussagen.english import to_english, write_day
from pipelines.veroeffentlichung.bericht.aussagen.mixed import join_texts
from pipelines.veroeffentlichung.bericht.aussagen.numbers import BelegteZahl, Benennung, Fuellung, Teil
from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH, ENGLISCH, LEICHT, TEXTE, Translation
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.orte import fuer_ort, in_ort

SPRACHEN = {DEUTSCH: "Deutsch", ENGLISCH: "English", LEICHT: "Einfache Sprache"}
# One of {name} and {name|one|many}.
LUECKE = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}")


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
        return write_day(wert) if sprache == ENGLISCH else datum(wert)
    if isinstance(wert, BelegteZahl):
        return BelegteZahl(to_english(wert.text), wert.wert, wert.abfrage) if sprache == ENGLISCH else wert
    w = Translation(sprache)
    if isinstance(wert, tuple):
        return join_texts("; ", [w.say(t) for t in wert])
    return w.say_indicator(wert) if isinstance(wert, Benennung) else w.say(wert)
