"""Reading an extract by columns and by lines: both find the same rows, whatever the lines hold."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.eingang.grid.text_file import count_separators
from pipelines.eingang.melderegister import lines
from tests.conftest import SPALTEN, Registerleser, auszugstext, person

RAND = st.sampled_from(["", " ", "  ", "\t"])
WERT = st.sampled_from(
    ["", "000", "163", "0", "m", "x", "haupt", "01", "1", "99", "P00001", "P00002", "30.06.2021", "00.00.1980", "1980-05-00",
     "31.12.9999", "31.02.2001", "1.2.2001", "\t1.02.2001", "Köln", "NULL", '"', "SYN"]
)  # fmt: skip
ZELLE = st.builds(lambda davor, wert, danach: davor + wert + danach, RAND, WERT, RAND)
GANZE_ZEILE = (
    st.lists(ZELLE, min_size=len(SPALTEN), max_size=len(SPALTEN))
    .filter(lambda zellen: not zellen[0].lstrip().startswith("SYN"))
    .map(";".join)
)
KAPUTT = st.sampled_from(["P00007;alleinige", ";".join(person(7).values()) + ";", ";".join(person(7).values()) + ";x"])
# One line of another form makes a whole file be read by lines: most files have none.
ZEILEN = st.builds(
    lambda ganze, kaputte: kaputte + ganze,
    st.lists(GANZE_ZEILE | st.just(";".join(person(1).values())), min_size=6, max_size=24),
    st.lists(KAPUTT, max_size=1),
)


def _was_es_wurde(read: Registerleser, inhalt: str) -> list[Any]:
    e = read.text(inhalt)
    bilanz = (e.gelesen, e.uebernommen, e.ausserhalb, e.abgewiesen, e.unbekanntes_gebiet)
    return [bilanz, [b.text() for b in e.befunde], read.personen(), read.abgewiesen()]


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zeilen=ZEILEN)
def test_reading_select_columns_and_select_lines_finds_the_same(read: Registerleser, zeilen: list[str]) -> None:
    inhalt = "\n".join([";".join(SPALTEN), *zeilen, ";".join(person(2).values()), ""])
    spaltenweise = _was_es_wurde(read, inhalt)
    with pytest.MonkeyPatch.context() as lauf:
        lauf.setattr(lines, "_examine_fields", lambda *_: None)
        assert _was_es_wurde(read, inhalt) == spaltenweise


def test_an_even_file_is_read_select_columns_once_and_an_uneven_one_select_lines(
    read: Registerleser, monkeypatch: pytest.MonkeyPatch
) -> None:
    gefragt: list[bool | None] = []
    echt = lines._examine_fields
    monkeypatch.setattr(lines, "_examine_fields", lambda *was: gefragt.append(echt(*was)) or gefragt[-1])
    read(person(1), person(2))
    read(person(1), person(2, geburtsort=" Köln"))
    read.text(auszugstext([person(1)]) + "P00007;alleinige\n")
    read.text(auszugstext([person(1)]) + ";".join(person(7).values()) + ";\n")
    assert gefragt == [False, True, None, None]


@pytest.mark.parametrize(
    ("inhalt", "anzahl", "padded"),
    [
        ("a;b\nc;d\n", 1, False), ("a;b\nc; d\n", 1, True), ("a;b\nc;d \n", 1, True), ("a; b\nc d;e\n", 1, False),
        ("a;b\n c;d", 1, True), ("a;b\nc;d ", 1, True), ("a;b\n", 0, False), ("a;b\nc ;d\ne;f;g\n", 3, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stueck", [1, 2, 1 << 22])
def test_separators_and_padding_are_counted_below_the_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inhalt: str, anzahl: int, padded: bool, stueck: int
) -> None:
    monkeypatch.setattr("pipelines.eingang.grid.text_file.STUECK", stueck)
    datei = tmp_path / "x"
    datei.write_text(inhalt, encoding="utf-8")
    assert count_separators(datei, ";", 1) == (anzahl, padded)
