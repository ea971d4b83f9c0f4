"""Mistakes planted in the code of reading and publishing: each breaks one promise, and the harness must notice.

Belongs here: mistakes a developer might make, and the search for each of them. Does not belong here: one try
(ratchet.py). `python -m tests.faults.planted [--notes FILE] [NAME…]`.

Long because every mistake is a few lines of code of its own.
"""

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.bevoelkerung import partition
from pipelines.eingang import own_state
from pipelines.eingang.lieferung import record
from pipelines.foundation.storage import Ablage, Gesperrt
from pipelines.orchestration import publication_assets
from pipelines.refresh import news, run
from pipelines.veroeffentlichung import release, replace_files, seal
from tests.faults.aftermath import written_in_place
from tests.faults.calls import Fault, watch
from tests.faults.child import refresh
from tests.faults.ratchet import DAMAGE, NAMES, POWER, attempt, attempt_damage, judge
from tests.faults.world import World, published, trial, world

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mistake:
    """What is wrong, near which calls it shows, by which faults; `short`: also tried in every test run."""

    name: str
    plant: Plant
    near: str
    kinds: tuple[str, ...] = ("kill -9", POWER)
    short: bool = False
    news: str = "geänderte Tabelle"

    @contextlib.contextmanager
    def planted(self) -> Iterator[None]:
        """The code with the mistake, until the end."""
        with pytest.MonkeyPatch.context() as m:
            self.plant(m)
            yield


def _in_place(m: pytest.MonkeyPatch) -> None:
    @contextlib.contextmanager
    def neu(self: Ablage, ziel: Path, unersetzlich: bool = False) -> Iterator[Path]:
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
    def neu(self: Ablage, ziel: Path, unersetzlich: bool = False) -> Iterator[Path]:
        with original(self, ziel, unersetzlich) as path:
            yield path
        if ziel.parent.name == "stadtteiltabelle":
            ziel.unlink()

    m.setattr(Ablage, "neu", neu)


def _sealed_too_early(m: pytest.MonkeyPatch) -> None:
    """What lies there is sealed and the build done when the file is published, before its reports are written."""
    publish = publication_assets.publish

    def published(ablage: Ablage, kennung: str) -> Any:
        stand = run.baustand(ablage)
        result = publish(ablage, kennung)
        seal.seal(ablage)
        run.remember_bau(ablage, run.Bau(stand))
        return result

    m.setattr(publication_assets, "publish", published)


def _seal_never_asked(m: pytest.MonkeyPatch) -> None:
    for module in (run, news):
        m.setattr(module, "is_whole", lambda _: True)
    m.setattr(run, "heal_publication", lambda _: [])


def _intent_forgotten(m: pytest.MonkeyPatch) -> None:
    """Nobody writes down what is about to be done; without a fault all is done all the same."""
    complete = release.complete

    def without(ablage: Ablage) -> None:
        if (new := intended.get(ablage.daten)) is not None:
            release.link_missing(ablage)
            release.provide(ablage.marts / "archiv" / new, ablage)
            del intended[ablage.daten]
        complete(ablage)

    intended: dict[Path, str] = {}
    m.setattr(release, "remember_intent", lambda ablage, neu, *_: intended.update({ablage.daten: neu}))
    m.setattr(release, "complete", without)


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


def _manifest_first(m: pytest.MonkeyPatch) -> None:
    provide = release.provide

    def other_order(fertig: Path, ablage: Ablage) -> None:
        if fertig.is_dir():
            replace_files.replace(fertig / "manifest.json", ablage.marts / "manifest.json")
        provide(fertig, ablage)

    m.setattr(release, "provide", other_order)


def _file_before_twins(m: pytest.MonkeyPatch) -> None:
    provide = release.provide

    def other_order(fertig: Path, ablage: Ablage) -> None:
        if fertig.is_dir():
            replace_files.replace(fertig / ablage.publikation.name, ablage.publikation)
        provide(fertig, ablage)

    m.setattr(release, "provide", other_order)


def _folders_not_flushed(m: pytest.MonkeyPatch) -> None:
    def replace(quelle: Path, ziel: Path) -> None:
        ziel.parent.mkdir(parents=True, exist_ok=True)
        beiseite = ziel.with_name(f".{ziel.name}.neu")
        shutil.copyfile(quelle, beiseite)
        replace_files.fsync(beiseite)
        os.replace(beiseite, ziel)

    m.setattr(replace_files, "replace", replace)


def _flushed_before_written(m: pytest.MonkeyPatch) -> None:
    def replace(quelle: Path, ziel: Path) -> None:
        ziel.parent.mkdir(parents=True, exist_ok=True)
        beiseite = ziel.with_name(f".{ziel.name}.neu")
        beiseite.touch()
        replace_files.fsync(beiseite)
        shutil.copyfile(quelle, beiseite)
        os.replace(beiseite, ziel)
        replace_files.fsync(ziel.parent)

    m.setattr(replace_files, "replace", replace)


