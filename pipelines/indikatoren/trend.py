"""Trend of a series over at least five comparable points: its slope and range, by a named method.

Belongs here: describing a series. Does not belong here: which points can be compared
(sql/queries/indikatoren/reihen_des_trends.sql), the change from one period to the next
(sql/marts/indikatoren/indikator_zeitreihe.sql), and verdicts.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage, sql
from pipelines.steps.left_out import Auswahl, ohne_schuldige
from pipelines.steps.sql_step import register_views
from schemas.tabellen.zeitreihe import TREND
from schemas.types import arrow_schema

MINDESTPUNKTE = 5
TEST = "Steigung nach Theil-Sen; Reihenfolge nach Kendalls Tau gegen die Zeit. Kein Signifikanztest"
TAGE_JE_JAHR = 365.25


@lru_cache(maxsize=100_000)
def _tau(raenge: tuple[float, ...]) -> float:
    """Kendall's tau of values in the order of time, by their ranks: many series have the same order."""
    from scipy import stats

    return round(float(stats.kendalltau(range(len(raenge)), raenge).statistic), 12)


def check_trend(werte: list[float], tage: list[int], relevanzschwelle: float, relevanz_art: str) -> dict[str, Any]:
    """Describe one series: values in their unit, days as numbers, both in the order of time.

    Returns tau, steigung_je_jahr (unit per year), veraenderung (slope times span) and verlauf (steigend, fallend,
    gleichbleibend, nicht_bewertbar). No test: stocks of the same persons depend on each other, so a p-value would say less
    than it promises. What is better or worse is said by marts.indikator_zeitreihe.
    """
    from scipy import stats  # takes a second to import, and most commands need none of it

    leer: dict[str, float | None] = {"tau": None, "steigung_je_jahr": None, "veraenderung": None}
    if len(werte) < MINDESTPUNKTE:
        return leer | {"verlauf": "nicht_bewertbar"}
    if len(set(werte)) == 1:
        return leer | {"steigung_je_jahr": 0.0, "veraenderung": 0.0, "verlauf": "gleichbleibend"}
    jahre = np.asarray(tage) / TAGE_JE_JAHR
    steigung = float(stats.theilslopes(werte, jahre).slope)
    veraenderung = steigung * float(jahre[-1] - jahre[0])
    schwelle = relevanzschwelle if relevanz_art == "absolut" else abs(werte[0]) * relevanzschwelle / 100
    deutlich = steigung != 0 and round(abs(veraenderung), 9) >= schwelle
    return {
        "tau": _tau(tuple(stats.rankdata(werte).tolist())), "steigung_je_jahr": steigung, "veraenderung": veraenderung,
        "verlauf": ("steigend" if steigung > 0 else "fallend") if deutlich else "gleichbleibend",
    }  # fmt: skip


def write_trends(ablage: Ablage) -> int:
    """Write `marts.indikator_trend`: one row a series of marts.indikator_zeitreihe; returns the number of rows."""
    zeilen = ohne_schuldige(ablage, TREND.voll, lambda auswahl, _: _trends(ablage, auswahl))
    schema = arrow_schema(TREND)
    with ablage.neu(ablage.tabelle("marts", "indikator_trend")) as neu:
        pq.write_table(pa.Table.from_pylist(zeilen, schema=schema), neu, compression="zstd")
    return len(zeilen)


def _trends(ablage: Ablage, auswahl: Auswahl) -> list[dict[str, Any]]:
    """The trend of every series of the municipalities in `auswahl`."""
    with ablage.arbeitsdatenbank() as con:
        register_views(ablage, con, [("marts", "indikator_zeitreihe"), ("stamm", "indikator")], auswahl)
        ergebnis = con.execute(sql("queries/indikatoren/reihen_des_trends"))
        namen = [d[0] for d in ergebnis.description or []]
        reihen = [dict(zip(namen, zeile, strict=True)) for zeile in ergebnis.fetchall()]
    zeilen = []
    for r in reihen:
        werte, tage = r.pop("werte") or [], r.pop("tage") or []
        verlauf = check_trend(werte, tage, r["relevanzschwelle"], r["relevanz_art"])
        status = "nicht_bewertbar" if verlauf["verlauf"] == "nicht_bewertbar" else "ok"
        zeilen.append(
            r | verlauf | {"test": TEST, "mindestpunkte": MINDESTPUNKTE, "fundstelle": None,
                          "status": status, "hinweise": [] if status == "ok" else [status]}
        )  # fmt: skip
    return zeilen
