"""What makes thousands of small tests cheap: one thread a connection, no garbage sought twice, folders in memory.

Belongs here: settings of the process that tests run in. Does not belong here: anything a test could see the difference of.
"""

import functools
import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

IM_SPEICHER = Path("/dev/shm")  # a file system in memory: the folders of tests are thousands of small files
PLATZ_IM_SPEICHER = 6 * 2**30


def prepare_process() -> None:
    """Before anything is collected: garbage is not sought until `keep_collected`."""
    gc.disable()
    duckdb.connect = functools.partial(connect_with_one_thread, duckdb.connect)
    _lay_folders_in_memory()


def keep_collected() -> None:
    """Thousands of tests and all modules are there and stay to the end: looking through them again and again finds nothing."""
    gc.collect()
    gc.freeze()
    gc.enable()


def connect_with_one_thread(connect: Callable[..., duckdb.DuckDBPyConnection], *wo: Any, **mehr: Any) -> Any:
    """A connection as the code asks for it, with one thread if it does not say how many: over a few rows more only cost."""
    return connect(*wo, **mehr | {"config": {"threads": 1} | (mehr.get("config") or {})})


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
