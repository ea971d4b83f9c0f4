"""Fixtures and helpers every kind of test may use: a data folder of its own, small extracts, the command line.

Belongs here: what prepares a test. Does not belong here: assertions about the pipeline.
"""

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.eingang.melderegister.read import Einlesung, read_auszug
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune, load_kommune
from tests.lib.cheap import keep_collected, place, prepare_process
from tests.lib.once import open_place

WURZEL = Path(__file__).resolve().parents[1]
ROH = WURZEL / "data" / "raw"
STICHTAG = date(2021, 6, 30)

SPALTEN = (
    "pid", "wohnungsstatus", "geburtsdatum", "geschlecht", "sta_1", "sta_2", "sta_3", "art_dt_sta", "geburtsort",
    "geburtsstaat", "zuzug_staat", "zuzug_datum_ausland", "einzug_datum", "auszug_datum", "sterbe_datum",
    "elternteil_1_pid", "elternteil_2_pid", "adresse_id", "gebiet_id",
)  # fmt: skip

KLEINSTADT_YAML = """\
kommune: kleinstadt
name: Kleinstadt
ags: "05999001"
land: Nordrhein-Westfalen
profile: [luenen_2021, kosis_like]
veroeffentlichung:
  stichtage: ["*-06-30", "*-12-31"]
  umfang: {hauptdefinition: dreifach}
schutz:
  mindestfallzahl: 5
  mindestnenner: 100
  begruendung: Vorgabewerte.
quellen:
  melderegister:
    titel: Melderegister der Kleinstadt
    hoechstanteil_abgewiesen: 0.01
"""

KLEINSTADT_GEBIETE = """\
gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis
05999001;Kleinstadt;gemeinde;05999;2021;;
01;Altstadt;stadtteil;05999001;2021;;
02;Neustadt;stadtteil;05999001;2021;;
03;Südhöhe;stadtteil;05999001;2021;;
"""

Zeile = Mapping[str, str]


@dataclass(frozen=True)
class Aufruf:
    """What a run of the command line left behind."""

    code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Both streams."""
        return self.stdout + self.stderr

    @property
    def lines(self) -> list[str]:
        """Lines of stdout."""
        return self.stdout.splitlines()


def person(nummer: int, **werte: str) -> dict[str, str]:
    """A sound canonical row: a German adult in district 01, unless said otherwise."""
    vorgabe = dict.fromkeys(SPALTEN, "") | {
        "pid": f"P{nummer:05d}", "wohnungsstatus": "alleinige", "geburtsdatum": "15.03.1980", "geschlecht": "w",
        "sta_1": "000", "art_dt_sta": "geburt", "geburtsort": "Lünen", "geburtsstaat": "000",
        "einzug_datum": "01.04.2010", "adresse_id": f"A{nummer:05d}", "gebiet_id": "01",
    }  # fmt: skip
    fremd = set(werte) - set(SPALTEN)
    if fremd:
        raise ValueError(f"no such column: {fremd}")
    return vorgabe | werte


def einwohnerschaft(anzahl: int = 3_000) -> list[dict[str, str]]:
    """A mixed population: three districts, both sexes, all ages, some nationalities; no two rows alike.

    A few thousand have few small cells, and so need little protection: that is most of the work for a few hundred.
    """
    staaten = ("000", "000", "000", "000", "163", "000", "152", "000", "475", "000")
    return [
        person(
            n,
            geburtsdatum=f"{1 + n % 28:02d}.{1 + n % 12:02d}.{1935 + n * 7 % 86}",
            geschlecht="mw"[n % 2],
            sta_1=staaten[n % 10],
            art_dt_sta="geburt" if staaten[n % 10] == "000" else "",
            geburtsort="Lünen" if n % 3 else "Ort im Ausland",
            geburtsstaat="000" if n % 3 else "163",
            einzug_datum="",
            gebiet_id=f"{1 + n % 3:02d}",
        )
        for n in range(1, anzahl + 1)
    ]


def auszugstext(zeilen: Iterable[Zeile], spalten: Sequence[str] = SPALTEN, ende: str = "\n", kopf: bool = True) -> str:
    """Rows as the text of a canonical extract."""
    texte = [";".join(spalten)] if kopf else []
    texte += [";".join(z[s] for s in spalten) for z in zeilen]
    return ende.join(texte) + ende


def write_auszug(
    pfad: Path,
    zeilen: Iterable[Zeile],
    spalten: Sequence[str] = SPALTEN,
    ende: str = "\n",
    kodierung: str = "utf-8",
    kopf: bool = True,
) -> Path:
    """Write a canonical extract and return its path."""
    pfad.parent.mkdir(parents=True, exist_ok=True)
    pfad.write_bytes(auszugstext(zeilen, spalten, ende, kopf).encode(kodierung))
    return pfad


def create_data_folder(ziel: Path, kommunen: Sequence[str] = ("luenen",)) -> Path:
    """A data folder with the reference lists and municipalities' configuration, without any register extract."""
    shutil.copytree(ROH / "referenz", ziel / "raw" / "referenz")
    for kommune in kommunen:
        shutil.copytree(ROH / kommune, ziel / "raw" / kommune, ignore=shutil.ignore_patterns("melderegister"))
    return ziel


def create_kleinstadt(ziel: Path, name: str = "kleinstadt") -> Path:
    """Folder of a municipality with three districts and a register, without tables; returns the folder."""
    ordner = ziel / "raw" / name
    ordner.mkdir(parents=True, exist_ok=True)
    angaben = KLEINSTADT_YAML.replace("kommune: kleinstadt", f"kommune: {name}")
    (ordner / "kommune.yaml").write_text(angaben, encoding="utf-8")
    (ordner / "gebiete.csv").write_text(KLEINSTADT_GEBIETE, encoding="utf-8")
    return ordner


