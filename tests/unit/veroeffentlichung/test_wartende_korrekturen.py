"""A correction waits for the next Stichtag where the municipality wants it so: until then its published figures stay."""

from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.archive import veroeffentlichungen
from pipelines.veroeffentlichung.bericht.write import write_berichte
from pipelines.veroeffentlichung.gate import torstand
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.release import publish
from pipelines.veroeffentlichung.waiting import berichtigte, wartemeldungen
from tests.lib.one_release import build, create_built
from tests.unit.veroeffentlichung.test_rueckzug import FRUEHER, Zahlen, write_file
from tests.unit.veroeffentlichung.test_veroeffentlichung import abfrage

pytestmark = pytest.mark.langsam

ALT, NEU = ("2020-12-31", "01"), ("2021-06-30", "01")


def file(ordner: Path, name: str, zahlen: Zahlen, auszuege: dict[str, str]) -> Path:
    """A published file that says of each Stichtag which extract it rests on."""
    datei = write_file(ordner / f"{name}.duckdb", zahlen)
    with duckdb.connect(str(datei)) as con:
        con.execute("alter table marts.migrationshintergrund add column lieferung_id varchar")
        for tag, auszug in auszuege.items():
            con.execute("update marts.migrationshintergrund set lieferung_id = ? where stichtag = ?", [auszug, tag])
    return datei


@pytest.mark.parametrize(
    ("neu", "auszuege", "wartet"),
    [
        (FRUEHER | {NEU: 111}, {"2020-12-31": "a", "2021-06-30": "c"}, {"k": ["2021-06-30"]}),
        (FRUEHER | {ALT: 101}, {"2020-12-31": "c", "2021-06-30": "b"}, {"k": ["2020-12-31"]}),
        # Another extract that changes nothing.
        (FRUEHER, {"2020-12-31": "a", "2021-06-30": "c"}, {}),
        # The same extract under other rules.
        (FRUEHER | {("2021-06-30", "02"): None}, {"2020-12-31": "a", "2021-06-30": "b"}, {}),
        # A newer Stichtag comes with it.
        (FRUEHER | {NEU: 111, ("2021-12-31", "01"): 115},
         {"2020-12-31": "a", "2021-06-30": "c", "2021-12-31": "d"}, {}),
    ],
    ids=["latest", "earlier", "nothing_changed", "other_rules", "newer_stichtag"],
)  # fmt: skip
def test_a_new_extract_that_changes_published_figures_waits_for_a_newer_stichtag(
    tmp_path: Path, neu: Zahlen, auszuege: dict[str, str], wartet: dict[str, list[str]]
) -> None:
    alt = file(tmp_path, "alt", FRUEHER, {"2020-12-31": "a", "2021-06-30": "b"})
    assert berichtigte(alt, file(tmp_path, "neu", neu, auszuege)) == wartet


def configure(ablage: Ablage, korrekturen: str) -> None:
    datei = ablage.roh / "luenen" / "kommune.yaml"
    zeilen = [z for z in datei.read_text(encoding="utf-8").splitlines() if "korrekturen:" not in z]
    zeilen.insert(zeilen.index("schutz:") + 1, f"  korrekturen: {korrekturen}")
    datei.write_text("\n".join([*zeilen, ""]), encoding="utf-8")


def bericht(ablage: Ablage) -> str:
    write_berichte(ablage)
    return " ".join((ablage.marts / "bericht" / "luenen.html").read_text(encoding="utf-8").split())


def test_until_then_published_figures_stay_and_a_hint_says_so(tmp_path: Path) -> None:
    ablage = create_built(tmp_path / "data")
    mh = "select max(personen_mit_mh) from marts.migrationshintergrund where quelle = 'melderegister'"
    configure(ablage, "warten")
    assert publish(ablage, "2026-01-01").neu
    assert wartemeldungen(ablage) == []

    build(ablage, mh=315, tabelle=315, auszug="l3")
    ergebnis = publish(ablage, "2026-01-02")
    assert (ergebnis.neu, ergebnis.kennung, ergebnis.gehalten) == (False, "2026-01-01", ())
    assert abfrage(ablage.publikation, mh) == [(313,)]
    assert veroeffentlichungen(ablage) == ["2026-01-01"], "nothing left the archive"
    (hinweis,) = wartemeldungen(ablage)
    assert (hinweis.schwere, hinweis.kommune) == (Schwere.hinweis, "luenen")
    assert "2021-06-30" in hinweis.text
    assert torstand(ablage).gehalten == (), "it is no error"
    satz = (
        "Für den Stichtag 30.06.2021 liegt eine Berichtigung vor. Sie erscheint mit den Zahlen des nächsten Stichtags"
    )
    assert satz in bericht(ablage)

    configure(ablage, "sofort")
    build(ablage, mh=315, tabelle=315, auszug="l3")
    assert publish(ablage, "2026-01-03").neu
    assert abfrage(ablage.publikation, mh) == [(315,)]
    assert veroeffentlichungen(ablage) == ["2026-01-03"], "the earlier release left the archive"
    assert wartemeldungen(ablage) == []
    assert "Berichtigung vor" not in bericht(ablage)
    assert "wartet" not in (letztes_manifest(ablage) or {})
