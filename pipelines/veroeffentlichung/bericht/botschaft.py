"""The page of the sentences in another language, beside the report: English, plain words.

Belongs here: that page and its name. Does not belong here: the sentences (aussagen/), their texts (aussagen/texte/). It is
written on demand alone, for no certified translator has read it; a page that is there is written anew with every report, so that
it never tells another release.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pipelines.veroeffentlichung.bericht.aussagen.content import Aussage
from pipelines.veroeffentlichung.bericht.aussagen.mixed import join_texts
from pipelines.veroeffentlichung.bericht.aussagen.sprachen import SPRACHEN, fill_page, load_page_texts
from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH, Translation
from pipelines.veroeffentlichung.bericht.parts import Teile

# Word of a sentence's evidence → name of its text.
BELEG = {"Quelle": "quelle", "Stichtag": "stichtag", "Stand": "stichtag"}
ANDERE = tuple(s for s in SPRACHEN if s != DEUTSCH)


def name_botschaft(kommune: str, sprache: str) -> str:
    return f"{kommune}.{sprache}.html"


def choose_languages(ordner: Path, kommune: str, gewuenscht: Collection[str]) -> list[str]:
    """The languages asked for, and those that have a page already."""
    return [s for s in ANDERE if s in gewuenscht or (ordner / name_botschaft(kommune, s)).exists()]


def render_botschaften(umgebung: Any, t: Teile, sprachen: Collection[str]) -> dict[str, str]:
    """File name → page, for each language."""
    kurz = t.b.kommune["kommune"]
    return {name_botschaft(kurz, s): _render(umgebung, t, s, [a for a in sprachen if a != s]) for s in sprachen}


def _word_evidence(a: Aussage, sprache: str) -> list[tuple[str, str]]:
    """Where a sentence comes from, and of which day: sources as published, what the program knows of them worded."""
    w = Translation(sprache)
    return [
        (wort, join_texts("; ", [w.say_name(t) for t in text.removesuffix(".").split("; ")]))
        for wort, text in a.beleg
        if wort in BELEG and text
    ]


def _render(umgebung: Any, t: Teile, sprache: str, weitere: Collection[str]) -> str:
    texte: Mapping[str, Any] = load_page_texts(sprache)
    ort = t.b.kommune["name"]
    text: str = umgebung.get_template("botschaft.html.j2").render(
        b=t.b,
        texte=texte,
        titel=fill_page(texte["titel"], ort=ort),
        leer=fill_page(texte["leer"], ort=ort),
        veroeffentlichung=fill_page(texte["veroeffentlichung"], kennung=t.b.veroeffentlichung or "–"),
        saetze=[(a, a.tell(sprache), _word_evidence(a, sprache)) for a in t.aussagen],
        beispiel=any(a.marke for a in t.aussagen),
        worte=BELEG,
        andere=[(s, SPRACHEN[s]) for s in weitere],
    )
    return text
