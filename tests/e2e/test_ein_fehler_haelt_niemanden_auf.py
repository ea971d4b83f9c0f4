"""One fault holds up nobody else: broken things beside a sound municipality, builds that end in the middle.

Here belongs what only a whole refresh shows: who is published, what is said, the exit code, what the next plain refresh heals.
Municipalities have one small table and no register, so that a refresh takes seconds.
"""

import json
import os
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.conftest import Aufruf, create_data_folder, monitoring_im_prozess, monitoring_subprozess
from tests.lib.published import create_published
from tests.lib.small_town import TABELLE, ort, zahlen

pytestmark = pytest.mark.e2e


def fehler_zu(aufruf: Aufruf, wort: str) -> list[str]:
    return [z for z in aufruf.lines if wort in z and not z.startswith(("Einlesen", "ZURÜCKGEHALTEN", "  "))]


@pytest.fixture
def daten(tmp_path: Path) -> Path:
    return create_data_folder(tmp_path / "data", ())


def test_ten_broken_things_beside_a_sound_municipality(daten: Path) -> None:
    ort(daten, "heil", 1)
    ort(daten, "ziffern", 2, wert="12345678901234567890")
    mappe = openpyxl.Workbook()
    mappe.active.append(["Gebiet", "Einwohner"])
    mappe.active.append(["Surrogat_xD83D_", 1000])
    ordner = ort(daten, "surrogat", 3, endung="xlsx")
    mappe.save(ordner / "tabellen" / "t_2024-12-31.xlsx")
    (ordner / "tabellen" / TABELLE).unlink()
    ort(daten, "schutz", 4, mindestfallzahl=1)
    ort(daten, "profilbruch", 5, profil="kaputt")
    (daten / "raw" / "referenz" / "profile" / "kaputt.yaml").write_text("profil: [", encoding="utf-8")
    kopie = ort(daten, "flensburg", 6)
    kopie.rename(daten / "raw" / "flensburg - Kopie")
    yaml = ort(daten, "ordneryaml", 7) / "kommune.yaml"
    yaml.unlink()
    yaml.mkdir()
    os.mkfifo(ort(daten, "rohr", 8) / "tabellen" / "t_2023-12-31.csv")
    fremd = os.fsencode(ort(daten, "bytes", 9) / "tabellen") + b"/t_\xff2023-12-31.csv"
    Path(os.fsdecode(fremd)).write_text("Gebiet;Einwohner\n", encoding="utf-8")
    (ort(daten, "ordnerdatei", 10) / "tabellen" / "t_2023-12-31.csv").mkdir()
    ort(daten, "staat", 11, mehr="      werte: [{merkmal: auslaender, spalte: Einwohner, staat: Atlantis}]\n")

    aufruf = monitoring_subprozess(daten, "refresh")

    assert aufruf.code == 1, aufruf.output
    assert "Traceback" not in aufruf.output
    assert "Unerwarteter Fehler" not in aufruf.output
    veroeffentlicht = zahlen(daten)
    assert veroeffentlicht["heil"] == 1000
    # What is broken beside a sound file holds back that thing only.
    assert {"rohr", "bytes", "ordnerdatei"} <= set(veroeffentlicht)
    assert not {"ziffern", "schutz", "profilbruch", "ordneryaml", "staat"} & set(veroeffentlicht)
    for wort in ("ziffern: ", "surrogat: ", "schutz: ", "profile/kaputt.yaml", "profilbruch: ", "flensburg - Kopie: ",
                 "ordneryaml: ", "rohr: ", "bytes: ", "ordnerdatei: ", "staat: "):  # fmt: skip
        assert fehler_zu(aufruf, wort), f"keine Meldung zu {wort}\n{aufruf.stdout}"
    assert not any(z.startswith("heil:") or "entspricht dem Vokabular" in z for z in aufruf.lines)
    schluss = aufruf.lines[aufruf.lines.index(next(z for z in aufruf.lines if z.startswith("ZURÜCKGEHALTEN"))) :]
    assert any("Fehler, 0 Warnungen, 0 Hinweise. Alle Meldungen: " in z for z in schluss)
    assert "flensburg - Kopie" in (daten / "intern" / "meldungen.txt").read_text(encoding="utf-8")


