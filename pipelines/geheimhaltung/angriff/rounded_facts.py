"""Facts of one extract that the door rounds: each shown value lies within its rounding, a hidden one is less than the door tells.

Belongs here: bounds of single values. Does not belong here: facts told exactly, and what facts have in common (facts.py).
"""

from collections import defaultdict
from collections.abc import Mapping

from pipelines.geheimhaltung.angriff.read import Datei, Zeile
from pipelines.geheimhaltung.angriff.system import INS, System

EXACT = ("altersjahr", "altersjahr_auslaender")
# Their largest value is what the shown ones leave of a whole, so it says nothing of itself.
WITH_REMAINDER = ("aufenthaltsdauer", "wohndauer", "mehrstaatigkeit", "asylherkunft")
Werte = tuple[str, str, str]  # area, sex, fact
ROUNDED, HIDDEN_BELOW = "gerundet", 4  # times the threshold: fewer, but not nobody, are hidden


def are_rounded(d: Datei) -> bool:
    """Whether the file rounds facts; files of earlier versions tell them exactly."""
    stati = {
        z.get("status") for z in d.zeilen["registermerkmal"] if z["merkmal"] not in EXACT and z["personen"] is not None
    }
    return not stati or ROUNDED in stati


def bound_rounded(s: System, d: Datei, zeilen: list[tuple[int, Zeile]], wholes: Mapping[Werte, float] = {}) -> None:
    """Bound the unknowns of these rows; `wholes`: what the values of a fact add up to, where it is shown."""
    facts: dict[Werte, list[tuple[int, Zeile]]] = defaultdict(list)
    for i, z in zeilen:
        facts[z["gebiet_id"], z["geschlecht"], z["merkmal"]].append((i, z))
    by_sex = {(g, merkmal) for (g, x, merkmal), werte in facts.items() if x != INS and _tells(werte)}
    for (g, x, merkmal), werte in facts.items():
        told, is_sum = _tells(werte), x == INS and (g, merkmal) in by_sex
        whole = None if is_sum else wholes.get((g, x, merkmal))
        if merkmal in WITH_REMAINDER and whole is not None:
            _bound_by_remainder(s, werte, d.schwelle, whole)
        for i, z in werte:
            n = z["personen"]
            if n is None:
                s.abgeleitet.add(i)
                # Voters are told or not each for itself; of women and men earlier versions hid what was few of the other.
                if told and x == INS and not is_sum and merkmal != "wahlberechtigung":
                    s.gerundet_verborgen.add(i)
                    _narrow(s, i, 1, HIDDEN_BELOW * d.schwelle - 1)
            elif merkmal in WITH_REMAINDER and _may_be_remainder(n, werte, d.schwelle, whole):
                _narrow(s, i, 0 if n == 0 else HIDDEN_BELOW * d.schwelle, float("inf"))
            elif n == 0:
                _narrow(s, i, 0, 0)
            elif not is_sum:
                _narrow(s, i, max(n - d.schwelle, HIDDEN_BELOW * d.schwelle), n + d.schwelle - 1)


def _tells(werte: list[tuple[int, Zeile]]) -> bool:
    return any(z["personen"] is not None for _, z in werte)


def _may_be_remainder(n: int, werte: list[tuple[int, Zeile]], schwelle: int, whole: float | None) -> bool:
    """Whether a value may be what the others leave of the whole: one that is no rounded number is it for certain, any from some
    size on may be. It is off by the roundings and hidden values of all others."""
    shown = [z["personen"] for _, z in werte if z["personen"] is not None]
    step = 2 * schwelle
    if whole is not None and sum(shown) != whole - step * (len(werte) - len(shown)) and min(shown) > 0:
        return False  # the largest value is hidden
    if any(m % step for m in shown):
        return bool(n % step)
    return bool(n >= max(shown) - step * (len(werte) + 1))


def _bound_by_remainder(s: System, werte: list[tuple[int, Zeile]], schwelle: int, whole: float) -> None:
    """The remainder is of the largest value: where it is certain which one that is, no other has more."""
    shown = {i: z["personen"] for i, z in werte if z["personen"] is not None}
    remainders = [i for i, n in shown.items() if _may_be_remainder(n, werte, schwelle, whole)]
    if len(remainders) == 1:
        for i in set(shown) - set(remainders):
            s.hoechstens("die größte Ausprägung", [i], remainders)


def _narrow(s: System, i: int, unten: float, oben: float) -> None:
    s.unten[i], s.oben[i] = max(s.unten[i], unten), min(s.oben[i], oben)
