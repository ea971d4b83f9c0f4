"""The variants that `make bench` compares; each prints seconds, CPU, peak memory and the persons it counted as JSON."""

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from pipelines.foundation.storage import WURZEL

KOMMUNE = "luenen"
STICHTAG = "2021-06-30"
# Imported before the clock starts, whatever the variant: what a long-running process has done once.
BIBLIOTHEKEN = {
    "scan": ("duckdb",), "pandas": ("pandas",), "polars": ("polars",), "mappe_pandas": ("pandas", "openpyxl"),
}  # fmt: skip
UNSERE = (
    "duckdb",
    "pandera.polars",
    "pandera.backends.polars.builtin_checks",
    "pipelines.eingang.ingest",
    "pipelines.bevoelkerung.count",
)


def measure_variante(variante: str, daten: Path) -> dict[str, float]:
    """Run one variant in its own process; seconds without start and imports, CPU, peak memory in MB, persons counted."""
    aus = subprocess.run(
        [sys.executable, "-m", "tests.bench.varianten", variante, str(daten)],
        stdout=subprocess.PIPE, text=True, check=True, cwd=WURZEL,
    )  # fmt: skip
    return json.loads(aus.stdout.splitlines()[-1])


def auszug(daten: Path) -> Path:
    return daten / "raw" / KOMMUNE / "melderegister" / f"{STICHTAG}.csv"


def scan(daten: Path) -> int:
    """Every column of the extract typed, nothing else: what reading costs at least."""
    import duckdb

    con = duckdb.connect()
    typisiert = con.execute(
        """
        select count(*), max(geb), max(ein), max(aus), max(tot), max(zuz), max(try_cast(sta_1 as smallint)),
            max(try_cast(sta_2 as smallint)), max(geburtsort), max(adresse_id), max(pid), max(elternteil_1_pid),
            max(elternteil_2_pid), max(gebiet_id), max(wohnungsstatus), max(geschlecht), max(art_dt_sta),
            max(geburtsstaat), max(zuzug_staat), max(sta_3)
        from (
            select *, try_strptime(geburtsdatum, '%d.%m.%Y') as geb, try_strptime(einzug_datum, '%d.%m.%Y') as ein,
                try_strptime(auszug_datum, '%d.%m.%Y') as aus, try_strptime(sterbe_datum, '%d.%m.%Y') as tot,
                try_strptime(zuzug_datum_ausland, '%d.%m.%Y') as zuz
            from read_csv(?, delim=';', quote='', escape='', header=true, all_varchar=true)
        )
        """,
        [str(auszug(daten))],
    ).fetchall()
    return int(typisiert[0][0])


def pfad(daten: Path, anzahl: int) -> int:
    """File to cube with everything a delivery goes through, under the first so many definitions."""
    from pipelines.bevoelkerung.count import count
    from pipelines.eingang.ingest import ingest, schemabefunde
    from pipelines.eingang.lieferung.record import Lieferung
    from pipelines.foundation.storage import Ablage
    from pipelines.stamm.kommune import Kommune, load_kommune
    from pipelines.stamm.profile.profil import load_profile

    ablage = Ablage(daten).create_folders()
    kommune = load_kommune(ablage.roh / KOMMUNE)
    namen = tuple(dict.fromkeys((*kommune.angaben.profile, *(p.profil for p in load_profile(ablage)))))[:anzahl]
    assert len(namen) == anzahl
    kommune = Kommune(kommune.ordner, kommune.angaben.model_copy(update={"profile": namen}), kommune.gebiete)
    stichtag = date.fromisoformat(STICHTAG)
    lieferung = Lieferung(KOMMUNE, "melderegister", "melderegister", auszug(daten), stichtag, stichtag, "0" * 64, "")
    ergebnis = ingest(ablage, kommune, lieferung)
    assert ergebnis.angenommen
    assert not schemabefunde(ablage, "melderegister", lieferung.partition)
    return count(ablage, kommune, stichtag, lieferung.partition)


def mit_pandas(daten: Path) -> int:
    """What one would write in a notebook: read, filter, classify by luenen_2021, group. No checks, no rejects."""
    import pandas as pd

    t = pd.read_csv(auszug(daten), sep=";", dtype=str, keep_default_na=False)
    stichtag = pd.Timestamp(STICHTAG)
    aus = pd.to_datetime(t["auszug_datum"], format="%d.%m.%Y", errors="coerce")
    tot = pd.to_datetime(t["sterbe_datum"], format="%d.%m.%Y", errors="coerce")
    da = t["wohnungsstatus"].isin(["alleinige", "haupt"]) & ~(aus <= stichtag) & ~(tot <= stichtag)
    t = t[da].copy()
    geboren = pd.to_datetime(t["geburtsdatum"], format="%d.%m.%Y", errors="coerce")
    spaeter = (geboren.dt.month * 100 + geboren.dt.day) > (stichtag.month * 100 + stichtag.day)
    alter = stichtag.year - geboren.dt.year - spaeter
    t["altersgruppe"] = pd.cut(alter, [-1, 2, 5, 9, 14, 17, 24, 29, 44, 59, 64, 74, 130])
    slots = t[["sta_1", "sta_2", "sta_3"]]
    deutsch = slots.eq("000").any(axis=1)
    t["auslaender"] = ~deutsch & t["sta_1"].ne("999")
    weitere = (slots.ne("000") & slots.ne("") & ~slots.isin(["997", "998", "999"])).any(axis=1)
    t["mh"] = t["auslaender"] | (deutsch & (weitere | t["art_dt_sta"].eq("einbuergerung")))
    zellen = t.groupby(
        ["gebiet_id", "geschlecht", "altersgruppe", "auslaender", "mh"], observed=True, dropna=False
    ).size()
    return int(zellen.sum())


