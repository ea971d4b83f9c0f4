"""The clues of the Migrationshintergrund of invented persons: nationalities, kind of being German, birthplace, moves, parents.

Belongs here: what a register knows of a person besides home and family. Does not belong here: who lives where with whom
(population.py), what an extract shows of it (extract.py).

All shares are assumptions ("Annahme"); published margins stand in demo.yaml. Same seed, same persons.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from pipelines.demo import frame
from pipelines.demo.frame import JAHR, LEER, Ganz, Geruest, Vorgabe, draw, draw_value, tag
from pipelines.demo.population import build_frame

SCHLICHT, AUSSIEDLER, UNERKANNT, AUSLANDSDEUTSCH, RUECKKEHR, VERTRIEBEN = range(6)  # kinds of Germans without MH
EINGEB_OHNE_ZWEITE, EINGEB_MIT_ZWEITER, DOPPELT, OPTION = range(4)  # kinds of Germans with MH
ARTEN = ("geburt", "einbuergerung", "aussiedler", "option", "erklaerung", "sonstiges", "unbekannt")
GEBURT, EINBUERGERUNG, NACH_BVFG, NACH_OPTION, ERKLAERUNG, SONSTIGES, UNBEKANNT = range(7)  # positions in ARTEN
TUERKEI, SOWJETUNION, KASACHSTAN, OHNE_STAAT = 163, 159, 444, 997  # 997 and above are no states
NIE = 10**9  # a day that never comes
T_1945, T_1950, T_1987, T_1991, T_1993, T_2000, T_2006 = (
    tag(date(jahr, 1, 1)) for jahr in (1945, 1950, 1987, 1991, 1993, 2000, 2006)
)

# Annahme: clues.
AUSLAND_TUERKISCH, AUSLAND_ANDERE, AUSLAND_EINGEB, AUSLAND_DOPPELT = 0.66, 0.93, 0.72, 0.20  # adults born abroad
TUERKISCHE_KINDER_IM_AUSLAND = 0.15  # of those born before the family's arrival
DEUTSCHE_ARTEN = (0.938, 0.040, 0.012, 0.004, 0.006)  # adults: SCHLICHT … RUECKKEHR
DEUTSCHE_MH_ARTEN = (0.50, 0.20, 0.30)  # adults: EINGEB_OHNE_ZWEITE, EINGEB_MIT_ZWEITER, DOPPELT
VERTRIEBEN_ANTEIL, VERTRIEBEN_MIT_STAAT, VERTRIEBEN_MIT_DATUM = 0.13, 0.55, 0.20  # of those born before 1950
AUSSIEDLER_STAATEN = ((KASACHSTAN, 45), (160, 20), (152, 20), (154, 8), (SOWJETUNION, 7))
AUSLAND_STAATEN = ((129, 3), (368, 2), (158, 2), (151, 2), (148, 3), (168, 2), (161, 2))  # Germans born there
ART_VERMERKT = 0.62  # of the Aussiedler: kind of nationality recorded
ART_SCHLICHT = ((LEER, 700), (GEBURT, 275), (UNBEKANNT, 15), (ERKLAERUNG, 4), (SONSTIGES, 6))
KIND_EINGEBUERGERT, KIND_AB_JAHREN = 0.25, 3  # of the children in naturalised families: naturalised, from that age
VERTAUSCHT, DRITTE, FREMD_MIT_ZWEITER = 0.10, 0.006, 0.006  # slots swapped; third slot; two foreign nationalities
ORT_FEHLT = np.array((0.012, 0.004, 0.004, 0.70))  # neither place nor state of birth, per group
ZUZUG_FEHLT, ZUZUG_OHNE_DATUM, ZUZUG_ANDERSWO = 0.08, 0.05, 0.04
UNGENAU, UNGENAU_FLUCHT, UNGENAU_AB_JAHREN = 0.003, 0.02, 25  # incomplete dates; of birth only from that age
HIER_GEBOREN, HIER_SEIT_JAHREN = 0.3, 10  # of the Germans here for so long: never lived elsewhere
GETAUSCHTE_ELTERN, FERNER_ELTERNTEIL = 0.10, 0.04  # father first; other parent stands in no extract
ALLEINIGE_WOHNUNG, ERSTER_JANUAR_FLUCHT = 0.95, 0.15  # no other residence; refugees with a set birthday
OHNE_WOHNUNG_ERST, OHNE_WOHNUNG_ZULETZT = 8, 3  # persons without a fixed address, one less each Stichtag

Zufall = np.random.Generator
Tabelle = dict[str, Ganz]  # column → one entry per person (`eltern`, `sta`: several); days, keys or positions


def _arten(rng: Zufall, g: Geruest) -> tuple[Ganz, Ganz]:
    """Return the kind of German without and with MH; each is meant only for its group."""
    n, kind = len(g.block), g.klasse != frame.ERWACHSEN
    ohne = draw(rng, n, DEUTSCHE_ARTEN)
    ohne[kind & (ohne != AUSLANDSDEUTSCH)] = SCHLICHT
    ohne[~kind & (g.familienart == frame.AUSGESIEDELT)] = AUSSIEDLER
    ohne[(ohne == AUSSIEDLER) & (g.geburt >= T_1993)] = SCHLICHT  # BVFG § 4: born before 1993
    ohne[(g.geburt < T_1950) & (rng.random(n) < VERTRIEBEN_ANTEIL)] = VERTRIEBEN
    mit = draw(rng, n, DEUTSCHE_MH_ARTEN)
    mit[~kind & (g.familienart == frame.EINGEBUERGERT) & (mit == DOPPELT)] = EINGEB_OHNE_ZWEITE
    mit_den_eltern = (g.familienart == frame.EINGEBUERGERT) & (g.alter >= KIND_AB_JAHREN)
    mit[kind & ~(mit_den_eltern & (rng.random(n) < KIND_EINGEBUERGERT))] = DOPPELT
    # StAG § 4(3): German by birth in Germany since 2000.
    mit[kind & (g.familienart == frame.FREMD)] = OPTION
    mit[(mit == OPTION) & (g.geburt < T_2000)] = EINGEB_MIT_ZWEITER
    return ohne, mit


def _herkunft(rng: Zufall, v: Vorgabe, g: Geruest) -> Ganz:
    """Return the origin of each person's unit: the nationality of its foreign member, else drawn."""
    je_einheit = draw_value(rng, g.familien + len(g.block), v.herkunft)
    fremde = np.flatnonzero((g.staat > 0) & (g.staat < OHNE_STAAT))
    je_einheit[g.einheit[fremde]] = g.staat[fremde]
    return je_einheit[g.einheit]


