"""Mistakes planted in the code of reading and publishing: each breaks one promise, and the harness must notice.

Belongs here: mistakes a developer might make. Does not belong here: finding them (test_ratchet.py, ratchet.py).
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.eingang import own_state
from pipelines.eingang.lieferung import record
from pipelines.foundation.storage import Ablage
from pipelines.orchestration import publication_assets
from pipelines.refresh import news, run
from pipelines.veroeffentlichung import release, replace_files, seal
from tests.faults.ratchet import POWER

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mistake:
    """What is wrong, near which calls it shows, by which faults; `short`: also tried in every test run."""

    name: str
    plant: Plant
    near: str
    kinds: tuple[str, ...] = ("kill -9", POWER)
    short: bool = False

    @contextlib.contextmanager
    def planted(self) -> Iterator[None]:
        """The code with the mistake, until the end."""
        with pytest.MonkeyPatch.context() as m:
            self.plant(m)
            yield


def _in_place(m: pytest.MonkeyPatch) -> None:
    @contextlib.contextmanager
    def neu(self: Ablage, ziel: Path) -> Iterator[Path]:
        self.ordner(ziel.parent)
        yield ziel

    m.setattr(Ablage, "neu", neu)


def _copied_over(m: pytest.MonkeyPatch) -> None:
    def replace(quelle: Path, ziel: Path) -> None:
        ziel.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(quelle, ziel)

    m.setattr(replace_files, "replace", replace)


def _not_flushed(m: pytest.MonkeyPatch) -> None:
    for module in (replace_files, release):
        m.setattr(module, "fsync", lambda _: None)


def _done_before_built(m: pytest.MonkeyPatch) -> None:
    build = run.build_marts

    def too_early(ablage: Ablage, lauf: Any, ohne: Any = ()) -> None:
        run.remember_bau(ablage, run.Bau(run.baustand(ablage)))
        build(ablage, lauf, ohne)

    m.setattr(run, "build_marts", too_early)


def _record_before_table(m: pytest.MonkeyPatch) -> None:
    """The delivery counts as read before its table is stored."""
    original = Ablage.neu

    @contextlib.contextmanager
    def neu(self: Ablage, ziel: Path) -> Iterator[Path]:
        with original(self, ziel) as path:
            yield path
        if ziel.parent.name == "stadtteiltabelle":
            ziel.unlink()

    m.setattr(Ablage, "neu", neu)


def _sealed_too_early(m: pytest.MonkeyPatch) -> None:
    publish = publication_assets.publish

    def published(ablage: Ablage, kennung: str) -> Any:
        result = publish(ablage, kennung)
        seal.seal(ablage)
        return result

    m.setattr(publication_assets, "publish", published)


def _seal_never_asked(m: pytest.MonkeyPatch) -> None:
    for module in (run, news):
        m.setattr(module, "is_whole", lambda _: True)
    m.setattr(run, "restore", lambda _: [])


def _intent_forgotten(m: pytest.MonkeyPatch) -> None:
    m.setattr(release, "remember_intent", lambda *_: None)


def _intent_done_before_it_is(m: pytest.MonkeyPatch) -> None:
    provide = release.provide

    def after(fertig: Path, ablage: Ablage) -> None:
        release.forget_intent(ablage)
        provide(fertig, ablage)

    m.setattr(release, "provide", after)
    _seal_never_asked(m)


def _damage_unseen(m: pytest.MonkeyPatch) -> None:
    m.setattr(own_state, "_lesbar", lambda _: True)
    m.setattr(news, "beschaedigte", lambda _: [])


def _damaged_record_believed(m: pytest.MonkeyPatch) -> None:
    """A record is written as read although its findings and table are missing: `befund` last."""
    write = record._write

    def other_order(ablage: Ablage, name: str, kennung: str, zeilen: Any, schema: Any) -> None:
        if name != "befund":
            write(ablage, name, kennung, zeilen, schema)

    m.setattr(record, "_write", other_order)


def _strays_left(m: pytest.MonkeyPatch) -> None:
    m.setattr(Ablage, "clean_up", lambda _: None)

    @contextlib.contextmanager
    def neu(self: Ablage, ziel: Path) -> Iterator[Path]:
        self.ordner(ziel.parent)
        beiseite = ziel.with_name(f".{ziel.name}.neu")
        yield beiseite
        beiseite.replace(ziel)

    m.setattr(Ablage, "neu", neu)


MISTAKES = (
    Mistake("Dateien werden an ihrer Stelle geschrieben", _in_place, "marts/bericht", (POWER,)),
    Mistake(
        "die veröffentlichte Datei wird überschrieben statt ersetzt", _copied_over, "marts/manifest.json", (POWER,)
    ),
    Mistake("nichts wird auf den Datenträger gezwungen", _not_flushed, "marts/bericht", (POWER,)),
    Mistake("der Bau gilt als getan, bevor er beginnt", _done_before_built, "intern/marts", ("kill -9",), short=True),
    Mistake("die Lieferung gilt als gelesen, ihre Tabelle fehlt", _record_before_table, "intern/stamm", ("kill -9",)),
    Mistake("das Siegel steht vor den Berichten", _sealed_too_early, "marts/bericht", ("kill -9",)),
    Mistake("das Siegel wird nie gefragt", _seal_never_asked, "marts/bericht", ("kill -9", POWER)),
    Mistake("das Vorhaben wird nicht aufgeschrieben", _intent_forgotten, "marts/parquet", ("kill -9",)),
    Mistake(
        "das Vorhaben gilt als getan, bevor es getan ist", _intent_done_before_it_is, "marts/parquet", ("kill -9",)
    ),
    Mistake("beschädigte Bestände fallen nicht auf", _damage_unseen, "intern/stamm", (POWER,)),
    Mistake("Befunde einer Lieferung fehlen", _damaged_record_believed, "intern/stamm", ("kill -9",)),
    Mistake("Zwischendateien bleiben liegen", _strays_left, "intern/marts", ("kill -9",)),
)
