"""Facts of one extract that the door rounds: each shown value lies within its rounding, a hidden one is less than the door tells.

Belongs here: bounds of single values. Does not belong here: facts told exactly, and what facts have in common (facts.py).
"""

from collections import defaultdict

from pipelines.geheimhaltung.angriff.read import Datei, Zeile
from pipelines.geheimhaltung.angriff.system import INS, System

EXACT = ("altersjahr", "altersjahr_auslaender")
# Their largest value is what the shown ones leave of a whole, so it says nothing of itself.
WITH_REMAINDER = ("aufenthaltsdauer", "wohndauer", "mehrstaatigkeit", "asylherkunft")
ROUNDED, HIDDEN_BELOW = "gerundet", 4  # times the threshold: fewer, but not nobody, are hidden


def are_rounded(d: Datei) -> bool:
    """Whether the file rounds facts; files of earlier versions tell them exactly."""
    stati = {
        z.get("status") for z in d.zeilen["registermerkmal"] if z["merkmal"] not in EXACT and z["personen"] is not None
    }
    return not stati or ROUNDED in stati


def bound_rounded(s: System, d: Datei, zeilen: list[tuple[int, Zeile]]) -> None:
    """Bound the unknowns of these rows."""
    facts: dict[tuple[str, str, str], list[tuple[int, Zeile]]] = defaultdict(list)
    for i, z in zeilen:
        facts[z["gebiet_id"], z["geschlecht"], z["merkmal"]].append((i, z))
    by_sex = {(g, merkmal) for (g, x, merkmal), werte in facts.items() if x != INS and _tells(werte)}
    for (g, x, merkmal), werte in facts.items():
        told, is_sum = _tells(werte), x == INS and (g, merkmal) in by_sex
        largest = _least_of_largest(werte, d.schwelle) if merkmal in WITH_REMAINDER else float("inf")
        for i, z in werte:
            n = z["personen"]
            if n is None:
                s.abgeleitet.add(i)
                # Voters are told or not each for itself.
                if told and not is_sum and merkmal != "wahlberechtigung":
                    _narrow(s, i, 1, HIDDEN_BELOW * d.schwelle - 1)
            elif n >= largest:
                _narrow(s, i, 0 if n == 0 else HIDDEN_BELOW * d.schwelle, float("inf"))
            elif n == 0:
                _narrow(s, i, 0, 0)
            elif not is_sum:
                _narrow(s, i, max(n - d.schwelle, HIDDEN_BELOW * d.schwelle), n + d.schwelle - 1)


def _tells(werte: list[tuple[int, Zeile]]) -> bool:
    return any(z["personen"] is not None for _, z in werte)


def _least_of_largest(werte: list[tuple[int, Zeile]], schwelle: int) -> float:
    """Any value from this one on may be the remainder: it is off by the roundings and hidden values of all others."""
    shown = [z["personen"] for _, z in werte if z["personen"] is not None]
    return max(shown, default=0) - 2 * schwelle * (len(werte) + 1)


def _narrow(s: System, i: int, unten: float, oben: float) -> None:
    s.unten[i], s.oben[i] = max(s.unten[i], unten), min(s.oben[i], oben)
