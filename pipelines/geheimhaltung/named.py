"""What it says of a count that its name is told at all: names are told of those that were never small.

Belongs here: the least that a count of the town can be, by the lists of names (bevoelkerung.staatenliste, kategorienliste,
gruppenliste), whose rules are published. Whoever knows them reads a hidden count of such a name as that much, not as 1. Does not
belong here: which names there are.
"""

from collections import Counter

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

NO_NAME = {
    "staat": (INS, "000", "NZO", "uebrige"),
    "bezugsland": (INS, "000", "999", "NZO", "uebrige"),
    "staatengruppe": (INS, "EU", "Drittstaaten", "sonstige"),
    "kategorie": (INS, "rest", "weitere"),
}
TOGETHER = (INS, "zusammen")
UNKNOWN = "999"  # told by itself where it never was too few for a row, else with the Germans


def remember_named(f: Familie) -> None:
    """Note of every count of the town how many it must be because it has a row of its own."""
    generations = Counter(
        (k.profil, k.a) for i, k in enumerate(f.tafel.schluessel)
        if k.art == "kategorie" and _is_town(f, k) and k.b not in TOGETHER and f.tafel.wert[i] > 0
    )  # fmt: skip
    for i, k in enumerate(f.tafel.schluessel):
        if k.gebiet_id != f.ags or k.art not in NO_NAME or k.a in NO_NAME[k.art]:
            continue
        least = f.schwelle if k.art in ("staat", "bezugsland") else 0
        if k.art == "staatengruppe" or (k.art, k.a) == ("staat", UNKNOWN):
            least = f.mindestzeile if k.geschlecht == INS else 0
        elif k.art == "kategorie" and _is_town(f, k):
            if k.b == INS and f.ergebnis.get((k.profil, k.a)) != "mit":
                least = f.mindestzeile
            elif k.b not in TOGETHER and generations[k.profil, k.a] > 1:
                least = f.schwelle
        if f.tafel.wert[i] >= least > 1:
            f.tafel.mindestens[i] = least


def _is_town(f: Familie, k: Schluessel) -> bool:
    return (k.gebiet_id, k.geschlecht) == (f.ags, INS)
