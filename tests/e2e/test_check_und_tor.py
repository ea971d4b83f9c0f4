"""What `check` accepts can be published, and the gate of publication holds back single municipalities.

Here belongs what only check and refresh together show.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.steps import unchanged
from tests.conftest import create_data_folder, monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import TABELLE, ort, zahlen

pytestmark = pytest.mark.e2e

SPALTEN = "      spalten: {gebiet: Gebiet, einwohner: Einwohner}\n"
# A nationality named in the layout, and a column of nationalities with a small count.
NAME_IN_WERTE = "      spalten: {gebiet: Gebiet}\n      werte: [{merkmal: auslaender, spalte: Türkei, staat: Türkei}]\n"
STAATEN = "      spalten: {gebiet: Gebiet, staat: Staat, auslaender: Zahl}\n"


def write(ordner: Path, spalten: str, tabelle: str) -> Path:
    """Give a municipality this layout and this table; returns the table's path."""
    yaml = ordner / "kommune.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace(SPALTEN, spalten), encoding="utf-8")
    datei = ordner / "tabellen" / TABELLE
    datei.write_text(tabelle, encoding="utf-8")
    return datei


def test_what_check_accepts_is_published(tmp_path: Path) -> None:
    daten = create_data_folder(tmp_path / "data", ())
    name = write(ort(daten, "name", 1), NAME_IN_WERTE, "Gebiet;Türkei\nName;300\n")
    klein = write(ort(daten, "klein", 2), STAATEN, "Gebiet;Staat;Zahl\nKlein;Türkei;300\nKlein;Irak;3\n")
    for datei, kommune in ((name, "name"), (klein, "klein")):
        geprueft = monitoring_im_prozess(daten, "check", str(datei), "--kommune", kommune)
        assert geprueft.code == 0, geprueft.output
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    with duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
        frage = "select kommune, staat, wert, status from marts.tabellenwert order by kommune, wert"
        assert con.execute(frage).fetchall() == [
            ("klein", "438", 3, "ok"),
            ("klein", "163", 300, "ok"),
            ("name", "163", 300, "ok"),
        ]
        # The same figures of the published table stand in the mart of nationalities, the small one too.
        frage = "select kommune, staat, personen from marts.staatsangehoerigkeit where personen < 300 order by all"
        assert ("klein", "438", 3) in con.execute(frage).fetchall()


def test_a_nationality_nobody_knows_is_refused_by_check_and_by_refresh(tmp_path: Path) -> None:
    daten = create_data_folder(tmp_path / "data", ())
    falsch = NAME_IN_WERTE.replace("staat: Türkei", "staat: Türkai")
    datei = write(ort(daten, "name", 1), falsch, "Gebiet;Türkei\nName;300\n")
    for argumente in (("check", str(datei), "--kommune", "name"), ("refresh",)):
        aufruf = monitoring_im_prozess(daten, *argumente)
        assert aufruf.code != 0
        assert "Türkai" in aufruf.output
        assert "Türkei" in aufruf.output, "the similar name is offered"


def test_a_municipality_held_back_by_a_check_keeps_its_last_figures_and_the_others_are_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    ordner = {k: daten / "raw" / k for k in ("erste", "zweite")}
    alt = json.loads((daten / "marts" / "manifest.json").read_text())["veroeffentlichung"]
    for kommune, o in ordner.items():
        (o / "tabellen" / TABELLE).write_text(f"Gebiet;Einwohner\n{kommune.title()};1111\n", encoding="utf-8")
    echt = unchanged.run_check

    def finds(ablage: Any, pruefung: Any) -> Any:
        """The check as it is, over a table in which zweite has a fault."""
        if pruefung.name == "indikator_endlich":
            pruefung = dataclasses.replace(pruefung, text="select 'zweite' as kommune, 'Stelle X' as ort")
        return echt(ablage, pruefung)

    with monkeypatch.context() as m:
        m.setattr(unchanged, "run_check", finds)
        aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert zahlen(daten) == {"erste": 1111, "zweite": 1000}
    gehalten = json.loads((daten / "marts" / "manifest.json").read_text())["zurueckgehalten"]
    assert gehalten == {"zweite": {"zahlen_aus": alt, "pruefungen": ["indikator_endlich"]}}
    assert any(z.startswith("zweite: Prüfung »Jeder Wert eines") and "Stelle X" in z for z in aufruf.lines), (
        aufruf.stdout
    )
    assert any(z.startswith("ZURÜCKGEHALTEN: zweite") and alt in z for z in aufruf.lines)
    # Held back means built and refused: only a change of zweite, or --force, tries again.
    heilend = monitoring_im_prozess(daten, "refresh", "--force")
    assert heilend.code == 0, heilend.output
    assert zahlen(daten) == {"erste": 1111, "zweite": 1111}


