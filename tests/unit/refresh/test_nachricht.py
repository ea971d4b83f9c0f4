"""Who is told that a refresh ended with errors: nobody unless a program is named; one that fails stops nothing."""

import stat
import subprocess
from pathlib import Path

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import WURZEL
from pipelines.refresh.notify import NACHRICHT, tell_office
from pipelines.refresh.outcome import Auftrag

FEHLER = Auftrag(befunde=[Meldung(Schwere.fehler, "luenen", "tabelle", "summe", "Blatt »A«, Zelle B7: falsche Summe")])
HINWEIS = Auftrag(befunde=[Meldung(Schwere.hinweis, "luenen", "tabelle", "summe", "nur ein Hinweis")])


def program(pfad: Path, text: str) -> str:
    pfad.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    pfad.chmod(pfad.stat().st_mode | stat.S_IXUSR)
    return str(pfad)


def test_without_a_program_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NACHRICHT, raising=False)
    assert tell_office(FEHLER, ["Schluss"]) is None


def test_the_program_gets_the_errors_and_the_closing_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NACHRICHT, program(tmp_path / "p", f"cat > '{tmp_path}/post'"))
    assert tell_office(HINWEIS, ["Schluss"]) is None
    assert not (tmp_path / "post").exists(), "a hint is no error"
    assert tell_office(FEHLER, ["NICHT VERÖFFENTLICHT"]) is None
    post = (tmp_path / "post").read_text(encoding="utf-8")
    assert "Zelle B7: falsche Summe" in post
    assert post.endswith("\n\nNICHT VERÖFFENTLICHT\n")


@pytest.mark.parametrize(("text", "grund"), [("exit 3", "Rückgabewert 3"), (None, "FileNotFoundError")])
def test_a_program_that_fails_is_told_in_german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, grund: str
) -> None:
    name = program(tmp_path / "p", text) if text else str(tmp_path / "fehlt")
    monkeypatch.setenv(NACHRICHT, name)
    gesagt = tell_office(FEHLER, [])
    assert gesagt is not None
    assert f"{name} ({grund})" in gesagt


def test_the_example_makes_a_mail(tmp_path: Path) -> None:
    program(tmp_path / "sendmail", f"cat > '{tmp_path}/post'")
    umgebung = {
        "SENDMAIL": str(tmp_path / "sendmail"),
        "MONITORING_NACHRICHT_AN": "stelle@example.org",
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run([str(WURZEL / "deploy" / "nachricht.sh")], input="Größe ä".encode(), env=umgebung, check=True)
    kopf, _, text = (tmp_path / "post").read_text(encoding="utf-8").partition("\n\n")
    assert "To: stelle@example.org" in kopf
    assert "charset=utf-8" in kopf
    assert text == "Größe ä"
