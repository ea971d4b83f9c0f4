"""Single years of age: how their cells hang together with the age groups and with each other.

Belongs here: art `merkmal`, the facts of one extract that are told exactly; all others are rounded at the door and are no cells
(sql/geheimhaltung/bevoelkerung/registermerkmal.sql). Does not belong here: sums over areas and sexes (relations.py).
"""

import re
from collections import defaultdict

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

TEILEN = {"altersjahr": "einwohner", "altersjahr_auslaender": "auslaender"}
UNBEKANNT = "unbekannt"
Werte = dict[str, int]  # value → cell
Ort = tuple[str, str]  # area, sex


def link_merkmale(f: Familie) -> None:
    """Single years divide up inhabitants and foreigners, and make the age groups."""
    orte: dict[Ort, dict[str, Werte]] = defaultdict(lambda: defaultdict(dict))
    for i, k in enumerate(f.tafel.schluessel):
        if k.art == "merkmal":
            orte[k.gebiet_id, k.geschlecht][k.a][k.b] = i
    for ort, merkmale in orte.items():
        for merkmal, ganzes in TEILEN.items():
            werte = merkmale.get(merkmal, {})
            if werte and (alle := f.gives(ganzes, "-", *ort, INS)) is not None:
                f.tafel.gleich([alle], werte.values())
        _connect_altersjahre(f, ort, merkmale)


def read_jahre(wert: str) -> tuple[int, int] | None:
    """First and last year of a value such as `07`, `05-07`, `15+`; None if it is none."""
    treffer = re.fullmatch(r"(\d{2,3})(?:-(\d{2,3})|(\+))?", wert)
    if not treffer:
        return None
    von = int(treffer[1])
    return von, 999 if treffer[3] else int(treffer[2] or von)


def _take_innerhalb(werte: Werte, von: int, bis: int) -> list[int]:
    """Cells of the values that lie within these years; empty if one lies partly in them."""
    innen = []
    for wert, i in werte.items():
        spanne = read_jahre(wert)
        if spanne is None or spanne[1] < von or spanne[0] > bis:
            continue
        if spanne[0] < von or spanne[1] > bis:
            return []
        innen.append(i)
    return innen


def _connect_altersjahre(f: Familie, ort: Ort, merkmale: dict[str, Werte]) -> None:
    """Single years make the age groups; of each year the Germans are what is left."""
    t = f.tafel
    alle, auslaender = merkmale.get("altersjahr", {}), merkmale.get("altersjahr_auslaender", {})
    for werte, art in ((alle, "einwohner"), (auslaender, "auslaender")):
        if not werte:
            continue
        for k, i in list(t.nummer.items()):
            if (k.art, k.profil, k.gebiet_id, k.geschlecht) != (art, "-", *ort) or k.altersgruppe == INS:
                continue
            spanne = read_jahre(k.altersgruppe)
            # The oldest single years are told together, maybe across the bound of a group.
            innen = _take_innerhalb(werte, *spanne) if spanne else [werte[UNBEKANNT]] if UNBEKANNT in werte else []
            if innen:
                t.gleich([i], innen)
    for wert, i in alle.items() if auslaender else ():
        if (teile := _take_foreigners(auslaender, wert)) is not None:
            t.abgeleitet(i, teile, Schluessel("merkmal_deutsche", "-", *ort, INS, "altersjahr", wert))


def _take_foreigners(auslaender: Werte, wert: str) -> list[int] | None:
    """The foreigners of a year: nobody where no row counts them, None where they are told together with other years."""
    if wert in auslaender:
        return [auslaender[wert]]
    jahre = read_jahre(wert)
    if jahre is None:
        return []
    andere = [s for w in auslaender if (s := read_jahre(w)) is not None]
    return None if any(von <= jahre[1] and jahre[0] <= bis for von, bis in andere) else []
