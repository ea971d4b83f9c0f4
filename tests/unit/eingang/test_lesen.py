"""What a text file is made of: encodings, line ends, blank lines, control characters, and the copy DuckDB reads.

Here belong tests of bytes and lines; what the columns of an extract mean is tested in test_melderegister.py.
"""

import codecs
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.eingang.grid import text_file as read_grid
from pipelines.eingang.grid.text_file import examine, kopfzeile, make_readable

UMLAUTE = "Straße;Lünen;Köln"
KODIERUNGEN = {"utf-8": ("utf-8", b""), "utf-8-bom": ("utf-8", codecs.BOM_UTF8), "windows-1252": ("cp1252", b"")}
ENDEN = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
OHNE_PRUEFUNG = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def datei(ordner: Path, inhalt: bytes, name: str = "auszug.csv") -> Path:
    """A file of these bytes."""
    pfad = ordner / name
    pfad.write_bytes(inhalt)
    return pfad


def kopie(ordner: Path, inhalt: bytes) -> str:
    """The readable copy (or the file itself) as text."""
    befund = examine(datei(ordner, inhalt))
    ziel = ordner / "tmp"
    ziel.mkdir(exist_ok=True)
    return make_readable(befund, ziel).read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("kodierung", "ende", "abgeschnitten", "leerzeile", "steuer"),
    list(product(KODIERUNGEN, ENDEN, (False, True), (False, True), (False, True))),
)
def test_every_kind_of_text_is_recognised_and_copied_line_for_line(
    tmp_path: Path, kodierung: str, ende: str, abgeschnitten: bool, leerzeile: bool, steuer: bool
) -> None:
    codec, marke = KODIERUNGEN[kodierung]
    zeilen = [UMLAUTE, "a;b;c", *([""] if leerzeile else []), "x\x07;y;z" if steuer else "x;y;z", "letzte;Zeile;ü"]
    text = ENDEN[ende].join(zeilen) + ("" if abgeschnitten else ENDEN[ende])
    inhalt = marke + text.encode(codec)

    befund = examine(datei(tmp_path, inhalt))

    assert befund.kodierung == kodierung
    assert befund.zeilenende == ende
    assert befund.zeilen == len(zeilen)
    assert befund.endet_mit_zeilenende is not abgeschnitten
    assert befund.leerzeilen == leerzeile
    assert befund.steuerzeichen == steuer
    assert befund.erste_fremde_zeile == (1 if kodierung == "windows-1252" else None)
    assert befund.einzelne_cr == 0
    assert befund.bytes == len(inhalt)
    assert kopfzeile(befund) == UMLAUTE
    erwartet = [" " if z == "" else z.replace("\x07", "\ufffd") for z in zeilen]
    gelesen = kopie(tmp_path, inhalt)
    assert gelesen.removesuffix("\n").split("\n") == erwartet
    assert gelesen.endswith("\n") is not abgeschnitten


@pytest.mark.parametrize(
    ("inhalt", "zeilen", "zeilenende", "endet"),
    [
        (b"", 0, "keins", False),
        (b"a", 1, "keins", False),
        (b"\n", 1, "lf", True),
        (b"\r", 1, "cr", True),
        (b"\r\n", 1, "crlf", True),
        (b"a\nb\r\nc", 3, "gemischt", False),
        (b"a\nb\rc\n", 2, "lf", True),
        (b"a\nb\r", 2, "lf", False),
        (b"a\r\nb\r", 2, "crlf", False),
        (b"a\rb", 2, "cr", False),
        (b"a\n\n\n\n", 4, "lf", True),
        (b"\n\r", 2, "lf", False),
    ],
)
def test_lines_are_counted_by_the_files_own_line_end(
    tmp_path: Path, inhalt: bytes, zeilen: int, zeilenende: str, endet: bool
) -> None:
    befund = examine(datei(tmp_path, inhalt))
    assert (befund.zeilen, befund.zeilenende, befund.endet_mit_zeilenende) == (zeilen, zeilenende, endet)


@pytest.mark.parametrize(
    ("inhalt", "leer"),
    [(b"a\nb\n", 0), (b"\na\n", 1), (b"a\n\nb\n", 1), (b"a\n\n\n\nb", 3), (b"a\r\n\r\nb", 1), (b"a\r\rb", 1)],
)
def test_blank_lines_are_counted_one_by_one(tmp_path: Path, inhalt: bytes, leer: int) -> None:
    assert examine(datei(tmp_path, inhalt)).leerzeilen == leer


def test_a_stray_cr_ends_no_line_and_becomes_a_replacement_character(tmp_path: Path) -> None:
    assert kopie(tmp_path, b"a;b\nc\rd;e\nf;g\n") == "a;b\nc\ufffdd;e\nf;g\n"


def test_a_stray_cr_does_not_end_the_header(tmp_path: Path) -> None:
    assert kopfzeile(examine(datei(tmp_path, b"a;b\rc;d\ne;f\n"))) == "a;b\rc;d"


