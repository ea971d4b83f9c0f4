"""The synthetic population: one longitudinal table of invented persons, built from published margins.

Belongs here: how heads are distributed over districts, families, ages, sexes, foreign nationalities, dates and
addresses. Does not belong here: clues of the Migrationshintergrund, demo.yaml and extracts (`extract.py`), real persons.

Every array has one entry per person unless its name says otherwise; a person is an index. Families and lone
adults are "units" that move in and out together. Days are whole days since 1970-01-01.
All shares below are assumptions ("Annahme") that make the example plausible; only the margins are published figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
FLUCHT_AB = int(np.datetime64("2014-09-01").astype(int))  # Annahme: refugees came from then on …
FLUCHT_TAGE = 900  # … most of them within these days
ERSTE_SONDERKENNUNG = 997  # nationality keys from here on are no states

# Annahme: shares per group (Ausländer, Deutsche mit MH, Deutsche ohne MH, ohne Angabe).
JUNG_ANTEIL = (0.05, 0.065, 0.045, 0.0)  # aged 18 to 22 and living with the parents
FORTGANG_JE_JAHR = (0.036, 0.034, 0.042, 0.0)  # moved out or died in a year, as a share of the group
NEU_ANTEIL = np.array((0.42, 0.06, 0.072, 0.0))  # of the units: moved in during the last JAHRE_NEU
VERSTORBEN_ANTEIL = np.array((0.12, 0.30, 0.62, 0.0))  # of the childless adults who left: by death
NEBEN_ANTEIL = 0.02  # additional rows with a secondary residence
AUSLAENDER_MINDERJAEHRIG = 0.18  # share of under-18s among foreigners
JAHRE_NEU = 4.5  # years that count as "recently moved in"
WOHNDAUER_BESTAND, KURZ_DA = 38, 0.2  # years at most before that; share of leavers who stayed under two years
FORTGANG_NACH_KLASSE = (8, 10, 10)  # families with children move less

# Annahme: kind of family of a child, by group of the child (rows) and kind (columns: FREMD … DEUTSCH).
FAMILIENART = np.array(((1, 0, 0, 0, 0), (0.25, 0.25, 0.50, 0, 0), (0.012, 0.06, 0.08, 0.06, 0.788)))
GESCHWISTER = (0.40, 0.37, 0.16, 0.07)  # one to four children
ALLEINERZIEHEND, DAVON_MUETTER = 0.18, 0.86
OHNE_ELTERN = 0.012  # families whose children live in a home or with others: no link at all
GETRENNT = 0.05  # of the couples: second parent lives elsewhere, a part of them in another district
ELTERN_HOECHSTENS = 0.85  # of the adults of a district and group are parents of minors
HAUSHALT = (0.42, 0.48, 0.08, 0.02)  # lone adults: households of one to four
UNTERKUNFT_ANTEIL, UNTERKUNFT_PLAETZE = 0.12, 60  # refugees in shelters; persons per shelter

# Annahme: ages of adults without minor children as (from, to, weight).
ALTER = (
    ((23, 26, 8), (27, 34, 28), (35, 49, 27), (50, 64, 21), (65, 79, 12), (80, 94, 2)),
    ((23, 26, 10), (27, 34, 25), (35, 49, 22), (50, 64, 25), (65, 79, 13), (80, 95, 3)),
    ((23, 26, 5), (27, 34, 13), (35, 49, 12), (50, 64, 32), (65, 79, 25), (80, 89, 12), (90, 103, 2)),
    ((25, 60, 1),),
)
STERBEALTER = ((30, 59, 9), (60, 74, 24), (75, 89, 52), (90, 102, 15))
UMZUGSALTER = ((22, 25, 22), (26, 34, 42), (35, 49, 20), (50, 64, 10), (65, 88, 6))
DIVERS_ANTEIL, KEINE_ANGABE_ANTEIL = 0.0003, 0.0005  # of the Germans


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
class _Koepfe:
    """Who there is before anything personal is known."""

    block: Ganz
    gebiet: Ganz
    gruppe: Ganz
    klasse: Ganz
    zahl: Ganz  # block × district × group × class


@dataclass(frozen=True)
class _Familien:
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


def _draw_alter(rng: np.random.Generator, n: int, stufen: tuple[tuple[int, int, int], ...]) -> Ganz:
    tabelle = np.asarray(stufen)
    stufe = tabelle[draw(rng, n, tabelle[:, 2])]
    return rng.integers(stufe[:, 0], stufe[:, 1] + 1)


def scale(v: Vorgabe, personen: int) -> Vorgabe:
    """Scale all margins to `personen` inhabitants (largest remainder over disjoint groups, exact sum)."""
    zellen = groesste_reste(v.zellen, personen)
    fremde = int(zellen[:, AUSLAENDER].sum())
    alle = int(v.je_staat.sum())
    maenner = int(groesste_reste((v.maennlich, alle - v.maennlich), fremde)[0]) if alle else 0
    return replace(v, zellen=zellen, maennlich=maenner, je_staat=groesste_reste(v.je_staat, fremde))


def _set_up_households(v: Vorgabe, jahre: float) -> _Koepfe:
    """Count the heads per block, district, group and class, `jahre` being the span of departures, and list them."""
    z = v.zellen
    unter_18 = round(v.anteil_unter_18 * int(z.sum()))
    mh_unter_18 = round(v.anteil_mh_unter_18 * unter_18)
    fremde = min(round(AUSLAENDER_MINDERJAEHRIG * int(z[:, AUSLAENDER].sum())), mh_unter_18)
    minderjaehrige = (fremde, mh_unter_18 - fremde, unter_18 - mh_unter_18, 0)
    zahl = np.zeros((3, len(z), 4, 3), dtype=np.int64)
    for gruppe in range(4):
        alle = int(z[:, gruppe].sum())
        minder = groesste_reste(z[:, gruppe], min(minderjaehrige[gruppe], alle))
        jung = groesste_reste(z[:, gruppe] - minder, min(round(JUNG_ANTEIL[gruppe] * alle), alle - int(minder.sum())))
        bestand = np.stack((minder, jung, z[:, gruppe] - minder - jung), axis=1)
        zahl[BESTAND, :, gruppe] = bestand
        gehende = round(FORTGANG_JE_JAHR[gruppe] * jahre * alle)
        zahl[FORTGEGANGEN, :, gruppe] = groesste_reste(bestand * np.array(FORTGANG_NACH_KLASSE), gehende)
        if gruppe != OHNE_ANGABE:
            zahl[NEBENWOHNUNG, :, gruppe, ERWACHSEN] = groesste_reste(z[:, gruppe], round(NEBEN_ANTEIL * alle))
    zellen = np.argwhere(np.ones_like(zahl, dtype=bool))
    personen = np.repeat(zellen, zahl.ravel(), axis=0)
    spalten = personen.T.copy()
    return _Koepfe(spalten[0], spalten[1], spalten[2], spalten[3], zahl)


def _form_siblings(rng: np.random.Generator, k: _Koepfe) -> tuple[Ganz, Ganz, Ganz, Ganz]:
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


def _search_parents(rng: np.random.Generator, k: _Koepfe, kopf: Ganz, gruppen: Ganz, gesucht: Wahr) -> Ganz:
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


def _form_families(rng: np.random.Generator, k: _Koepfe, alter: Ganz) -> _Familien:
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
    return _Familien(m, einheit, art_person, eltern_person, eltern_alter, rolle)


def _distribute_staaten(rng: np.random.Generator, v: Vorgabe, k: _Koepfe, f: _Familien) -> Ganz:
    """Give foreigners their nationality: exact counts, one nationality per family but for a few; LEER for Germans."""
    staat = np.full(len(k.block), LEER)
    reihe = rng.random(f.anzahl + len(k.block))
    for block in (BESTAND, FORTGEGANGEN, NEBENWOHNUNG):
        wer = np.flatnonzero((k.gruppe == AUSLAENDER) & (k.block == block))
        zahl = groesste_reste(v.je_staat, len(wer))
        in_familie = f.einheit[wer] < f.anzahl
        gross = np.where((zahl >= 10) & (v.staaten < ERSTE_SONDERKENNUNG), zahl, 0)
        familiaer = groesste_reste(gross, min(int(in_familie.sum()), int(gross.sum())))
        folge = np.argsort(reihe[f.einheit[wer]] + ~in_familie, kind="stable")
        einzeln = rng.permutation(np.repeat(v.staaten, zahl - familiaer))
        staat[wer[folge]] = np.concatenate((np.repeat(v.staaten, familiaer), einzeln))
    return staat


def _distribute_geschlecht(rng: np.random.Generator, v: Vorgabe, k: _Koepfe, f: _Familien, alter: Ganz) -> Ganz:
    """Parents by their role; foreigners exactly as published; among Germans women prevail with age."""
    n = len(alter)
    weiblich = np.interp(alter, (18, 60, 75, 85, 95), (0.487, 0.505, 0.57, 0.65, 0.74))
    geschlecht = np.where(rng.random(n) < weiblich, WEIBLICH, MAENNLICH)
    selten = rng.random(n)
    geschlecht[selten < DIVERS_ANTEIL + KEINE_ANGABE_ANTEIL] = KEINE_ANGABE
    geschlecht[selten < DIVERS_ANTEIL] = DIVERS
    geschlecht = np.where(f.rolle >= 0, f.rolle, geschlecht)
    rang = rng.random(n) + np.where(f.rolle == WEIBLICH, 1, 0) - np.where(f.rolle == MAENNLICH, 1, 0)
    for block in (BESTAND, FORTGEGANGEN, NEBENWOHNUNG):
        wer = np.flatnonzero((k.gruppe == AUSLAENDER) & (k.block == block))
        alle = int(v.je_staat.sum())
        maenner = int(groesste_reste((v.maennlich, alle - v.maennlich), len(wer))[0]) if alle else 0
        folge = wer[np.argsort(rang[wer])]
        geschlecht[folge[:maenner]], geschlecht[folge[maenner:]] = MAENNLICH, WEIBLICH
    return geschlecht


def _settle_fortgang(
    rng: np.random.Generator, v: Vorgabe, k: _Koepfe, f: _Familien, alter: Ganz, von: int
) -> tuple[Ganz, Ganz, Wahr]:
    """Return the last day of each person as an inhabitant, the age on it and whether the person dies then."""
    n, ende, fort = len(k.block), tag(v.stichtag), k.block == FORTGEGANGEN
    allein = fort & (f.einheit >= f.anzahl) & (f.rolle == LEER)
    stirbt = allein & (rng.random(n) < VERSTORBEN_ANTEIL[k.gruppe])
    stand = np.where(fort, rng.integers(von, ende + 1, f.anzahl + n)[f.einheit], ende)
    alter = alter.copy()
    for wer, stufen in ((stirbt, STERBEALTER), (allein & ~stirbt, UMZUGSALTER)):
        alter[wer] = _draw_alter(rng, int(wer.sum()), stufen)
    return stand, alter, stirbt


def _settle_geburt(rng: np.random.Generator, stand: Ganz, alter: Ganz) -> Ganz:
    """Return a day of birth on which somebody is `alter` completed years old on the day `stand`."""
    monat = stand.astype("datetime64[D]").astype("datetime64[M]")
    tag_im_monat = stand - monat.astype("datetime64[D]").astype(np.int64)
    geburtstag = (monat - 12 * alter).astype("datetime64[D]").astype(np.int64) + tag_im_monat
    return geburtstag - rng.integers(0, 365, len(stand))


def _settle_einzug(rng: np.random.Generator, k: _Koepfe, f: _Familien, staat: Ganz, stand: Ganz) -> tuple[Ganz, Ganz]:
    """Return the days on which the person's unit moved in and on which it had come to Germany."""
    einheiten, fort = f.anzahl + len(k.block), k.block == FORTGEGANGEN
    familiengruppe = np.array((AUSLAENDER, DEUTSCHE_MH, DEUTSCHE_MH, DEUTSCHE, DEUTSCHE))
    gruppe = np.where(f.art < 0, k.gruppe, familiengruppe[f.art])
    neu = rng.random(einheiten)[f.einheit] < NEU_ANTEIL[gruppe]
    tage_neu = int(JAHRE_NEU * JAHR)
    vorher = tage_neu + (rng.random(einheiten) ** 1.1 * WOHNDAUER_BESTAND * JAHR).astype(np.int64)[f.einheit]
    da = np.where(neu, rng.integers(0, tage_neu, einheiten)[f.einheit], vorher)
    kurz = rng.random(einheiten) < KURZ_DA
    dauer = np.where(kurz, 2 * rng.random(einheiten), 2 + rng.exponential(14, einheiten)) * JAHR
    einzug = stand - np.where(fort, 1 + dauer.astype(np.int64)[f.einheit], da)
    flucht = np.isin(staat, FLUCHTSTAATEN)
    fruehestens = FLUCHT_AB + rng.integers(0, FLUCHT_TAGE, einheiten)[f.einheit]
    einzug = np.minimum(np.where(flucht, np.maximum(einzug, fruehestens), einzug), stand)
    umweg = np.where(rng.random(einheiten) < 0.5, 0, rng.exponential(6 * JAHR, einheiten)).astype(np.int64)
    return einzug, np.where(flucht, einzug, einzug - umweg[f.einheit])


