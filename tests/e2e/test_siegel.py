"""What lies in marts/ is damaged or deleted between two nights: the next plain refresh puts it right and says so.

Literal cases of the seal itself are here too: they need a published folder, not a refresh.
"""

import json
from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.seal import abweichende, heal_publication, is_whole, load_siegel, seal
from tests.conftest import monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import zahlen

pytestmark = pytest.mark.e2e


@pytest.fixture
def daten(tmp_path: Path) -> Path:
    return create_published(tmp_path / "data", "erste")


def halve(datei: Path) -> None:
    inhalt = datei.read_bytes()
    datei.write_bytes(inhalt[: len(inhalt) // 2])


def kennung(daten: Path) -> str:
    return str(json.loads((daten / "marts" / "manifest.json").read_text(encoding="utf-8"))["veroeffentlichung"])


def give(daten: Path, name: str) -> Path:
    return daten / "marts" / name.replace("KENNUNG", kennung(daten))


TEILE = (
    "integrationsmonitoring.duckdb", "parquet/marts/tabellenwert.parquet", "archiv/KENNUNG/integrationsmonitoring.duckdb",
    "archiv/KENNUNG/parquet/marts/tabellenwert.parquet", "archiv/KENNUNG/manifest.json", "manifest.json",
)  # fmt: skip


@pytest.mark.parametrize("name", TEILE)
@pytest.mark.parametrize("schaden", [halve, Path.unlink], ids=["halb", "weg"])
def test_each_file_of_a_release_comes_back_from_its_other_copy(daten: Path, name: str, schaden: object) -> None:
    ablage = Ablage(daten)
    datei = give(daten, name)
    heil = datei.read_bytes()
    schaden(datei)  # type: ignore[operator]
    assert not is_whole(ablage)
    meldungen = heal_publication(ablage)
    assert [m.thema for m in meldungen] == ["stoerung"]
    assert f"marts/{datei.relative_to(daten / 'marts')}" in meldungen[0].text
    assert "aus ihrem Zwilling wiederhergestellt" in meldungen[0].text
    assert datei.read_bytes() == heil
    archiviert = give(daten, "archiv/KENNUNG/integrationsmonitoring.duckdb").read_bytes()
    assert give(daten, "archiv/KENNUNG.duckdb").read_bytes() == archiviert
    assert is_whole(ablage)
    assert heal_publication(ablage) == []


def test_a_release_that_lost_its_own_name_gets_it_back(daten: Path) -> None:
    """A power cut may take the name; nobody has to publish anew for it."""
    name = give(daten, "archiv/KENNUNG.duckdb")
    name.unlink()
    assert not is_whole(Ablage(daten))
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert (aufruf.code, "Marts bauen" in aufruf.output) == (0, False), aufruf.output
    assert name.read_bytes() == give(daten, "archiv/KENNUNG/integrationsmonitoring.duckdb").read_bytes()


def test_a_plain_refresh_restores_and_says_so(daten: Path) -> None:
    halve(daten / "marts" / "integrationsmonitoring.duckdb")
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert (aufruf.code, "Nichts Neues" in aufruf.stdout) == (0, True), aufruf.output
    assert "stoerung 1" in aufruf.stdout
    assert zahlen(daten) == {"erste": 1000}
    assert "stoerung" not in monitoring_im_prozess(daten, "refresh").stdout


@pytest.mark.parametrize("name", ["bericht/erste.html", "bericht/erste.xlsx"])
def test_a_damaged_report_is_written_anew(daten: Path, name: str) -> None:
    halve(daten / "marts" / name)
    vorher = kennung(daten)
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert is_whole(Ablage(daten))
    assert (daten / "marts" / name).stat().st_size > 5_000
    assert kennung(daten) == vorher


def test_where_both_copies_are_damaged_the_release_is_made_anew(daten: Path) -> None:
    for name in ("integrationsmonitoring.duckdb", "archiv/KENNUNG/integrationsmonitoring.duckdb"):
        halve(give(daten, name))
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    assert "entsteht neu aus den Lieferungen" in (daten / "intern" / "meldungen.txt").read_text(encoding="utf-8")
    assert zahlen(daten) == {"erste": 1000}
    assert is_whole(Ablage(daten))
    assert "Nichts Neues" in monitoring_im_prozess(daten, "refresh").stdout


@pytest.mark.parametrize(
    "inhalt", ["", "{", "[]", '{"veroeffentlichung": "x"}', '{"veroeffentlichung": "x", "dateien": {"a": 1}}']
)
def test_a_damaged_seal_counts_as_none_and_is_made_anew(daten: Path, inhalt: str) -> None:
    ablage = Ablage(daten)
    (ablage.intern / "stand" / "veroeffentlicht.json").write_text(inhalt, encoding="utf-8")
    assert load_siegel(ablage) is None
    assert not is_whole(ablage)
    seal(ablage)
    assert is_whole(ablage)


def test_a_file_only_touched_is_the_same(daten: Path) -> None:
    """A copy or a restored backup has other times, not another content."""
    ablage = Ablage(daten)
    (ablage.marts / "manifest.json").touch()
    siegel = load_siegel(ablage)
    assert siegel is not None
    assert abweichende(ablage, siegel) == []


def test_before_the_first_release_nothing_is_missed(tmp_path: Path) -> None:
    assert is_whole(Ablage(tmp_path / "leer"))
