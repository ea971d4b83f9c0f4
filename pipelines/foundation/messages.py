"""What a refresh says to people: one fault a line, whose it is, how bad it is; counted and gathered at the end.

Belongs here: the message, its place on the screen and in the file of details. Does not belong here: finding a fault. Severity
and municipality are fields: nothing is ever read back from a text.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.foundation.findings import Befund, Schwere, kopf
from pipelines.foundation.storage import Ablage

ALLE = "-"  # concerns no single municipality
DATEI = "meldungen.txt"
FELDER = ("schwere", "kommune", "quelle", "thema", "text")  # of a message in a state file
WORTE = {
    Schwere.fehler: ("Fehler", "Fehler"),
    Schwere.warnung: ("Warnung", "Warnungen"),
    Schwere.hinweis: ("Hinweis", "Hinweise"),
}


@dataclass(frozen=True)
class Meldung:
    """One message: `thema` is the rule or check, `quelle` the source or table it was found in.

    `text` stands in intern/meldungen.txt. Where it names lines, cells or counts of the register, `draussen` is said instead of
    it on the screen, in logs and in Dagster's events.
    """

    schwere: Schwere
    kommune: str
    quelle: str
    thema: str
    text: str
    draussen: str | None = None

    def zeile(self) -> str:
        """The line a person reads: the municipality first, then how bad it is (if no error), then what may be told."""
        return "\n".join(
            f"{'' if self.kommune == ALLE else f'{self.kommune}: '}{kopf(self.schwere)}{text}"
            for text in (self.draussen or self.text).splitlines() or [""]
        )

    def als_dict(self) -> dict[str, str | None]:
        """For a state file."""
        return {**asdict(self), "schwere": self.schwere.value}


def aus_dict(werte: dict[str, Any]) -> Meldung:
    """A message from a state file."""
    return Meldung(**{**werte, "schwere": Schwere(werte["schwere"])})


def aus_befund(befund: Befund, kommune: str, quelle: str) -> Meldung:
    """A finding on a file as a message, without any value found."""
    return Meldung(befund.schwere, kommune, quelle, befund.code.value, befund.ohne_werte().satz())


def aus_text(kommune: str, quelle: str, thema: str, text: str) -> Meldung:
    """An error told by a text of one or more lines."""
    return Meldung(Schwere.fehler, kommune, quelle, thema, text)


def ohne_wiederholung(meldungen: Iterable[Meldung]) -> list[Meldung]:
    """Each message once, the worst first, else in the order found."""
    return sorted(dict.fromkeys(meldungen), key=lambda m: list(Schwere).index(m.schwere))


def wie_gesagt(meldungen: Iterable[Meldung]) -> list[Meldung]:
    """Each once that reads alike outside the secure zone: how many there are would be how many lines of a register."""
    return list({(m.kommune, m.zeile()): m for m in meldungen}.values())


def zaehlung(meldungen: Iterable[Meldung]) -> str:
    """`1 Fehler, 13 Warnungen, 22 Hinweise`."""
    anzahl = Counter(m.schwere for m in meldungen)
    return ", ".join(f"{anzahl[s]} {WORTE[s][anzahl[s] != 1]}" for s in Schwere)


def je_thema(meldungen: Iterable[Meldung]) -> list[str]:
    """What is no error, one line a severity: which rule how many times."""
    zeilen = []
    alle = list(meldungen)
    for schwere in (Schwere.warnung, Schwere.hinweis):
        themen = Counter(m.thema for m in alle if m.schwere is schwere)
        if themen:
            worte = ", ".join(f"{thema} {n}" for thema, n in sorted(themen.items(), key=lambda t: (-t[1], t[0])))
            zeilen.append(f"{WORTE[schwere][1]}: {worte}")
    return zeilen


def gesammelt(meldungen: Iterable[Meldung]) -> list[str]:
    """Lines of the file of details: the same rule of the same source under one heading, whatever the Stichtag."""
    gruppen: dict[tuple[int, str, str, str], list[Meldung]] = {}
    for m in meldungen:
        gruppen.setdefault((list(Schwere).index(m.schwere), m.kommune, m.quelle, m.thema), []).append(m)
    zeilen: list[str] = []
    for (schwere, kommune, quelle, thema), gruppe in sorted(gruppen.items()):
        wer = "alle Kommunen" if kommune == ALLE else kommune
        wort = WORTE[list(Schwere)[schwere]][len(gruppe) != 1]
        zeilen.append(f"{wer}, {quelle}, {thema}: {len(gruppe)} {wort}")
        zeilen += [f"  {zeile}" for m in gruppe for zeile in m.text.splitlines()]
    return zeilen


def write(ablage: Ablage, meldungen: Iterable[Meldung]) -> Path:
    """Write the file of details of this refresh; returns its path."""
    ziel = ablage.intern / DATEI
    alle = list(meldungen)
    with ablage.neu(ziel) as neu:
        neu.write_text("\n".join([zaehlung(alle), "", *gesammelt(alle), ""]), encoding="utf-8", errors="replace")
    return ziel


def read_state(datei: Path, sonst: Any, felder: Collection[str] = ()) -> Any:
    """Content of a JSON file of our own state; one that is missing, damaged or of another form counts as never written.

    Expected is a list of objects where `sonst` is a list, else an object; each with these fields.
    """
    try:
        inhalt = json.loads(datei.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return sonst
    viele = isinstance(sonst, list)
    if isinstance(inhalt, list) is not viele:
        return sonst
    passt = all(isinstance(z, dict) and set(felder) <= z.keys() for z in (inhalt if viele else [inhalt]))
    return inhalt if passt else sonst
