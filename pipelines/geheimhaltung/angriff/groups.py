"""Foreigners by group of states.

Belongs here: marts.staatengruppe. EU and Drittstaaten make all foreigners, the continents all Drittstaaten; nationalities that
are told by name are part of the group their row names, and whoever else is in it is a count as well.
"""

from collections import defaultdict

from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.staaten import KEIN_STAAT, UEBRIGE
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System

TABELLE = "marts.staatengruppe"
EU, DRITTSTAATEN, SONSTIGE = "EU", "Drittstaaten", "sonstige"
KEIN_TEIL = (INS, EU, DRITTSTAATEN)


def read_gruppen(s: System, d: Datei) -> None:
    """Groups of every area and sex, what they add up to, and what their named nationalities leave over."""
    zeilen: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for z in d.zeilen["staatengruppe"]:
        g, x, gruppe = z["gebiet_id"], z["geschlecht"], z["staatengruppe"]
        i = s.zahl("SG", "-", g, x, INS, gruppe)
        s.read(i, Stelle(TABELLE, "personen", f"{g}; {x}; {gruppe}"), z["personen"])
        zeilen[g, x][gruppe] = i
    alle = {gruppe for zellen in zeilen.values() for gruppe in zellen} - set(KEIN_TEIL)
    staaten: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for z in d.zeilen["staatsangehoerigkeit"]:
        if z["staat"] not in KEIN_STAAT or z["staat"] in ("910", "997", "998"):
            gruppe = str(z.get("staatengruppe"))
            i = s.zahl("S", "-", z["gebiet_id"], z["geschlecht"], INS, z["staat"])
            staaten[z["gebiet_id"], z["geschlecht"]][gruppe if gruppe in (EU, *alle) else SONSTIGE].append(i)
    for (g, x), zellen in zeilen.items():
        _connect(s, (g, x), zellen, staaten[g, x])


def _connect(s: System, ort: tuple[str, str], zellen: dict[str, int], staaten: dict[str, list[int]]) -> None:
    g, x = ort
    if (a := s.gives("A", "-", g, x, INS)) is not None and INS in zellen:
        s.gleich("Staatengruppen = Ausländer", [a], [zellen[INS]])
    if not {INS, EU, DRITTSTAATEN} <= set(zellen):
        return
    s.gleich("Ausländer = EU + Drittstaaten", [zellen[INS]], [zellen[EU], zellen[DRITTSTAATEN]])
    teile = [gruppe for gruppe in zellen if gruppe not in KEIN_TEIL]
    if teile:
        s.gleich("Drittstaaten = Erdteile", [zellen[DRITTSTAATEN]], [zellen[t] for t in teile])
    nicht_eu = [i for gruppe, liste in staaten.items() if gruppe != EU for i in liste]
    reste = [
        s.rest(f"nicht genannte Staaten, {gruppe}", zellen[gruppe],
               staaten[gruppe] if gruppe != DRITTSTAATEN else nicht_eu, "REST", "-", g, x, INS, "SG", gruppe)
        for gruppe in (EU, *(teile or [DRITTSTAATEN]))
    ]  # fmt: skip
    if (uebrige := s.gives("S", "-", g, x, INS, UEBRIGE)) is not None:
        s.gleich("übrige Staaten der Gruppen", [uebrige], reste)
