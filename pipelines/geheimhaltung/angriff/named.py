"""What it says of a hidden count that its name is told at all.

Belongs here: the published rules by which a name gets a row of its own. States, Bezugsländer, groups of states and categories are
told by name where they were never few in the town, a category by generation where none of its generations was: so a hidden count
of such a name is at least the Mindestfallzahl, or the Mindestzeile.
"""

from collections import Counter

from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, Groesse, System

KEIN_NAME = {
    "S": (INS, "000", "NZO", "uebrige"), "B": (INS, "000", "999", "NZO", "uebrige"),
    "SG": (INS, "EU", "Drittstaaten", "sonstige"), "K": (INS, "rest", "weitere"),
}  # fmt: skip
ZUSAMMEN = (INS, "zusammen")
OHNE_ANGABE = "999"  # by itself where it never was too few for a row, else with the Germans


def add_named(s: System, d: Datei) -> None:
    """Raise the least of every hidden count of the town that has a name."""
    if s.spiel:
        return
    ergebnis = {(z["profil"], z["kategorie"]): z["ergebnis_mh"] for z in d.zeilen["mh_kategorie"]}
    stadt = [
        (i, k) for i, k in enumerate(s.schluessel) if k[2] == d.ags and k[0] in KEIN_NAME and k[5] not in KEIN_NAME[k[0]]
    ]  # fmt: skip
    generationen = Counter(
        (k[1], k[5]) for i, k in stadt if k[0] == "K" and k[3] == INS and k[6] not in ZUSAMMEN and s.oben[i] > 0
    )
    for i, k in stadt:
        if i in s.verbirgt and not s.fest(i):
            s.unten[i] = max(s.unten[i], _find_least(d, k, ergebnis, generationen))


def _find_least(
    d: Datei, k: Groesse, ergebnis: dict[tuple[str, str], str], generationen: Counter[tuple[str, str]]
) -> float:
    if k[0] == "SG" or (k[0], k[5]) == ("S", OHNE_ANGABE):
        return float(d.mindestzeile) if k[3] == INS else 0.0
    if k[0] in ("S", "B"):
        return float(d.schwelle)
    if k[3] != INS or "mh_kategorie" in d.geheime_nullen:
        return 0.0
    if k[6] == INS and ergebnis.get((k[1], k[5])) != "mit":
        return float(d.mindestzeile)
    return float(d.schwelle) if k[6] not in ZUSAMMEN and generationen[k[1], k[5]] > 1 else 0.0
