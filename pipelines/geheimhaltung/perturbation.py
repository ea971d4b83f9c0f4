"""Cell-Key: which perturbation a count gets for a key (maximum entropy, mean 0, given variance and bound).

Belongs here: the table of probabilities and looking up in it. Does not belong here: where keys come from (cell_keys.py).
The method and its properties: Giessing (2016), doi:10.1007/978-3-319-45381-1_18; there is no Python library of it.
"""

from functools import lru_cache

import numpy as np
from scipy.optimize import minimize

GENAU = 1e-7


@lru_cache(maxsize=256)
def verteilung(anzahl: int, hoechstabweichung: int, varianz: float) -> tuple[tuple[int, float], ...]:
    """(perturbation, probability) for a count, in the order of perturbations.

    Of all distributions on −min(count, D) … D with mean 0 and the given variance the one of the greatest entropy. No count
    becomes negative, 0 stays 0, and from D on all counts have the same table.

    Raises: ValueError if there is none.
    """
    if anzahl == 0:
        return ((0, 1.0),)
    werte = np.arange(-min(anzahl, hoechstabweichung), hoechstabweichung + 1, dtype=float)
    # Probabilities are exp(a·v + b·v²) but for a factor; a and b minimise the convex dual.
    skala = float(hoechstabweichung)
    merkmale = np.stack([werte / skala, (werte / skala) ** 2])
    ziel = np.array([0.0, varianz / skala**2])

    def wahrscheinlichkeit(ab: np.ndarray) -> np.ndarray:
        hoch = ab @ merkmale
        p: np.ndarray = np.exp(hoch - hoch.max())
        return np.asarray(p / p.sum())

    def dual(ab: np.ndarray) -> float:
        hoch = ab @ merkmale
        return float(np.log(np.exp(hoch - hoch.max()).sum()) + hoch.max() - ab @ ziel)

    def steigung(ab: np.ndarray) -> np.ndarray:
        return np.asarray(merkmale @ wahrscheinlichkeit(ab) - ziel)

    def kruemmung(ab: np.ndarray) -> np.ndarray:
        p = wahrscheinlichkeit(ab)
        mitte = merkmale @ p
        return np.asarray((merkmale * p) @ merkmale.T - np.outer(mitte, mitte))

    loesung = minimize(dual, np.zeros(2), method="trust-exact", jac=steigung, hess=kruemmung, options={"gtol": 1e-11})
    p = wahrscheinlichkeit(loesung.x)
    if np.abs(p @ werte) > GENAU or abs(p @ werte**2 - varianz) > GENAU:
        raise ValueError(
            f"no distribution with bound {hoechstabweichung} and variance {varianz} for a count of {anzahl}"
        )
    return tuple(zip(werte.astype(int).tolist(), p.tolist(), strict=True))


def perturb(anzahl: int, schluessel: float, hoechstabweichung: int, varianz: float) -> int:
    """The count as it is shown; `schluessel` is the cell's key, 0 ≤ key < 1."""
    summe = 0.0
    zeilen = verteilung(min(anzahl, hoechstabweichung), hoechstabweichung, varianz)
    for wert, p in zeilen:
        summe += p
        if schluessel < summe:
            return anzahl + wert
    return anzahl + zeilen[-1][0]
