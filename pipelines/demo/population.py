"""The synthetic population: one longitudinal table of invented persons, built from published margins.

Belongs here: how heads are distributed over districts, families, ages, sexes, foreign nationalities, dates and
addresses. Does not belong here: families (families.py), clues of the Migrationshintergrund (clues.py), demo.yaml (margins.py),
extracts (extract.py), real persons.

All shares below are assumptions ("Annahme") that make the example plausible; only the margins are published figures.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.demo.families import form_families
from pipelines.demo.frame import (
    AUFBEWAHRUNG_JAHRE,
    AUSLAENDER,
    BESTAND,
    DEUTSCHE,
    DEUTSCHE_MH,
    DIVERS,
    ERSTE_SONDERKENNUNG,
    ERWACHSEN,
    FLUCHTSTAATEN,
    FORTGEGANGEN,
    JAHR,
    KEINE_ANGABE,
    LEER,
    MAENNLICH,
    MINDERJAEHRIG,
    NEBENWOHNUNG,
    OHNE_ANGABE,
    WEIBLICH,
    Familien,
    Ganz,
    Geruest,
    Koepfe,
    Vorgabe,
    Wahr,
    draw,
    groesste_reste,
    tag,
)

FLUCHT_AB = int(np.datetime64("2014-09-01").astype(int))  # Annahme: refugees came from then on …
FLUCHT_TAGE = 900  # … most of them within these days

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


def _set_up_households(v: Vorgabe, jahre: float) -> Koepfe:
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
    return Koepfe(spalten[0], spalten[1], spalten[2], spalten[3], zahl)


def _distribute_staaten(rng: np.random.Generator, v: Vorgabe, k: Koepfe, f: Familien) -> Ganz:
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


def _distribute_geschlecht(rng: np.random.Generator, v: Vorgabe, k: Koepfe, f: Familien, alter: Ganz) -> Ganz:
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
    rng: np.random.Generator, v: Vorgabe, k: Koepfe, f: Familien, alter: Ganz, von: int
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


def _settle_einzug(rng: np.random.Generator, k: Koepfe, f: Familien, staat: Ganz, stand: Ganz) -> tuple[Ganz, Ganz]:
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


def _distribute_addresses(rng: np.random.Generator, k: Koepfe, f: Familien, staat: Ganz, alter: Ganz) -> Ganz:
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
    f = form_families(rng, k, alter)
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
