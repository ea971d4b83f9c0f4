"""Published tables through the whole pipeline: a data folder with a town in it, read by the real reader, up to the series.

Belongs here: laying out the folder and running it. Does not belong here: assertions, and figures of any town. No register, no
Dagster; everything a town says stands in files of its folder, as its office would write them.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import yaml

from pipelines.bevoelkerung.empty_cubes import create_empty_cubes
from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung import record as protokoll
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.massnahmen import store as massnahmenablage
from pipelines.eingang.tabelle import store as tabellenablage
from pipelines.foundation.storage import Ablage
from pipelines.refresh.news import neuigkeiten
from pipelines.refresh.plan import with_inputs
from pipelines.stamm.gebiete import GEBIETSFELDER
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.step import Step
from tests.conftest import create_data_folder

# A DataFrame; the stubs of pandas know no labels of several levels.
Rahmen = Any
# A day as the Parquet files hold it; figures become numbers, with NaN for NULL.
TAGE = ("zeitraum", "stichtag", "vorperiode", "basis", "datenstand", "nenner_stichtag", "von", "bis")


@dataclass(frozen=True)
class Ort:
    """A row of gebiete.csv."""

    gebiet_id: str
    name: str
    ebene: str
    uebergeordnet: str = ""
    gueltig_von: str = ""
    gueltig_bis: str = ""


@dataclass(frozen=True)
class Quelle:
    """A file of a town and the ready source it is read by; `anders` says other things than that."""

    art: str
    layout: str
    datei: str
    inhalt: bytes
    anders: tuple[tuple[str, Any], ...] = ()

    def angaben(self) -> dict[str, Any]:
        """The ready source as kommune.yaml names it."""
        return {"vorlage": self.layout} | dict(self.anders)


@dataclass(frozen=True)
class Werk:
    """A data folder after all steps."""

    ablage: Ablage
    ergebnisse: tuple[Ergebnis, ...]

    def tabelle(self, schema: str, name: str) -> Rahmen:
        """A published table; its days are `datetime.date`."""
        rahmen = pd.read_parquet(self.ablage.tabelle(schema, name))
        for spalte in rahmen.columns.intersection(list(TAGE)):
            rahmen[spalte] = rahmen[spalte].map(lambda t: t if isinstance(t, date) else None)
        return rahmen

    def reihen(self) -> Rahmen:
        """marts.indikator_zeitreihe."""
        return self.tabelle("marts", "indikator_zeitreihe")

    def trends(self) -> Rahmen:
        """marts.indikator_trend."""
        return self.tabelle("marts", "indikator_trend")


def build(
    daten: Path, angaben: dict[str, Any], orte: Iterable[Ort], quellen: Iterable[Quelle], profil: str = "kosis_like"
) -> Werk:
    """Lay out one town in a fresh data folder, read its files as `monitoring refresh` finds them, run every step behind."""
    ablage = Ablage(create_data_folder(daten, ())).create_folders()
    ordner = ablage.roh / angaben["kommune"]
    ordner.mkdir()
    vorgabe = {
        "land": "Land", "profile": [profil], "veroeffentlichung": {"stichtage": ["*-06-30", "*-12-31"]},
        "schutz": {"begruendung": "Nur für Tests."}, "quellen": {},
    }  # fmt: skip
    inhalt: dict[str, Any] = vorgabe | angaben
    for quelle in quellen:
        inhalt["quellen"].setdefault(quelle.art, []).append(quelle.angaben())
        (ordner / quelle.art).mkdir(exist_ok=True)
        (ordner / quelle.art / quelle.datei).write_bytes(quelle.inhalt)
    (ordner / "kommune.yaml").write_text(yaml.safe_dump(inhalt, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with (ordner / "gebiete.csv").open("w", encoding="utf-8", newline="") as f:
        zeilen = csv.writer(f, delimiter=";", lineterminator="\n")
        zeilen.writerow(GEBIETSFELDER)
        zeilen.writerows(
            (o.gebiet_id, o.name, o.ebene, o.uebergeordnet, "1", o.gueltig_von, o.gueltig_bis) for o in orte
        )
    return compute(ablage)


def compute(ablage: Ablage) -> Werk:
    """Read every delivery of a data folder and run every step up to the marts."""
    protokoll.create_empty_tables(ablage)
    tabellenablage.create_empty_tables(ablage)
    massnahmenablage.create_empty_tables(ablage)
    create_empty_cubes(ablage)
    neu = neuigkeiten(ablage)
    assert not neu.konfigurationsfehler, list(neu.konfigurationsfehler.values())
    assert not neu.befunde, [b.text() for b in neu.befunde]
    write_stamm(ablage, list(neu.kommunen.values()))
    ergebnisse = tuple(ingest(ablage, neu.kommunen[li.kommune], li) for li in neu.neu)
    assert all(e.angenommen for e in ergebnisse), [b.text() for e in ergebnisse for b in e.fehler]
    for step in _steps():
        step.write(ablage)
    return Werk(ablage, ergebnisse)


# What the tests look at; everything else is run only if one of these reads it.
ZIELE = (
    ("marts", "indikator_zeitreihe"),
    ("marts", "migrationshintergrund"),
    ("marts", "segregation"),
    ("dim", "gebiet"),
    ("marts", "indikator_trend"),
)


@cache
def _steps() -> tuple[Step, ...]:
    """Every step that ZIELE need; found once, because reading the statements takes a second."""
    return tuple(with_inputs(ZIELE))


def mann_kendall(werte: list[float]) -> tuple[float, float]:
    """(tau-b, two-sided p) by counting pairs.

    Without ties p is exact: the share of orders with as few discordant pairs, or concordant ones. With ties it is that of the
    normal distribution with the variance (n(n − 1)(2n + 5) − Σ t(t − 1)(2t + 5)) / 18, t the sizes of the ties.
    """
    n = len(werte)
    paare = [(a, b) for i, a in enumerate(werte) for b in werte[i + 1 :]]
    s = sum((b > a) - (b < a) for a, b in paare)
    bindungen = Counter(werte).values()
    tau = s / math.sqrt(len(paare) * sum(a != b for a, b in paare))
    if len(bindungen) < n:
        streuung = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in bindungen)) / 18
        return tau, math.erfc(abs(s) / math.sqrt(2 * streuung))
    # The n-th element stands before 0 … n-1 of the others: so many inversions it adds.
    ordnungen = [1]
    for k in range(1, n):
        ordnungen = [sum(ordnungen[max(0, i - k) : i + 1]) for i in range(len(ordnungen) + k)]
    widersprechend = (len(paare) - abs(s)) // 2
    return tau, min(1.0, 2 * sum(ordnungen[: widersprechend + 1]) / math.factorial(n))


def theil_sen(werte: list[float], tage: list[date]) -> float:
    """Median of the slopes of all pairs, per year of 365.25 days."""
    punkte = list(zip(tage, werte, strict=True))
    paare = [(a, b) for i, a in enumerate(punkte) for b in punkte[i + 1 :]]
    return median((b[1] - a[1]) / ((b[0] - a[0]).days / 365.25) for a, b in paare)