def _nationen(rng: Zufall, v: Vorgabe, g: Geruest, ohne: Ganz, mit: Ganz, herkunft: Ganz) -> tuple[Ganz, Ganz]:
    """Return the three nationality slots (person × 3) and the position of the kind of German nationality."""
    n, mh = len(g.block), g.gruppe == frame.DEUTSCHE_MH
    sta = np.full((n, 3), LEER)
    sta[:, 0] = np.where(g.gruppe == frame.AUSLAENDER, g.staat, np.where(g.gruppe == frame.OHNE_ANGABE, 999, 0))
    zweite = mh & (mit != EINGEB_OHNE_ZWEITE)
    sta[zweite, 1] = herkunft[zweite]
    weitere = draw_value(rng, n, v.herkunft)
    doppelt_fremd = (g.gruppe == frame.AUSLAENDER) & (g.staat < OHNE_STAAT) & (rng.random(n) < FREMD_MIT_ZWEITER)
    sta[:, 1] = np.where(doppelt_fremd & (weitere != g.staat), weitere, sta[:, 1])
    sta[:, 2] = np.where(zweite & (rng.random(n) < DRITTE) & (weitere != herkunft), weitere, LEER)
    tausch = zweite & (rng.random(n) < VERTAUSCHT)
    sta[tausch, :2] = sta[tausch, 1::-1]
    art = np.where(g.gruppe >= frame.DEUTSCHE_MH, draw_value(rng, n, ART_SCHLICHT), LEER)
    art[mh & (art != GEBURT)] = LEER
    art[mh & (mit <= EINGEB_MIT_ZWEITER)] = EINBUERGERUNG
    deutsch = g.gruppe == frame.DEUTSCHE
    option = (mh & (mit == OPTION)) | (deutsch & (g.klasse != frame.ERWACHSEN) & (g.familienart == frame.FREMD))
    art[option & (g.geburt >= T_2000)] = NACH_OPTION
    aussiedler = deutsch & (ohne == AUSSIEDLER)
    art[aussiedler] = np.where(rng.random(int(aussiedler.sum())) < ART_VERMERKT, NACH_BVFG, LEER)
    art[(deutsch & (ohne == UNERKANNT)) | (g.gruppe == frame.OHNE_ANGABE)] = LEER
    return sta, art