def _inhalt(daten: Path) -> dict[str, bytes]:
    """Every file of a data folder but locks, remembered checksums and run history."""
    return {
        str(d.relative_to(daten)): d.read_bytes()
        for d in sorted(daten.rglob("*"))
        if d.is_file() and d.name not in (".sperre", "pruefsummen.json") and "dagster" not in d.parts
    }


def test_check_up_to_the_gate_says_what_refresh_says_and_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    ordner = [daten / "raw" / k for k in ("erste", "zweite")]
    datei = ordner[1] / "tabellen" / TABELLE
    datei.write_text("Gebiet;Einwohner\nZweite;4711\n", encoding="utf-8")
    vorher = _inhalt(daten)
    echt = unchanged.run_check

    def finds(ablage: Any, pruefung: Any) -> Any:
        """A check of the gate that this figure violates, and no check of the file."""
        if pruefung.name == "indikator_endlich":
            text = "select kommune, 'Wert ' || wert::int as ort from marts.tabellenwert where wert = 4711"
            pruefung = dataclasses.replace(pruefung, text=text)
        return echt(ablage, pruefung)

    bis_zum_tor = ("check", str(datei), "--kommune", "zweite", "--bis-zum-tor")
    with monkeypatch.context() as m:
        m.setattr(unchanged, "run_check", finds)
        schnell = monitoring_im_prozess(daten, "check", str(datei), "--kommune", "zweite")
        assert schnell.code == 0, "the file itself is sound"
        geprueft = monitoring_im_prozess(daten, *bis_zum_tor)
        assert geprueft.code == 1, geprueft.output
        assert "So nicht zu veröffentlichen: Zweite würde zurückgehalten. Gespeichert wurde nichts." in geprueft.lines
        assert _inhalt(daten) == vorher
        assert not list((daten / "intern" / "tmp").iterdir())
        worte = [z for z in geprueft.lines if z.startswith("zweite: ")]
        assert len(worte) == 1
        assert "Wert 4711" in worte[0]
        aufruf = monitoring_im_prozess(daten, "refresh")
        assert worte[0] in aufruf.lines, aufruf.stdout
    assert zahlen(daten) == {"erste": 1000, "zweite": 1000}
    gut = monitoring_im_prozess(daten, *bis_zum_tor)
    assert (gut.code, gut.lines[-1]) == (
        0,
        "Zur Probe gebaut: damit kann veröffentlicht werden. Gespeichert wurde nichts.",
    )
    assert zahlen(daten) == {"erste": 1000, "zweite": 1000}


def test_check_up_to_the_gate_of_a_file_that_lies_elsewhere_needs_a_name_its_source_reads(tmp_path: Path) -> None:
    daten = create_data_folder(tmp_path / "data", ())
    ort(daten, "erste", 1)
    fremd = tmp_path / TABELLE
    fremd.write_text("Gebiet;Einwohner\nErste;2000\n", encoding="utf-8")
    ohne_stand = monitoring_im_prozess(daten, "check", str(fremd), "--kommune", "erste", "--bis-zum-tor")
    assert ohne_stand.code == 0, ohne_stand.output
    anders = fremd.rename(tmp_path / "anders.csv")
    aufruf = monitoring_im_prozess(daten, "check", str(anders), "--kommune", "erste", "--quelle", "t", "--bis-zum-tor")
    assert aufruf.code == 2
    assert "Unter dem Namen »anders.csv« liest keine Aktualisierung diese Datei" in aufruf.output
    ohne_kommune = monitoring_im_prozess(daten, "check", str(anders), "--bis-zum-tor")
    assert (ohne_kommune.code, "--bis-zum-tor braucht --kommune" in ohne_kommune.output) == (2, True)
