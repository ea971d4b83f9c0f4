"""Flows of the town between two Stichtage: stock now = stock before + who came − who went.

Belongs here: marts.bewegung, beside the town's stocks of the earlier Stichtag in the same file. By sex the balance is not
certain: an entry may have been corrected in between. Does not belong here: sums over sexes (bevoelkerung.py).
"""

from collections import defaultdict
from datetime import date

from pipelines.geheimhaltung.angriff.bevoelkerung import TABELLE as BESTAND
from pipelines.geheimhaltung.angriff.read import Datei, altersgrenzen
from pipelines.geheimhaltung.angriff.shares import Quotienten
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System

TABELLE = "marts.bewegung"
ART = "BW"
HIN, FORT = ("geburt", "zuzug"), ("sterbefall", "fortzug", "abgang")
STOCK = {INS: "E", "auslaender": "A"}
Cells = dict[tuple[str, str], int]


def read_bewegungen(s: System, d: Datei, q: Quotienten) -> None:
    """Every flow and rate, the stocks before, and what they come to."""
    for z in d.bestand_vorher:
        for spalte, art in (("einwohner", "E0"), ("auslaender", "A0")):
            i = s.zahl(art, "-", z["gebiet_id"], z["geschlecht"], INS)
            if z[spalte] is not None or not s.fest(i):
                s.read(i, Stelle(BESTAND, spalte, f"voriger Stichtag; {z['gebiet_id']}; {z['geschlecht']}"), z[spalte])
    places: dict[tuple[str, str], Cells] = defaultdict(dict)
    for z in d.zeilen["bewegung"]:
        g, x, b, gruppe = z["gebiet_id"], z["geschlecht"], z["bewegung"], z["gruppe"]
        i = s.zahl(ART, "-", g, x, INS, b, gruppe)
        s.read(i, Stelle(TABELLE, "personen", f"{g}; {b}; {gruppe}; {x}"), z["personen"])
        places[g, x][b, gruppe] = i
        bezug = s.gives("A0" if b == "einbuergerung" or gruppe == "auslaender" else "E0", "-", g, x, INS)
        if z.get("anteil") is not None and bezug is not None and not d.spiel:
            q.take(s, "Anteil in bewegung", [i], bezug, z["anteil"])
    for place, cells in places.items():
        for b, gruppe in cells:
            if gruppe == INS and (b, "auslaender") in cells:
                s.rest("Bewegung der Deutschen", cells[b, INS], [cells[b, "auslaender"]], "BWG", "-", *place, INS, b)
        _connect_stocks(s, d, place, cells)
        _connect_births(s, d, place, cells)
    if places:
        _connect_arrivals(s, d, places)


def _connect_stocks(s: System, d: Datei, place: tuple[str, str], cells: Cells) -> None:
    if place != (d.ags, INS):
        return
    for gruppe, art in STOCK.items():
        now, before = s.gives(art, "-", *place, INS), s.gives(f"{art}0", "-", *place, INS)
        if now is None or before is None:
            continue
        terms = {b: i for (b, n), i in cells.items() if n == gruppe}
        hin, fort = [terms[b] for b in HIN if b in terms], [terms[b] for b in FORT if b in terms]
        if gruppe == "auslaender":
            hin, fort = [*hin, cells["verlust", INS]], [*fort, cells["einbuergerung", INS]]
        s.gleich(f"Bestand = voriger + Bewegungen, {art}", [now, *fort], [before, *hin])
        s.hoechstens("wer ging, war da", fort, [before])


def _connect_arrivals(s: System, d: Datei, places: dict[tuple[str, str], Cells]) -> None:
    """Who lives here for less than a year was born or came within it, or moved within the town where a move counts, too."""
    if not 365 <= _count_days(d) <= 366:
        return
    rows = {
        place: (neu, [cells["geburt", INS], cells["zuzug", INS]])
        for place, cells in places.items()
        if (neu := s.gives("RM", "-", *place, INS, "wohndauer", "00-00")) is not None
    }
    neu, gekommen = rows.get((d.ags, INS), (None, []))
    if neu is None or (innerhalb := _subtract_shown(s, neu, gekommen)) is None or innerhalb < 0:
        return  # the town's shown figures do not say so
    for place, (neu, gekommen) in rows.items():
        if innerhalb == 0:
            s.gleich("unter einem Jahr hier = geboren oder zugezogen", [neu], gekommen)
        elif (_subtract_shown(s, neu, gekommen) or 0) >= 0:
            s.rest("unter einem Jahr hier, innerhalb umgezogen", neu, gekommen, "BWI", "-", *place, INS)


def _subtract_shown(s: System, ganzes: int, teile: list[int]) -> float | None:
    """What is left of a shown number without shown parts of it; None where one of them is hidden."""
    shown = all(s.fest(i) for i in (ganzes, *teile))
    return s.oben[ganzes] - sum(s.oben[i] for i in teile) if shown else None


def _connect_births(s: System, d: Datei, place: tuple[str, str], cells: Cells) -> None:
    tage = _count_days(d)
    for gruppe, art in STOCK.items():
        geburten = cells.get(("geburt", gruppe))
        if geburten is None:
            continue
        for a in d.altersgruppen():
            grenzen, i = altersgrenzen(a), s.gives(art, "-", *place, a)
            if grenzen and i is not None and grenzen[0] == 0 and tage <= 365 * (grenzen[1] + 1):
                s.rest("Jüngste, nicht im Zeitraum geboren", i, [geburten], "BWJ", "-", *place, INS, gruppe)
        fact = "altersjahr" if gruppe == INS else "altersjahr_auslaender"
        null = s.gives("RM", "-", *place, INS, fact, "00")
        if null is not None and tage <= 365:
            s.hoechstens("im Zeitraum geboren ist null Jahre alt", [geburten], [null])


def _count_days(d: Datei) -> int:
    return (_read_day(d.stichtag) - _read_day(d.zeilen["bewegung"][0]["stichtag_vorher"])).days


def _read_day(tag: object) -> date:
    return tag if isinstance(tag, date) else date.fromisoformat(str(tag))
