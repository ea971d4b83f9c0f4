"""The folder as such: which it is, files, metadata, signs nobody sees, what cannot be read.

Every test starts from the same small invented folder and breaks one thing in it.
"""

import random
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.eingang.open_sdg import check_folder as module
from pipelines.eingang.open_sdg.check_folder import check_folder, is_open_sdg
from pipelines.foundation.findings import Code, Schwere
from tests.lib.open_sdg_folder import (
    Ordner,
    anzahlen,
    set_value,
    write,
    write_meta,
)


def test_sound_folder_has_no_findings_and_leaves_a_connection_as_it_was(ordner: Ordner) -> None:
    con = duckdb.connect(config={"threads": 1})
    con.execute("create table eigenes as select 1 as a")
    ergebnis = check_folder(ordner.pfad, con)
    assert [b.text() for b in ergebnis.befunde] == []
    assert (ergebnis.dateien, ergebnis.zeilen) == (3, 90 + 120 + 120)
    assert is_open_sdg(ordner.pfad)
    assert con.execute("select table_name from duckdb_tables()").fetchall() == [("eigenes",)]
    assert check_folder(ordner.pfad) == ergebnis


def test_a_check_that_does_not_end_is_interrupted_and_said(ordner: Ordner, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "select count(*) from range(100000000000) as a(i), range(1000) as b(k) where i % 7 = k"
    rule = next(r for r in module.load_rules() if r.name == "anteil_anzahl")
    monkeypatch.setattr(module, "load_rules", lambda: [replace(rule, text=endless)])
    monkeypatch.setattr(module, "HOECHSTENS_SEKUNDEN", 0.5)
    befund = ordner.only()
    assert (befund.code, befund.schwere) == (Code.zu_gross, Schwere.warnung)
    assert "»Anteile folgen aus den Anzahlen der Schwesterdateien« war nach 0.5 Sekunden nicht fertig" in befund.text()


def test_a_check_that_needs_too_much_memory_is_said_and_the_others_go_on(
    ordner: Ordner, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [r for r in module.load_rules() if r.name == "jahr"]
    con = duckdb.connect(config={"memory_limit": "60MB", "max_temp_directory_size": "1MB", "threads": 1})
    large = "select list(repeat('x', 1000)) from range(1000000)"
    monkeypatch.setattr(module, "load_rules", lambda: [replace(rules[0], text=large), *rules])
    (befund,) = check_folder(ordner.pfad, con).befunde
    assert befund.code is Code.zu_gross
    assert "mit 3GB Speicher nicht auszuführen" in befund.text()


def test_other_folders_are_not_taken_for_one(tmp_path: Path) -> None:
    assert not is_open_sdg(tmp_path)
    assert not is_open_sdg(tmp_path / "gibt_es_nicht")
    (tmp_path / "data").mkdir()
    write(tmp_path / "data" / "indicator_1-1-1.csv", anzahlen())
    assert not is_open_sdg(tmp_path)


def test_keys_of_open_sdg_are_known_whatever_the_sisters_have(ordner: Ordner) -> None:
    write_meta(ordner.meta("1-1-1"), data_footnote="", data_footnotes="Eins", graph_titles="x")
    write_meta(ordner.meta("1-1-2"), data_footnote="", data_footnotes="Eins", graph_title="x")
    write_meta(ordner.meta("1-2-1"), source_url_2="x", x_axis_label="x")
    assert {(b.datei, b.vorschlag) for b in ordner.befunde()} == {
        ("meta/1-1-1.md", "data_footnote"), ("meta/1-1-2.md", "data_footnote")
    }  # fmt: skip


def test_metadata_that_is_no_yaml(ordner: Ordner) -> None:
    ordner.meta("1-1-2").write_text("---\nprecision: 1\ndata_footnote: [offen\n---\n", encoding="utf-8")
    b = ordner.only()
    assert (b.code, b.schwere, b.datei.split("/")[0], b.zeilen) == (Code.dateiformat, Schwere.warnung, "meta", (3,))
    assert "YAML" in b.was


def test_misspelt_metadata_keys(ordner: Ordner) -> None:
    write_meta(ordner.meta("1-1-2"), precision="", data_footnote="", presicion="2", data_footnotes="Erfunden")
    befunde = ordner.befunde()
    assert [(b.code, b.vorschlag, b.zeilen) for b in befunde] == [
        (Code.schluessel_unbekannt, "precision", (4,)),
        (Code.schluessel_unbekannt, "data_footnote", (5,)),
    ]
    assert "»presicion«" in befunde[0].was


def test_files_without_their_partner_and_stray_files(ordner: Ordner) -> None:
    ordner.meta("1-1-2").rename(ordner.meta("7-7-7"))
    write(ordner.pfad / "data" / "indicator_1-2-5funktioniert.csv", anzahlen())
    (ordner.pfad / "data" / ".gitkeep").touch()
    befunde = ordner.befunde()
    assert [(b.datei, b.schwere) for b in befunde] == [
        ("data/indicator_1-1-2.csv", Schwere.warnung),
        ("data/indicator_1-2-5funktioniert.csv", Schwere.warnung),
        ("meta/7-7-7.md", Schwere.hinweis),
    ]
    assert "meta/1-1-2.md" in befunde[0].was
    assert "data/indicator_7-7-7.csv" in befunde[2].was


def test_many_findings_of_one_rule_are_merged(ordner: Ordner) -> None:
    ordner.change("1-1-2", lambda zeilen: zeilen.extend([*z[:-1], "99"] for z in zeilen[1:31]))
    befunde = ordner.befunde()
    assert len(befunde) == 11
    assert sum(b.anzahl for b in befunde) == 30
    assert "20 weitere Fälle" in befunde[-1].was


def test_unreadable_files_are_told_and_the_others_are_checked(ordner: Ordner) -> None:
    schlecht = [
        b"",
        b"\n\n",
        b"\xff\xfe\x00Y",
        b"Year;Value\n2020;1\n",
        b'Year,Value\n"' + b"x" * 200_000,
        b"Year,Value\n",
    ]
    for nummer, inhalt in enumerate(schlecht, start=1):
        ordner.daten(f"5-1-{nummer}").write_bytes(inhalt)
        write_meta(ordner.meta(f"5-1-{nummer}"))
    ordner.change("1-2-1", set_value(9, 8, "12,5"))
    befunde = ordner.befunde()
    assert [(b.datei, b.schwere) for b in befunde] == [
        (f"data/indicator_{n}.csv", Schwere.fehler)
        for n in ("1-2-1", "5-1-1", "5-1-2", "5-1-3", "5-1-4", "5-1-5", "5-1-6")
    ]
    assert all("nicht geprüft" in b.was for b in befunde[1:])


@pytest.mark.parametrize("keim", range(2))
def test_random_bytes_never_end_in_an_exception(ordner: Ordner, keim: int) -> None:
    zufall = random.Random(keim)
    ordner.daten("1-1-1").write_bytes(zufall.randbytes(5000))
    ordner.meta("1-1-1").write_bytes(zufall.randbytes(2000))
    ordner.meta("1-1-2").write_text("---\n" + "[" * 400 + "\n---\n")
    for nummer in ("1-1-2", "1-2-1"):
        roh = bytearray(ordner.daten(nummer).read_bytes())
        for _ in range(60):
            roh[zufall.randrange(len(roh))] = zufall.choice(b'",;\n\r eE+-.0\xe4x')
        ordner.daten(nummer).write_bytes(bytes(roh))
    assert any(b.schwere is Schwere.fehler for b in ordner.befunde())


@pytest.mark.parametrize(
    ("nummer", "zeile", "feld", "roh", "genannt"),
    [
        ("1-1-1", 3, 3, "weib\u00adlich", "»weib⟨weiches Trennzeichen⟩lich« in der Spalte »Geschlecht«"),
        ("1-1-2", 2, 4, "mit\u00a0Migrationshintergrund", "»mit⟨geschütztes Leerzeichen⟩Migrationshintergrund«"),
        ("1-1-1", 2, 2, "Auenfeld\u200b, Stadt", "»Auenfeld⟨Leerraum ohne Breite⟩, Stadt« in der Spalte"),
        ("1-1-1", 2, 3, "ma\u0308nnlich", "»mä⟨in zwei Zeichen zerlegt⟩nnlich«"),
        ("1-1-1", 2, 7, "400\u200b", "»400⟨Leerraum ohne Breite⟩« in der Spalte »Value«"),
        ("1-1-1", 2, 1, "\u200e2016", "»⟨U+200E⟩2016« in der Spalte »Year«"),
    ],
)
def test_signs_nobody_sees_are_named_and_no_identical_word_is_proposed(
    ordner: Ordner, nummer: str, zeile: int, feld: int, roh: str, genannt: str
) -> None:
    ordner.change(nummer, set_value(zeile, feld, roh))
    b = ordner.only()
    assert (b.code, b.schwere, b.zeilen, b.vorschlag) == (Code.zeichen_verdaechtig, Schwere.warnung, (zeile,), None)
    assert genannt in b.was


def test_a_status_text_with_a_soft_hyphen_is_the_same_text(ordner: Ordner) -> None:
    def change(zeilen: list[list[str]]) -> None:
        stelle = next(z for z in zeilen if z[6] == "gesperrt")
        stelle[6] = "ge\u00adsperrt"

    ordner.change("1-1-2", change)
    assert "»ge⟨weiches Trennzeichen⟩sperrt« in der Spalte »COMMENT_OBS«" in ordner.only().was


def test_a_column_with_a_sign_nobody_sees_is_shown_with_it(ordner: Ordner) -> None:
    ordner.change("1-1-1", set_value(1, 7, "Value\ufeff"))
    b = ordner.only()
    assert b.was.startswith("der Spaltenname »Value⟨Byte-Reihenfolge-Zeichen⟩« enthält")
    assert b.schwere is Schwere.fehler
