"""Areas of a table that are none of the municipality's: tables of a whole Land name hundreds.

Belongs here: what to say where a table has no other areas, and of which of the municipality's areas the table names more parts
than gebiete.csv. Does not belong here: which area a row means (gebiet_lookup.py), the check of sums that asks for it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.eingang.tabelle.gebiet_lookup import Gebietsfinder, key_stem
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.gebiete import UNBEKANNT
from pipelines.stamm.quellen.layout import Layout

WIE_ZU_SCHREIBEN = ("Schlüssel der Datei", "eigener")
GENANNT = 4  # areas named on each side of one message
# Places of official keys: Land, Regierungsbezirk, Kreis; what has more is a municipality. Levels that have no official key.
STELLEN, OHNE_SCHLUESSEL = (2, 3, 5), ("bezirk", "stadtteil", "planungsraum")


class Teilmenge(NamedTuple):
    """An area of which gebiete.csv has `genannt` parts that the table names, and not the `fremde` (their keys)."""

    gebiet_id: str
    genannt: int
    fremde: tuple[str, ...]


def find_incomplete(finder: Gebietsfinder) -> list[Teilmenge]:
    """Areas with an official key below which the table has keys of foreign areas, too; per level of its parts."""
    eigene = {key_stem(s): t.gebiet_id for (s, _), t in finder.gemerkt.items() if t.gebiet_id and s.isdigit()}
    fremde = sorted({key_stem(s) for (s, _), t in finder.gemerkt.items() if t.fremd and s.isdigit()})
    ergebnis = []
    for stamm, gebiet_id in eigene.items():
        if len(stamm) not in STELLEN or gebiet_id not in finder.ids or finder.ids[gebiet_id].ebene in OHNE_SCHLUESSEL:
            continue
        for stellen in sorted({len(e) for e in _find_below(stamm, eigene)}):
            genannt = [e for e in _find_below(stamm, eigene) if len(e) == stellen]
            if weitere := tuple(f for f in _find_below(stamm, fremde) if len(f) == stellen):
                ergebnis.append(Teilmenge(gebiet_id, len(genannt), weitere))
    return ergebnis


def _find_below(stamm: str, schluessel: Iterable[str]) -> list[str]:
    return [s for s in schluessel if len(s) > len(stamm) and s.startswith(stamm)]


def no_own_area(finder: Gebietsfinder, layout: Layout, datei: str, zeilen: int) -> Befund:
    """A table of which `zeilen` rows were read and none is of an area in gebiete.csv."""
    fremde = [paar for paar, t in finder.gemerkt.items() if t.fremd]
    gemeint = {paar: finder.find_namesakes(paar[1])[0] for paar in fremde if len(finder.find_namesakes(paar[1])) == 1}
    genannt = [g for g in finder.gebiete if g.gebiet_id != UNBEKANNT]
    eigene = sorted(genannt, key=lambda g: g.ebene in OHNE_SCHLUESSEL)
    nah = sorted(fremde, key=lambda p: (p not in gemeint, -_gemeinsam(p[0], finder.ids)))
    wer = f"keine der {zeilen} Zeilen" if zeilen > 1 else "die einzige Zeile"
    wer += f" betrifft {'ein' if zeilen > 1 else 'kein'} eigenes Gebiet"
    beispiele = [(s or n, g) for (s, n), g in gemeint.items()]
    return Befund(
        Code.zeile_fehlt, Schwere.fehler, datei, "",
        f"{wer}. In der Datei steht {_liste(nah)}; in gebiete.csv steht {_liste([(g.gebiet_id, g.name) for g in eigene])}",
        "mindestens ein Gebiet mit demselben Schlüssel in Datei und gebiete.csv (wo die Datei keinen hat: mit demselben Namen); "
        f"lautet er in der Datei anders, in kommune.yaml bei dieser Quelle {_write_translation(layout, [WIE_ZU_SCHREIBEN])}",
        vorschlag=_write_translation(layout, beispiele[:GENANNT]) if beispiele else None,
    )  # fmt: skip


def _write_translation(layout: Layout, paare: Sequence[tuple[str, str]]) -> str:
    """What to write into kommune.yaml, so that keys or names of the file mean areas of gebiete.csv."""
    block = "{" + ", ".join(f'"{hier}": "{dort}"' for hier, dort in paare) + "}"
    return f"gebiete: {block}" if layout.vorlage else f"woerter: {{gebiet: {block}}}"


def _gemeinsam(schluessel: str, eigene: Iterable[str]) -> int:
    """How many places a key shares with the municipality's nearest one."""
    return max((n for e in eigene for n in range(len(schluessel) + 1) if e.startswith(schluessel[:n])), default=0)


def _liste(paare: Sequence[tuple[str, str]]) -> str:
    texte = [" ".join(t for t in (s, f"»{n.strip()}«" if n and n != s else "") if t) for s, n in paare[:GENANNT]]
    mehr = len(paare) - GENANNT
    return ", ".join(texte) + (f" und {mehr} weitere" if mehr > 0 else "")
