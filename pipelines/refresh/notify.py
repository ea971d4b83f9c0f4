"""A person is told by a program of the office that a refresh ended with errors; off unless the environment names one.

Belongs here: handing the messages over. Does not belong here: what they say (outcome.py, closing.py), mail or any other way out
of the house: that is the program's. It gets what the console shows, never a value of the register.
"""

import os
import subprocess
from collections.abc import Sequence

from pipelines.refresh.outcome import Auftrag

NACHRICHT = "MONITORING_NACHRICHT"
SEKUNDEN = 60


def tell_office(auftrag: Auftrag, schluss: Sequence[str]) -> str | None:
    """Hand errors and closing lines to the program, on its standard input; without errors or without a program nothing happens.

    Returns in German what went wrong with it: that nobody was told stops no refresh.
    """
    programm = os.environ.get(NACHRICHT, "").strip()
    if not programm or not auftrag.meldungen:
        return None
    text = "\n".join([*auftrag.meldungen, "", *schluss, ""])
    try:
        subprocess.run(  # noqa: S603 - named by the office itself
            [programm], input=text.encode("utf-8"), timeout=SEKUNDEN, check=True, capture_output=True
        )
    except (OSError, subprocess.SubprocessError) as grund:
        art = (
            f"Rückgabewert {grund.returncode}"
            if isinstance(grund, subprocess.CalledProcessError)
            else type(grund).__name__
        )
        return f"Die Nachricht über die Fehler ging nicht hinaus: {programm} ({art}). Bitte {NACHRICHT} prüfen."
    return None
