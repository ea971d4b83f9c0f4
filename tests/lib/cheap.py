"""What makes thousands of small tests cheap: one thread a connection, one instance for all folders, no garbage sought twice,
folders in memory, the same picture drawn once, the longest files first.

Belongs here: settings of the process that tests run in. Does not belong here: anything a test could see the difference of.
"""

import functools
import gc
import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from pipelines.foundation.storage import Ablage

TESTS = Path(__file__).resolve().parents[1]
IM_SPEICHER = Path("/dev/shm")  # a file system in memory: the folders of tests are thousands of small files
PLATZ_IM_SPEICHER = 6 * 2**30
# Files that take longest, in that order: whichever worker starts one of them last, the others would wait for it.
DEAREST = (
    "unit/veroeffentlichung/test_veroeffentlichung.py", "unit/bevoelkerung/test_datenstand.py", "sql/test_segregation.py",
    "sql/test_zeitreihe.py", "unit/demo/test_demo.py", "sql/test_datenstandvergleich.py",
    "unit/veroeffentlichung/test_revision.py", "unit/veroeffentlichung/test_ratsvorlage.py",
    "spec/lieferungen/test_fehlerdateien.py", "unit/veroeffentlichung/test_revision_schutz.py",
    "spec/massnahmen/test_ausgefuellte_mappe.py", "spec/indikatoren/test_beispiele.py",
    "unit/veroeffentlichung/test_bericht_saetze.py", "golden/test_register_nachgerechnet.py",
    "unit/veroeffentlichung/test_wartende_korrekturen.py", "unit/eingang/test_fremdformat.py",
    "unit/veroeffentlichung/test_bericht_aussagen.py", "unit/scaffold/test_massnahmen_mappe.py",
    "sql/test_massnahmen_marts.py", "unit/veroeffentlichung/test_umrisskarte.py",
    "unit/veroeffentlichung/test_zugaenglich.py",
    # Of the end-to-end tests.
    "faults/test_naechte.py", "e2e/test_ganzer_weg.py", "e2e/test_ein_schritt_stuerzt_ab.py",
    "e2e/test_ein_fehler_haelt_niemanden_auf.py", "fuzz/test_fuzz.py", "e2e/test_unterbrochen.py", "faults/test_ratchet.py",
    "e2e/test_kaputte_auszuege.py", "e2e/test_verlorenes.py", "e2e/test_check_und_tor.py", "e2e/test_unveraendertes.py",
    "worked/test_worked.py", "e2e/test_eigenzustand.py", "faults/test_verteilt.py",
)  # fmt: skip


def prepare_process() -> None:
    """Before anything is collected: garbage is not sought until `keep_collected`."""
    gc.disable()
    duckdb.connect = functools.partial(connect_with_one_thread, duckdb.connect)
    vl_convert.vegalite_to_svg = draw_once(vl_convert.vegalite_to_svg)
    vl_convert.svg_to_png = draw_once(vl_convert.svg_to_png)
    _lay_folders_in_memory()
    _ROOTS.extend(Path(p).resolve() for p in (tempfile.gettempdir(), os.environ.get("PYTEST_DEBUG_TEMPROOT")) if p)
    Ablage._open_instance = open_shared_instance  # type: ignore[method-assign]


# What a folder does by itself: for tests of that.
open_own_instance = Ablage._open_instance
_ROOTS: list[Path] = []  # where folders of tests lie; what a test does to the environment changes nothing here
# The instance of a process, and how often it has been asked for; it is made anew before it has kept too much.
_SHARED: dict[int, duckdb.DuckDBPyConnection] = {}
_ASKED = itertools.count()
RENEWED_EVERY = 500
# When garbage is sought (new objects, then rounds): a parsed statement or module is hundreds of thousands, none of them garbage.
RARELY = (50_000, 20, 20)


def open_shared_instance(ablage: Ablage) -> duckdb.DuckDBPyConnection:
    """One instance for steps of all folders of tests: starting one takes longer than most steps.

    Like one of a folder's own it reaches nothing outside: here that is where the folders of all tests lie.
    """
    if not any(ablage.daten.resolve().is_relative_to(r) for r in _ROOTS):
        return open_own_instance(ablage)
    if next(_ASKED) % RENEWED_EVERY == 0 or os.getpid() not in _SHARED:
        erlaubt = ", ".join(f"'{r}'" for r in _ROOTS)
        con = duckdb.connect(config={"temp_directory": str(_ROOTS[-1] / f"spill-{os.getpid()}")})
        con.execute("set enable_progress_bar = false")
        con.execute(f"set allowed_directories = [{erlaubt}]")
        con.execute("set enable_external_access = false")
        _SHARED[os.getpid()] = con
    return _SHARED[os.getpid()]


def place(file: Path) -> int:
    """Where a file stands among all: `DEAREST` first, the others as they were collected."""
    name = file.relative_to(TESTS).as_posix()
    return DEAREST.index(name) if name in DEAREST else len(DEAREST)


def keep_collected() -> None:
    """Thousands of tests and all modules are there and stay to the end: looking through them again and again finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()


def connect_with_one_thread(connect: Callable[..., duckdb.DuckDBPyConnection], *wo: Any, **mehr: Any) -> Any:
    """A connection as the code asks for it, with one thread if it does not say how many: over a few rows more only cost."""
    return connect(*wo, **mehr | {"config": {"threads": 1} | (mehr.get("config") or {})})


def draw_once(draw: Callable[..., Any]) -> Callable[..., Any]:
    """What a picture looks like follows from what it is drawn of: hundreds of tests write the report of the same town."""
    drawn: dict[str, Any] = {}

    def draw_or_find(what: Any, **how: Any) -> Any:
        asked = json.dumps([what, how], sort_keys=True)
        if asked not in drawn:
            drawn[asked] = draw(what, **how)
        return drawn[asked]

    return draw_or_find


def _lay_folders_in_memory() -> None:
    """Folders of tests lie in memory where there is room: nothing of them has to outlast the machine."""
    if not (IM_SPEICHER.is_dir() and os.access(IM_SPEICHER, os.W_OK)):
        return
    if shutil.disk_usage(IM_SPEICHER).free >= PLATZ_IM_SPEICHER and _free_memory() >= 2 * PLATZ_IM_SPEICHER:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IM_SPEICHER))


def _free_memory() -> int:
    """Bytes of memory that nobody needs; 0 where the system does not say."""
    try:
        zeilen = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(z.split()[1]) * 1024 for z in zeilen if z.startswith("MemAvailable:")), 0)
