"""A night in which nothing is new, against importing Dagster: processor seconds of processes that take turns, median of several.

`python -m tests.bench.leerlauf [DATA] [ROUNDS]`: DATA is a published data folder, else one of two small towns is made. Belongs
here: measuring. Does not belong here: what such a night loads (tests/e2e/test_nichts_neues.py).
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from pipelines.foundation.storage import WURZEL
from tests.conftest import create_data_folder, environment, monitoring_subprozess
from tests.lib.small_town import ort

ROUNDS = 9


def cpu(*arguments: str, data: Path) -> tuple[float, str]:
    """Processor seconds of a process of Python, and what it said."""
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment(data), cwd=WURZEL, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, said
    return used.ru_utime + used.ru_stime, said


def measure(data: Path, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Medians of the idle refresh, of importing Dagster, and of their ratio in pairs."""
    idle, dagster = [], []
    for _ in range(rounds):
        dagster.append(cpu("-c", "import dagster", data=data)[0])
        used, said = cpu("-m", "pipelines", "refresh", data=data)
        assert "Nichts Neues" in said
        idle.append(used)
    ratios = [a / b for a, b in zip(idle, dagster, strict=True)]
    return statistics.median(idle), statistics.median(dagster), statistics.median(ratios)


def main(data: Path, rounds: int) -> None:
    idle, dagster, ratio = measure(data, rounds)
    text = f"nichts neu {idle:.2f} CPU s, import dagster {dagster:.2f} CPU s, Verhältnis {ratio:.2f} (Mitte aus {rounds} Paaren)"
    print(text.replace(".", ","))


if __name__ == "__main__":
    asked = sys.argv[1:]
    number = int(asked.pop()) if asked and asked[-1].isdigit() else ROUNDS
    if asked:
        main(Path(asked[0]).resolve(), number)
    else:
        with tempfile.TemporaryDirectory(prefix="leerlauf_") as name:
            folder = create_data_folder(Path(name) / "data", ())
            for n, town in enumerate(("erste", "zweite"), start=1):
                ort(folder, town, n)
            assert monitoring_subprozess(folder, "refresh").code == 0
            main(folder, number)