def mit_polars(daten: Path) -> int:
    """The same as with pandas, lazily."""
    import polars as pl

    stichtag = date.fromisoformat(STICHTAG)
    slots = ("sta_1", "sta_2", "sta_3")
    t = pl.scan_csv(auszug(daten), separator=";", infer_schema=False, quote_char=None)

    def tag(spalte: str) -> pl.Expr:
        return pl.col(spalte).str.to_date("%d.%m.%Y", strict=False)

    geboren = tag("geburtsdatum")
    spaeter = (geboren.dt.month().cast(pl.Int32) * 100 + geboren.dt.day()) > stichtag.month * 100 + stichtag.day
    deutsch = pl.any_horizontal((pl.col(s) == "000").fill_null(value=False) for s in slots)
    weitere = pl.any_horizontal(~pl.col(s).fill_null("").is_in(["000", "", "997", "998", "999"]) for s in slots)
    auslaender = ~deutsch & (pl.col("sta_1") != "999")
    zellen = (
        t.filter(
            pl.col("wohnungsstatus").is_in(["alleinige", "haupt"])
            & (tag("auszug_datum") > stichtag).fill_null(value=True)
            & (tag("sterbe_datum") > stichtag).fill_null(value=True)
        )
        .with_columns(
            alter=stichtag.year - geboren.dt.year() - spaeter.cast(pl.Int32),
            auslaender=auslaender,
            mh=auslaender | (deutsch & (weitere | (pl.col("art_dt_sta") == "einbuergerung").fill_null(value=False))),
        )
        .with_columns(altersgruppe=pl.col("alter").cut([-1, 2, 5, 9, 14, 17, 24, 29, 44, 59, 64, 74, 130]))
        .group_by("gebiet_id", "geschlecht", "altersgruppe", "auslaender", "mh")
        .len()
        .collect(engine="streaming")
    )
    return int(zellen["len"].sum())


def mappe_pandas(ordner: Path) -> int:
    """What one would write: the sheet as a frame."""
    import pandas as pd

    return int(pd.read_excel(ordner / "gross.xlsx", engine="openpyxl", dtype={"Gebiet": str}).size)


def read_every_cell(ordner: Path) -> int:
    """The cells with everything a workbook hides, not interpreted."""
    from pipelines.eingang.grid.workbook import read_workbook

    (blatt,) = read_workbook(ordner / "gross.xlsx", ordner).blaetter
    return sum(len(r) for r in blatt.werte[1:])


def mappe(ordner: Path) -> int:
    """Cells to figures, and every check of deliveries."""
    from pipelines.eingang.ingest import read_and_check
    from pipelines.eingang.lieferung.record import Lieferung
    from pipelines.eingang.tabelle.checks import leerer_bestand
    from pipelines.foundation.storage import Ablage
    from pipelines.stamm.quellen.layout import Layout

    spalten = [f"Spalte {n}" for n in range(1, 10)]
    layout = Layout.model_validate(
        {
            "id": "gross", "titel": "Gross", "herkunft": "erzeugt", "lizenz": "-", "datei": "gross.xlsx",
            "stichtag": STICHTAG, "spalten": {"gebiet_id": "Gebiet"},
            "merkmale": {f"m{n}": {"titel": s, "einheit": "personen"} for n, s in enumerate(spalten)},
            "werte": [{"merkmal": f"m{n}", "spalte": s} for n, s in enumerate(spalten)],
        }
    )  # fmt: skip
    tag = date.fromisoformat(STICHTAG)
    lieferung = Lieferung("x", "gross", "tabellen", ordner / "gross.xlsx", tag, tag, "0" * 64, "")
    ergebnis, werte = read_and_check(Ablage(ordner).create_folders(), None, layout, lieferung, leerer_bestand())
    assert ergebnis.angenommen, [b.text() for b in ergebnis.befunde[:5]]
    return int(werte.num_rows)


FUNKTIONEN: dict[str, Callable[[Path], int]] = {
    "scan": scan, **{f"pfad_{n}": partial(pfad, anzahl=n) for n in (1, 8, 16)}, "pandas": mit_pandas, "polars": mit_polars,
    "mappe_pandas": mappe_pandas, "mappe_lesen": read_every_cell, "mappe": mappe,
}  # fmt: skip


def _cpu() -> float:
    verbraucht = resource.getrusage(resource.RUSAGE_SELF)
    return verbraucht.ru_utime + verbraucht.ru_stime


if __name__ == "__main__":
    for name in BIBLIOTHEKEN.get(sys.argv[1], UNSERE):
        importlib.import_module(name)
    start, cpu = time.perf_counter(), _cpu()
    personen = FUNKTIONEN[sys.argv[1]](Path(sys.argv[2]))
    gemessen = {"sekunden": time.perf_counter() - start, "cpu": _cpu() - cpu}
    spitze = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(gemessen | {"spitze_mb": spitze, "personen": personen}))
