"""What a synthetic population is made of: margins to meet, persons as arrays, their groups, whole days, drawing by weight.

Belongs here: shapes and codes that the files beside it share. Does not belong here: any assumption about persons
(population.py, families.py, clues.py).

Every array has one entry per person unless its name says otherwise; a person is an index. Families and lone
adults are "units" that move in and out together. Days are whole days since 1970-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ganz = NDArray[np.int64]
Wahr = NDArray[np.bool_]
LEER = -1  # no entry in a coded column
JAHR = 365.25  # days
AUFBEWAHRUNG_JAHRE = 5  # BMG § 13: so long the register keeps those who moved out or died
AUSLAENDER, DEUTSCHE_MH, DEUTSCHE, OHNE_ANGABE = range(4)  # group under the profile luenen_2021
MINDERJAEHRIG, JUNG, ERWACHSEN = range(3)  # under 18; 18 to 22 and still with the parents; other adults
BESTAND, FORTGEGANGEN, NEBENWOHNUNG = range(3)  # inhabitants; moved out or died; secondary residence only
FREMD, GEMISCHT, EINGEBUERGERT, AUSGESIEDELT, DEUTSCH = range(5)  # kind of family
MAENNLICH, WEIBLICH, DIVERS, KEINE_ANGABE = range(4)
FLUCHTSTAATEN = (475, 423, 438, 439, 224, 273)  # SY, AF, IQ, IR, ER, SO
ERSTE_SONDERKENNUNG = 997  # nationality keys from here on are no states


@dataclass(frozen=True)
class Vorgabe:
    """Margins to meet at the main Stichtag, from demo.yaml; heads unless stated."""

    stichtag: date
    fruehere: tuple[date, ...]
    gebiete: tuple[str, ...]
    zellen: Ganz  # district × (Ausländer, Deutsche mit MH, Deutsche ohne MH, ohne Angabe)
    maennlich: int  # of the foreigners
    staaten: Ganz  # 3-digit nationality keys
    je_staat: Ganz  # foreigners per key of `staaten`
    anteil_unter_18: float
    anteil_mh_unter_18: float
    herkunft: Ganz  # key, weight: origin of Germans with MH
    geburtsland: Ganz  # 1000 entries: state of birth that belongs to a nationality key
    orte: tuple[str, ...]  # places of birth, grouped by state
    ort_ab: Ganz  # 1000 entries: first index in `orte`
    ort_anzahl: Ganz  # 1000 entries: number of places
    vertriebene: Ganz  # place index, key of today's or the historic state


@dataclass(frozen=True)
class Geruest:
    """Persons with families, places and dates, before their clues (nationality of Germans, birthplace …)."""

    block: Ganz
    gebiet: Ganz
    gruppe: Ganz
    klasse: Ganz
    familienart: Ganz
    einheit: Ganz
    familien: int  # units below this number are families
    eltern: Ganz  # person × 2
    alter: Ganz  # completed years on `stand`
    geschlecht: Ganz
    staat: Ganz  # of foreigners; LEER for Germans
    stand: Ganz  # day until which the person is an inhabitant: the main Stichtag or the departure
    geburt: Ganz
    einzug: Ganz  # of the unit
    ankunft: Ganz  # of the unit in Germany, if it came from abroad
    stirbt: Wahr
    adresse: Ganz


@dataclass(frozen=True)
class Koepfe:
    """Who there is before anything personal is known."""

    block: Ganz
    gebiet: Ganz
    gruppe: Ganz
    klasse: Ganz
    zahl: Ganz  # block × district × group × class


@dataclass(frozen=True)
class Familien:
    """Units: the first `anzahl` are families, every other person is a unit of its own."""

    anzahl: int
    einheit: Ganz
    art: Ganz  # per person; LEER outside families
    eltern: Ganz  # person × 2
    eltern_alter: Ganz  # 0 for everybody who is no parent
    rolle: Ganz  # LEER, MAENNLICH (father), WEIBLICH (mother)


def tag(datum: date) -> int:
    """Return the day number of a date."""
    return int(np.datetime64(datum, "D").astype(int))


def groesste_reste(gewichte: ArrayLike, summe: int) -> Ganz:
    """Distribute `summe` heads in proportion to integer weights (largest remainder); same shape, exact sum."""
    w = np.asarray(gewichte, dtype=np.int64)
    if not w.sum():
        return np.zeros_like(w)
    ganz, rest = np.divmod(w * summe, w.sum())
    ganz.ravel()[np.argsort(-rest.ravel(), kind="stable")[: summe - int(ganz.sum())]] += 1
    return ganz


def draw(rng: np.random.Generator, n: int, gewichte: ArrayLike) -> Ganz:
    """Draw `n` positions with the given weights."""
    grenzen = np.cumsum(np.asarray(gewichte, dtype=float))
    return np.searchsorted(grenzen / grenzen[-1], rng.random(n), side="right").clip(0, len(grenzen) - 1)


def draw_value(rng: np.random.Generator, n: int, paare: ArrayLike) -> Ganz:
    """Draw `n` values from (value, weight) pairs."""
    tabelle = np.asarray(paare, dtype=np.int64)
    werte: Ganz = tabelle[draw(rng, n, tabelle[:, 1]), 0]
    return werte
