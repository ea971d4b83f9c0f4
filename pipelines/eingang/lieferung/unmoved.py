"""Whether a delivery is still the file that was found: one that is being copied grows while it is read.

Belongs here: the state of a file and comparing it. Does not belong here: whether its content is new (fingerprint.py).
"""

import time
from pathlib import Path

from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere

Dateistand = tuple[int, int, int]  # size, time of change of the content, time of change of anything (nobody can set it)
SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system: within one tick of it two contents have the same time


def file_state(pfad: Path) -> Dateistand:
    """Raises: OSError for a file that is gone."""
    stat = pfad.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def is_settled(stand: Dateistand) -> bool:
    """Whether another content would have another state: not of a file changed a moment ago, or in the future."""
    return time.time_ns() - max(stand[1:]) > SETTLED_NS


def check_unmoved(pfad: Path, datei: str, gesehen: Dateistand | None) -> None:
    """Called when a delivery is read and before anything of it is stored.

    Raises: LieferungAbgewiesen if its file is another one than was found; the next refresh reads it again.
    """
    if gesehen is None:
        return
    try:
        jetzt = file_state(pfad)
    except OSError:
        jetzt = None
    if jetzt != gesehen:
        was = "verschwand" if jetzt is None else "änderte sich"
        raise LieferungAbgewiesen(
            [
                Befund(
                    Code.stoerung, Schwere.fehler, datei, "",
                    f"die Datei {was}, während sie gelesen wurde, und wurde nicht übernommen; die nächste Aktualisierung liest "
                    "sie noch einmal",
                    "eine fertig kopierte Datei, die niemand mehr ändert",
                )
            ]
        )  # fmt: skip
