"""Groups of states, and whom the switched-off option mark would add: how their cells hang together with the others.

Belongs here: foreigners of the EU, of Drittstaaten and of the parts of these; the count of marts.optionskennzeichen. Does not
belong here: every other relation (relations.py).
"""

from collections import defaultdict

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

EU, DRITTSTAATEN = "EU", "Drittstaaten"


def link_gruppen(f: Familie) -> None:
    """Groups make all foreigners; nationalities of a group are part of it, and the others of it are a count as well."""
    t = f.tafel
    zeilen: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    staaten: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for i, k in enumerate(t.schluessel):
        if k.art == "staatengruppe":
            zeilen[k.gebiet_id, k.geschlecht][k.a] = i
        elif k.art == "staat" and k.a in f.staatengruppe:
            staaten[k.gebiet_id, k.geschlecht][k.a] = i
    for (g, x), zellen in zeilen.items():
        teile = [i for gruppe, i in zellen.items() if gruppe not in (INS, EU, DRITTSTAATEN)]
        if (alle := f.gives("auslaender", "-", g, x, INS)) is not None:
            t.gleich([alle], [zellen[INS]])
        t.gleich([zellen[INS]], [zellen[n] for n in (EU, DRITTSTAATEN) if n in zellen])
        if teile:
            t.gleich([zellen[DRITTSTAATEN]], teile)
        reste = []
        for gruppe in (EU, *([n for n in zellen if n not in (INS, EU, DRITTSTAATEN)] or [DRITTSTAATEN])):
            if gruppe not in zellen:
                continue
            genannt = [i for s, i in staaten[g, x].items() if gruppe in (f.staatengruppe[s], _oben(f.staatengruppe[s]))]
            reste.append(
                t.abgeleitet(zellen[gruppe], genannt, Schluessel("staatengruppe_rest", "-", g, x, INS, gruppe))
            )
        if (uebrige := f.gives("staat", "-", g, x, INS, "uebrige")) is not None:
            t.gleich([uebrige], reste)


def _oben(gruppe: str) -> str:
    return EU if gruppe == EU else DRITTSTAATEN


def link_option(f: Familie) -> None:
    """They are some of the bearers and of those without MH; the others of both are counts as well."""
    t = f.tafel
    for k, i in list(t.nummer.items()):
        if k.art != "option":
            continue
        traeger = t.zelle(k._replace(art="optionstraeger", profil="-"), f.optionstraeger[k.profil], schuetzen=False)
        t.bekannt.add(traeger)  # not published, but the office's papers may name it
        if t.hoechstens([i], [traeger]):
            t.abgeleitet(traeger, [i], k._replace(art="option_traeger_rest"))
        alle, mit = f.gives("einwohner", "-", f.ags, INS, INS), f.gives("personen_mit_mh", k.profil, f.ags, INS, INS)
        if alle is not None and mit is not None and t.hoechstens([i, mit], [alle]):
            t.abgeleitet(alle, [mit, i], k._replace(art="option_rest"))
