"""Labels in another language: a German text of the program → its wording, from a file (texte/worte.yaml).

Belongs here: finding the wording of a text and filling its gaps with the same numbers, days and names. Does not belong here: the
sentences (sprachen.py), what a paper consists of (ratsvorlage/). Names of the shipped reference lists have their wording in
texte/katalog.yaml. A text that neither file knows stays as it is: it is a name, a source or a reason of a town, as published, and
English text marks it as German (mixed.py).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from pipelines.veroeffentlichung.bericht.aussagen.english import to_english, write_day
from pipelines.veroeffentlichung.bericht.aussagen.mixed import Mixed, join_texts, merge_texts
from pipelines.veroeffentlichung.bericht.aussagen.numbers import Benennung

TEXTE = Path(__file__).with_name("texte")
DEUTSCH, ENGLISCH, LEICHT = "de", "en", "leicht"
WORTE, NAMEN = "worte", "namen"
SPALTE = {ENGLISCH: 0, LEICHT: 1}
EINHEIT = r"(?:\s?%|[ \u00a0](?:Prozentpunkten?|Punkten?|Jahren?|€|m²|je[ \u00a0]1\.000|je[ \u00a0]100\.000))?"
VORWORT = r"(?:(?:ab|mindestens|rund) )?"
ZAHL = rf"{VORWORT}[+−]?\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?{EINHEIT}|{VORWORT}[+−]?\d+(?:,\d+)?{EINHEIT}"
TAG = r"\d\d\.\d\d\.\d{4}"
TAGE = re.compile(rf"{TAG}(?:, {TAG})*")
GANZE_ZAHL = re.compile(ZAHL)
# {x}, {x; } several, {~x} a name, {#x} a number, {@x} a day or several
LUECKE = re.compile(r"\{([~#@]?)(\w+)([;,] )?\}")
# {x|one|many}: the word that follows the number of gap x
MEHRZAHL = re.compile(r"\{(\w+)\|([^|}]*)\|([^|}]*)\}")
# The letter of a definition, its name, the source where it is not the register; names may hold commas.
DEFINITION = re.compile(r"([A-Z] · )(.+?)(?: \(([^()]+)\))?", re.DOTALL)
WEITERE_DEFINITION = re.compile(r"([,;] )(?=[A-Z] · )")
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
def load_catalogue() -> Mapping[str, Mapping[str, list[str]]]:
    """List of names → German → wordings, in the order of SPALTE."""
    texte: dict[str, dict[str, list[str]]] = yaml.safe_load((TEXTE / "katalog.yaml").read_text(encoding="utf-8"))
    return texte


@cache
def _load_names(sprache: str) -> Mapping[str, str]:
    """Names of the reference lists; a reason stands with and without its full stop."""
    alle = {d: f[SPALTE[sprache]] for liste in load_catalogue().values() for d, f in liste.items()}
    return {d.rstrip("."): f.rstrip(".") for d, f in alle.items()} | alle


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
        """A name: only what the program itself or a reference list calls so is worded; of definitions there may be several."""
        if not DEFINITION.match(text):
            return self._say(text, NAMEN)
        teile = WEITERE_DEFINITION.split(text)  # names and, between them, their signs
        return merge_texts(self._say_definition(t) if n % 2 == 0 else t for n, t in enumerate(teile))

    def _say_definition(self, text: str) -> str:
        """`A · Zensus 2011`, with the source in brackets where it is not the register."""
        buchstabe, name, quelle = DEFINITION.fullmatch(text).groups()  # type: ignore[union-attr]
        dahinter = (" (", self._say(quelle, NAMEN), ")") if quelle else ()
        return merge_texts((buchstabe, self._say(name, NAMEN), *dahinter))

    def say_indicator(self, b: Benennung) -> str:
        """An indicator with who is counted and the group it is of."""
        zaehlung = (" (", self.say(b.zaehlung), ")") if b.zaehlung else ()
        gruppe = (", ", self.say(b.gruppe)) if b.gruppe else ()
        return merge_texts((self.say_name(b.name), *zaehlung, *gruppe))

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
        if (name := _load_names(self.sprache).get(text)) is not None:
            return name
        if TAGE.fullmatch(text):
            return self._say_days(text)
        if GANZE_ZAHL.fullmatch(text):
            return self.say_number(text)
        for p in phrasen:
            if treffer := p.muster.fullmatch(text):
                return merge_texts(self._fill(p, treffer))
        if not re.search(r"[^\W\d_]{2}", text):
            return text
        if art == WORTE:
            self.stayed.append(text)
        return Mixed([(text, True)]) if self.sprache == ENGLISCH else text

    def _fill(self, p: Phrase, treffer: re.Match[str]) -> Iterator[str]:
        fassung, ende = MEHRZAHL.sub(lambda t: t[2] if treffer[t[1]] == "1" else t[3], p.fassung), 0
        for t in LUECKE.finditer(fassung):
            yield fassung[ende : t.start()]
            ende = t.end()
            art, trenner = p.luecken[t[2]]
            yield self._say_gap(treffer[t[2]], art, trenner)
        yield fassung[ende:]

    def _say_gap(self, text: str, art: str, trenner: str) -> str:
        say = {"~": self.say_name, "#": self.say_number, "@": self._say_days}.get(art, self.say)
        if not trenner:
            return say(text)
        return join_texts(trenner, [say(t) for t in text.split(trenner)])

    def _say_days(self, text: str) -> str:
        if self.sprache != ENGLISCH:
            return text
        return ", ".join(write_day(datetime.strptime(t, "%d.%m.%Y").date()) for t in text.split(", "))
