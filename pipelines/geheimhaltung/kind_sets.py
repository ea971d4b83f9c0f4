"""Which sums of kinds of persons follow from printed counts by adding and subtracting alone and are few: they are protected.

Belongs here: single kinds, pairs of two definitions' rules or results, the rest of one count within another. Does not belong
here: what kinds there are and what is a sum of them (kind_relations.py).
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from pipelines.geheimhaltung.family import Ort
from pipelines.geheimhaltung.system import Schluessel, Tafel

EPS = 1e-6


def protect_sets(
    t: Tafel, ort: Ort, schwelle: int, gedruckt: Mapping[int, list[int]], paare: Iterable[tuple[str, list[int]]]
) -> None:
    """Name every small sum of kinds that printed counts (cell → its kinds) tell, so that the choice protects it.

    A kind of one to threshold − 1 persons is protected itself; a sum of several gets a cell of its own.
    """
    arten = sorted({i for teile in gedruckt.values() for i in teile})
    if not arten:
        return
    spalte = {i: n for n, i in enumerate(arten)}
    bekannt = {_encode(spalte, teile) for teile in gedruckt.values()}
    folgt = _Span(len(arten), [[spalte[i] for i in teile] for teile in gedruckt.values()])
    for name, teile in (*((str(i), [i]) for i in arten), *paare, *_find_rests(t, spalte, schwelle, gedruckt)):
        besetzt = [i for i in teile if i >= 0]
        if not 0 < sum(t.wert[i] for i in besetzt) < schwelle or (maske := _encode(spalte, teile)) in bekannt:
            continue
        bekannt.add(maske)
        if not folgt.holds([spalte[i] for i in teile]):
            continue
        if len(besetzt) == 1:
            t.schuetzen[besetzt[0]] = True
        else:
            summe = t.zelle(Schluessel("artenmenge", "-", *ort, name), sum(t.wert[i] for i in besetzt))
            t.gleich([summe], besetzt)


def _encode(spalte: Mapping[int, int], teile: Iterable[int]) -> int:
    return sum(1 << spalte[i] for i in teile)


def _find_rests(
    t: Tafel, spalte: Mapping[int, int], schwelle: int, gedruckt: Mapping[int, list[int]]
) -> Iterator[tuple[str, list[int]]]:
    """Where a count holds all kinds of another: the kinds that are left, if few."""
    zellen = sorted(gedruckt, key=lambda i: (t.wert[i], i))
    werte = np.array([t.wert[i] for i in zellen])
    masken = {i: _encode(spalte, gedruckt[i]) for i in zellen}
    for n, i in enumerate(zellen):
        for m in range(
            int(np.searchsorted(werte, werte[n], "right")), int(np.searchsorted(werte, werte[n] + schwelle))
        ):
            j = zellen[m]
            if masken[i] & masken[j] == masken[i]:
                innen = set(gedruckt[i])
                yield f"{i} in {j}", [k for k in gedruckt[j] if k not in innen]


class _Span:
    """The linear span of sets of columns, by the products of each two of them: few, however many columns there are."""

    def __init__(self, breite: int, mengen: Iterable[list[int]]) -> None:
        zeilen = [self._as_row(breite, menge) for menge in mengen]
        self.matrix = np.array(zeilen)
        werte, richtungen = np.linalg.eigh((self.matrix @ self.matrix.T).astype(float))
        folgt = werte > EPS
        self.basis = richtungen[:, folgt] / np.sqrt(werte[folgt])

    @staticmethod
    def _as_row(breite: int, menge: list[int]) -> np.ndarray:
        zeile = np.zeros(breite, dtype=np.int64)
        zeile[menge] = 1
        return zeile

    def holds(self, menge: list[int]) -> bool:
        """Whether a set is a sum and difference of the given ones: then nothing of it is left beside its share in them."""
        anteil = self.basis.T @ self.matrix[:, menge].sum(axis=1)
        return bool(abs(len(menge) - anteil @ anteil) < EPS)