def environment(daten: Path) -> dict[str, str]:
    """Environment of a run over one data folder: its own run state, Dagster's home in the repository."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith(("MONITORING_", "DAGSTER_"))},
        "DAGSTER_HOME": str(WURZEL),
        "MONITORING_DATA": str(daten),
        "MONITORING_LAUFZUSTAND": str(daten / "laufzustand"),
        "PYTHONUTF8": "1",
        "COLUMNS": "200",
    }


def monitoring_subprozess(daten: Path, *argumente: str, **werte: str) -> Aufruf:
    """`python -m pipelines …` in a process of its own, over one data folder."""
    lauf = subprocess.run(
        [sys.executable, "-m", "pipelines", *argumente],
        env=environment(daten) | werte, cwd=WURZEL, capture_output=True, text=True, encoding="utf-8", timeout=600,
    )  # fmt: skip
    return Aufruf(lauf.returncode, lauf.stdout, lauf.stderr)


def monitoring_im_prozess(daten: Path, *argumente: str, home: Path = WURZEL / "tests" / "im_speicher") -> Aufruf:
    """The same in this process, with Dagster's events in memory: quicker, and enough where texts and figures matter."""
    from pipelines.cli import main

    vorher = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment(daten) | {"DAGSTER_HOME": str(home)})
    aus, fehler = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(aus), contextlib.redirect_stderr(fehler):
            try:
                main(list(argumente))
                code = 0
            except SystemExit as ende:
                code = int(ende.code or 0)
    finally:
        os.environ.clear()
        os.environ.update(vorher)
    return Aufruf(code, aus.getvalue(), fehler.getvalue())


def pytest_configure() -> None:
    """Cheap: see tests/lib/cheap.py and tests/lib/once.py."""
    prepare_process()
    open_place()


def pytest_collection_finish() -> None:
    """What is there now stays to the end."""
    keep_collected()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of tests/e2e is marked so; whole paths and long files first: none of them must be what the last worker starts with."""
    for item in items:
        if WURZEL / "tests" / "e2e" in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda i: (i.get_closest_marker("e2e") is None, place(i.path)))


@pytest.fixture
def datenordner(tmp_path: Path) -> Path:
    """A data folder of the test's own: reference lists, Lünen's configuration and workbook, no extracts."""
    return create_data_folder(tmp_path / "data")


@pytest.fixture
def kleinstadt(tmp_path: Path) -> Path:
    """Folder `raw/kleinstadt` in a data folder of the test's own; the data folder is two levels up."""
    return create_kleinstadt(create_data_folder(tmp_path / "data", ()))


@pytest.fixture
def monitoring(datenordner: Path) -> Callable[..., Aufruf]:
    """The command line in this process over `datenordner`."""
    return lambda *argumente: monitoring_im_prozess(datenordner, *argumente)


@pytest.fixture(scope="session")
def daten() -> Path:
    """The folder of published source files, for tests against printed figures; another one by $OEFFENTLICHE_DATEN."""
    ordner = Path(os.environ.get("OEFFENTLICHE_DATEN") or WURZEL.parent / "shared" / "daten")
    if not ordner.is_dir():
        pytest.skip(f"the folder of published source files is not here: {ordner}")
    return ordner


class Registerleser:
    """Reads literal extracts of one municipality and shows what became of each line."""

    def __init__(self, ablage: Ablage, kommune: Kommune, pfad: Path):
        self.ablage, self.kommune, self.pfad = ablage, kommune, pfad
        self.partition = f"{kommune.id}_{STICHTAG.isoformat()}"

    def text(self, inhalt: str, stichtag: date = STICHTAG, stand: date | None = None, werte: bool = False) -> Einlesung:
        """Read a file of this text."""
        self.pfad.write_text(inhalt, encoding="utf-8", newline="")
        return read_auszug(self.ablage, self.kommune, self.pfad, stichtag, stand or stichtag, self.partition, werte)

    def __call__(self, *zeilen: Zeile, **optionen: Any) -> Einlesung:
        """Read a file of these rows."""
        return self.text(auszugstext(zeilen), **optionen)

    def _tabelle(self, schema: str) -> dict[int, dict[str, Any]]:
        import pyarrow.parquet as pq

        datei = self.ablage.tabelle(schema, "melderegister", self.partition)
        return {z["zeile"]: z for z in pq.read_table(datei).to_pylist()}

    def personen(self) -> dict[int, dict[str, Any]]:
        """Staged persons by line number of the file."""
        return self._tabelle("eingang")

    def abgewiesen(self) -> dict[int, dict[str, Any]]:
        """Rejected rows by line number of the file."""
        return self._tabelle("abgewiesen")


@pytest.fixture(scope="session")
def nachsichtige_kommune(tmp_path_factory: pytest.TempPathFactory) -> Kommune:
    """A municipality with three districts that accepts any share of faulty rows."""
    ordner = create_kleinstadt(create_data_folder(tmp_path_factory.mktemp("register") / "data", ()))
    yaml = ordner / "kommune.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace("abgewiesen: 0.01", "abgewiesen: 1"), encoding="utf-8")
    return load_kommune(ordner)


@pytest.fixture
def read(nachsichtige_kommune: Kommune, tmp_path: Path) -> Registerleser:
    """Reads literal register rows for the tolerant municipality, with the Stichtag 30.06.2021."""
    ablage = Ablage(nachsichtige_kommune.ordner.parents[1]).create_folders()
    return Registerleser(ablage, nachsichtige_kommune, tmp_path / "2021-06-30.csv")