def _distribute_addresses(rng: np.random.Generator, k: _Koepfe, f: _Familien, staat: Ganz, alter: Ganz) -> Ganz:
    """One address per family, households of lone adults of similar age and nationality, shelters for refugees."""
    n = len(k.block)
    adresse = f.einheit.copy()
    allein = np.flatnonzero(f.einheit >= f.anzahl)
    ort = k.block * k.zahl.shape[1] + k.gebiet
    naehe = (ort[allein] * 1000 + staat[allein] + 1) * 200 + alter[allein] + rng.normal(0, 4, len(allein))
    folge = allein[np.argsort(naehe)]
    schnitt = np.zeros(len(folge), dtype=bool)
    enden = np.cumsum(draw(rng, len(folge), HAUSHALT) + 1)
    schnitt[enden[enden < len(folge)]] = True
    schnitt[1:] |= ort[folge[1:]] != ort[folge[:-1]]
    adresse[folge] = f.anzahl + n + np.cumsum(schnitt)
    flucht = np.isin(staat, FLUCHTSTAATEN) & (k.block == BESTAND)
    in_unterkunft = np.zeros(f.anzahl + n, dtype=bool)
    in_unterkunft[f.einheit[flucht]] = rng.random(int(flucht.sum())) < UNTERKUNFT_ANTEIL
    wer = np.flatnonzero(in_unterkunft[f.einheit])
    wer = wer[np.lexsort((f.einheit[wer], k.gebiet[wer]))]
    rang = np.arange(len(wer)) - np.searchsorted(k.gebiet[wer], k.gebiet[wer])
    heim = np.zeros(f.anzahl + n, dtype=np.int64)
    np.maximum.at(heim, f.einheit[wer], rang // UNTERKUNFT_PLAETZE)
    adresse[wer] = 2 * (f.anzahl + n) + k.gebiet[wer] * 1000 + heim[f.einheit[wer]]
    return rng.permutation(int(adresse.max(initial=0)) + 1)[adresse]


def build_frame(rng: np.random.Generator, v: Vorgabe) -> Geruest:
    """Build all persons of all Stichtage of `v`, with families, dates and addresses."""
    von = tag(min((v.stichtag, *v.fruehere))) - int(AUFBEWAHRUNG_JAHRE * JAHR)
    k = _set_up_households(v, (tag(v.stichtag) - von) / JAHR)
    n = len(k.block)
    alter = np.where(k.klasse == MINDERJAEHRIG, rng.integers(0, 18, n), rng.integers(18, 23, n))
    for gruppe, stufen in enumerate(ALTER):
        wer = (k.gruppe == gruppe) & (k.klasse == ERWACHSEN)
        alter[wer] = _draw_alter(rng, int(wer.sum()), stufen)
    f = _form_families(rng, k, alter)
    alter = np.where(f.eltern_alter > 0, f.eltern_alter, alter)
    stand, alter, stirbt = _settle_fortgang(rng, v, k, f, alter, von)
    staat = _distribute_staaten(rng, v, k, f)
    geschlecht = _distribute_geschlecht(rng, v, k, f, alter)
    geburt = _settle_geburt(rng, stand, alter)
    einzug, ankunft = _settle_einzug(rng, k, f, staat, stand)
    adresse = _distribute_addresses(rng, k, f, staat, alter)
    return Geruest(
        k.block, k.gebiet, k.gruppe, k.klasse, f.art, f.einheit, f.anzahl, f.eltern,
        alter, geschlecht, staat, stand, geburt, einzug, ankunft, stirbt, adresse,
    )  # fmt: skip
