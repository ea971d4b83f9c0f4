"""A refresh in a process of its own that may die: forked, so that nothing is imported twice.

Belongs here: forking, waiting, what the process said. Does not belong here: the faults (calls.py).
"""

import contextlib
import json
import os
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import Aufruf, monitoring_im_prozess

HANGS_AFTER = 1800.0  # seconds; a refresh that takes so long will never end


@dataclass(frozen=True)
class End:
    """How the process ended: what it said, or the signal it died of."""

    said: Aufruf | None
    signal: int | None
    calls: int = 0
    trace: tuple[str, ...] = ()


def refresh(data: Path, prepare: Callable[[], contextlib.AbstractContextManager[object]] = contextlib.nullcontext,
            notes: Path | None = None, kill_after: float | None = None) -> End:  # fmt: skip
    """Refresh a data folder in a child; `prepare` sets a fault up there, `notes` takes what it counted.

    `kill_after`: seconds after which the child gets SIGKILL.
    """
    out = (notes or data.parent) / f"said-{os.getpid()}-{time.monotonic_ns()}.json"
    child = os.fork()
    if child == 0:
        _work(data, prepare, out)
    ended = _wait(child, kill_after)
    said = json.loads(out.read_text(encoding="utf-8")) if out.exists() else None
    out.unlink(missing_ok=True)
    if said is None:
        return End(None, os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else None)
    return End(Aufruf(said["code"], said["stdout"], said["stderr"]), None, said["calls"], tuple(said["trace"]))


def _work(data: Path, prepare: Callable[[], contextlib.AbstractContextManager[object]], out: Path) -> None:
    """What the child does; it ends here."""
    code = 1
    try:
        with prepare() as fault:
            said = monitoring_im_prozess(data, "refresh")
        told = {"code": said.code, "stdout": said.stdout, "stderr": said.stderr}
        told |= {"calls": getattr(fault, "count", 0), "trace": getattr(fault, "trace", [])}
        out.write_text(json.dumps(told), encoding="utf-8")
        code = 0
    except BaseException:
        out.write_text(
            json.dumps({"code": 99, "stdout": "", "stderr": traceback.format_exc(), "calls": 0, "trace": []})
        )
    finally:
        os._exit(code)


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
