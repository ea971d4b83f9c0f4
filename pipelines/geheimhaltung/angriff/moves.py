"""Moves between areas of the town: who came somewhere left somewhere else.

Belongs here: the rows of marts.bewegung on areas, with the town's total. Does not belong here: flows of the town (flows.py).
"""

from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, System

ZU, FORT, ALLE = "umzug_zu", "umzug_fort", "umzug"
MOVES = (ZU, FORT, ALLE)


def connect_moves(s: System, d: Datei) -> None:
    """Arrivals and departures each make the total; nobody came to where he left; who came lives there, who went lived there."""

    def gives(g: str, was: str) -> int | None:
        return s.gives("BW", "-", g, INS, INS, was, INS)

    gesamt = gives(d.ags, ALLE)
    if gesamt is None:
        return
    if (e := s.gives("E", "-", d.ags, INS, INS)) is not None:
        s.rest("nicht umgezogen", e, [gesamt], "BWU", "-", d.ags, INS, INS, ALLE)
    je = {was: {z["gebiet_id"]: gives(z["gebiet_id"], was) for z in d.zeilen["bewegung"] if z["bewegung"] == was}
          for was in (ZU, FORT)}  # fmt: skip
    for zellen in je.values():
        if teile := [i for i in zellen.values() if i is not None]:
            s.gleich("Umzüge der Gebiete ergeben die der Kommune", [gesamt], teile)
    for g, zu in je[ZU].items():
        fort = je[FORT].get(g)
        if zu is None or fort is None:
            continue
        s.rest("Umzüge anderswo", gesamt, [zu, fort], "BWU", "-", g, INS, INS, "anderswo")
        for was, i, art in ((ZU, zu, "E"), (FORT, fort, "E0")):
            if (alle := s.gives(art, "-", g, INS, INS)) is not None:
                s.rest("nicht umgezogen", alle, [i], "BWU", "-", g, INS, INS, was)
