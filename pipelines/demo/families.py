"""Families of the synthetic population: siblings, their parents, who lives apart.

Belongs here: which children belong together and which adults are their parents. Does not belong here: how many of whom there
are, dates and addresses (population.py).

All shares below are assumptions ("Annahme") that make the example plausible.
"""

from __future__ import annotations

import numpy as np

from pipelines.demo.frame import (
    AUSLAENDER,
    BESTAND,
    DEUTSCHE,
    DEUTSCHE_MH,
    EINGEBUERGERT,
    ERWACHSEN,
    GEMISCHT,
    LEER,
    MAENNLICH,
    WEIBLICH,
    Familien,
    Ganz,
    Koepfe,
    Wahr,
    draw,
)

# Annahme: kind of family of a child, by group of the child (rows) and kind (columns: FREMD … DEUTSCH).
FAMILIENART = np.array(((1, 0, 0, 0, 0), (0.25, 0.25, 0.50, 0, 0), (0.012, 0.06, 0.08, 0.06, 0.788)))
GESCHWISTER = (0.40, 0.37, 0.16, 0.07)  # one to four children
ALLEINERZIEHEND, DAVON_MUETTER = 0.18, 0.86
OHNE_ELTERN = 0.012  # families whose children live in a home or with others: no link at all
GETRENNT = 0.05  # of the couples: second parent lives elsewhere, a part of them in another district
ELTERN_HOECHSTENS = 0.85  # of the adults of a district and group are parents of minors


def _form_siblings(rng: np.random.Generator, k: Koepfe) -> tuple[Ganz, Ganz, Ganz, Ganz]:
    """Return (children in order of their families, first position of each family, family per child, kind per family)."""
    kinder = np.flatnonzero(k.klasse < ERWACHSEN)
    art = (rng.random(len(kinder))[:, None] > np.cumsum(FAMILIENART, axis=1)[k.gruppe[kinder], :-1]).sum(axis=1)
    schluessel = (k.block[kinder] * k.zahl.shape[1] + k.gebiet[kinder]) * 5 + art
    folge = np.argsort(schluessel + rng.random(len(kinder)))
    kinder, art, schluessel = kinder[folge], art[folge], schluessel[folge]
    beginn = np.zeros(len(kinder), dtype=bool)
    schnitte = np.cumsum(draw(rng, len(kinder), GESCHWISTER) + 1)
    beginn[schnitte[schnitte < len(kinder)]] = True
    beginn[:1] = True
    beginn[1:] |= schluessel[1:] != schluessel[:-1]
    return kinder, np.flatnonzero(beginn), np.cumsum(beginn) - 1, art[beginn]


def _search_parents(rng: np.random.Generator, k: Koepfe, kopf: Ganz, gruppen: Ganz, gesucht: Wahr) -> Ganz:
    """Give each wanted parent (family × 2) an adult of its block, district and group; LEER where none is left."""
    familie, rolle = np.nonzero(gesucht)
    zelle = (k.block[kopf[familie]], k.gebiet[kopf[familie]], gruppen[familie, rolle])
    schluessel = np.ravel_multi_index((*zelle, np.full(len(familie), ERWACHSEN)), k.zahl.shape)
    folge = np.argsort(schluessel + rng.random(len(schluessel)))
    sortiert = schluessel[folge]
    rang = np.arange(len(sortiert)) - np.searchsorted(sortiert, sortiert)
    platz = (k.zahl.ravel() * ELTERN_HOECHSTENS).astype(np.int64)[sortiert]
    erste = np.concatenate(([0], np.cumsum(k.zahl.ravel())))[sortiert]
    eltern = np.full(gesucht.shape, LEER)
    eltern[familie[folge], rolle[folge]] = np.where(rang < platz, erste + rang, LEER)
    return eltern


def _gruppen_der_eltern(rng: np.random.Generator, art: Ganz) -> Ganz:
    """Return the group of mother and father (family × 2) that goes with the kind of family."""
    main = np.array((AUSLAENDER, AUSLAENDER, DEUTSCHE_MH, DEUTSCHE, DEUTSCHE))[art]
    gruppen = np.stack((main, main), axis=1)
    deutsch = (art == GEMISCHT) | ((art == EINGEBUERGERT) & (rng.random(len(art)) < 0.25))
    gruppen[deutsch, rng.integers(0, 2, int(deutsch.sum()))] = DEUTSCHE
    return gruppen


def form_families(rng: np.random.Generator, k: Koepfe, alter: Ganz) -> Familien:
    """Join children to siblings and to parents of fitting group; parents' ages follow the children's (`alter`)."""
    n = len(k.block)
    kinder, beginn, familie, art = _form_siblings(rng, k)
    m = len(beginn)
    eins, mutter = rng.random(m) < ALLEINERZIEHEND, rng.random(m) < DAVON_MUETTER
    keine = rng.random(m) < OHNE_ELTERN
    gesucht = np.stack((~keine & (~eins | mutter), ~keine & (~eins | ~mutter)), axis=1)
    eltern = _search_parents(rng, k, kinder[beginn], _gruppen_der_eltern(rng, art), gesucht)
    paar = (eltern >= 0).all(axis=1) & (k.block[kinder[beginn]] == BESTAND)
    getrennt = paar & (rng.random(m) < GETRENNT)
    fern = getrennt & (rng.random(m) < 0.4)
    for gruppe in (AUSLAENDER, DEUTSCHE_MH, DEUTSCHE):
        tausch = np.flatnonzero(fern & (k.gruppe[eltern[:, 1]] == gruppe))
        eltern[tausch, 1] = np.roll(eltern[tausch, 1], len(tausch) // 2)

    einheit = m + np.arange(n)
    art_person, eltern_alter, rolle = np.full(n, LEER), np.zeros(n, dtype=np.int64), np.full(n, LEER)
    einheit[kinder], art_person[kinder] = familie, art[familie]
    aeltestes = np.maximum.reduceat(alter[kinder], beginn) if m else np.zeros(0, dtype=np.int64)
    juengstes = np.minimum.reduceat(alter[kinder], beginn) if m else np.zeros(0, dtype=np.int64)
    bei_geburt = rng.normal(31, 5, m)
    for spalte, geschlecht in enumerate((WEIBLICH, MAENNLICH)):
        da = np.flatnonzero(eltern[:, spalte] >= 0)
        wer = eltern[da, spalte]
        jahre = juengstes + bei_geburt + (rng.normal(2.5, 4, m) if geschlecht == MAENNLICH else 0)
        eltern_alter[wer] = np.maximum(aeltestes + 18 + rng.integers(0, 6, m), jahre.astype(np.int64))[da]
        rolle[wer], art_person[wer] = geschlecht, art[da]
        zusammen = ~getrennt[da] if geschlecht == MAENNLICH else np.ones(len(da), dtype=bool)
        einheit[wer[zusammen]] = da[zusammen]
    eltern_person = np.full((n, 2), LEER)
    eltern_person[kinder] = eltern[familie]
    return Familien(m, einheit, art_person, eltern_person, eltern_alter, rolle)
