"""Where the figures of a sheet stand that nobody has described: their rows and columns, and the header above them.

Belongs here: what is told from the kinds of cells (`art`), rows and columns from 0. Does not belong here: what the columns hold
(shape.py).
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.eingang.grid.sheet import Blatt
from pipelines.eingang.tabelle.words import GEBIETSWORT, JAHR, MERKMALWORT, norm, textart, zelltext

KOPF_HOECHSTENS = 6  # rows of a stacked header
Arten = Sequence[Sequence[str]]  # kind of every cell


class Zahlenblock(NamedTuple):
    """First and last row of figures, and the columns most of them fill."""

    erste: int
    letzte: int
    kern: list[int]


def find_block(blatt: Blatt, arten: Arten) -> Zahlenblock | None:
    """First and last row of figures, and the columns most of them fill: the block with most numbers, not split by text.

    None where there are no figures.
    """
    gefuellt = [sum(a != "leer" for a in r) for r in arten]
    gewicht: Counter[int] = Counter()
    for z, r in enumerate(arten):
        gewicht[gefuellt[z]] += r.count("zahl")
    ueblich = max(gewicht, key=lambda n: gewicht[n], default=0)
    voll = {z for z, r in enumerate(arten) if "zahl" in r and gefuellt[z] * 2 >= ueblich}
    haeufig = Counter(s for z in voll for s, a in enumerate(arten[z]) if a in ("zahl", "zeichen"))
    kern = sorted(s for s, n in haeufig.items() if n * 2 >= len(voll))
    bloecke: list[list[int]] = [[]]
    for z, r in enumerate(arten):
        zellen = [r[s] for s in kern if s < len(r)]
        if z in voll and "zahl" in zellen and (bloecke[-1] or not _jahreskopf(blatt, arten, z)):
            bloecke[-1].append(z)
        elif "zahl" not in zellen and zellen.count("text") * 2 >= max(len(kern), 1):
            bloecke.append([])
    block = max(bloecke, key=lambda b: sum(arten[z].count("zahl") for z in b))
    if not block:
        return None
    erste, letzte = block[0], block[-1]
    while erste > 0 and _nur_zeichen(arten, erste - 1, kern):
        erste -= 1
    while letzte + 1 < len(arten) and _nur_zeichen(arten, letzte + 1, kern):
        letzte += 1
    return Zahlenblock(erste, letzte, kern)


def _nur_zeichen(arten: Arten, z: int, kern: list[int]) -> bool:
    """Whether a row has signs where others have numbers."""
    zellen = {arten[z][s] if s < len(arten[z]) else "leer" for s in kern}
    return "zeichen" in zellen and zellen <= {"zeichen", "leer"}


def _jahreskopf(blatt: Blatt, arten: Arten, z: int) -> bool:
    """Whether a row of years is a header: `Stadtteil;2022;2023`."""
    zahlen = [zelltext(w) for w, a in zip(blatt.werte[z], arten[z], strict=True) if a == "zahl"]
    erster = next((zelltext(w) for w in blatt.werte[z] if zelltext(w)), "")
    if not all(JAHR.fullmatch(t) for t in zahlen) or (textart(erster) == "zahl" and len(zahlen) == 1):
        return False
    return textart(erster) == "text" and (
        re.search(f"{GEBIETSWORT}|{MERKMALWORT}|name", norm(erster)) is not None
        or (len(zahlen) > 2 and zahlen == sorted(set(zahlen)))
    )


def find_kopf(blatt: Blatt, arten: Arten, erste: int, kern: list[int]) -> list[int]:
    """Header rows (from 0): the rows of texts directly above the figures that say something of more than the first column."""
    links = min((s for r in arten for s, a in enumerate(r) if a != "leer"), default=0)
    zeilen: list[int] = []
    for z in range(erste - 1, -1, -1):
        felder = [
            (s, a, zelltext(w)) for s, (a, w) in enumerate(zip(arten[z], blatt.werte[z], strict=True)) if a != "leer"
        ]
        if not felder and not zeilen and erste - z <= 2:
            continue
        worte = all(a == "text" or (a == "zahl" and JAHR.fullmatch(t)) for _, a, t in felder)
        nur_links = not any(s > links for s, _, _ in felder) and kern != [links]
        if (
            not felder
            or not worte
            or nur_links
            or len(zeilen) == KOPF_HOECHSTENS
            or (len(felder) == 2 and felder[0][2].endswith(":"))
        ):
            break
        zeilen.insert(0, z)
    return zeilen
