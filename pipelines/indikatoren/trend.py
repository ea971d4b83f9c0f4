"""Trend of a series over at least five comparable points: a named test, its inputs beside its result.

Belongs here: choosing the comparable points and testing them. Does not belong here: the change from one period to the next
(sql/marts/indikator_zeitreihe.sql), which needs no test.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ablage import Ablage
from pipelines.marts import registriere
from schemas.tabellen_zeitreihe import TREND

MINDESTPUNKTE = 5
NIVEAU = 0.05  # two-sided
TEST = "Mann-Kendall (Kendalls Tau gegen die Zeit, zweiseitig, exakt ohne Bindungen), Steigung nach Theil-Sen"
TAGE_JE_JAHR = 365.25
SERIE = ("kommune", "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe")
_TYPEN = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "DATE": pa.date32(),
          "BOOLEAN": pa.bool_(), "VARCHAR[]": pa.list_(pa.string())}  # fmt: skip

# The last comparable stretch of every series: its points with a value and a sufficient denominator, and how many have none.
_REIHEN = """
with letzte as (
    select z.*, i.mindestnenner
    from marts.indikator_zeitreihe as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    qualify z.abschnitt = max(z.abschnitt) over (
        partition by z.kommune, z.gebiet_id, z.indikator, z.profil, z.gruppe, z.geschlecht, z.altersgruppe
    )
),

brauchbar as (
    select
        *,
        wert is not null and coalesce(nenner >= mindestnenner, true) as zaehlt
    from letzte
)

select
    kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe,
    any_value(gebiet) as gebiet, any_value(ebene) as ebene, any_value(profilversion) as profilversion,
    any_value(einheit) as einheit, any_value(richtung) as richtung, max(abschnitt) as abschnitt,
    any_value(relevanzschwelle) as relevanzschwelle, any_value(relevanz_art) as relevanz_art,
    count(*) filter (where zaehlt) as punkte,
    count(*) filter (where not zaehlt) as luecken,
    min(stichtag) filter (where zaehlt) as von,
    max(stichtag) filter (where zaehlt) as bis,
    list(wert order by stichtag) filter (where zaehlt) as werte,
    list(date_diff('day', date '2000-01-01', stichtag) order by stichtag) filter (where zaehlt) as tage,
    arg_max(quelle, zeitraum) as quelle,
    max(datenstand) as datenstand,
    arg_max(lieferung_id, zeitraum) as lieferung_id,
    bool_or(beispieldaten) as beispieldaten,
    any_value(veroeffentlichung) as veroeffentlichung
from brauchbar
group by kommune, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe
order by all
"""


@lru_cache(maxsize=100_000)
def _mann_kendall(raenge: tuple[float, ...]) -> tuple[float, float]:
    """(tau, p) of values in the order of time, by their ranks: many series have the same order."""
    from scipy import stats

    ergebnis = stats.kendalltau(range(len(raenge)), raenge)
    return round(float(ergebnis.statistic), 12), float(ergebnis.pvalue)


def pruefe_trend(
    werte: list[float], tage: list[int], relevanzschwelle: float, relevanz_art: str, richtung: str
) -> dict[str, Any]:
    """Test one series: values in their unit, days as numbers, both in the order of time.

    Returns tau, p_wert, steigung_je_jahr (unit per year), veraenderung (slope times span), verlauf (steigend, fallend,
    kein_trend, nicht_bewertbar) and urteil (verbessert, verschlechtert, kein_trend, nicht_bewertbar; None if neutral).
    """
    from scipy import stats  # takes a second to import, and most commands need none of it

    leer: dict[str, float | None] = {"tau": None, "p_wert": None, "steigung_je_jahr": None, "veraenderung": None}
    if len(werte) < MINDESTPUNKTE:
        verlauf, ergebnis = "nicht_bewertbar", leer
    elif len(set(werte)) == 1:
        verlauf, ergebnis = "kein_trend", leer | {"steigung_je_jahr": 0.0, "veraenderung": 0.0}
    else:
        tau, p = _mann_kendall(tuple(stats.rankdata(werte).tolist()))
        jahre = np.asarray(tage) / TAGE_JE_JAHR
        steigung = float(stats.theilslopes(werte, jahre).slope)
        veraenderung = steigung * float(jahre[-1] - jahre[0])
        schwelle = relevanzschwelle if relevanz_art == "absolut" else abs(werte[0]) * relevanzschwelle / 100
        deutlich = p <= NIVEAU and round(abs(veraenderung), 9) >= schwelle
        verlauf = ("steigend" if tau > 0 else "fallend") if deutlich else "kein_trend"
        ergebnis = {"tau": tau, "p_wert": p, "steigung_je_jahr": steigung, "veraenderung": veraenderung}
    return ergebnis | {"verlauf": verlauf, "urteil": _urteil(verlauf, richtung)}


def _urteil(verlauf: str, richtung: str) -> str | None:
    if richtung == "neutral":
        return None
    if verlauf in ("kein_trend", "nicht_bewertbar"):
        return verlauf
    return "verbessert" if (verlauf == "steigend") == (richtung == "hoch") else "verschlechtert"


def schreibe_trends(ablage: Ablage) -> int:
    """Write `marts.indikator_trend`: one row a series of marts.indikator_zeitreihe; returns the number of rows."""
    with ablage.arbeitsdatenbank() as con:
        registriere(ablage, con, [("marts", "indikator_zeitreihe"), ("stamm", "indikator")])
        ergebnis = con.execute(_REIHEN)
        namen = [d[0] for d in ergebnis.description or []]
        reihen = [dict(zip(namen, zeile, strict=True)) for zeile in ergebnis.fetchall()]
    zeilen = []
    for r in reihen:
        werte, tage = r.pop("werte") or [], r.pop("tage") or []
        urteil = pruefe_trend(werte, tage, r["relevanzschwelle"], r["relevanz_art"], r["richtung"])
        status = "nicht_bewertbar" if urteil["verlauf"] == "nicht_bewertbar" else "ok"
        zeilen.append(
            r | urteil | {"test": TEST, "signifikanzniveau": NIVEAU, "mindestpunkte": MINDESTPUNKTE, "fundstelle": None,
                          "status": status, "hinweise": [] if status == "ok" else [status]}
        )  # fmt: skip
    schema = pa.schema([(s.name, _TYPEN[s.typ]) for s in TREND.spalten])
    with ablage.neu(ablage.tabelle("marts", "indikator_trend")) as neu:
        pq.write_table(pa.Table.from_pylist(zeilen, schema=schema), neu, compression="zstd")
    return len(zeilen)
