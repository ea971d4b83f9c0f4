"""`monitoring serve`: the Dagster web server and daemon as one process group that ends together.

Belongs here: starting and stopping. `dagster dev` leaves children behind when only its parent is ended.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from pipelines.ablage import WURZEL

ADRESSE = "127.0.0.1"  # the UI has no login: never on another address
ENDE_SEKUNDEN = 15


def starte(port: int) -> int:
    """Run the UI until Ctrl-C or SIGTERM; returns 0 on such an end, else the server's exit code."""
    befehl = [
        sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", ADRESSE, "-p", str(port),
        "--log-level", "warning",
    ]  # fmt: skip
    print(f"Oberfläche: http://{ADRESSE}:{port} (Zeitplan und Sensor laufen mit; beenden mit Strg-C)", flush=True)
    prozess = subprocess.Popen(befehl, cwd=WURZEL, start_new_session=True, env=os.environ.copy())  # noqa: S603
    beendet = False

    def beenden(signum: int, rahmen: FrameType | None) -> None:
        nonlocal beendet
        beendet = True
        os.killpg(prozess.pid, signal.SIGINT)

    signal.signal(signal.SIGTERM, beenden)
    signal.signal(signal.SIGINT, beenden)
    while True:
        try:
            code = prozess.wait(timeout=ENDE_SEKUNDEN if beendet else None)
            break
        except subprocess.TimeoutExpired:
            os.killpg(prozess.pid, signal.SIGKILL)
    _rest_beenden(prozess.pid)
    return 0 if beendet else code


def _rest_beenden(gruppe: int) -> None:
    try:
        os.killpg(gruppe, signal.SIGKILL)
    except ProcessLookupError:
        return  # nobody is left of the group
