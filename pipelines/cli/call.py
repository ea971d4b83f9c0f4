"""What every command shares: the data folder, its options, the exit codes, and faults as German text.

Belongs here: what more than one command needs. Exit codes: 0 done · 1 the data has errors (German, one a line) · 2 wrong usage
or configuration. No traceback reaches a user. Does not belong here: the commands (commands.py, check.py, explain.py).
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from pipelines.foundation.findings import (
    Abgebrochen,
    KonfigurationsFehler,
    LieferungAbgewiesen,
    is_disturbance,
    stoerungsgrund,
)
from pipelines.foundation.storage import WURZEL, Ablage, Gesperrt

DATENFEHLER, FALSCHER_AUFRUF = 1, 2
Daten = Annotated[
    Path | None, typer.Option("--data", help="Datenordner (sonst $MONITORING_DATA oder ./data).", show_default=False)
]
Kommunen = Annotated[list[str] | None, typer.Option("--kommune", help="Nur diese Kommune; mehrfach möglich.")]


def open_ablage(daten: Path | None, neu: bool = False) -> Ablage:
    """The data folder; with `neu` an empty or missing one is laid out with the reference lists."""
    ordner = daten or (Path(os.environ["MONITORING_DATA"]) if os.environ.get("MONITORING_DATA") else Path("data"))
    ablage = Ablage(ordner)
    if neu:
        from pipelines.scaffold.kommune import create_data_folder

        for pfad in create_data_folder(ablage):
            print(pfad)
    if not ablage.roh.is_dir():
        raise KonfigurationsFehler(
            f"Der Datenordner {ablage.daten} hat keinen Unterordner raw. "
            "Bitte im Projektordner aufrufen oder --data ORDNER angeben."
        )
    os.environ["MONITORING_DATA"] = str(ablage.daten)
    heim = Path(os.environ.setdefault("DAGSTER_HOME", str(WURZEL)))
    if not (heim.is_absolute() and heim.is_dir()):
        raise KonfigurationsFehler(
            f"DAGSTER_HOME ist {heim}: kein vollständiger Pfad eines Ordners, den es gibt. Bitte den Ordner anlegen und seinen "
            "vollständigen Pfad setzen, oder die Variable nicht setzen (dann gilt der Projektordner)."
        )
    # Another data folder keeps its own run history: its partitions are not those of the project's folder.
    eigene = WURZEL / ".dagster" if ablage.daten == WURZEL / "data" else ablage.intern / "dagster"
    os.environ.setdefault("MONITORING_LAUFZUSTAND", str(eigene))
    ablage.create_folders()
    # What Dagster keeps of every run is for the office only, whatever stands in it.
    laufzustand = Path(os.environ["MONITORING_LAUFZUSTAND"])
    laufzustand.mkdir(parents=True, exist_ok=True, mode=0o700)
    laufzustand.chmod(0o700)
    return ablage


@contextmanager
def _end_on_signals() -> Iterator[None]:
    """Ctrl-C and SIGTERM end a command like any fault: temporary files go, the lock falls, one sentence is said."""

    kinds = (signal.SIGTERM, signal.SIGINT)
    before = {k: signal.getsignal(k) for k in kinds}

    def end(signum: int, _frame: FrameType | None) -> None:
        # What a shell runs in the background is not asked by Ctrl-C. It must not ignore it altogether: Dagster lets SIGTERM do
        # whatever SIGINT does.
        if before[signal.Signals(signum)] is not signal.SIG_IGN:
            raise Abgebrochen

    in_main = threading.current_thread() is threading.main_thread()
    try:
        if in_main:
            for kind in kinds:
                signal.signal(kind, end)
        yield
    finally:
        if in_main:
            for kind, handler in before.items():
                signal.signal(kind, handler)


def run_without_traceback(arbeit: Callable[[], Any]) -> int:
    """Run a command and turn every fault into German text and an exit code."""
    try:
        with _end_on_signals():
            arbeit()
    except SystemExit as ende:  # typer ends so: 0, the code of typer.Exit, or 2 for wrong usage
        return ende.code if isinstance(ende.code, int) else FALSCHER_AUFRUF
    except LieferungAbgewiesen as fehler:
        print("\n".join(b.text() for b in fehler.befunde))
        return DATENFEHLER
    except (KonfigurationsFehler, Gesperrt) as fehler:
        print(str(fehler), file=sys.stderr)
        return FALSCHER_AUFRUF
    except Abgebrochen:
        print(
            "Abgebrochen. Was nicht fertig ist, tut der nächste Aufruf; die veröffentlichte Datei ist ganz.",
            file=sys.stderr,
        )
        return FALSCHER_AUFRUF
    except Exception as fehler:
        # The text of an unknown fault may quote rows of a register: only its type is shown.
        if is_disturbance(fehler):
            print(
                f"Eine Störung kam dazwischen ({stoerungsgrund(fehler)}). Die letzte Veröffentlichung ist unverändert. Bitte "
                "Platz und Rechte auf dem Datenträger prüfen und den Befehl wiederholen.",
                file=sys.stderr,
            )
        else:
            print(
                f"Unerwarteter Fehler ({type(fehler).__name__}). Die letzte Veröffentlichung ist unverändert. "
                "Für Einzelheiten: MONITORING_FEHLERSUCHE=1 setzen (nur auf dem Rechner der Statistikstelle).",
                file=sys.stderr,
            )
        if os.environ.get("MONITORING_FEHLERSUCHE"):
            raise
        return FALSCHER_AUFRUF
    return 0
