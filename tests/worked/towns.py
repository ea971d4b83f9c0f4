"""Köln and Berlin as folders below raw/: areas from the files' own keys, sources by naming ready ones.

Belongs here: what each folder contains. Does not belong here: publishing and comparing (publish.py).
"""

import csv
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

Row = tuple[str, str, str, str, str, str, str]  # a line of gebiete.csv
HEADER = ("gebiet_id", "name", "ebene", "uebergeordnet", "gebietsstand", "gueltig_von", "gueltig_bis")
SCHUTZ = {
    "mindestfallzahl": 5, "mindestnenner": 100,
    "begruendung": "Beispiel aus bereits veröffentlichten Tabellen; ein Register ist nicht dabei.",
}  # fmt: skip
KOELN, BERLIN = "05315000", "11000000"
LOR = "LOR_2021.csv"
T1 = "berlin-lor-population-2022-01-t1-{}.csv"
# Planning areas of before the reform of 2021 ended with its eve.
REFORM, EVE = "2021-01-01", "2020-12-31"


def lay_out(town: str, files: Path, raw: Path) -> None:
    """Write the folder of a town and copy its files into it. Raises: FileNotFoundError naming a file that is not there."""
    folder = raw / town
    (folder / "tabellen").mkdir(parents=True)
    config, areas, names = {"koeln": _koeln, "berlin": _berlin}[town](files / town)
    (folder / "kommune.yaml").write_text(
        yaml.safe_dump(config | {"kommune": town, "schutz": SCHUTZ}, allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
    with (folder / "gebiete.csv").open("w", encoding="utf-8", newline="") as f:
        lines = csv.writer(f, delimiter=";", lineterminator="\n")
        lines.writerow(HEADER)
        lines.writerows(areas)
    for name in names:
        shutil.copy(files / town / name, folder / "tabellen")


Layout = tuple[dict[str, object], Iterable[Row], Iterable[str]]


def _koeln(files: Path) -> Layout:
    """City, nine Bezirke, 86 Stadtteile: the first digit of a Stadtteil is its Bezirk."""
    config: dict[str, object] = {
        "name": "Köln", "ags": KOELN, "land": "Nordrhein-Westfalen", "profile": ["kosis_like"],
        "veroeffentlichung": {"stichtage": ["*-12-31"]}, "quellen": {"tabellen": [{"vorlage": "koeln_bevoelkerung"}]},
    }  # fmt: skip
    with (files / "bevoelkerung.csv").open(encoding="utf-8", newline="") as f:
        names = {z["raum_id"]: z["raum"] for z in csv.DictReader(f)}
    rows: list[Row] = [(KOELN, "Köln", "gemeinde", "", "2010", "", "")]
    for key, name in sorted(names.items()):
        if key != "000":
            district = key < "100"
            above = KOELN if district else f"00{key[0]}"
            rows.append((key, name, "bezirk" if district else "stadtteil", above, "2010", "", ""))
    return config, rows, ["bevoelkerung.csv"]


def _keys(path: Path, column: str) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        yield from (z[column] for z in csv.DictReader(f, delimiter=";"))


def _berlin(files: Path) -> Layout:
    """City, twelve Bezirke, the planning areas of before and since 2021: no key is one of both."""
    sources: list[dict[str, object]] = [
        {"vorlage": "berlin_t1", "id": "t1_stadt", "datei": T1.format("city"), "gebiete": {"0": BERLIN}},
        {"vorlage": "berlin_t1", "id": "t1_bezirke", "datei": T1.format("districts")},
        {"vorlage": "berlin_t1"}, {"vorlage": "berlin_bestand"}, {"vorlage": "berlin_ewr"}, {"vorlage": "berlin_ewrmigra"},
        {"vorlage": "berlin_lor"},
    ]  # fmt: skip
    config: dict[str, object] = {
        "name": "Berlin", "ags": BERLIN, "land": "Berlin", "profile": ["berlin_afs"],
        "veroeffentlichung": {"stichtage": ["*-06-30", "*-12-31"]}, "quellen": {"tabellen": sources},
        "brueche": [{"ebene": "planungsraum", "datum": REFORM, "grund": "Neue Lebensweltlich orientierte Räume.",
                     "herkunft": "Amt für Statistik Berlin-Brandenburg, LOR 2021"}],
    }  # fmt: skip
    with (files / LOR).open(encoding="utf-8-sig", newline="") as f:
        new = {z["Planungsraum (Nummer)"]: z for z in csv.DictReader(f)}
    old = {*_keys(files / "EWR202012E_Matrix.csv", "RAUMID")}
    for matrix in ("EWRMIGRA200712H_Matrix.csv", "EWRMIGRA201612H_Matrix.csv"):
        old |= {*_keys(files / matrix, "RAUMID")}
    rows: list[Row] = [(BERLIN, "Berlin", "gemeinde", "", "2021", "", "")]
    districts = {key[:2]: z["Bezirk"] for key, z in new.items()}
    rows += [(key, name, "bezirk", BERLIN, "2021", "", "") for key, name in sorted(districts.items())]
    rows += [(key, f"Planungsraum {key}", "planungsraum", key[:2], "2006", "", EVE) for key in sorted(old)]
    rows += [
        (key, z["Planungsraum (Name)"], "planungsraum", key[:2], "2021", REFORM, "") for key, z in sorted(new.items())
    ]
    matrices = ["EWR202012E_Matrix.csv", "EWRMIGRA200712H_Matrix.csv", "EWRMIGRA201612H_Matrix.csv"]
    tables = [T1.format(part) for part in ("city", "districts", "planning-areas")]
    return config, rows, [LOR, "einwohnerbestand_06-2022_plr.csv", *matrices, *tables]