@pytest.mark.parametrize("ende", ["\n", "\r\n", "\r"])
def test_the_first_line_that_is_not_utf8_is_named(tmp_path: Path, ende: str) -> None:
    inhalt = ende.join(["kopf", "eins", "zwei", "drei ü", "vier ß"]).encode("cp1252")
    assert examine(datei(tmp_path, inhalt)).erste_fremde_zeile == 4


def test_stray_crs_do_not_shift_the_line_that_is_not_utf8(tmp_path: Path) -> None:
    assert examine(datei(tmp_path, b"kopf\na\rb\rc\n\xfc\n")).erste_fremde_zeile == 3


def test_a_character_cut_at_the_end_is_no_utf8(tmp_path: Path) -> None:
    befund = examine(datei(tmp_path, "eins\nzwei ü".encode()[:-1]))
    assert (befund.kodierung, befund.erste_fremde_zeile) == ("windows-1252", 2)


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_that_windows_1252_does_not_have_make_a_file_unreadable(tmp_path: Path, byte: int) -> None:
    assert examine(datei(tmp_path, b"a\n\xfc" + bytes([byte]))).kodierung == "unlesbar"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_utf16_is_unreadable_and_not_taken_for_windows_1252(tmp_path: Path, codec: str) -> None:
    marke = codecs.BOM_UTF16_BE if codec == "utf-16-be" else b""
    assert examine(datei(tmp_path, marke + "pid;x\nä;1\n".encode(codec))).kodierung == "unlesbar"


def test_a_bom_before_something_that_is_not_utf8_is_unreadable(tmp_path: Path) -> None:
    assert examine(datei(tmp_path, codecs.BOM_UTF8 + b"a\n\xfc\n")).kodierung == "unlesbar"


def test_windows_1252_typography_survives(tmp_path: Path) -> None:
    assert kopie(tmp_path, "k\n„Süd“ – €\n".encode("cp1252")) == "k\n„Süd“ – €\n"


def test_a_plain_file_is_read_as_it_is_and_not_copied(tmp_path: Path) -> None:
    befund = examine(datei(tmp_path, "a;ü\n1;2\n".encode()))
    assert befund.einfach
    assert make_readable(befund, tmp_path) == befund.pfad


def test_the_copy_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    ziel = make_readable(examine(datei(tmp_path, b"a\r\nb\r\n")), tmp_path)
    assert ziel.stat().st_mode & 0o777 == 0o600


def check_bytes(ordner: Path, inhalt: bytes) -> None:
    """Whatever the bytes: they are looked at without a fault, and what is copied has exactly the lines counted."""
    befund = examine(datei(ordner, inhalt))
    assert befund.bytes == len(inhalt)
    if befund.kodierung == "unlesbar":
        return
    text = kopie(ordner, inhalt)
    anzahl = text.count("\n") + (0 if text.endswith("\n") or not text else 1)
    # A file of nothing but a BOM has one line by its bytes and none by its text.
    assert anzahl == befund.zeilen - (inhalt == codecs.BOM_UTF8)
    assert text.endswith("\n") == befund.endet_mit_zeilenende
    if not befund.einfach:
        assert "\n\n" not in text
        assert not text.startswith("\n")
        assert not any(ord(z) < 32 and z not in "\t\n" for z in text)


STUECKE = st.sampled_from(
    [b"\n", b"\r", b"\r\n", b"\n\n", b";", b"a", b"\x00", b"\x1a", b"\t", b'"', "ü".encode(), "ü".encode("cp1252"),
     "€".encode(), "😀".encode(), codecs.BOM_UTF8, b"\x81", b"\xff", b"\x80", b" "]
)  # fmt: skip


@OHNE_PRUEFUNG
@given(inhalt=st.binary(max_size=200) | st.lists(STUECKE, max_size=40).map(b"".join))
@example(inhalt=b"a\nb\r")
@example(inhalt=codecs.BOM_UTF8)
@example(inhalt=codecs.BOM_UTF8 + b"\n\n")
def test_any_bytes_are_read_without_a_fault_and_no_line_is_lost(tmp_path: Path, inhalt: bytes) -> None:
    check_bytes(tmp_path, inhalt)


@OHNE_PRUEFUNG
@given(inhalt=st.lists(STUECKE, max_size=30).map(b"".join), stueck=st.integers(1, 7))
@example(inhalt=codecs.BOM_UTF8 + b"a\r\n\r\nb", stueck=1)
@example(inhalt="€".encode() + b"\xff\n\n", stueck=2)
def test_chunk_borders_change_nothing(tmp_path: Path, inhalt: bytes, stueck: int) -> None:
    ganz = examine(datei(tmp_path, inhalt))
    ganze_kopie = None if ganz.kodierung == "unlesbar" else kopie(tmp_path, inhalt)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_grid, "STUECK", stueck)
        assert examine(ganz.pfad) == ganz
        if ganze_kopie is not None:
            assert kopie(tmp_path, inhalt) == ganze_kopie


def test_a_run_of_line_ends_longer_than_a_chunk_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_grid, "STUECK", 1000)
    befund = examine(datei(tmp_path, b"a" + b"\n" * 50_000))
    assert (befund.zeilen, befund.leerzeilen) == (50_000, 49_999)
