"""Flows of the town between two Stichtage, rounded: stock now = stock before + who came − who went.

Belongs here: marts.bewegung, beside the town's stocks of the earlier Stichtag in the same file. Each shown flow lies within the
rounding, each hidden one is less than the door asks for. Does not belong here: how the file rounds (the door's SQL).
"""

from collections import defaultdict
from datetime import date

from pipelines.geheimhaltung.angriff.bevoelkerung import TABELLE as BESTAND
from pipelines.geheimhaltung.angriff.read import Datei, altersgrenzen
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System

TABELLE = "marts.bewegung"
ART, ROUNDED = "BW", "gerundet"
HIDDEN_BELOW, TOLD_FROM = 4, 20  # times the threshold: fewer are hidden; of so many moves on a group is told
HIN, FORT = ("geburt", "zuzug"), ("sterbefall", "fortzug", "abgang")
STOCK = {INS: "E", "auslaender": "A"}
FRAUEN_UND_MAENNER = ("w", "m")
MOVES = ("zuzug", "fortzug", "abgang")
Cells = dict[tuple[str, str], int]  # (flow, group) → unknown


def read_bewegungen(s: System, d: Datei) -> None:
    """Every flow within its rounding, the stocks before, and what they come to."""
    for z in d.bestand_vorher:
        for spalte, art in (("einwohner", "E0"), ("auslaender", "A0")):
            i = s.zahl(art, "-", z["gebiet_id"], z["geschlecht"], INS)
            if z[spalte] is not None or not s.fest(i):
                s.read(i, Stelle(BESTAND, spalte, f"voriger Stichtag; {z['gebiet_id']}; {z['geschlecht']}"), z[spalte])
    places = _read_flows(s, d)
    for (gebiet, geschlecht), cells in places.items():
        for bewegung, gruppe in cells:
            if geschlecht == INS:
                teile = [places.get((gebiet, x), {}).get((bewegung, gruppe)) for x in FRAUEN_UND_MAENNER]
                if None not in teile:
                    s.gleich(
                        "Bewegung, Frauen und Männer", [cells[bewegung, gruppe]], [t for t in teile if t is not None]
                    )
            if gruppe == INS and (bewegung, "auslaender") in cells:
                # Foreigners are told only where so many Germans moved, too.
                least = TOLD_FROM * d.schwelle if bewegung in MOVES and not _is_exact(d) else 0
                glieder = [(cells[bewegung, INS], 1.0), (cells[bewegung, "auslaender"], -1.0)]
                s.zeile("Ausländer unter allen", glieder, least, float("inf"))
        _connect_stocks(s, d, (gebiet, geschlecht), cells)
        _connect_births(s, d, (gebiet, geschlecht), cells)


def _read_flows(s: System, d: Datei) -> dict[tuple[str, str], Cells]:
    """(area, sex) → its flows: a hidden one is less than the door tells, a rounded one within its rounding."""
    places: dict[tuple[str, str], Cells] = defaultdict(dict)
    shown = {(z["gebiet_id"], z["geschlecht"], z["bewegung"], z["gruppe"]): z for z in d.zeilen["bewegung"]}
    for (g, x, b, gruppe), z in shown.items():
        i = s.zahl(ART, "-", g, x, INS, b, gruppe)
        places[g, x][b, gruppe] = i
        teile = [shown.get((g, y, b, gruppe), {}).get("personen") for y in FRAUEN_UND_MAENNER] if x == INS else [None]
        if z["personen"] is None:
            s.read(i, Stelle(TABELLE, "personen", f"{g}; {b}; {gruppe}; {x}"), None)
            if x != INS or (g, FRAUEN_UND_MAENNER[0], b, gruppe) not in shown:
                s.oben[i] = min(s.oben[i], HIDDEN_BELOW * d.schwelle - 1)
        elif z.get("status") != ROUNDED:  # as files of earlier versions tell it
            s.read(i, Stelle(TABELLE, "personen", f"{g}; {b}; {gruppe}; {x}"), z["personen"])
        elif None in teile:  # a total of women and men that are shown is theirs and says nothing more
            least = TOLD_FROM if b in MOVES else HIDDEN_BELOW
            s.unten[i] = max(s.unten[i], z["personen"] - d.schwelle, least * d.schwelle)
            s.oben[i] = min(s.oben[i], z["personen"] + d.schwelle - 1)
    return places


def _connect_stocks(s: System, d: Datei, place: tuple[str, str], cells: Cells) -> None:
    for gruppe, art in STOCK.items():
        now, before = s.gives(art, "-", *place, INS), s.gives(f"{art}0", "-", *place, INS)
        if now is None or before is None:
            continue
        terms = {b: i for (b, n), i in cells.items() if n == gruppe}
        if "zuzug" not in terms:
            continue
        hin, fort = [terms[b] for b in HIN if b in terms], [terms[b] for b in FORT if b in terms]
        if "geburt" not in terms:  # few births have no row
            few = s.zahl(ART, "-", *place, INS, "geburt", gruppe)
            s.oben[few] = min(s.oben[few], HIDDEN_BELOW * d.schwelle - 1)
            hin.append(few)
        if gruppe == "auslaender":
            hin, fort = [*hin, cells["verlust", INS]], [*fort, cells["einbuergerung", INS]]
        s.gleich(f"Bestand = voriger + Bewegungen, {art}", [now, *fort], [before, *hin])
        s.hoechstens("wer ging, war da", fort, [before])


def _connect_births(s: System, d: Datei, place: tuple[str, str], cells: Cells) -> None:
    """Who was born in between is among the youngest: of all groups that hold them, by years of age and by age group."""
    tage = _count_days(d)
    for gruppe, art in STOCK.items():
        # Few births have no row; the youngest tell them.
        geburten = cells.get(("geburt", gruppe), s.gives(ART, "-", *place, INS, "geburt", gruppe))
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
        if 365 <= tage <= 366:
            _remember_shown(s, geburten, [null], [])
            # What is left of who is new here is nobody or many (the door): near nobody it is nobody.
            fact = "wohndauer" if gruppe == INS else "aufenthaltsdauer"
            neu = s.gives("RM", "-", *place, INS, fact, "00-00")
            if (zuzug := cells.get(("zuzug", gruppe))) is not None:
                _remember_shown(s, zuzug, [neu], [null] if gruppe == INS else [])


def _is_exact(d: Datei) -> bool:
    """Files of earlier versions do not round."""
    return all(z.get("status") != ROUNDED for z in d.zeilen["bewegung"])


def _remember_shown(s: System, flow: int, ganzes: list[int | None], teile: list[int | None]) -> None:
    """A rounded flow is what shown figures say, where they lie within its rounding."""
    known = [i for i in (*ganzes, *teile) if i is not None]
    if len(known) == len(ganzes) + len(teile) and all(s.fest(i) for i in known):
        wert = sum(s.oben[i] for i in ganzes if i is not None) - sum(s.oben[i] for i in teile if i is not None)
        if s.unten[flow] <= wert <= s.oben[flow] < float("inf"):
            s.set_value(flow, wert)


def _count_days(d: Datei) -> int:
    return (_read_day(d.stichtag) - _read_day(d.zeilen["bewegung"][0]["stichtag_vorher"])).days


def _read_day(tag: object) -> date:
    return tag if isinstance(tag, date) else date.fromisoformat(str(tag))
