"""Regular expressions that a layout writes: checked before use, and never running without a bound.

Belongs here: what such an expression may be, and searching with it for a bounded time. Does not belong here: our own
expressions, and what the groups found mean (eingang/tabelle/column_plan.py).
"""

import math
import re
import time

import regex

HOECHSTENS_ZEICHEN = 300
# The expressions' library writes out every counted repetition; more than this costs memory and seconds.
HOECHSTENS_WIEDERHOLT = 5_000
HOECHSTENS_SEKUNDEN = 2.0  # for one expression over all cells of a file; usual ones take microseconds a cell
_GEZAEHLT = re.compile(r"(\)?)\{(\d*)(?:,(\d*))?\}")


class MusterZuLangsam(Exception):
    """An expression did not come to an end within its seconds; the text names it."""


def check_pattern(muster: str | None) -> None:
    """Raises: ValueError in German if a regular expression is wrong or too large."""
    if muster is None:
        return
    if len(muster) > HOECHSTENS_ZEICHEN:
        raise ValueError(f"Das Muster hat {len(muster)} Zeichen; erlaubt sind {HOECHSTENS_ZEICHEN}.")
    try:
        re.compile(muster)
    except re.error as grund:
        raise ValueError(f"Das Muster »{muster}« ist kein gültiger regulärer Ausdruck (Stelle {grund.pos}).") from None
    except (RecursionError, OverflowError):
        raise ValueError(f"Das Muster »{muster}« ist zu tief verschachtelt oder zählt zu weit.") from None
    if _wiederholungen(muster) > HOECHSTENS_WIEDERHOLT:
        raise ValueError(
            f"Das Muster »{muster}« zählt ineinander zu viele Wiederholungen (höchstens {HOECHSTENS_WIEDERHOLT}); bitte kleinere "
            "Zahlen in {…}, oder + und *."
        )


def _wiederholungen(muster: str) -> int:
    """At most this often something is written out: repeated groups may lie in each other, single signs may not."""
    gezaehlt = [
        (bool(klammer), max(int(z) for z in (von, bis) if z))
        for klammer, von, bis in _GEZAEHLT.findall(muster)
        if von or bis
    ]
    return math.prod(max(n, 1) for gruppe, n in gezaehlt if gruppe) * (
        sum(n for gruppe, n in gezaehlt if not gruppe) or 1
    )


class Muster:
    """An expression and the seconds it has left, for one reading of one file."""

    def __init__(self, text: str, wo: str) -> None:
        self.text, self.wo = text, wo
        self._ausdruck = regex.compile(text)
        self._rest = HOECHSTENS_SEKUNDEN

    def ganz(self, text: str) -> "regex.Match[str] | None":
        """The match of a whole text. Raises: MusterZuLangsam."""
        return self._in_zeit(self._ausdruck.fullmatch, text)

    def angabe(self, text: str) -> str:
        """What the expression finds in a text: its first group, else all of it, else the text. Raises: MusterZuLangsam."""
        fund = self._in_zeit(self._ausdruck.search, text)
        return text if fund is None else str((fund.groups() and fund[1]) or fund[0])

    def _in_zeit(self, search: "regex.Pattern[str]", text: str) -> "regex.Match[str] | None":
        beginn = time.perf_counter()
        try:
            treffer = search(text, timeout=self._rest)
        except TimeoutError:
            raise self._zu_langsam() from None
        self._rest -= time.perf_counter() - beginn
        if self._rest <= 0:
            raise self._zu_langsam()
        return treffer

    def _zu_langsam(self) -> MusterZuLangsam:
        return MusterZuLangsam(
            f"das Muster »{self.text}« ({self.wo}) kam in {HOECHSTENS_SEKUNDEN:g} Sekunden zu keinem Ende"
        )
