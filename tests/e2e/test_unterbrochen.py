"""Somebody ends a refresh, two are started at once, the clock is set back: one sentence says so, the next one does the rest."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import build
from pipelines.eingang.lieferung import record
from pipelines.foundation import storage
from pipelines.foundation.storage import Ablage
from tests.conftest import WURZEL, environment, monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import TABELLE, zahlen

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]


def start(daten: Path, background: bool = False) -> subprocess.Popen[str]:
    """A refresh in a process of its own; in the background of a shell it is deaf to Ctrl-C."""

    def hear() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN if background else signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", "refresh"],
        env=environment(daten) | {"PYTHONUNBUFFERED": "1"}, cwd=WURZEL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=hear,
    )  # fmt: skip


def deliver(daten: Path, value: int) -> None:
    for kommune in ("erste", "zweite"):
        datei = daten / "raw" / kommune / "tabellen" / TABELLE
        datei.write_text(f"Gebiet;Einwohner\n{kommune.title()};{value}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("wort", "kind"), [("", signal.SIGTERM), ("Einlesen 1/2", signal.SIGINT), ("Marts bauen", signal.SIGTERM)]
)
def test_a_refresh_that_is_asked_to_end_ends_and_the_next_one_does_the_rest(
    tmp_path: Path, wort: str, kind: signal.Signals
) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    deliver(daten, 2000)
    lauf = start(daten, background=kind is signal.SIGTERM)
    assert lauf.stdout is not None
    while wort and wort not in (zeile := lauf.stdout.readline()):
        assert zeile, "the refresh ended by itself"
    if not wort:
        time.sleep(0.5)  # While it still loads its modules, or a little later: any moment will do.
    lauf.send_signal(kind)
    gesagt, fehler = lauf.communicate(timeout=600)
    if wort:
        assert lauf.returncode == 2, gesagt + fehler
        assert fehler.strip().splitlines() == [
            "Abgebrochen. Was nicht fertig ist, tut der nächste Aufruf; die veröffentlichte Datei ist ganz."
        ]
    assert zahlen(daten) == {"erste": 1000, "zweite": 1000}
    assert list((daten / "intern" / "tmp").iterdir()) == []
    danach = monitoring_im_prozess(daten, "refresh")
    assert danach.code == 0, danach.output
    assert zahlen(daten) == {"erste": 2000, "zweite": 2000}


def test_of_two_refreshes_at_once_one_does_the_work_and_the_other_finds_it_done(tmp_path: Path) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    deliver(daten, 2000)
    beide = [start(daten) for _ in range(2)]
    gesagt = [lauf.communicate(timeout=600) for lauf in beide]
    assert [lauf.returncode for lauf in beide] == [0, 0], gesagt
    assert sorted("Nichts Neues" in aus for aus, _ in gesagt) == [False, True]
    assert sum(aus.count("Einlesen") for aus, _ in gesagt) == 2
    assert zahlen(daten) == {"erste": 2000, "zweite": 2000}


def test_while_a_refresh_works_the_interface_and_a_command_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daten = create_published(tmp_path / "data", "erste")
    halter = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pipelines.foundation.storage import Ablage\n"
         "with Ablage(sys.argv[1]).sperre(): print('hat', flush=True); sys.stdin.read()", str(daten)],
        cwd=WURZEL, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert halter.stdout is not None
    assert halter.stdout.readline().strip() == "hat"
    monkeypatch.setattr(Ablage.sperre.__wrapped__, "__defaults__", (0.2,))
    befehl = monitoring_im_prozess(daten, "refresh")
    assert (befehl.code, "Ein anderer Lauf arbeitet gerade" in befehl.stderr) == (2, True), befehl.output
    with dg.DagsterInstance.ephemeral() as instanz:
        ablage = Ablage(daten)
        knopf = (
            build(ablage)
            .resolve_job_def("alles_aktualisieren")
            .execute_in_process(instance=instanz, raise_on_error=False)
        )
        (fehlschlag,) = [e for e in knopf.all_events if e.is_step_failure]
        assert "Ein anderer Lauf arbeitet gerade" in str(fehlschlag.step_failure_data.user_failure_data)
        sensor = build(ablage).resolve_sensor_def("lieferungen_beobachten")
        assert "Ein Lauf arbeitet" in str(sensor.evaluate_tick(dg.build_sensor_context(instance=instanz)).skip_message)
    halter.communicate()
    assert "Nichts Neues" in monitoring_im_prozess(daten, "refresh").stdout
    assert storage.WARTEN_AUF_SPERRE_SEKUNDEN == 600


def test_a_clock_that_was_set_back_makes_nothing_new_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    deliver(daten, 2000)
    frueher = datetime.now(UTC) - timedelta(days=40)

    class Uhr(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return frueher

    monkeypatch.setattr(record, "datetime", Uhr)
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert zahlen(daten) == {"erste": 2000, "zweite": 2000}
    assert "Nichts Neues" in monitoring_im_prozess(daten, "refresh").stdout
