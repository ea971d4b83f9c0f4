"""HiGHS as every linear program here uses it: silent, one thread.

Belongs here: making a solver and running it. Does not belong here: models. One thread, so that results are the same everywhere.
HiGHS keeps one pool of threads for a whole process and refuses to solve (status `kNotset`) where the pool was made by a solver
that wanted another number: then the pool is made anew.
"""

import os
import sys

import highspy


def create_solver(**options: bool | float | str) -> highspy.Highs:
    """A solver that says nothing: the first one of a process greets on file descriptor 1, whatever is set."""
    sys.stdout.flush()
    ausgabe = os.dup(1)
    try:
        with open(os.devnull, "wb") as leer:
            os.dup2(leer.fileno(), 1)
        h = highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(ausgabe, 1)
        os.close(ausgabe)
    gesetzt: dict[str, bool | float | str] = {"output_flag": False, "threads": 1} | options
    for name, wert in gesetzt.items():
        if h.setOptionValue(name, wert) != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS knows no option {name} = {wert}")
    return h


def run(h: highspy.Highs) -> highspy.HighsModelStatus:
    """Solve; how it ended. Never `kNotset` because of what another solver did in this process before."""
    h.run()
    status = h.getModelStatus()
    if status == highspy.HighsModelStatus.kNotset:
        highspy.Highs.resetGlobalScheduler(True)
        h.run()
        status = h.getModelStatus()
    return status
