"""Which sums of kinds of persons follow from printed counts and are few: they are protected.

Belongs here: kinds that printed counts rule out, and single kinds, pairs of two definitions' rules or results, the rest of one
count within another that follow from the others. Does not belong here: what kinds there are and what is a sum of them
(kind_relations.py). All counts of the family are taken for printed: what is hidden tells less.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from pipelines.geheimhaltung.family import Ort
from pipelines.geheimhaltung.system import Schluessel, Tafel

EPS = 1e-6
TEIL = 1e-3  # of a person: so little of each kind that all of them fit into small counts at once


class Told(NamedTuple):
    """What a place tells by kinds: all of them, cell → its kinds, and kinds whose row is missing, so that nobody is of them."""

    arten: Iterable[int]
    gedruckt: Mapping[int, list[int]]
    niemand: Sequence[list[int]]


def protect_sets(t: Tafel, ort: Ort, schwelle: int, told: Told, paare: Iterable[tuple[str, list[int]]]) -> set[int]:
    """Name every small sum of kinds that printed counts tell, so that the choice protects it; returns the kinds there may be.

    A kind of one to threshold − 1 persons is protected itself; a sum of several gets a cell of its own. Kinds below zero have no
    cell: nobody is of them.
    """
    arten = _find_possible(t, told)
    da = set(arten)
    if not da or not told.gedruckt:
        return da
    gedruckt = {i: [k for k in teile if k in da] for i, teile in told.gedruckt.items()}
    spalte = {i: n for n, i in enumerate(arten)}
    bekannt = {_encode(spalte, teile) for teile in gedruckt.values()}
    folgt = _Span(len(arten), [[spalte[i] for i in teile] for teile in gedruckt.values()])
    for name, alle in (*((str(i), [i]) for i in arten), *paare, *_find_rests(t, spalte, schwelle, gedruckt)):
        besetzt = [i for i in alle if i >= 0]
        if not 0 < sum(t.wert[i] for i in besetzt) < schwelle:
            continue
        teile = [i for i in alle if i in da]
        if (maske := _encode(spalte, teile)) in bekannt:
            continue
        bekannt.add(maske)
        if not folgt.holds([spalte[i] for i in teile]):
            continue
        if len(besetzt) == 1:
            t.schuetzen[besetzt[0]] = True
        else:
            summe = t.zelle(Schluessel("artenmenge", "-", *ort, name), sum(t.wert[i] for i in besetzt))
            t.gleich([summe], besetzt)
    return da


def _find_possible(t: Tafel, told: Told) -> list[int]:
    """The kinds that somebody may be of, as far as printed counts say: most persons of kinds at once, until no more can be."""
    arten = sorted(set(told.arten) - {k for teile in told.niemand for k in teile})
    spalte = {k: n for n, k in enumerate(arten)}
    zeilen = [(n, spalte[k]) for n, teile in enumerate(told.gedruckt.values()) for k in teile if k in spalte]
    if not zeilen:
        return arten
    nummern = np.array(zeilen)
    form = (len(told.gedruckt), len(arten))
    summen = sparse.csr_matrix((np.ones(len(zeilen)), (nummern[:, 0], nummern[:, 1])), shape=form)
    werte = [t.wert[i] for i in told.gedruckt]
    offen = [n for n, k in enumerate(arten) if k < 0]
    while offen:
        gehoben = _raise_together(summen, werte, offen)
        if not gehoben:
            break
        offen = [n for n in offen if n not in gehoben]
    return [k for n, k in enumerate(arten) if n not in set(offen)]


def _raise_together(summen: sparse.csr_matrix, werte: list[int], offen: list[int]) -> set[int]:
    """Of these columns as many as can have somebody at once; of each a part of a person counts, so that many do."""
    from scipy.optimize import linprog  # of use in a build only, and slow to load

    breite, m = summen.shape[1], len(offen)
    waehle = sparse.csr_matrix((np.ones(m), (np.arange(m), offen)), shape=(m, breite))
    loesung = linprog(
        np.concatenate([np.zeros(breite), -np.ones(m)]),
        A_ub=sparse.hstack([-waehle, sparse.identity(m)]), b_ub=np.zeros(m),
        A_eq=sparse.hstack([summen, sparse.csr_matrix((summen.shape[0], m))]), b_eq=werte,
        bounds=[(0, None)] * breite + [(0, TEIL)] * m, method="highs",
    )  # fmt: skip
    if not loesung.success:
        raise RuntimeError("printed counts contradict the kinds they are sums of")
    return {n for n, wert in zip(offen, loesung.x[breite:], strict=True) if wert > TEIL / 100}


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
