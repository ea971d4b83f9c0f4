"""What the machine could not do is said in words its operator can act on, never with a text that may quote a row.

Here belong words of faults; that the next refresh heals them is tested in e2e/test_ein_fehler_haelt_niemanden_auf.py.
"""

import errno
import os
from types import SimpleNamespace

import pytest

from pipelines.cli.call import run_without_traceback
from pipelines.foundation.findings import stoerungsgrund, unerwartet
from pipelines.refresh.run import _ursache

WORTE = (
    (errno.ENOSPC, "kein Platz mehr"),
    (errno.EROFS, "schreibgeschützt"),
    (errno.EACCES, "die Rechte reichen nicht"),
    (errno.EIO, "Lese- oder Schreibfehler"),
)


@pytest.mark.parametrize(("nummer", "wort"), WORTE)
def test_a_fault_of_the_machine_names_its_reason(nummer: int, wort: str, capsys: pytest.CaptureFixture[str]) -> None:
    fehler = OSError(nummer, os.strerror(nummer), "/geheim/12345;Muster;Erika")
    assert wort in stoerungsgrund(fehler)
    assert wort in unerwartet("a.csv", "lesen", fehler).text()

    def arbeit() -> None:
        raise fehler

    assert run_without_traceback(arbeit) == 2
    text = capsys.readouterr().err
    assert wort in text
    assert "Die letzte Veröffentlichung ist unverändert" in text
    assert "Erika" not in text


@pytest.mark.parametrize(("nummer", "wort"), WORTE)
def test_a_step_that_failed_names_it_too(nummer: int, wort: str) -> None:
    innen = SimpleNamespace(cls_name="OSError", message=f"OSError: [Errno {nummer}] x: '/geheim/Erika'", cause=None)
    aussen = SimpleNamespace(cls_name="DagsterExecutionStepExecutionError", message="…", cause=innen)
    assert _ursache(aussen) == f"OSError, {stoerungsgrund(OSError(nummer, '')).partition(', ')[2]}"
    assert wort in _ursache(aussen)


def test_another_fault_is_named_by_its_kind_alone() -> None:
    assert _ursache(SimpleNamespace(cls_name="KeyError", message="KeyError: 'Erika'", cause=None)) == "KeyError"
    assert _ursache(None) == "unbekannter Art"
    assert "der Arbeitsspeicher reicht nicht" in stoerungsgrund(MemoryError())
