"""Work in a process of its own that may die: forked from one that has everything imported, so that nothing is done twice.

Belongs here: forking, waiting, what came back; what a parent may do beforehand (`warm`). Does not belong here: the faults
(calls.py). A parent uses no database: threads of one do not survive a fork, and its locks do.
"""

import contextlib
import gc
import importlib
import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import Aufruf, monitoring_im_prozess

HANGS_AFTER = 1800.0  # seconds; a refresh that takes so long will never end
Prepare = Callable[[], contextlib.AbstractContextManager[object]]


@dataclass(frozen=True)
class Ended:
    """How a child ended: what its work returned, or the signal it died of."""

    result: Any
    signal: int | None


@dataclass(frozen=True)
class End:
    """How a refresh ended: what it said, or the signal it died of; the calls counted and those that were failed."""

    said: Aufruf | None
    signal: int | None
    calls: int = 0
    trace: tuple[str, ...] = ()
    hits: int = 0


def in_child(work: Callable[[], Any], kill_after: float | None = None) -> Ended:
    """Do something in a child; what it returns comes back. `kill_after`: seconds after which it gets SIGKILL."""
    handle, name = tempfile.mkstemp(prefix="child_")
    os.close(handle)
    out = Path(name)
    out.unlink()
    child = os.fork()
    if child == 0:
        _work(work, out)
    status = _wait(child, kill_after)
    if not out.exists():
        return Ended(None, os.WTERMSIG(status) if os.WIFSIGNALED(status) else None)
    result = pickle.loads(out.read_bytes())
    out.unlink()
    if isinstance(result, _Failed):
        raise RuntimeError(f"a child failed:\n{result.text}")
    return Ended(result, None)


@dataclass(frozen=True)
class _Failed:
    text: str


def _work(work: Callable[[], Any], out: Path) -> None:
    """What the child does; it ends here."""
    try:
        try:
            result = work()
        except BaseException:
            result = _Failed(traceback.format_exc())
        aside = out.with_suffix(".neu")
        aside.write_bytes(pickle.dumps(result))
        os.replace(aside, out)
    finally:
        os._exit(0)


def refresh(data: Path, prepare: Prepare = contextlib.nullcontext, kill_after: float | None = None) -> End:
    """Refresh a data folder in a child; `prepare` sets a fault up there."""

    def work() -> End:
        with prepare() as fault:
            said = monitoring_im_prozess(data, "refresh")
        trace, hits = tuple(getattr(fault, "trace", ())), getattr(fault, "hits", 0)
        return End(said, None, getattr(fault, "count", 0), trace, hits)

    ended = in_child(work, kill_after)
    return ended.result if ended.result is not None else End(None, ended.signal)


def _wait(child: int, kill_after: float | None) -> int:
    start = time.monotonic()
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        passed = time.monotonic() - start
        if passed > (kill_after if kill_after is not None else HANGS_AFTER):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.01)


def warm(modules: Iterable[str], data: Path) -> None:
    """Do in the parent what every refresh does alike: import, take statements apart, put the definitions of a folder together."""
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    from pipelines import definitions
    from pipelines.foundation.checksums import codeversion
    from pipelines.foundation.storage import Ablage
    from pipelines.refresh.run import J_MARTS, J_REGISTER, J_TABELLEN

    codeversion()
    built = definitions.build(Ablage(data))
    for job in (J_MARTS, J_REGISTER, J_TABELLEN):
        built.resolve_job_def(job)
    build = definitions.build
    definitions.build = lambda ablage=None: built if ablage and ablage.daten == data else build(ablage)
    gc.collect()
    gc.freeze()


def loaded(work: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What a function returns, and all modules that are there afterwards."""
    return work(), sorted(sys.modules)
