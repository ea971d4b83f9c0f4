"""Whether a table is laid out as its source lays it out: new, renamed, moved and missing columns.

Belongs here: comparing the whole header, and single cells above it, with what the layout says of them (`aufbau`). Does not belong
here: finding the columns that are read (column_plan.py), headers that slipped (header_check.py).
"""

from collections.abc import Collection, Mapping, Sequence
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
    bloecke = SequenceMatcher(None, soll, ist_wie, autojunk=False).get_opcodes()
    folgen = [(range(a1, a2), range(b1, b2)) for art, a1, a2, b1, b2 in bloecke if art != "equal"]
    paare = {
        a: b
        for art, a1, a2, b1, b2 in bloecke
        if art == "equal"
        for a, b in zip(range(a1, a2), range(b1, b2), strict=True)
    }
    spalten = _changed_columns(soll, ist, folgen, paare, _find_moved(soll, ist_wie, folgen))
    gleich = {a for a, b in paare.items() if a == b}
    genannt = [s for s in soll if s]
    erhalten = sum(1 for s in genannt if s in ist_wie)
    return Kopfvergleich(
        tuple(_zellen(aufbau, blatt)), tuple(spalten), frozenset(gleich), erhalten / len(genannt) if genannt else 0.0
    )


def _find_moved(soll: Sequence[str], ist_wie: Sequence[str], folgen: Sequence[tuple[range, range]]) -> dict[int, int]:
    """Columns that are there, but in another place: where each stood → where it stands."""
    frei = [b for _, neue in folgen for b in neue]
    umzuege: dict[int, int] = {}
    for a in (a for alte, _ in folgen for a in alte if soll[a]):
        if (b := next((b for b in frei if ist_wie[b] == soll[a]), None)) is not None:
            umzuege[a] = b
            frei.remove(b)
    return umzuege


def _changed_columns(
    soll: Sequence[str],
    ist: Sequence[str],
    folgen: Sequence[tuple[range, range]],
    paare: Mapping[int, int],
    umzuege: Mapping[int, int],
) -> list[str]:
    """What became of the columns that are not where they were, block by block."""
    spalten: list[str] = []
    for alte, neue in folgen:
        vorher = [a for a in alte if a not in umzuege]
        jetzt = [b for b in neue if b not in umzuege.values()]
        beide = min(len(vorher), len(jetzt))
        spalten += [
            f"Spalte {b + 1} heißt {_show(ist[b])} statt {_show(soll[a])}" for a, b in zip(vorher, jetzt, strict=False)
        ]
        spalten += [f"die Spalte {_show(soll[a])} fehlt" for a in vorher[beide:]]
        spalten += [f"neue Spalte {b + 1}: {_show(ist[b])}" for b in jetzt[beide:]]
        for a, b in ((a, umzuege[a]) for a in alte if a in umzuege):
            if paare.get(b) == a or (umzuege.get(b) == a and a < b):
                links, rechts = sorted((a, b))
                spalten.append(
                    f"die Spalten {links + 1} und {rechts + 1} ({_show(soll[links])}, {_show(soll[rechts])}) sind vertauscht"
                )
            elif umzuege.get(b) != a:
                spalten.append(f"die Spalte {_show(soll[a])} steht an Stelle {b + 1} statt {a + 1}")
    return spalten


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
