"""A worker that begins a delivery, says so in a file, and never ends it: to be killed. `slow_worker NOTE celery-arguments…`.

Belongs here: the worker of test_verteilt.py that dies.
"""

import sys
import time
from pathlib import Path
from typing import Any

from pipelines.orchestration import lauf

NOTE = Path(sys.argv[1])


def _begin(ablage: Any, kommune: Any, lieferung: Any) -> Any:
    NOTE.write_text(lieferung.datei, encoding="utf-8")
    time.sleep(3_600)


if __name__ == "__main__":
    lauf.ingest = _begin
    from pipelines.orchestration.worker import app

    app.worker_main(sys.argv[2:])
