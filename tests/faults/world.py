"""The data folder that faults happen to: a small town with a register and a table, published; then something new arrives.

Belongs here: the state before, what is new, the state an undisturbed refresh ends in. Does not belong here: faults.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import (
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    person,
    write_auszug,
)
from tests.faults.aftermath import Outcome, look, written_in_place
from tests.faults.calls import Fault, watch
from tests.faults.child import End, in_child, loaded, refresh, warm
from tests.faults.spare import spare
from tests.lib.small_town import TABELLE, ort

PEOPLE = 300


def _extract(data: Path) -> None:
    write_auszug(data / "raw" / "kleinstadt" / "melderegister" / "2021-12-31.csv", einwohnerschaft(PEOPLE + 40))


def _table(data: Path) -> None:
    (data / "raw" / "erste" / "tabellen" / TABELLE).write_text("Gebiet;Einwohner\nErste;1234\n", encoding="utf-8")


def _correction(data: Path) -> None:
    more = [person(9_000 + n, gebiet_id="02", geburtsdatum=f"{1 + n}.02.1984".zfill(10)) for n in range(20)]
    write_auszug(
        data / "raw" / "kleinstadt" / "melderegister" / "2021-06-30_stand_2021-10-01.csv",
        [*einwohnerschaft(PEOPLE), *more],
    )


def _nothing(data: Path) -> None:
    for folder in ("intern", "marts"):
        shutil.rmtree(data / folder)


NEWS: dict[str, Callable[[Path], None]] = {
    "erster Lauf": _nothing,
    "neuer Auszug": _extract,
    "geänderte Tabelle": _table,
    "Korrektur": _correction,
}


@dataclass(frozen=True)
class World:
    """A published folder (`before`), the same with news (`start`), and what it is before and after an undisturbed refresh."""

    start: Path
    old: Outcome | None
    new: Outcome
    calls: int
    trace: tuple[str, ...]

    def copy(self, target: Path) -> Path:
        """A folder of its own to break."""
        return Path(shutil.copytree(self.start, target, symlinks=True))


def _must_succeed(end: End) -> None:
    assert end.said is not None, end
    assert end.said.code == 0, end.said.output


def published(folder: Path, register: bool = True) -> Path:
    """A published data folder without news: a town with a register, unless it shall be quick, and one with a table."""
    data = create_data_folder(folder / "data", ())
    if register:
        extracts = create_kleinstadt(data) / "melderegister"
        write_auszug(extracts / "2021-06-30.csv", einwohnerschaft(PEOPLE))
    ort(data, "erste", 1)
    return prepared(data, folder)


def prepared(data: Path, folder: Path) -> Path:
    """Publish a data folder; whatever the parent can do once for all refreshes that follow is done."""
    said, modules = in_child(lambda: loaded(lambda: monitoring_im_prozess(data, "refresh"))).result
    assert said.code == 0, said.output
    broken = trial(folder) / "data"
    shutil.copytree(data, broken)
    warm(modules, broken)
    spare(folder / "errechnet")
    shutil.rmtree(broken)
    return data


def trial(folder: Path) -> Path:
    """The folder in which every fault is tried."""
    return folder / "versuch"


def world(folder: Path, base: Path, news: str) -> World:
    """The world of one kind of news, from a published data folder `base`."""
    start = Path(shutil.copytree(base, folder / "start" / "data", symlinks=True))
    old = None if news == "erster Lauf" else in_child(lambda: look(start)).result
    NEWS[news](start)
    undisturbed = Path(shutil.copytree(start, folder / "undisturbed" / "data", symlinks=True))
    end = refresh(undisturbed, lambda: watch(Fault(undisturbed)))
    _must_succeed(end)
    assert not written_in_place(end.trace), written_in_place(end.trace)
    return World(start, old, in_child(lambda: look(undisturbed)).result, end.calls, end.trace)
