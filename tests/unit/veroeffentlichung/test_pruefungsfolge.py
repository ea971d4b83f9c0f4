"""What a violated check leads to is said by the headers of the checks, and the overview and the protocol repeat exactly that."""

import re

import pytest

from pipelines.foundation.storage import WURZEL
from pipelines.steps.checks import load_checks
from pipelines.veroeffentlichung.bericht.checked import FOLGEN
from pipelines.veroeffentlichung.check_log import folge
from schemas.spalten.common import SPALTEN


@pytest.mark.parametrize(
    ("schwere", "am_tor", "erwartet"),
    [
        ("fehler", True, "haelt_an"),
        ("fehler", False, "abgewiesen"),
        ("warnung", True, "keine"),
        ("hinweis", False, "keine"),
    ],
)
def test_only_a_fault_found_at_the_gate_stops_a_publication(schwere: str, am_tor: bool, erwartet: str) -> None:
    assert folge(schwere, am_tor) == erwartet


def test_readme_names_exactly_the_checks_that_stop_nothing() -> None:
    text = (WURZEL / "docs" / "ueberblick.md").read_text(encoding="utf-8")
    absatz = text[text.index("(`sperrt: nein` im Kopf der Prüfung)") :].split("\n\n")[0]
    genannt = {name: " ".join(titel.split()) for titel, name in re.findall(r"»([^»«]+)«\s+\(`(\w+)`\)", absatz)}
    assert genannt == {p.name: p.titel for p in load_checks() if not p.sperrt}
    assert "nothing is published that failed a check" not in text


def test_every_consequence_has_its_words() -> None:
    assert set(FOLGEN) == set(SPALTEN["folge"].werte)
