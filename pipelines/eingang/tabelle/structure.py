"""Whether a table is laid out as its source lays it out: new, renamed, moved and missing columns.

Belongs here: comparing the whole header, and single cells above it, with what the layout says of them (`aufbau`). Does not belong
here: finding the columns that are read (column_plan.py), headers that slipped (header_check.py).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipelines.eingang.grid.sheet import ZELLADRESSE, Blatt, spaltennummer
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.quellen.aufbau import Aufbau, fits
from pipelines.stamm.quellen.layout import Layout

GENANNT = 6  # changes named in one message


@dataclass(frozen=True)
class Kopfvergleich:
    """What differs, in words; which columns (from 0) stand where they stood; the share of headers that are the same."""

    zellen: tuple[str, ...]
    spalten: tuple[str, ...]
    gleich: frozenset[int]
    anteil: float


def difference(aufbau: Aufbau, blatt: Blatt, titel: Sequence[str]) -> Kopfvergleich:
    """A table beside what its source says of it; `titel`: the header of each column."""
    soll, ist = _ohne_ende(aufbau.titel()), _ohne_ende(titel)
    # A header that fits what is expected counts as that, whatever year it names.
    ist_wie = [next((s for s in soll if fits(s, t)), t) for t in ist]
    spalten: list[str] = []
    gleich: set[int] = set()
    matcher = SequenceMatcher(None, soll, ist_wie, autojunk=False)
    for art, a1, a2, b1, b2 in matcher.get_opcodes():
        if art == "equal":
            gleich |= {a for a, b in zip(range(a1, a2), range(b1, b2), strict=True) if a == b}
            continue
        beide = min(a2 - a1, b2 - b1)
        spalten += [f"Spalte {b1 + n + 1} heißt {_show(ist[b1 + n])} statt {_show(soll[a1 + n])}" for n in range(beide)]
        spalten += [f"die Spalte {_show(soll[a])} fehlt" for a in range(a1 + beide, a2)]
        spalten += [f"neue Spalte {b + 1}: {_show(ist[b])}" for b in range(b1 + beide, b2)]
    genannt = [s for s in soll if s]
    erhalten = sum(1 for s in genannt if s in ist_wie)
    return Kopfvergleich(
        tuple(_zellen(aufbau, blatt)), tuple(spalten), frozenset(gleich), erhalten / len(genannt) if genannt else 0.0
    )


def check_structure(
    blatt: Blatt, layout: Layout, datei: str, titel: Sequence[str], nach_lage: Collection[int]
) -> list[Befund]:
    """What the source changed: an error where a column read by its position is no longer the same, else a warning."""
    if layout.aufbau is None:
        return []
    v = difference(layout.aufbau, blatt, titel)
    if not (v.zellen or v.spalten):
        return []
    verschoben = [s + 1 for s in sorted(nach_lage) if s not in v.gleich]
    fehler = bool(v.zellen or verschoben)
    rat = f"den Aufbau, den {'die fertige Quelle ' + layout.vorlage if layout.vorlage else 'das Layout ' + layout.id} beschreibt"
    if v.zellen:
        rat += "; wohl ist es eine andere Tabelle oder eine andere Auswahl"
    elif fehler:
        rat += (
            f"; gelesen wird nach der Position (Spalte {', '.join(map(str, verschoben[:GENANNT]))}). Stimmen die Zahlen, in "
            "kommune.yaml bei dieser Quelle spalten, werte und aufbau neu angeben"
        )
    else:
        rat += "; gelesen wird weiter, was sich am Namen erkennen lässt. Ist das richtig, aufbau bei dieser Quelle neu angeben"
    schwere = Schwere.fehler if fehler else Schwere.warnung
    zeilen = layout.kopfzeilen()
    ort = f"Zeile {zeilen[0]}" + (f"–{zeilen[-1]}" if len(zeilen) > 1 else "") if zeilen and not v.zellen else ""
    return [
        Befund(Code.kopfzeile, schwere, datei, ort, f"die Quelle hat ihren Aufbau geändert: {changes(v)}", rat),
    ]


def changes(v: Kopfvergleich) -> str:
    """All differences in one sentence."""
    alle = [*v.zellen, *v.spalten]
    mehr = f"; und {len(alle) - GENANNT} weitere" if len(alle) > GENANNT else ""
    return "; ".join(alle[:GENANNT]) + mehr


def _zellen(aufbau: Aufbau, blatt: Blatt) -> list[str]:
    return [
        f"in Zelle {adresse} steht {_show(gefunden)} statt »{soll}«"
        for adresse, soll in aufbau.zellen.items()
        if not fits(soll, gefunden := zelle(blatt, adresse))
    ]


def zelle(blatt: Blatt, adresse: str) -> str:
    """What stands in a cell, as text; \"\" if there is none."""
    treffer = ZELLADRESSE.fullmatch(adresse)
    assert treffer is not None  # the layout asks for this form
    s, z = spaltennummer(treffer[1]), int(treffer[2]) - 1
    return str(blatt.werte[z][s]) if z < len(blatt.werte) and s < len(blatt.werte[z]) else ""


def _ohne_ende(titel: Sequence[str]) -> list[str]:
    """Headers up to the last that is not empty."""
    letzte = max((n for n, t in enumerate(titel, start=1) if t), default=0)
    return [" ".join(t.split()) for t in titel[:letzte]]


def _show(text: str) -> str:
    return f"»{text}«" if text else "(ohne Überschrift)"