def _geburtsstaat(rng: Zufall, v: Vorgabe, g: Geruest, ohne: Ganz, mit: Ganz, herkunft: Ganz) -> tuple[Ganz, Ganz]:
    """Return the state of birth as it was (0 = Germany) and the place as a position in `v.orte`."""
    n, kind, fremd = len(g.block), g.klasse != frame.ERWACHSEN, g.gruppe == frame.AUSLAENDER
    chance = np.where(g.staat == TUERKEI, AUSLAND_TUERKISCH, AUSLAND_ANDERE)
    eingeb = np.where(mit <= EINGEB_MIT_ZWEITER, AUSLAND_EINGEB, AUSLAND_DOPPELT)
    ausland = rng.random(n) < np.where(fremd, chance, eingeb)
    hier = (g.staat == TUERKEI) & (rng.random(n) >= TUERKISCHE_KINDER_IM_AUSLAND)
    kam_mit = (g.geburt < g.ankunft) & ~hier & (fremd | (mit <= EINGEB_MIT_ZWEITER))
    staat = np.where(np.where(kind, kam_mit, ausland), v.geburtsland[np.where(fremd, g.staat, herkunft)], 0)
    aus = draw_value(rng, n, AUSSIEDLER_STAATEN)
    aus[(aus == SOWJETUNION) & (g.geburt >= T_1991)] = KASACHSTAN
    je_art = {AUSSIEDLER: aus, UNERKANNT: v.geburtsland[herkunft], AUSLANDSDEUTSCH: draw_value(rng, n, AUSLAND_STAATEN)}
    deutsch = np.select([ohne == a for a in je_art], list(je_art.values()), 0)
    staat = np.where(g.gruppe == frame.DEUTSCHE, deutsch, np.where(g.gruppe == frame.OHNE_ANGABE, 0, staat))
    ort = v.ort_ab[staat] + (rng.random(n) ** 1.6 * v.ort_anzahl[staat]).astype(np.int64)
    punkt = v.vertriebene[rng.integers(0, len(v.vertriebene), n)]
    vertrieben = (g.gruppe == frame.DEUTSCHE) & (ohne == VERTRIEBEN)
    return np.where(vertrieben, punkt[:, 1], staat), np.where(vertrieben, punkt[:, 0], ort)


def _wege(rng: Zufall, g: Geruest, ohne: Ganz, staat: Ganz) -> tuple[Ganz, Ganz, Ganz]:
    """Return state and day of the last move from abroad (LEER and NIE if none is known) and day of moving in."""
    n, deutsch = len(g.block), g.gruppe == frame.DEUTSCHE
    rueck, vertrieben = deutsch & (ohne == RUECKKEHR), deutsch & (ohne == VERTRIEBEN)
    zuzug = np.where(deutsch & (ohne == AUSSIEDLER), rng.integers(T_1987, T_2006, n), g.ankunft)
    zuzug = np.clip(zuzug, np.minimum(g.geburt + 60, g.stand), g.stand)
    zuzug = np.where(vertrieben, np.clip(rng.integers(T_1945, T_1950, n), g.geburt, T_1950 - 1), zuzug)
    kam = (staat > 0) & (~vertrieben | (rng.random(n) < VERTRIEBEN_MIT_DATUM))
    sesshaft = (g.gruppe >= frame.DEUTSCHE_MH) & (staat == 0) & ~rueck & (g.stand - g.einzug > HIER_SEIT_JAHREN * JAHR)
    einzug = np.where(sesshaft & (rng.random(n) < HIER_GEBOREN), g.geburt, g.einzug)
    einzug = np.where(kam, np.maximum(einzug, zuzug), einzug).clip(g.geburt, g.stand)
    zuzug = np.where(rueck, einzug, zuzug)
    bekannt = (kam | rueck) & (vertrieben | rueck | (rng.random(n) >= ZUZUG_FEHLT))
    woher = np.where(rueck | (rng.random(n) < ZUZUG_ANDERSWO), draw_value(rng, n, AUSLAND_STAATEN), staat)
    datiert = bekannt & (rng.random(n) >= ZUZUG_OHNE_DATUM)
    return np.where(bekannt, woher, LEER), np.where(datiert, zuzug, NIE), einzug


