"""Large towns for the benchmark of the disclosure control: Poisson-thinned copies of the districts of the synthetic Lünen.

Belongs here: a data folder up to bevoelkerung.zelle. Every area is a district's table of persons, thinned to the wanted number of
inhabitants; the persons are counted by the statements of the register pass.
"""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.bevoelkerung import count as wuerfel
from pipelines.bevoelkerung.cells import zellen, zellentabelle
from pipelines.bevoelkerung.empty_cubes import create_empty_cubes
from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.storage import WURZEL, Ablage, sql, sqltext
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.profile.profil import load_profile
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import lay, lay_empty

STICHTAG = date(2021, 6, 30)
PARTITION = f"luenen_{STICHTAG}"
# What a choice of cells rests on; the rest of the house is not needed here.
SCHRITTE = (
    "migrationshintergrund", "mh_kategorie", "definitionsvergleich", "staatsangehoerigkeit", "bezugsland",
    "gliederungstiefe", "gruppenliste", "staatenliste", "kategorienliste", "zelle",
)  # fmt: skip


def build(quelle: Path, ziel: Path, gebiete: int, bezirke: int, einwohner: int | None, saat: int = 1) -> Ablage:
    """Data folder of a town of areas in Bezirke (0: no such level), about `einwohner` in each area (None: as in Lünen)."""
    roh = ziel / "raw" / "luenen"
    for teil in ("referenz", "luenen"):
        shutil.copytree(
            quelle / "raw" / teil,
            ziel / "raw" / teil,
            ignore=shutil.ignore_patterns("melderegister", "tabellen", "indikatoren"),
        )
    kennungen = [f"g{n:03d}" for n in range(gebiete)]
    ags = "05978024"
    zeilen = [
        "gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis",
        f"{ags};Stadt;gemeinde;05978;2021;;",
    ]
    zeilen += [f"b{n:02d};Bezirk {n};bezirk;{ags};2021;;" for n in range(bezirke)]
    zeilen += [
        f"{g};Gebiet {g};planungsraum;{f'b{n * bezirke // gebiete:02d}' if bezirke else ags};2021;;"
        for n, g in enumerate(kennungen)
    ]
    (roh / "gebiete.csv").write_text("\n".join(zeilen) + "\n", encoding="utf-8")
    angaben = roh / "kommune.yaml"  # every town in full depth, however small its areas
    angaben.write_text(
        angaben.read_text(encoding="utf-8").replace("kleine_gebiete_unter: 1000", "hauptdefinition: dreifach"),
        encoding="utf-8",
    )
    ablage = Ablage(ziel).create_folders()
    kommune = load_kommune(roh)
    assert kommune.angaben.veroeffentlichung.umfang.hauptdefinition == "dreifach"
    create_empty_cubes(ablage)
    write_stamm(ablage, [kommune])
    _count(Ablage(quelle), ablage, kommune, kennungen, einwohner, np.random.default_rng(saat))
    lay(ablage, "bevoelkerung.tabellenwert")
    lay_empty(ablage, *SCHRITTE)  # facts of one extract and flows are not drawn
    je_name = {s.name: s for s in sql_steps() if s.schema == "bevoelkerung"}
    for name in SCHRITTE:
        je_name[name].write(ablage)
    return ablage


def _count(
    quelle: Ablage,
    ziel: Ablage,
    kommune: Kommune,
    kennungen: list[str],
    einwohner: int | None,
    zufall: np.random.Generator,
) -> None:
    """Draw the persons and write the cubes."""
    profile = load_profile(ziel, kommune.angaben.profile)
    with wuerfel._ausgewertet(quelle, kommune, STICHTAG, PARTITION, profile) as con:
        personen = con.execute(
            "select zeile, gebiet_id from personenzeile where gebiet_id <> 'unbekannt' order by zeile"
        ).df()
        bezirke = [g["zeile"].to_numpy() for _, g in personen.groupby("gebiet_id", sort=True)]
        gezogen = []
        for n, kennung in enumerate(kennungen):
            zeile = bezirke[n % len(bezirke)]
            rate = 1.0 if einwohner is None else einwohner * zufall.uniform(0.5, 1.5) / len(zeile)
            anzahl = zufall.poisson(rate, len(zeile))
            gezogen.append(pd.DataFrame({"zeile": zeile, "neu": kennung, "n": anzahl})[anzahl > 0])
        con.register("gezogen", pd.concat(gezogen))
        for art, tabelle in (("view", "personenzeile"), ("table", "kindzeile")):
            con.execute(
                f"create temp table {tabelle}_gezogen as select t.* replace (g.neu as gebiet_id) "
                f"from {tabelle} as t inner join gezogen as g on t.zeile = g.zeile cross join range(g.n)"
            )
            con.execute(f"drop {art} {tabelle}")
            con.execute(f"alter table {tabelle}_gezogen rename to {tabelle}")
        con.execute(sql("melderegister/entschieden"))
        con.execute("drop table zellen")
        con.execute(zellentabelle(profile))
        for name, auswahl in (
            ("wuerfel", zellen(profile)),
            ("staatenwuerfel", sql("melderegister/staatenwuerfel")),
            ("bezugslandwuerfel", wuerfel._bezugslaender(profile)),
            ("vergleichswuerfel", wuerfel._vergleiche(profile)),
        ):
            with ziel.neu(ziel.tabelle("bevoelkerung", name, PARTITION)) as neu:
                con.execute(f"copy ({auswahl}) to {sqltext(neu)} (format parquet)")


def read_auszug(ziel: Path) -> None:
    """Data folder with the synthetic extract of Lünen, read in: what the towns are drawn from."""
    for teil in ("referenz", "luenen"):
        shutil.copytree(
            WURZEL / "data" / "raw" / teil, ziel / "raw" / teil, ignore=shutil.ignore_patterns("melderegister")
        )
    befehl = [sys.executable, "-m", "pipelines", "demo", "--kommune", "luenen", "--data", str(ziel)]
    subprocess.run(befehl, check=True, cwd=WURZEL, capture_output=True)
    ablage = Ablage(ziel).create_folders()
    auszug = ziel / "raw" / "luenen" / "melderegister" / f"{STICHTAG}.csv"
    lieferung = Lieferung("luenen", "melderegister", "melderegister", auszug, STICHTAG, STICHTAG, "0" * 64, "")
    assert ingest(ablage, load_kommune(ziel / "raw" / "luenen"), lieferung).angenommen


if __name__ == "__main__":
    if sys.argv[1] == "--auszug":
        read_auszug(Path(sys.argv[2]))
    else:
        anzahl, darueber, personen_je_gebiet = (int(a) for a in sys.argv[3:6])
        build(Path(sys.argv[1]), Path(sys.argv[2]), anzahl, darueber, personen_je_gebiet or None)