def _name_used_again(m: pytest.MonkeyPatch) -> None:
    """What lies under the name of the file aside is taken for finished."""
    original = Ablage.neu

    @contextlib.contextmanager
    def neu(self: Ablage, ziel: Path, unersetzlich: bool = False) -> Iterator[Path]:
        if ziel.suffix != ".html":
            with original(self, ziel, unersetzlich) as path:
                yield path
            return
        beiseite = ziel.with_name(f".{ziel.name}.fertig")
        if beiseite.exists():
            yield beiseite.with_suffix(".ungebraucht")
            beiseite.with_suffix(".ungebraucht").unlink(missing_ok=True)
        else:
            yield beiseite
        os.replace(beiseite, ziel)

    m.setattr(Ablage, "neu", neu)


def _report_kept(m: pytest.MonkeyPatch) -> None:
    write = publication_assets.write_berichte
    m.setattr(
        publication_assets, "write_berichte",
        lambda ablage: [] if (ablage.marts / "bericht" / "index.html").exists() else write(ablage),
    )  # fmt: skip


def _archive_overwritten(m: pytest.MonkeyPatch) -> None:
    """A release takes the place of the last one in the archive."""

    def open_release(bau: Path, ziel: Path) -> None:
        earlier = sorted(ziel.parent.glob("[!.]*-??"))
        if earlier and not ziel.exists():
            shutil.copytree(bau, earlier[0], dirs_exist_ok=True)
        replace_files.open_release(bau, ziel)

    m.setattr(release, "open_release", open_release)


def _lock_not_released(m: pytest.MonkeyPatch) -> None:
    """A lock that is a file: whoever is killed keeps it."""
    depth = [0]

    @contextlib.contextmanager
    def sperre(self: Ablage, warten: float = 0) -> Iterator[None]:
        file = self.create_folders().intern / ".belegt"
        if depth[0] == 0:
            if file.exists():
                raise Gesperrt("Ein anderer Lauf arbeitet gerade.")
            with file.open("x"):
                pass
        depth[0] += 1
        try:
            yield
        finally:
            depth[0] -= 1
            if depth[0] == 0:
                file.unlink()

    m.setattr(Ablage, "sperre", sperre)


def _counted_before_it_is(m: pytest.MonkeyPatch) -> None:
    """The marker that an extract is counted stands before its cube."""
    count = partition.count

    def marked_first(ablage: Ablage, kommune: Any, stichtag: Any, name: str) -> int:
        with ablage.neu(partition.zaehlstand_datei(ablage, name)) as neu:
            neu.write_text(partition.zaehlstand(ablage, kommune))
        return count(ablage, kommune, stichtag, name)

    m.setattr(partition, "count", marked_first)


def _archived_before_intended(m: pytest.MonkeyPatch) -> None:
    """The release lies in the archive before anybody wrote down that it shall."""
    remember = release.remember_intent

    def too_late(ablage: Ablage, neu: str, weg: Any, letztes: Any = None) -> None:
        replace_files.open_release(ablage.intern / "bau" / neu, ablage.marts / "archiv" / neu)
        remember(ablage, neu, weg, letztes)

    m.setattr(release, "remember_intent", too_late)
    m.setattr(release, "open_release", lambda *_: None)


def _failed_build_is_done(m: pytest.MonkeyPatch) -> None:
    build = run.build_marts

    def always(ablage: Ablage, lauf: Any, ohne: Any = ()) -> None:
        stand = run.baustand(ablage)
        build(ablage, lauf, ohne)
        run.remember_bau(ablage, run.Bau(stand))

    m.setattr(run, "build_marts", always)
    m.setattr(run, "is_whole", lambda _: True)
    m.setattr(news, "is_whole", lambda _: True)


