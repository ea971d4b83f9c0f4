"""Columns whose cells hold one of few words: which they are, what each means, and what a near word probably meant.

Belongs here: word lists as a row looks them up. Does not belong here: the words themselves (schemas/words) and reading a cell
(row.py). What is allowed is told in the words of the sheet, never in those of the database; what is meant is only
proposed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from schemas.words.massnahmen import (
    ARTEN,
    ISTWERT_ZAEHLT,
    STATUS,
    STATUS_GEMEINT,
    VEREINBARKEITEN,
    ZAEHLT_GEMEINT,
    vergleichsform,
)
from schemas.words.steuerung import WIRKUNG_GEMEINT, WIRKUNGEN

VERNEINT = {"nicht", "kein", "keine", "nie", "noch"}


@dataclass(frozen=True)
class Wortliste:
    """`was`: the column in a sentence; `worte`: form of comparison → code; `namen`: code → the word of the sheet; `gemeint`:
    further words → code, for the proposal only."""

    was: str
    worte: Mapping[str, str]
    namen: Mapping[str, str]
    gemeint: Mapping[str, str] = field(default_factory=dict)

    def propose(self, text: str) -> str | None:
        """The word of the sheet that was probably meant."""
        form = vergleichsform(text)
        teile = form.split()
        code = self.gemeint.get(form)
        if code is None and not VERNEINT & {*teile}:
            code = next((self.gemeint[t] for t in teile if t in self.gemeint), None)
        if code is None and (nahe := aehnlich(form, list(self.worte))):
            code = self.worte[nahe]
        return code and f"»{self.namen[code]}«, wenn das gemeint ist"


def _formen(worte: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {vergleichsform(w): code for code, alle in worte.items() for w in alle}


def _namen(worte: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {code: alle[0] for code, alle in worte.items()}


def _key_by_form(worte: Mapping[str, str]) -> dict[str, str]:
    return {vergleichsform(w): code for w, code in worte.items()}


def read_status_words(quelle: Massnahmenquelle) -> Wortliste:
    """Statuses, with the town's own words for them."""
    return Wortliste("der Status", quelle.statusworte(), _namen(STATUS), _key_by_form(STATUS_GEMEINT))


def read_ampel_words(quelle: Massnahmenquelle) -> Wortliste | None:
    """Colours as the source's scheme has them; None without a scheme."""
    worte = quelle.ampelworte()
    return None if worte is None else Wortliste("die Ampel", worte, {r: w for w, r in reversed(worte.items())})


ART = Wortliste("die Art", _formen({a: (a, *worte) for a, worte in ARTEN.items()}), _namen(ARTEN))
WIRKUNG = Wortliste("die Bewertung", _formen(WIRKUNGEN), _namen(WIRKUNGEN), _key_by_form(WIRKUNG_GEMEINT))
ZAEHLT = Wortliste(
    "was der Istwert zählt", _formen(ISTWERT_ZAEHLT), _namen(ISTWERT_ZAEHLT), _key_by_form(ZAEHLT_GEMEINT)
)
VEREINBARKEIT = Wortliste(
    "die Vereinbarkeit", {vergleichsform(v): v for v in VEREINBARKEITEN}, {v: v for v in VEREINBARKEITEN}
)
