"""The variants that `make bench` compares; each prints seconds, peak memory and the persons it counted as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.bench.__main__ import KOMMUNE, STICHTAG


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


def pfad(daten: Path, profile: tuple[str, ...] | None = None) -> int:
    """File to cube with everything a delivery goes through."""
    from pipelines.bevoelkerung.count import count
    from pipelines.eingang.ingest import ingest, schemabefunde
    from pipelines.eingang.lieferung.record import Lieferung
    from pipelines.foundation.storage import Ablage
    from pipelines.stamm.kommune import Kommune, load_kommune
    from pipelines.stamm.profile.profil import load_profile

    ablage = Ablage(daten).create_folders()
    kommune = load_kommune(ablage.roh / KOMMUNE)
    namen = profile or tuple(p.profil for p in load_profile(ablage))
    kommune = Kommune(kommune.ordner, kommune.angaben.model_copy(update={"profile": namen}), kommune.gebiete)
    stichtag = date.fromisoformat(STICHTAG)
    lieferung = Lieferung(KOMMUNE, "melderegister", "melderegister", auszug(daten), stichtag, stichtag, "0" * 64, "")
    ergebnis = ingest(ablage, kommune, lieferung)
    assert ergebnis.angenommen
    assert not schemabefunde(ablage, "melderegister", lieferung.partition)
    return count(ablage, kommune, stichtag, lieferung.partition)


def pfad_ein_profil(daten: Path) -> int:
    return pfad(daten, ("luenen_2021",))


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


def mappe_pandas(ordner: Path) -> int:
    """What one would write: the sheet as a frame."""
    import pandas as pd

    return int(pd.read_excel(ordner / "gross.xlsx", engine="openpyxl", dtype={"Gebiet": str}).size)


def mappe_lesen(ordner: Path) -> int:
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
    "scan": scan, "pfad": pfad, "pfad_ein_profil": pfad_ein_profil, "pandas": mit_pandas,
    "mappe_pandas": mappe_pandas, "mappe_lesen": mappe_lesen, "mappe": mappe,
}  # fmt: skip

if __name__ == "__main__":
    start = time.perf_counter()
    personen = FUNKTIONEN[sys.argv[1]](Path(sys.argv[2]))
    sekunden = time.perf_counter() - start
    spitze = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"sekunden": sekunden, "spitze_mb": spitze, "personen": personen}))
