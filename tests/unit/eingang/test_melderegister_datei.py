"""One register extract as a file: what refuses it whole, and that no line of it is ever lost.

Here belong tests of headers, separators, cut files and garbage; rules of single rows are in test_melderegister.py.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.eingang.grid.text_file import examine
from pipelines.eingang.melderegister.read import read_auszug
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import (
    SPALTEN,
    STICHTAG,
    Registerleser,
    auszugstext,
    create_data_folder,
    create_kleinstadt,
    person,
)

PFLICHT = ("pid", "wohnungsstatus", "geburtsdatum", "geschlecht", "sta_1", "gebiet_id")


@pytest.mark.parametrize("ort", ['"Lünen', 'Lü"nen', '"', '""', "'", '"Lünen"', "\\", "a\tb"])
def test_quote_characters_lose_no_row(read: Registerleser, ort: str) -> None:
    ergebnis = read(person(1), person(2, geburtsort=ort), *(person(n) for n in range(3, 40)))
    assert (ergebnis.gelesen, ergebnis.uebernommen) == (39, 39)


def test_columns_are_found_by_name_in_any_order(read: Registerleser) -> None:
    ergebnis = read.text(auszugstext([person(1, gebiet_id="03", geschlecht="m")], SPALTEN[::-1]))
    assert ergebnis.uebernommen == 1
    assert (read.personen()[2]["gebiet_id"], read.personen()[2]["geschlecht"]) == ("03", "m")


def test_only_the_required_columns_must_exist(read: Registerleser) -> None:
    assert read.text(auszugstext([person(1)], PFLICHT)).uebernommen == 1


@pytest.mark.parametrize("ende", ["\n", "\r\n"])
def test_a_line_that_tells_excel_the_separator_is_no_header(read: Registerleser, ende: str) -> None:
    text = "sep=;\n" + auszugstext([person(1), person(2, geschlecht="q")])
    ergebnis = read.text(text.replace("\n", ende))
    assert (ergebnis.gelesen, ergebnis.uebernommen) == (2, 1)
    assert [b.zeilen for b in ergebnis.befunde if b.code is Code.schluessel_unbekannt] == [(4,)]


def abweisung(read: Registerleser, inhalt: str) -> tuple[Befund, ...]:
    with pytest.raises(LieferungAbgewiesen) as grund:
        read.text(inhalt)
    return grund.value.befunde


@pytest.mark.parametrize("spalte", PFLICHT)
def test_a_missing_required_column_refuses_the_delivery(read: Registerleser, spalte: str) -> None:
    (befund,) = abweisung(read, auszugstext([person(1)], [s for s in SPALTEN if s != spalte]))
    assert befund.code is Code.spalte_fehlt
    assert f"»{spalte}«" in befund.was


def test_an_unknown_column_is_refused_by_name(read: Registerleser) -> None:
    (befund,) = abweisung(read, "familienname;" + auszugstext([person(1)]))
    assert (befund.code, befund.ort) == (Code.spalte_unbekannt, "Zeile 1 (Kopfzeile), Spalte 1")
    assert "»familienname«" in befund.was


def test_a_row_glued_to_the_header_is_not_shown(read: Registerleser) -> None:
    texte = auszugstext([person(1, pid="GEHEIM", geburtsort="Ankara"), person(2)]).splitlines()
    for kleber in ("", "\r"):
        befunde = abweisung(read, texte[0] + kleber + "\n".join([*texte[1:], ""]))
        gezeigt = " ".join(b.text() for b in befunde)
        assert "GEHEIM" not in gezeigt
        assert "Ankara" not in gezeigt


@pytest.mark.parametrize(("zeichen", "wort"), [(",", "Komma"), ("\t", "Tabulator"), ("|", "senkrechter Strich")])
def test_another_separator_is_named(read: Registerleser, zeichen: str, wort: str) -> None:
    (befund,) = abweisung(read, auszugstext([person(1)]).replace(";", zeichen))
    assert befund.code is Code.trennzeichen
    assert wort in befund.was


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        ("", Code.datei_leer),
        (";".join(SPALTEN), Code.datei_leer),
        (";".join(SPALTEN) + "\n", Code.datei_leer),
        (auszugstext([person(1)], kopf=False), Code.kopfzeile),
        (auszugstext([person(1)], [*SPALTEN, "pid"]), Code.spalte_doppelt),
        (auszugstext([person(1), person(2)])[:-20], Code.letzte_zeile),
        (auszugstext([person(1, pid="SYN1"), person(2)]), Code.synthetisch_gemischt),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(read: Registerleser, inhalt: str, code: Code) -> None:
    assert [b.code for b in abweisung(read, inhalt)] == [code]


def test_a_sound_last_line_without_line_end_is_accepted(read: Registerleser) -> None:
    assert read.text(auszugstext([person(1), person(2)]).rstrip("\n")).uebernommen == 2


def test_too_many_faulty_rows_refuse_the_delivery(tmp_path: Path) -> None:
    streng = load_kommune(create_kleinstadt(create_data_folder(tmp_path / "data", ())))
    zeilen = [person(n, geschlecht="q" if n <= 2 else "m") for n in range(1, 102)]
    leser = Registerleser(Ablage(tmp_path / "data").create_folders(), streng, tmp_path / "2021-06-30.csv")
    befunde = abweisung(leser, auszugstext(zeilen))
    assert [b.code for b in befunde] == [Code.zu_viele_abgewiesen, Code.schluessel_unbekannt, Code.schluessel_unbekannt]
    assert leser(*zeilen[1:]).abgewiesen == 1


# Lines as they come; generated persons among others would refuse the whole file.
ZELLE = st.sampled_from(
    ["", " ", '"', "000", "163", "m", "haupt", "neben", "01", "P1", "SYN1", "30.06.2021", "00.00.0000", "0000-05-05",
     "9999-99-99", "ü", "€", "😀", "x" * 300, "\x00", "\x01", "\x02", "\t", "NULL", "\\N"]
)  # fmt: skip
GARBAGE = st.lists(ZELLE, max_size=21).map(";".join) | st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\n\r"), max_size=40
)


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zeilen=st.lists(
        GARBAGE.filter(lambda z: not z.startswith("SYN")) | st.just(";".join(person(1).values())),
        min_size=6,
        max_size=24,
    )
)
def test_every_line_is_taken_over_outside_or_rejected_whatever_it_holds(read: Registerleser, zeilen: list[str]) -> None:
    inhalt = "\n".join([";".join(SPALTEN), *zeilen, ";".join(person(2).values()), ""])
    ergebnis = read.text(inhalt)
    assert ergebnis.gelesen == len(zeilen) + 1 == examine(read.pfad).zeilen - 1
    assert ergebnis.gelesen == ergebnis.uebernommen + ergebnis.ausserhalb + ergebnis.abgewiesen
    assert len(read.personen()) == ergebnis.uebernommen
    assert len(read.abgewiesen()) == ergebnis.abgewiesen


def test_nothing_temporary_is_left_behind(read: Registerleser) -> None:
    read.text(auszugstext([person(1)], ende="\r\n"))
    with pytest.raises(LieferungAbgewiesen):
        read.text(auszugstext([person(1), person(2)], ende="\r\n")[:-20])
    assert list(read.ablage.tmp.iterdir()) == []


def test_umlauts_in_two_encodings_are_told_with_their_lines(read: Registerleser) -> None:
    text = auszugstext([person(1, geburtsort="Köln"), person(2, geburtsort="@"), person(3, geburtsort="Lübeck")])
    read.pfad.write_bytes(text.encode("utf-8").replace(b"@", "Düren".encode("cp1252")))
    ergebnis = read_auszug(read.ablage, read.kommune, read.pfad, STICHTAG, STICHTAG, None)
    (befund,) = [b for b in ergebnis.befunde if b.schwere is Schwere.warnung]
    assert (befund.code, befund.zeilen) == (Code.kodierung, (2, 4))
    assert "Köln" not in befund.text()


def test_one_encoding_throughout_is_not_told(read: Registerleser) -> None:
    text = auszugstext([person(1, geburtsort="Köln"), person(2, geburtsort="Düren")])
    read.pfad.write_bytes(text.encode("cp1252"))
    ergebnis = read_auszug(read.ablage, read.kommune, read.pfad, STICHTAG, STICHTAG, None)
    assert [b.schwere for b in ergebnis.befunde if b.code is Code.kodierung] == [Schwere.hinweis]


def test_control_characters_are_told(read: Registerleser) -> None:
    ergebnis = read(person(1, geburtsort="An\0kara"), person(2))
    (befund,) = ergebnis.befunde
    assert (befund.code, befund.schwere) == (Code.dateiformat, Schwere.warnung)
    assert "1 Steuerzeichen" in befund.text()
