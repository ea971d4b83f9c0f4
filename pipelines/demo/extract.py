"""Synthetic register extracts: demo.yaml in, canonical extracts of invented persons out.

Belongs here: reading demo.yaml, the clues of the Migrationshintergrund (kind of nationality, birthplace, move from
abroad), what an extract shows at its Stichtag, writing it. Does not belong here: who lives where with whom
(`population.py`), checking or evaluating extracts, Dagster.

All shares are assumptions ("Annahme"); published margins stand in demo.yaml. Same seed, same bytes.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from pipelines.demo import population as bev
from pipelines.demo.population import JAHR, LEER, Ganz, Geruest, Vorgabe, draw, draw_value, tag

SPALTEN = (
    "pid", "wohnungsstatus", "geburtsdatum", "geschlecht", "sta_1", "sta_2", "sta_3", "art_dt_sta", "geburtsort",
    "geburtsstaat", "zuzug_staat", "zuzug_datum_ausland", "einzug_datum", "auszug_datum", "sterbe_datum",
    "elternteil_1_pid", "elternteil_2_pid", "adresse_id", "gebiet_id",
)  # fmt: skip
GEBIET_OHNE_WOHNUNG = "99"  # earlier extracts: persons without a fixed address; stands in no gebiete.csv
PROFIL = "luenen_2021"  # the only definition whose margins this generator can meet
SCHLICHT, AUSSIEDLER, UNERKANNT, AUSLANDSDEUTSCH, RUECKKEHR, VERTRIEBEN = range(6)  # kinds of Germans without MH
EINGEB_OHNE_ZWEITE, EINGEB_MIT_ZWEITER, DOPPELT, OPTION = range(4)  # kinds of Germans with MH
ARTEN = ("geburt", "einbuergerung", "aussiedler", "option", "erklaerung", "sonstiges", "unbekannt")
GEBURT, EINBUERGERUNG, NACH_BVFG, NACH_OPTION, ERKLAERUNG, SONSTIGES, UNBEKANNT = range(7)  # positions in ARTEN
TUERKEI, SOWJETUNION, KASACHSTAN, OHNE_STAAT = 163, 159, 444, 997  # 997 and above are no states
NIE = 10**9  # a day that never comes
ERSTER_TAG, LETZTER_TAG = tag(date(1880, 1, 1)), tag(date(2060, 1, 1))
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


class DemoFehler(ValueError):
    """demo.yaml, gebiete.csv or the target folder does not allow example extracts; the message is German."""


def _feld(daten: Any, name: str, art: type | tuple[type, ...], ort: str) -> Any:
    """Return a field of the expected type."""
    wert = daten.get(name) if isinstance(daten, dict) else None
    if isinstance(wert, (dict, list)) and not wert and name != "fruehere_stichtage":
        raise DemoFehler(f"{ort}: „{name}“ ist leer. Erwartet: mindestens ein Eintrag.")
    if not isinstance(wert, art) or isinstance(wert, bool):
        namen = {int: "eine ganze Zahl", float: "eine Zahl", dict: "eine Liste „Schlüssel: Wert“", list: "eine Liste"}
        erwartet = namen.get(art[-1] if isinstance(art, tuple) else art, "ein Datum JJJJ-MM-TT")
        raise DemoFehler(f"{ort}: „{name}“ {'fehlt' if wert is None else f'ist {wert!r}'}. Erwartet: {erwartet}.")
    return wert


def _staaten(daten: Any, name: str, ort: str) -> dict[str, Any]:
    """Return a mapping whose names are 3-digit Destatis keys."""
    werte: dict[str, Any] = _feld(daten, name, dict, ort)
    for schluessel in werte:
        if not (isinstance(schluessel, str) and re.fullmatch("[0-9]{3}", schluessel)):
            raise DemoFehler(f'{ort}: {name}: Schlüssel {schluessel!r}. Erwartet: drei Ziffern als Text, z. B. "163".')
    return werte


def _read_key(daten: Any, name: str, ort: str, hoechstens: int = 10**9) -> Ganz:
    """Return (key, number) rows; Germany and "no information" are no foreign nationality."""
    werte = _staaten(daten, name, ort)
    for schluessel, zahl in werte.items():
        if schluessel in ("000", "999") or not str(zahl).isdecimal() or int(zahl) > hoechstens:
            raise DemoFehler(f"{ort}: {name}: {schluessel}: {zahl!r}. Erwartet: 001 bis 998, Zahl 0 bis {hoechstens}.")
    return np.array([(int(s), int(z)) for s, z in werte.items()], dtype=np.int64)


def _read_cells(daten: Any, ort: str, bekannte: set[str]) -> tuple[tuple[str, ...], Ganz]:
    """Return district keys and their four disjoint groups: foreigners, Germans with MH, other Germans, unknown."""
    zeilen = []
    gebiete = _feld(daten, "gebiete", dict, ort)
    for schluessel, werte in gebiete.items():
        hier = f"{ort}: gebiete: {schluessel!r}"
        if schluessel not in bekannte:
            raise DemoFehler(f"{hier} steht nicht in gebiete.csv. Schlüssel als Text schreiben und dort nachtragen.")
        alle, fremd, mh, ohne = (_feld(werte, n, int, hier) for n in ("einwohner", "auslaender", "mh", "ohne_angabe"))
        if not (0 <= fremd <= mh and ohne >= 0 and mh + ohne <= alle and alle > 0):
            raise DemoFehler(f"{hier}: Erwartet: 0 ≤ auslaender ≤ mh ≤ einwohner > 0; ohne_angabe zählt nicht zu mh.")
        zeilen.append((fremd, mh - fremd, alle - mh - ohne, ohne))
    return tuple(gebiete), np.array(zeilen, dtype=np.int64)


def _read_orte(daten: Any, name: str, ort: str) -> tuple[list[str], Ganz, Ganz]:
    """Return all place names in order of their keys, and per key the first position and the number of its places."""
    orte = _staaten(daten, name, ort)
    anzahl = np.zeros(1000, dtype=np.int64)
    for schluessel, liste in orte.items():
        if not isinstance(liste, list) or any(z in str(o) for o in liste for z in ';"\n'):
            raise DemoFehler(f'{ort}: {name}: {schluessel!r}. Erwartet: "Schlüssel": [Ort, Ort], ohne Semikolon.')
        anzahl[int(schluessel)] = len(liste)
    return [str(o) for _, liste in sorted(orte.items()) for o in liste], np.cumsum(anzahl) - anzahl, anzahl


def _read_text(pfad: Path) -> str:
    """Return the text of a configuration file."""
    try:
        return pfad.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError) as fehler:
        mangel = "fehlt" if isinstance(fehler, FileNotFoundError) else "ist nicht in UTF-8 gespeichert"
        raise DemoFehler(f"{pfad} {mangel}. Ohne diese Datei entstehen keine Beispielauszüge.") from None


def _read_content(pfad: Path) -> Any:
    """Return the content of demo.yaml, made for the one definition this generator can meet."""
    try:
        inhalt = yaml.safe_load(_read_text(pfad))
    except yaml.YAMLError as fehler:
        raise DemoFehler(f"{pfad} ist keine gültige YAML-Datei: {fehler}") from fehler
    if (profil := inhalt.get("profil") if isinstance(inhalt, dict) else None) != PROFIL:
        raise DemoFehler(f"{pfad}: „profil“ ist {profil!r}. Erwartet: {PROFIL} (nur dafür sind Randsummen bekannt).")
    return inhalt


def read_default(daten: Path, kommune: str) -> Vorgabe:
    """Read and check `raw/<kommune>/demo.yaml` and `gebiete.csv`; raise `DemoFehler` with a German message."""
    ort = str(daten / "raw" / kommune / "demo.yaml")
    inhalt = _read_content(Path(ort))
    gebietsliste = _read_text(daten / "raw" / kommune / "gebiete.csv")
    gebiete, zellen = _read_cells(inhalt, ort, {zeile.split(";")[0] for zeile in gebietsliste.splitlines()[1:]})
    geschlecht = _feld(inhalt, "auslaender_geschlecht", dict, ort)
    maenner, frauen = (_feld(geschlecht, g, int, f"{ort}: auslaender_geschlecht") for g in "mw")
    staaten, herkunft = (_read_key(inhalt, n, ort) for n in ("staatsangehoerigkeiten", "herkunft_deutsche"))
    summen = {"Gebiete": int(zellen[:, bev.AUSLAENDER].sum()), "Geschlechter": maenner + frauen}
    summen["Staatsangehörigkeiten"] = int(staaten[:, 1].sum())
    if len(set(summen.values())) > 1:
        gefunden = ", ".join(f"{name} {summe}" for name, summe in summen.items())
        raise DemoFehler(f"{ort}: Die Summen der Ausländer stimmen nicht überein: {gefunden}. Erwartet: gleich.")
    fruehere = _feld(inhalt, "fruehere_stichtage", list, ort)
    stichtag = _feld(inhalt, "stichtag", date, ort)
    if any(not isinstance(t, date) or t >= stichtag for t in fruehere):
        raise DemoFehler(f"{ort}: „fruehere_stichtage“: Erwartet: Tage JJJJ-MM-TT vor dem {stichtag}.")
    unter_18, mh_unter_18 = (_feld(inhalt, n, (int, float), ort) for n in ("anteil_unter_18", "anteil_mh_unter_18"))
    if not (0 <= unter_18 <= 0.5 and 0 <= mh_unter_18 <= 1):
        raise DemoFehler(f"{ort}: Anteile sind Brüche: anteil_unter_18 von 0 bis 0.5, anteil_mh_unter_18 von 0 bis 1.")
    land = np.arange(1000)
    ersatz = _read_key(inhalt, "geburtsland", ort, 998)
    land[ersatz[:, 0]] = ersatz[:, 1]
    namen, ab, anzahl = _read_orte(inhalt, "geburtsorte", ort)
    ferne, _, ferne_anzahl = _read_orte(inhalt, "vertriebenenorte", ort)
    gebraucht = {0, *land[staaten[:, 0]], *land[herkunft[:, 0]], *(s for s, _ in AUSSIEDLER_STAATEN + AUSLAND_STAATEN)}
    if ohne_ort := sorted(int(s) for s in gebraucht if not anzahl[s]):
        raise DemoFehler(f"{ort}: „geburtsorte“: Es fehlen Orte für {', '.join(f'{s:03d}' for s in ohne_ort)}.")
    vertriebene = np.column_stack((len(namen) + np.arange(len(ferne)), np.repeat(np.arange(1000), ferne_anzahl)))
    return Vorgabe(
        stichtag, tuple(sorted(fruehere)), gebiete, zellen, maenner, staaten[:, 0], staaten[:, 1], unter_18, mh_unter_18,
        herkunft, land, (*namen, *ferne), ab, anzahl, vertriebene,
    )  # fmt: skip


def _arten(rng: Zufall, g: Geruest) -> tuple[Ganz, Ganz]:
    """Return the kind of German without and with MH; each is meant only for its group."""
    n, kind = len(g.block), g.klasse != bev.ERWACHSEN
    ohne = draw(rng, n, DEUTSCHE_ARTEN)
    ohne[kind & (ohne != AUSLANDSDEUTSCH)] = SCHLICHT
    ohne[~kind & (g.familienart == bev.AUSGESIEDELT)] = AUSSIEDLER
    ohne[(ohne == AUSSIEDLER) & (g.geburt >= T_1993)] = SCHLICHT  # BVFG § 4: born before 1993
    ohne[(g.geburt < T_1950) & (rng.random(n) < VERTRIEBEN_ANTEIL)] = VERTRIEBEN
    mit = draw(rng, n, DEUTSCHE_MH_ARTEN)
    mit[~kind & (g.familienart == bev.EINGEBUERGERT) & (mit == DOPPELT)] = EINGEB_OHNE_ZWEITE
    mit_den_eltern = (g.familienart == bev.EINGEBUERGERT) & (g.alter >= KIND_AB_JAHREN)
    mit[kind & ~(mit_den_eltern & (rng.random(n) < KIND_EINGEBUERGERT))] = DOPPELT
    # StAG § 4(3): German by birth in Germany since 2000.
    mit[kind & (g.familienart == bev.FREMD)] = OPTION
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
    n, mh = len(g.block), g.gruppe == bev.DEUTSCHE_MH
    sta = np.full((n, 3), LEER)
    sta[:, 0] = np.where(g.gruppe == bev.AUSLAENDER, g.staat, np.where(g.gruppe == bev.OHNE_ANGABE, 999, 0))
    zweite = mh & (mit != EINGEB_OHNE_ZWEITE)
    sta[zweite, 1] = herkunft[zweite]
    weitere = draw_value(rng, n, v.herkunft)
    doppelt_fremd = (g.gruppe == bev.AUSLAENDER) & (g.staat < OHNE_STAAT) & (rng.random(n) < FREMD_MIT_ZWEITER)
    sta[:, 1] = np.where(doppelt_fremd & (weitere != g.staat), weitere, sta[:, 1])
    sta[:, 2] = np.where(zweite & (rng.random(n) < DRITTE) & (weitere != herkunft), weitere, LEER)
    tausch = zweite & (rng.random(n) < VERTAUSCHT)
    sta[tausch, :2] = sta[tausch, 1::-1]
    art = np.where(g.gruppe >= bev.DEUTSCHE_MH, draw_value(rng, n, ART_SCHLICHT), LEER)
    art[mh & (art != GEBURT)] = LEER
    art[mh & (mit <= EINGEB_MIT_ZWEITER)] = EINBUERGERUNG
    deutsch = g.gruppe == bev.DEUTSCHE
    option = (mh & (mit == OPTION)) | (deutsch & (g.klasse != bev.ERWACHSEN) & (g.familienart == bev.FREMD))
    art[option & (g.geburt >= T_2000)] = NACH_OPTION
    aussiedler = deutsch & (ohne == AUSSIEDLER)
    art[aussiedler] = np.where(rng.random(int(aussiedler.sum())) < ART_VERMERKT, NACH_BVFG, LEER)
    art[(deutsch & (ohne == UNERKANNT)) | (g.gruppe == bev.OHNE_ANGABE)] = LEER
    return sta, art


def _geburtsstaat(rng: Zufall, v: Vorgabe, g: Geruest, ohne: Ganz, mit: Ganz, herkunft: Ganz) -> tuple[Ganz, Ganz]:
    """Return the state of birth as it was (0 = Germany) and the place as a position in `v.orte`."""
    n, kind, fremd = len(g.block), g.klasse != bev.ERWACHSEN, g.gruppe == bev.AUSLAENDER
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
    staat = np.where(g.gruppe == bev.DEUTSCHE, deutsch, np.where(g.gruppe == bev.OHNE_ANGABE, 0, staat))
    ort = v.ort_ab[staat] + (rng.random(n) ** 1.6 * v.ort_anzahl[staat]).astype(np.int64)
    punkt = v.vertriebene[rng.integers(0, len(v.vertriebene), n)]
    vertrieben = (g.gruppe == bev.DEUTSCHE) & (ohne == VERTRIEBEN)
    return np.where(vertrieben, punkt[:, 1], staat), np.where(vertrieben, punkt[:, 0], ort)


def _wege(rng: Zufall, g: Geruest, ohne: Ganz, staat: Ganz) -> tuple[Ganz, Ganz, Ganz]:
    """Return state and day of the last move from abroad (LEER and NIE if none is known) and day of moving in."""
    n, deutsch = len(g.block), g.gruppe == bev.DEUTSCHE
    rueck, vertrieben = deutsch & (ohne == RUECKKEHR), deutsch & (ohne == VERTRIEBEN)
    zuzug = np.where(deutsch & (ohne == AUSSIEDLER), rng.integers(T_1987, T_2006, n), g.ankunft)
    zuzug = np.clip(zuzug, np.minimum(g.geburt + 60, g.stand), g.stand)
    zuzug = np.where(vertrieben, np.clip(rng.integers(T_1945, T_1950, n), g.geburt, T_1950 - 1), zuzug)
    kam = (staat > 0) & (~vertrieben | (rng.random(n) < VERTRIEBEN_MIT_DATUM))
    sesshaft = (g.gruppe >= bev.DEUTSCHE_MH) & (staat == 0) & ~rueck & (g.stand - g.einzug > HIER_SEIT_JAHREN * JAHR)
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
    g = bev.build_frame(rng, v)
    n = len(g.block)
    ohne, mit = _arten(rng, g)
    herkunft = _herkunft(rng, v, g)
    sta, art = _nationen(rng, v, g, ohne, mit, herkunft)
    staat, ort = _geburtsstaat(rng, v, g, ohne, mit, herkunft)
    zuzug_staat, zuzug, einzug = _wege(rng, g, ohne, staat)
    vertrieben = (g.gruppe == bev.DEUTSCHE) & (ohne == VERTRIEBEN)
    fehlt = rng.random(n) < ORT_FEHLT[g.gruppe]
    genannt = (staat > 0) & ~fehlt & (~vertrieben | (rng.random(n) < VERTRIEBEN_MIT_STAAT))
    flucht = np.isin(g.staat, bev.FLUCHTSTAATEN)
    neujahr = g.geburt.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    erwachsen = g.alter >= UNGENAU_AB_JAHREN
    geburt = np.where(flucht & erwachsen & (rng.random(n) < ERSTER_JANUAR_FLUCHT), neujahr, g.geburt)
    ungenau = (rng.random((2, n)) < np.where(flucht, UNGENAU_FLUCHT, UNGENAU)) * rng.integers(1, 3, (2, n))
    seit = np.where(zuzug < NIE, zuzug, g.geburt)
    deutsch_seit = g.stand - ((g.stand - seit) * rng.random(n) ** 0.7).astype(np.int64)
    frei = np.flatnonzero((g.block == bev.BESTAND) & (g.einheit >= g.familien) & (einzug < g.stand - 5 * JAHR))
    wohnungslos = np.full(n, NIE)
    wohnungslos[rng.permutation(frei)[:OHNE_WOHNUNG_ERST]] = np.arange(min(OHNE_WOHNUNG_ERST, len(frei)))
    wohnung = np.where(g.block == bev.NEBENWOHNUNG, 2, rng.random(n) >= ALLEINIGE_WOHNUNG).astype(np.int64)
    return {
        "reihenfolge": rng.permutation(n), "nummer": rng.permutation(2 * n) * 7919 % 10**9,
        "wohnung": wohnung, "geburt": geburt, "geburt_ungenau": ungenau[0] * erwachsen, "geschlecht": g.geschlecht,
        "sta": sta, "art": art, "deutsch_seit": np.where(art == EINBUERGERUNG, deutsch_seit, -NIE), "herkunft": herkunft,
        "ort": np.where(fehlt, LEER, ort), "geburtsstaat": np.where(genannt, staat, LEER),
        "zuzug_staat": zuzug_staat, "zuzug": zuzug, "zuzug_ungenau": ungenau[1], "einzug": einzug,
        "auszug": np.where((g.block == bev.FORTGEGANGEN) & ~g.stirbt, g.stand, NIE), "wohnungslos": wohnungslos,
        "gestorben": np.where(g.stirbt, g.stand, NIE), "eltern": _eltern(rng, g), "adresse": g.adresse, "gebiet": g.gebiet,
    }  # fmt: skip


def _choose(werte: pl.Series, stellen: Ganz) -> pl.Series:
    """Look up texts by position; a negative position gives an empty field."""
    return pl.concat([werte, pl.Series([None], dtype=pl.String)]).gather(np.where(stellen < 0, len(werte), stellen))


def _kalender() -> pl.Series:
    """All days as text, then with unknown day, then with unknown day and month."""
    tage = pl.Series(np.arange(ERSTER_TAG, LETZTER_TAG, dtype=np.int32)).cast(pl.Date)
    return pl.concat([tage.dt.to_string(form) for form in ("%d.%m.%Y", "00.%m.%Y", "00.00.%Y")])


def build_auszug(v: Vorgabe, t: Tabelle, stichtag: date) -> pl.DataFrame:
    """Return the extract of `stichtag` as texts: one row per person then registered or gone for at most 5 years."""
    heute, vor_5, vor_18 = (tag(stichtag.replace(year=stichtag.year - j)) for j in (0, bev.AUFBEWAHRUNG_JAHRE, 18))
    drin = (t["einzug"] <= heute) & (np.minimum(t["auszug"], t["gestorben"]) >= vor_5)
    z = t["reihenfolge"][drin[t["reihenfolge"]]]
    kalender, schluessel = _kalender(), pl.Series([f"{i:03d}" for i in range(1000)])

    def datum(tage: Ganz, ungenau: Ganz | int = 0) -> pl.Series:
        stelle = tage[z] - ERSTER_TAG + ungenau * (LETZTER_TAG - ERSTER_TAG)
        return _choose(kalender, np.where(tage[z] <= heute, stelle, LEER))

    def pid(stellen: Ganz) -> pl.Series:
        text = "SYN" + pl.Series(t["nummer"][stellen]).cast(pl.String).str.zfill(9)
        return text if (stellen >= 0).all() else text.set(pl.Series(stellen < 0), None)

    fremd = t["deutsch_seit"][z] > heute  # naturalised only later
    sta = np.where(fremd[:, None], LEER, t["sta"][z])
    sta[fremd, 0] = t["herkunft"][z][fremd]
    eltern = np.where((t["geburt"][z] > vor_18)[:, None], t["eltern"][z], LEER)
    rang = OHNE_WOHNUNG_ERST - sorted((*v.fruehere, v.stichtag)).index(stichtag) if stichtag in v.fruehere else 0
    wohnungslos = t["wohnungslos"][z] < (max(rang, OHNE_WOHNUNG_ZULETZT) if rang else 0)
    adresse = ("A" + pl.Series(t["adresse"][z]).cast(pl.String).str.zfill(7)).set(pl.Series(wohnungslos), None)
    spalten = (
        pid(z), _choose(pl.Series(["alleinige", "haupt", "neben"]), t["wohnung"][z]),
        datum(t["geburt"], t["geburt_ungenau"][z]), _choose(pl.Series(["m", "w", "d", "x"]), t["geschlecht"][z]),
        *(_choose(schluessel, sta[:, i]) for i in range(3)),
        _choose(pl.Series(ARTEN), np.where(fremd, LEER, t["art"][z])), _choose(pl.Series(v.orte), t["ort"][z]),
        _choose(schluessel, t["geburtsstaat"][z]), _choose(schluessel, t["zuzug_staat"][z]),
        datum(t["zuzug"], t["zuzug_ungenau"][z]), datum(t["einzug"]), datum(t["auszug"]), datum(t["gestorben"]),
        pid(eltern[:, 0]), pid(eltern[:, 1]), adresse,
        _choose(pl.Series([*v.gebiete, GEBIET_OHNE_WOHNUNG]), np.where(wohnungslos, len(v.gebiete), t["gebiet"][z])),
    )  # fmt: skip
    return pl.DataFrame(dict(zip(SPALTEN, spalten, strict=True)))


def _check_ziel(ziel: Path) -> None:
    """Refuse to overwrite an extract that is not synthetic."""
    if ziel.is_file():
        with ziel.open("rb") as datei:
            zeilen = datei.readlines(2**12)[1:2]
        if zeilen and not zeilen[0].startswith(b"SYN"):
            raise DemoFehler(f"{ziel} ist kein Beispielauszug und wird nicht überschrieben. Bitte vorher verschieben.")


def write_demo(daten: Path, kommune: str, personen: int | None = None, seed: int = 2021) -> list[Path]:
    """Write `raw/<kommune>/melderegister/<stichtag>.csv` and return the paths.

    Without `personen` all Stichtage of demo.yaml, with it the margins scaled to so many inhabitants and only the
    main Stichtag. Raises `DemoFehler` (German message) if demo.yaml is missing or invalid or a real extract is in the way.
    """
    v = read_default(daten, kommune)
    if personen is not None:
        if personen < 1:
            raise DemoFehler(f"Personenzahl {personen}. Erwartet: mindestens 1.")
        v = replace(bev.scale(v, personen), fruehere=())
    ordner = daten / "raw" / kommune / "melderegister"
    ziele = {stichtag: ordner / f"{stichtag}.csv" for stichtag in (*v.fruehere, v.stichtag)}
    for ziel in ziele.values():
        _check_ziel(ziel)
    ordner.mkdir(parents=True, exist_ok=True)
    ordner.chmod(0o700)
    tabelle = build_personen(v, seed)
    for stichtag, ziel in ziele.items():
        griff, name = tempfile.mkstemp(dir=ordner, prefix=".", suffix=".neu")
        os.close(griff)
        try:
            build_auszug(v, tabelle, stichtag).write_csv(name, separator=";", quote_style="never")
            os.replace(name, ziel)
        finally:
            Path(name).unlink(missing_ok=True)
    return list(ziele.values())
