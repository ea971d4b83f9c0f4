"""The first steps of the handbook, word by word in an empty folder: every command goes, and what the page promises comes out."""

import re
import shutil
from pathlib import Path

import pytest

from tests.handbook.__main__ import AUFNAHMEN, BILDER, HOECHSTENS_BYTES, take_pictures
from tests.handbook.walk import FEHLER, SEITE, Done, Step, do_steps, lines_to_change, read_steps
from tests.lib.browser import CHROMIUM

TEXT = SEITE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("musterstadt")


@pytest.fixture(scope="module")
def getan(ordner: Path) -> list[Done]:
    return list(do_steps(read_steps(TEXT), ordner))


@pytest.mark.e2e
def test_every_command_ends_as_the_page_says(getan: list[Done]) -> None:
    assert [(d.step.text, d.code != 0) for d in getan] == [(d.step.text, d.step.name == FEHLER) for d in getan]
    gesagt = "\n".join(d.said for d in getan)
    assert "Unsicher: Die Definition von Migrationshintergrund" in gesagt
    assert "Keine Fehler." in gesagt
    (falsch,) = [d.said for d in getan if d.step.name == FEHLER]
    assert "Zeile 6, Feld 2" in falsch
    assert "Differenz 90" in falsch
    assert "Die Lieferung würde abgewiesen" in falsch


@pytest.mark.e2e
def test_what_the_page_promises_is_there(getan: list[Done], ordner: Path) -> None:
    bericht = ordner / "daten" / "marts" / "bericht"
    assert getan
    seite = (bericht / "musterstadt.html").read_text(encoding="utf-8")
    assert "Am höchsten ist der Anteil in Bahnhof" in re.sub(r"<[^>]+>", "", seite)
    assert "Beispieldaten" in seite
    assert {p.suffix for p in (bericht / "vorlagen").iterdir()} >= {".docx"}
    assert (bericht / "musterstadt.atlas.html").exists()


@pytest.mark.e2e
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_pictures_can_be_taken_again_and_stay_small(getan: list[Done], ordner: Path, tmp_path: Path) -> None:
    assert getan
    for datei in take_pictures(ordner / "daten" / "marts" / "bericht", tmp_path):
        assert 5_000 < datei.stat().st_size < HOECHSTENS_BYTES, datei.name


def test_every_picture_of_the_page_is_there_and_small() -> None:
    genannt = re.findall(r"!\[[^]]+\]\(bilder/(\w+)\.png\)", TEXT)
    assert sorted(genannt) == sorted(AUFNAHMEN)
    assert {p.stem for p in BILDER.glob("*.png")} == set(genannt)
    for name in genannt:
        assert (BILDER / f"{name}.png").stat().st_size < HOECHSTENS_BYTES


def test_a_line_to_change_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("eins: 1\n", encoding="utf-8")
    schritt = Step("edit", "a.yaml", "| `eins: 1` | `eins: 2`<br>`zwei: 3` |\n")
    assert lines_to_change(schritt.text) == [("eins: 1", "eins: 2\nzwei: 3")]
    assert list(do_steps([schritt], tmp_path)) == []
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "eins: 2\nzwei: 3\n"
    with pytest.raises(ValueError, match="»eins: 1« does not stand there"):
        list(do_steps([schritt], tmp_path))


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    (gescheitert,) = do_steps([Step("sh", "", "echo vorher; false; echo danach")], tmp_path)
    assert (gescheitert.code, gescheitert.said) == (1, "vorher\n")


def test_whoever_has_public_tables_only_is_led_to_the_steps_and_to_what_they_give() -> None:
    (ziel,) = {z for z in re.findall(r"\(handbuch\.md#([^)]+)\)", TEXT) if "tabellen" in z}
    handbuch = SEITE.with_name("handbuch.md").read_text(encoding="utf-8")
    abschnitte = {
        re.sub(r"[^\w -]", "", kopf.lower()).replace(" ", "-"): text
        for kopf, _, text in (a.partition("\n") for a in re.split(r"^#+ ", handbuch, flags=re.MULTILINE))
    }
    assert "monitoring new K --aus DATEI" in abschnitte[ziel]
    assert "| 12521-03i |" in abschnitte[ziel]
    assert f"handbuch.md#{ziel}" in SEITE.with_name("layouts.md").read_text(encoding="utf-8")