def _eltern(rng: Zufall, g: Geruest) -> Ganz:
    """Return both parents (person × 2), some father first, some pointing past the last person."""
    n, eltern = len(g.block), g.eltern.copy()
    ferne = ((eltern >= 0).sum(axis=1) == 1) & (rng.random(n) < FERNER_ELTERNTEIL)
    eltern[ferne] = np.where(eltern[ferne] < 0, (n + np.arange(int(ferne.sum())))[:, None], eltern[ferne])
    tausch = ((rng.random(n) < GETAUSCHTE_ELTERN) & (eltern[:, 1] >= 0)) | (eltern[:, 0] < 0)
    eltern[tausch] = eltern[tausch, ::-1]
    return eltern


def build_personen(v: Vorgabe, seed: int = 2021) -> Tabelle:
    """Build the longitudinal table behind all extracts of `v`; one entry per person, same seed, same table."""
    rng = np.random.default_rng(seed)
    g = build_frame(rng, v)
    n = len(g.block)
    ohne, mit = _arten(rng, g)
    herkunft = _herkunft(rng, v, g)
    sta, art = _nationen(rng, v, g, ohne, mit, herkunft)
    staat, ort = _geburtsstaat(rng, v, g, ohne, mit, herkunft)
    zuzug_staat, zuzug, einzug = _wege(rng, g, ohne, staat)
    vertrieben = (g.gruppe == frame.DEUTSCHE) & (ohne == VERTRIEBEN)
    fehlt = rng.random(n) < ORT_FEHLT[g.gruppe]
    genannt = (staat > 0) & ~fehlt & (~vertrieben | (rng.random(n) < VERTRIEBEN_MIT_STAAT))
    flucht = np.isin(g.staat, frame.FLUCHTSTAATEN)
    neujahr = g.geburt.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    erwachsen = g.alter >= UNGENAU_AB_JAHREN
    geburt = np.where(flucht & erwachsen & (rng.random(n) < ERSTER_JANUAR_FLUCHT), neujahr, g.geburt)
    ungenau = (rng.random((2, n)) < np.where(flucht, UNGENAU_FLUCHT, UNGENAU)) * rng.integers(1, 3, (2, n))
    seit = np.where(zuzug < NIE, zuzug, g.geburt)
    deutsch_seit = g.stand - ((g.stand - seit) * rng.random(n) ** 0.7).astype(np.int64)
    frei = np.flatnonzero((g.block == frame.BESTAND) & (g.einheit >= g.familien) & (einzug < g.stand - 5 * JAHR))
    wohnungslos = np.full(n, NIE)
    wohnungslos[rng.permutation(frei)[:OHNE_WOHNUNG_ERST]] = np.arange(min(OHNE_WOHNUNG_ERST, len(frei)))
    wohnung = np.where(g.block == frame.NEBENWOHNUNG, 2, rng.random(n) >= ALLEINIGE_WOHNUNG).astype(np.int64)
    return {
        "reihenfolge": rng.permutation(n), "nummer": rng.permutation(2 * n) * 7919 % 10**9,
        "wohnung": wohnung, "geburt": geburt, "geburt_ungenau": ungenau[0] * erwachsen, "geschlecht": g.geschlecht,
        "sta": sta, "art": art, "deutsch_seit": np.where(art == EINBUERGERUNG, deutsch_seit, -NIE), "herkunft": herkunft,
        "ort": np.where(fehlt, LEER, ort), "geburtsstaat": np.where(genannt, staat, LEER),
        "zuzug_staat": zuzug_staat, "zuzug": zuzug, "zuzug_ungenau": ungenau[1], "einzug": einzug,
        "auszug": np.where((g.block == frame.FORTGEGANGEN) & ~g.stirbt, g.stand, NIE), "wohnungslos": wohnungslos,
        "gestorben": np.where(g.stirbt, g.stand, NIE), "eltern": _eltern(rng, g), "adresse": g.adresse, "gebiet": g.gebiet,
    }  # fmt: skip