MISTAKES = (
    Mistake("Dateien werden an ihrer Stelle geschrieben", _in_place, "marts/bericht", (POWER,)),
    Mistake(
        "die veröffentlichte Datei wird überschrieben statt ersetzt", _copied_over, "marts/manifest.json", (POWER,)
    ),
    Mistake("nichts wird auf den Datenträger gezwungen", _not_flushed, "marts/bericht", (POWER,)),
    Mistake("der Bau gilt als getan, bevor er beginnt", _done_before_built, "intern/marts", ("kill -9",), short=True),
    Mistake("die Lieferung gilt als gelesen, ihre Tabelle fehlt", _record_before_table, "intern/stamm", ("kill -9",)),
    Mistake("das Siegel steht vor den Berichten", _sealed_too_early, "marts/bericht", ("kill -9",)),
    Mistake("das Siegel wird nie gefragt", _seal_never_asked, "bericht/index.html", (DAMAGE,)),
    Mistake("das Vorhaben wird nicht aufgeschrieben", _intent_forgotten, "marts/parquet", ("kill -9",)),
    Mistake(
        "das Vorhaben gilt als getan, bevor es getan ist", _intent_done_before_it_is, "marts/parquet", ("kill -9",)
    ),
    Mistake("beschädigte Bestände fallen nicht auf", _damage_unseen, "intern/stamm", (POWER,)),
    Mistake("Befunde einer Lieferung fehlen", _damaged_record_believed, "intern/stamm", ("kill -9",)),
    Mistake("Zwischendateien bleiben liegen", _strays_left, "intern/marts", ("kill -9",)),
    Mistake("das Manifest wird vor der Datei neu", _manifest_first, "marts/parquet", ("kill -9",)),
    Mistake("die Datei wird vor ihren Zwillingen neu", _file_before_twins, "marts/parquet", ("kill -9",)),
    Mistake("Ordner werden nicht auf den Datenträger gezwungen", _folders_not_flushed, "marts/bericht", (NAMES,)),
    Mistake("erst gezwungen, dann geschrieben", _flushed_before_written, "marts/", (POWER,)),
    Mistake("was unter dem Zwischennamen liegt, gilt als fertig", _name_used_again, "marts/bericht", (POWER,)),
    Mistake("ein alter Bericht gilt als neuer", _report_kept, "marts/", ("kill -9",)),
    Mistake("die frühere Veröffentlichung wird im Archiv überschrieben", _archive_overwritten, "marts/", ("kill -9",)),
    Mistake("die Sperre bleibt nach einem Absturz", _lock_not_released, "intern/stamm", ("kill -9",)),
    Mistake("gezählt, bevor gezählt ist", _counted_before_it_is, "wuerfel/.", ("kill -9",), news="neuer Auszug"),
    Mistake("im Archiv, bevor es ein Vorhaben gibt", _archived_before_intended, "intern/stand/.veroeff", ("kill -9",)),
    Mistake("ein gescheiterter Bau gilt als getan", _failed_build_is_done, "marts/bericht", ("EIO",)),
)


def find(folder: Path, mistakes: Sequence[Mistake] = MISTAKES) -> Iterator[tuple[Mistake, str]]:
    """Each mistake with the first fault by which it was found, or nothing."""
    for what in sorted({m.news for m in mistakes}):
        place = folder / what
        w = world(place / "welt", published(place, register=what == "neuer Auszug"), what)
        for mistake in (m for m in mistakes if m.news == what):
            yield mistake, _find(mistake, w, trial(place))


def _find(mistake: Mistake, w: World, folder: Path) -> str:
    """The first try by which a mistake was found; the code with the mistake has other calls than the code without."""
    with mistake.planted():
        trace, wrong = _undisturbed(w, folder)
        if wrong or (wrong := written_in_place(trace)):
            return f"ohne Störung: {wrong[0]}"
        if mistake.kinds == (DAMAGE,):
            t = attempt_damage(w, mistake.news, mistake.near, folder)
            return f"{t.kind}, {t.where}: {t.wrong[0]}" if t.wrong else ""
        fitting = [n for n, place in enumerate(trace, start=1) if mistake.near in place]
        for at in sorted({*fitting[:: max(1, len(fitting) // 6)], *fitting[-1:]}):
            for kind in mistake.kinds:
                t = attempt(w, mistake.news, kind, at, folder)
                if t.wrong:
                    return f"{t.kind} bei {t.where}: {t.wrong[0]}"
    return ""


def _undisturbed(w: World, folder: Path) -> tuple[tuple[str, ...], list[str]]:
    """The calls of the code with the mistake, and what is wrong without any fault."""
    try:
        data = w.copy(folder / "data")
        return refresh(data, lambda: watch(Fault(data))).trace, judge(w, data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    found = []
    asked = sys.argv[1:]
    notes = Path(asked.pop(1)) if asked[:1] == ["--notes"] else None
    chosen = [m for m in MISTAKES if m.name in asked] or MISTAKES
    with tempfile.TemporaryDirectory(prefix="faults_") as name:
        for mistake, by in find(Path(name), chosen):
            found.append(bool(by))
            print(mistake.name, by[:300] or "NICHT GEFUNDEN", sep=": ", flush=True)
            if notes is not None:
                with notes.open("a", encoding="utf-8") as out:
                    out.write(json.dumps({"mistake": mistake.name, "by": by}, ensure_ascii=False) + "\n")
    sys.exit(not all(found))
