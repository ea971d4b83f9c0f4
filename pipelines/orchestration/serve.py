"""`monitoring serve`: the Dagster web server and daemon as one process group that ends together.

Belongs here: starting and stopping. `dagster dev` leaves children behind when only its parent is ended.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from pipelines.foundation.storage import WURZEL

ADRESSE = "127.0.0.1"  # the UI has no login: never on another address
ENDE_SEKUNDEN = 10
TAKT_SEKUNDEN = 0.3
# Dagster advises its developers of another command at every start; nobody who reads this console can act on it.
QUIET = {"PYTHONWARNINGS": "ignore:Function `dev_command` is superseded"}


def run_server(port: int) -> int:
    """Run the UI until Ctrl-C or SIGTERM; returns 0 on such an end, else the server's exit code."""
    befehl = [
        sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", ADRESSE, "-p", str(port),
        "--log-level", "warning",
    ]  # fmt: skip
    print(f"Oberfläche: http://{ADRESSE}:{port} (Zeitplan und Sensor laufen mit; beenden mit Strg-C)", flush=True)
    prozess = subprocess.Popen(befehl, cwd=WURZEL, start_new_session=True, env=os.environ | QUIET)  # noqa: S603
    ende: float | None = None  # when patience runs out, once somebody asked for the end

    def finish(_signum: int, _rahmen: FrameType | None) -> None:
        nonlocal ende
        if ende is None:
            ende = time.monotonic() + ENDE_SEKUNDEN
            # SIGTERM, not SIGINT: a shell's background job ignores the latter.
            os.killpg(prozess.pid, signal.SIGTERM)

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    while (code := prozess.poll()) is None and (ende is None or time.monotonic() < ende):
        time.sleep(TAKT_SEKUNDEN)
    _end_the_rest(prozess.pid)
    return 0 if ende is not None else int(code or 0)


def _end_the_rest(gruppe: int) -> None:
    try:
        os.killpg(gruppe, signal.SIGKILL)
    except ProcessLookupError:
        return  # nobody is left of the group
