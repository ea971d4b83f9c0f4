"""Labels in another language: a German text of the program → its wording, from a file (texte/worte.yaml).

Belongs here: finding the wording of a text and filling its gaps with the same numbers, days and names. Does not belong here: the
sentences (sprachen.py), what a paper consists of (ratsvorlage/). A text that the file does not know stays as it is: it is a
name, a source or a reason, as published.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from pipelines.veroeffentlichung.bericht.aussagen.english import to_english, write_day

TEXTE = Path(__file__).with_name("texte")
DEUTSCH, ENGLISCH, LEICHT = "de", "en", "leicht"
WORTE, NAMEN = "worte", "namen"
SPALTE = {ENGLISCH: 0, LEICHT: 1}
EINHEIT = r"(?:\s?%|[ \u00a0](?:Prozentpunkten?|Punkten?|Jahren?|€|m²|je[ \u00a0]1\.000|je[ \u00a0]100\.000))?"
ZAHL = rf"(?:(?:ab|mindestens) )?[+−]?\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?{EINHEIT}|(?:(?:ab|mindestens) )?[+−]?\d+(?:,\d+)?{EINHEIT}"
TAG = r"\d\d\.\d\d\.\d{4}"
TAGE = re.compile(rf"{TAG}(?:, {TAG})*")
GANZE_ZAHL = re.compile(ZAHL)
# {x}, {x; } several, {~x} a name, {#x} a number, {@x} a day or several
LUECKE = re.compile(r"\{([~#@]?)(\w+)([;,] )?\}")
FORM = {"#": f"(?:{ZAHL})", "@": TAGE.pattern, "~": ".+?", "": ".+?"}


@dataclass(frozen=True)
class Phrase:
    """A German text with gaps as a pattern, its gaps by name (sign, separator), and its wording."""

    muster: re.Pattern[str]
    luecken: Mapping[str, tuple[str, str]]
    fassung: str


def _as_phrase(deutsch: str, fassung: str) -> Phrase:
    teile, ende = [], 0
    luecken = {}
    for t in LUECKE.finditer(deutsch):
        teile += [re.escape(deutsch[ende : t.start()]), f"(?P<{t[2]}>{FORM[t[1]]})"]
        luecken[t[2]] = (t[1], t[3] or "")
        ende = t.end()
    return Phrase(re.compile("".join([*teile, re.escape(deutsch[ende:])]), re.DOTALL), luecken, fassung)


@cache
def load_translations() -> Mapping[str, Mapping[str, list[str]]]:
    """Kind of text → German → wordings, in the order of SPALTE."""
    texte: dict[str, dict[str, list[str]]] = yaml.safe_load((TEXTE / "worte.yaml").read_text(encoding="utf-8"))
    return texte


@cache
def _load_phrases(sprache: str, art: str) -> tuple[Mapping[str, str], tuple[Phrase, ...]]:
    """Texts without gaps, and those with gaps in their order."""
    alle = {deutsch: fassungen[SPALTE[sprache]] for deutsch, fassungen in load_translations()[art].items()}
    feste = {d: f for d, f in alle.items() if not LUECKE.search(d)}
    return feste, tuple(_as_phrase(d, f) for d, f in alle.items() if d not in feste)


@dataclass
class Translation:
    """Texts of one language. `stayed`: what it found no wording for, so that a test can see that these are names."""

    sprache: str
    stayed: list[str] = field(default_factory=list)

    def say(self, text: str) -> str:
        """A text of the program, worded."""
        return self._say(text, WORTE)

    def say_name(self, text: str) -> str:
        """A name: only what the program itself calls so is worded."""
        return self._say(text, NAMEN)

    def say_number(self, text: str) -> str:
        """A number as the language writes it; only its signs and the words beside it change."""
        text = re.sub("^ab ", "mindestens ", text)
        return to_english(text) if self.sprache == ENGLISCH else text

    def _say(self, text: str, art: str) -> str:
        if self.sprache == DEUTSCH or not text:
            return text
        feste, phrasen = _load_phrases(self.sprache, art)
        if text in feste:
            return feste[text]
        if TAGE.fullmatch(text):
            return self._say_days(text)
        if GANZE_ZAHL.fullmatch(text):
            return self.say_number(text)
        for p in phrasen:
            if treffer := p.muster.fullmatch(text):
                return "".join(self._fill(p, treffer))
        if art == WORTE and re.search(r"[^\W\d_]{2}", text):
            self.stayed.append(text)
        return text

    def _fill(self, p: Phrase, treffer: re.Match[str]) -> Iterator[str]:
        ende = 0
        for t in LUECKE.finditer(p.fassung):
            yield p.fassung[ende : t.start()]
            ende = t.end()
            art, trenner = p.luecken[t[2]]
            yield self._say_gap(treffer[t[2]], art, trenner)
        yield p.fassung[ende:]

    def _say_gap(self, text: str, art: str, trenner: str) -> str:
        say = {"~": self.say_name, "#": self.say_number, "@": self._say_days}.get(art, self.say)
        return trenner.join(say(t) for t in text.split(trenner)) if trenner else say(text)

    def _say_days(self, text: str) -> str:
        if self.sprache != ENGLISCH:
            return text
        return ", ".join(write_day(datetime.strptime(t, "%d.%m.%Y").date()) for t in text.split(", "))


def say(sprache: str, text: str) -> str:
    """A text of the program in a language."""
    return Translation(sprache).say(text)
