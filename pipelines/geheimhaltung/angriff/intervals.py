"""Elimination and intervals: what follows without any solver.

Belongs here: equations with one unknown left, bounds passed along the rows. Does not belong here: linear programs (lp.py).
"""

import numpy as np
from scipy import sparse

from pipelines.geheimhaltung.angriff.system import EPS, INF, Matrix, Unvereinbar, describe

RUNDEN = 400


def eliminate(m: Matrix) -> int:
    """Solve equations with exactly one unknown, until there is none; returns how many counts were found."""
    x = np.where(m.L == m.U, m.L, np.nan)
    gleich = np.flatnonzero(m.unten == m.oben)
    M = m.M[gleich]
    muster = sparse.csr_matrix((np.ones_like(M.data), M.indices, M.indptr), shape=M.shape)
    nummern = sparse.csr_matrix((M.indices.astype(float), M.indices, M.indptr), shape=M.shape)
    gefunden = 0
    while True:
        offen = np.isnan(x)
        eine = np.flatnonzero(muster @ offen.astype(float) == 1)
        if not len(eine):
            return gefunden
        rest = m.unten[gleich[eine]] - M[eine] @ np.where(offen, 0.0, x)
        welche = (nummern[eine] @ offen.astype(float)).astype(int)
        faktor = M[eine] @ offen.astype(float)
        m.moves_on(welche)
        for j, f, r in zip(welche, faktor, rest, strict=True):
            if np.isnan(x[j]):
                x[j] = round(r / f) if m.ganz[j] else r / f
                m.L[j] = m.U[j] = x[j]
                gefunden += 1
                if x[j] < -EPS:
                    raise Unvereinbar(describe(m.s.schluessel[j]))


def narrow(m: Matrix) -> int:
    """Pass bounds along the rows until nothing changes; whole numbers only. Returns the rounds.

    Raises: Unvereinbar if no table fits.
    """
    a, spalten, zeile = m.M.data, m.M.indices, m.zeile_von
    plus, zeilen = a > 0, m.M.shape[0]
    for runde in range(RUNDEN):
        unten = np.where(plus, a * m.L[spalten], a * m.U[spalten])
        oben = np.where(plus, a * m.U[spalten], a * m.L[spalten])
        u_inf, o_inf = np.isinf(unten), np.isinf(oben)
        unten, oben = np.where(u_inf, 0.0, unten), np.where(o_inf, 0.0, oben)
        u_summe, o_summe = np.bincount(zeile, unten, zeilen), np.bincount(zeile, oben, zeilen)
        u_zahl, o_zahl = np.bincount(zeile, u_inf, zeilen), np.bincount(zeile, o_inf, zeilen)
        # The least and the most that all others of the row come to.
        andere_u = np.where(u_zahl[zeile] - u_inf > 0, -INF, u_summe[zeile] - unten)
        andere_o = np.where(o_zahl[zeile] - o_inf > 0, INF, o_summe[zeile] - oben)
        hoch, tief = (m.oben[zeile] - andere_u) / a, (m.unten[zeile] - andere_o) / a
        U, L = m.U.copy(), m.L.copy()
        np.minimum.at(U, spalten, np.where(plus, hoch, tief))
        np.maximum.at(L, spalten, np.where(plus, tief, hoch))
        L, U = _ganze_zahlen(m, L, U)
        if len(falsch := np.flatnonzero(L > U + 1e-5)):
            raise Unvereinbar(describe(m.s.schluessel[falsch[0]]))
        enger = (U < m.U) | (L > m.L)
        m.L, m.U = L, np.maximum(L, U)
        m.moves_on(enger)
        if not enger.any():
            return runde + 1
    return RUNDEN


def _ganze_zahlen(m: Matrix, L: np.ndarray, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers where counts are; other unknowns only get narrower by steps that end."""
    U = np.where(m.ganz & np.isfinite(U), np.floor(U + 1e-6), np.where(m.U > U + 1e-3, U, m.U))
    L = np.where(m.ganz, np.ceil(L - 1e-6), np.where(L > m.L + 1e-3, L, m.L))
    return L, U


def wege(m: Matrix, i: int, tiefe: int = 1) -> list[str]:
    """The rows that hold an unknown at its last bounds, and those that hold their parts: each told before the next needs it."""
    zeilen: list[str] = []
    for z in _haltende(m, i):
        glieder, _, _, name, _ = m.s.zeilen[z]
        if name not in zeilen:
            zeilen.append(name)
        if tiefe > 1:
            vorher = [j for j in glieder if j != i and not m.s.zeigt.get(j) and m.takt[j] < m.takt[i]]
            for j in sorted(vorher, key=lambda j: -m.takt[j])[:3]:
                zeilen += [n for n in wege(m, j, tiefe - 1) if n not in zeilen]
    return zeilen


def _haltende(m: Matrix, i: int) -> list[int]:
    """A row for the lower and one for the upper bound, of parts that were known before."""
    spalten = m.spaltenweise()
    unten = oben = None
    for z in sorted(spalten.indices[slice(*spalten.indptr[i : i + 2])], key=lambda z: len(m.s.zeilen[z][0])):
        glieder, tief, hoch, _, _ = m.s.zeilen[z]
        if any(m.takt[j] >= max(m.takt[i], 1) for j in glieder if j != i):
            continue
        f = glieder[i]
        kleinste = sum(g * (m.L[j] if g > 0 else m.U[j]) for j, g in glieder.items() if j != i)
        groesste = sum(g * (m.U[j] if g > 0 else m.L[j]) for j, g in glieder.items() if j != i)
        a, b = sorted(((tief - groesste) / f, (hoch - kleinste) / f))
        unten = z if unten is None and m.L[i] > 0 and np.ceil(a - 1e-5) >= m.L[i] else unten
        oben = z if oben is None and np.floor(b + 1e-5) <= m.U[i] else oben
    return [z for z in dict.fromkeys((unten, oben)) if z is not None]
