"""Synthetic register extracts: canonical extracts of invented persons, one for each Stichtag.

Belongs here: what an extract shows at its Stichtag, writing it. Does not belong here: reading demo.yaml (margins.py), who
lives where with whom (population.py), clues of the Migrationshintergrund (clues.py), checking or evaluating extracts, Dagster.

Same seed, same bytes.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.demo import frame
from pipelines.demo.clues import ARTEN, OHNE_WOHNUNG_ERST, OHNE_WOHNUNG_ZULETZT, Tabelle, build_personen
from pipelines.demo.frame import LEER, Ganz, Vorgabe, tag
from pipelines.demo.margins import DemoFehler, read_default
from pipelines.demo.population import scale

SPALTEN = (
    "pid", "wohnungsstatus", "geburtsdatum", "geschlecht", "sta_1", "sta_2", "sta_3", "art_dt_sta", "geburtsort",
    "geburtsstaat", "zuzug_staat", "zuzug_datum_ausland", "einzug_datum", "auszug_datum", "sterbe_datum",
    "elternteil_1_pid", "elternteil_2_pid", "adresse_id", "gebiet_id",
)  # fmt: skip
GEBIET_OHNE_WOHNUNG = "99"  # earlier extracts: persons without a fixed address; stands in no gebiete.csv
ERSTER_TAG, LETZTER_TAG = tag(date(1880, 1, 1)), tag(date(2060, 1, 1))


def _choose(werte: pl.Series, stellen: Ganz) -> pl.Series:
    """Look up texts by position; a negative position gives an empty field."""
    return pl.concat([werte, pl.Series([None], dtype=pl.String)]).gather(np.where(stellen < 0, len(werte), stellen))


def _kalender() -> pl.Series:
    """All days as text, then with unknown day, then with unknown day and month."""
    tage = pl.Series(np.arange(ERSTER_TAG, LETZTER_TAG, dtype=np.int32)).cast(pl.Date)
    return pl.concat([tage.dt.to_string(form) for form in ("%d.%m.%Y", "00.%m.%Y", "00.00.%Y")])


def build_auszug(v: Vorgabe, t: Tabelle, stichtag: date) -> pl.DataFrame:
    """Return the extract of `stichtag` as texts: one row per person then registered or gone for at most 5 years."""
    heute, vor_5, vor_18 = (tag(stichtag.replace(year=stichtag.year - j)) for j in (0, frame.AUFBEWAHRUNG_JAHRE, 18))
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
        v = replace(scale(v, personen), fruehere=())
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
