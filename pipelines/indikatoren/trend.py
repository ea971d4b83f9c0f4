"""Trend of a series over at least five comparable points: its slope and range, by a named method.

Belongs here: choosing the comparable points and describing them. Does not belong here: the change from one period to the next
(sql/marts/indikatoren/indikator_zeitreihe.sql), and verdicts.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage
from pipelines.steps.left_out import Auswahl, ohne_schuldige
from pipelines.steps.sql_step import register_views
from schemas.tabellen.zeitreihe import TREND
from schemas.types import arrow_schema

MINDESTPUNKTE = 5
TEST = "Steigung nach Theil-Sen; Reihenfolge nach Kendalls Tau gegen die Zeit. Kein Signifikanztest"
TAGE_JE_JAHR = 365.25
SERIE = ("kommune", "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe")

# The last run of every series that can be compared: one stretch, one day of the year, one precision, no gap. Of several days or
# precisions the one with more values counts, of equal ones the later day and the exact values.
_REIHEN = """
with letzte as (
    select
        z.*,
        z.wert is not null and coalesce(z.nenner >= i.mindestnenner, true) and z.status <> 'mindestwert' as hat_wert,
        case
            when i.bezugstag is not null and i.periodizitaet = 'jaehrlich' then strftime(z.zeitraum, '%m-%d') else '-'
        end as saison,
        list_contains(z.hinweise, 'gerundet') or (i.nenner_text is not null and z.nenner is null) as gerundet,
        i.periodizitaet in ('jaehrlich', 'schuljahr') as jedes_jahr
    from marts.indikator_zeitreihe as z
    inner join stamm.indikator as i on z.indikator = i.indikator
    qualify z.abschnitt = max(z.abschnitt) over (
        partition by z.kommune, z.gebiet_id, z.indikator, z.profil, z.gruppe, z.geschlecht, z.altersgruppe
    )
),

gezaehlt as (
    select
        *,
        count(*) filter (where hat_wert) over (partition by SERIE, saison) as werte_saison,
        max(zeitraum) filter (where hat_wert) over (partition by SERIE, saison) as letzter_saison,
        count(*) filter (where hat_wert) over (partition by SERIE, saison, gerundet) as werte_genauigkeit
    from letzte
),

gewaehlt as (
    select
        *,
        first_value(saison) over (
            partition by SERIE order by werte_saison desc, letzter_saison desc nulls last
        ) as gewaehlte_saison
    from gezaehlt
),

eine_genauigkeit as (
    select
        *,
        first_value(gerundet) over (
            partition by SERIE order by saison <> gewaehlte_saison, not hat_wert, werte_genauigkeit desc, gerundet
        ) as gewaehlt_gerundet
    from gewaehlt
),

brauchbar as (
    select
        *,
        hat_wert and saison = gewaehlte_saison and gerundet = gewaehlt_gerundet as taugt
    from eine_genauigkeit
),

-- A row of the same day without a usable value, or a year without a row, ends a run.
luecken as (
    select
        *,
        saison = gewaehlte_saison
        and (
            not taugt
            or (jedes_jahr and year(zeitraum) - year(lag(zeitraum) over (partition by SERIE, saison order by zeitraum)) > 1)
        ) as trennt
    from brauchbar
),

laeufe as (
    select *, count(*) filter (where trennt) over (partition by SERIE order by zeitraum) as lauf
    from luecken
),

gezeigt as (
    select
        *,
        taugt and lauf = max(lauf) filter (where taugt) over (partition by SERIE) as zaehlt
    from laeufe
)

select
    SERIE,
    any_value(gebiet) as gebiet, any_value(ebene) as ebene, any_value(profilversion) as profilversion,
    any_value(einheit) as einheit, any_value(richtung) as richtung, max(abschnitt) as abschnitt,
    any_value(relevanzschwelle) as relevanzschwelle, any_value(relevanz_art) as relevanz_art,
    count(*) filter (where zaehlt) as punkte,
    count(*) filter (where not zaehlt) as luecken,
    min(stichtag) filter (where zaehlt) as von,
    max(stichtag) filter (where zaehlt) as bis,
    min(wert) filter (where zaehlt) as kleinster,
    max(wert) filter (where zaehlt) as groesster,
    list(wert order by stichtag) filter (where zaehlt) as werte,
    list(date_diff('day', date '2000-01-01', stichtag) order by stichtag) filter (where zaehlt) as tage,
    arg_max(quelle, zeitraum) as quelle,
    max(datenstand) as datenstand,
    arg_max(lieferung_id, zeitraum) as lieferung_id,
    bool_or(beispieldaten) as beispieldaten,
    any_value(veroeffentlichung) as veroeffentlichung
from gezeigt
group by SERIE
order by all
""".replace("SERIE", ", ".join(SERIE))


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
        ergebnis = con.execute(_REIHEN)
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