def test_figures_of_a_municipality_with_a_broken_configuration_stay_those_published_last(tmp_path: Path) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    ordner = daten / "raw" / "erste"
    alt = json.loads((daten / "marts" / "manifest.json").read_text())["veroeffentlichung"]
    yaml = ordner / "kommune.yaml"
    heil = yaml.read_text(encoding="utf-8")
    yaml.write_text(heil.replace("mindestfallzahl: 5", "mindestfallzahl: 1"), encoding="utf-8")
    (daten / "raw" / "zweite" / "tabellen" / TABELLE).write_text("Gebiet;Einwohner\nZweite;2000\n", encoding="utf-8")
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert zahlen(daten) == {"erste": 1000, "zweite": 2000}
    manifest = json.loads((daten / "marts" / "manifest.json").read_text())
    assert manifest["zurueckgehalten"] == {"erste": {"zahlen_aus": alt, "pruefungen": ["konfiguration"]}}
    with duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
        frage = "select veroeffentlichung, count(*) from marts.tabellenwert where kommune = 'erste' group by all"
        assert con.execute(frage).fetchall() == [(alt, 1)]
        frage = "select ergebnis from protokoll.pruefung where kommune = 'erste' and pruefung = 'zurueckgehalten'"
        assert con.execute(frage).fetchall() == [("verletzt",)]
        frage = "select count(*) from marts.tabellenwert as t join protokoll.lieferung as l using (lieferung_id)"
        assert con.execute(frage).fetchall() == [(2,)]
    assert any(z.startswith("ZURÜCKGEHALTEN: erste") and alt in z for z in aufruf.lines)
    # The next night says it again, and the mended file heals it.
    nacht = monitoring_im_prozess(daten, "refresh")
    assert (nacht.code, "Nichts Neues" in nacht.stdout) == (1, True)
    assert any(z.startswith("ZURÜCKGEHALTEN: erste") for z in nacht.lines)
    yaml.write_text(heil, encoding="utf-8")
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert "zurueckgehalten" not in json.loads((daten / "marts" / "manifest.json").read_text())


STOERUNG = """
import errno, os, signal, sys
echt, zahl = os.replace, [0]
def replace(quelle, ziel, **mehr):
    if {wort!r} in str(ziel) and not os.path.exists({marke!r}):
        open({marke!r}, "w").close()
        if {toeten}:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return echt(quelle, ziel, **mehr)
os.replace = replace
"""


@pytest.mark.langsam
@pytest.mark.parametrize(
    ("wort", "toeten"),
    [
        ("stadtteiltabelle", False),  # every other place: tests/faults
        ("monitoring.duckdb", True),
    ],
)
def test_a_refresh_that_ends_in_the_middle_is_done_by_the_next_plain_one(
    daten: Path, tmp_path: Path, wort: str, toeten: bool
) -> None:
    ort(daten, "erste", 1)
    ordner = tmp_path / "stoerung"
    ordner.mkdir()
    text = STOERUNG.format(wort=wort, marke=str(tmp_path / "geschehen"), toeten=toeten)
    (ordner / "sitecustomize.py").write_text(text, encoding="utf-8")
    gestoert = monitoring_subprozess(daten, "refresh", PYTHONPATH=str(ordner))
    assert (tmp_path / "geschehen").exists()
    assert gestoert.code != 0
    assert "Traceback" not in gestoert.output
    heilend = monitoring_subprozess(daten, "refresh")
    assert heilend.code == 0, heilend.output
    assert "Nichts Neues" not in heilend.stdout
    assert zahlen(daten) == {"erste": 1000}
    manifest = json.loads((daten / "marts" / "manifest.json").read_text())
    fertig = daten / "marts" / "archiv" / manifest["veroeffentlichung"]
    for teil in ("integrationsmonitoring.duckdb", "parquet/marts/tabellenwert.parquet"):
        assert (fertig / teil).read_bytes() == (daten / "marts" / teil).read_bytes()
    danach = monitoring_subprozess(daten, "refresh")
    assert (danach.code, "Nichts Neues" in danach.stdout) == (0, True)
