"""Words, names and codes: a slip of another word is told from two words that look alike.

Every test starts from the same small invented folder and breaks one thing in it.
"""

import pytest

from pipelines.foundation.findings import Code, Schwere
from tests.lib.open_sdg_folder import MH, Ordner, replace, set_value, write, write_meta

# Cells of data/indicator_1-1-2.csv that are wrong together: line, field, new text → code, severity, words, suggestion.
# In a disagreement of code and name the code is the field to look at (5), whichever of the two was changed.


EIGENNAMEN = [
    ("Irland", "Island"), ("Gambia", "Sambia"), ("Afrika", "Amerika"), ("Ostafrika", "Westafrika"), ("Südeuropa", "Osteuropa"),
    ("Mali", "Malta"), ("Iran", "Irak"), ("iranisch", "irakisch"), ("slowakisch", "slowenisch"), ("Afrikaner", "Amerikaner"),
    ("gambisch", "sambisch"), ("aus Irland", "aus Island"), ("Irland (Republik)", "Island (Republik)"),
    ("Niger", "Nigeria"), ("Slowakei", "Slowenien"), ("Australien", "Austria"),
]  # fmt: skip


def test_one_real_name_is_no_slip_of_another(ordner: Ordner) -> None:
    """Of each pair one name stands in both files and often, the other once."""

    def name(zeilen: list[list[str]], einer: int | None = None) -> None:
        stellen = [z for z in zeilen if z[3] == MH[0]]
        for nummer, z in enumerate(stellen):
            eins, zwei = EIGENNAMEN[nummer % len(EIGENNAMEN)]
            z[3] = zwei if einer == nummer // len(EIGENNAMEN) else eins

    ordner.change("1-1-2", name)
    ordner.change("1-2-1", lambda zeilen: name(zeilen, 0))
    assert [b.text() for b in ordner.befunde() if b.code is Code.wort_unbekannt] == []


def test_the_right_spelling_is_proposed_even_where_the_wrong_one_is_more_frequent(ordner: Ordner) -> None:
    ordner.change("1-1-2", lambda z: (replace(MH[0], "Iralnd")(z), set_value(2, 4, "Irland")(z)))
    ordner.change("1-2-1", replace(MH[0], "Iralnd"))
    assert {(b.code, b.vorschlag) for b in ordner.befunde() if b.code is Code.wort_unbekannt} == {
        (Code.wort_unbekannt, "Irland")
    }


@pytest.mark.parametrize("falsch", ["Auslander", "Ausl?nder", "Auslaender"])
def test_a_lost_umlaut_is_the_wrong_spelling_however_often_it_stands_there(ordner: Ordner, falsch: str) -> None:
    ordner.change("1-1-2", lambda z: (replace(MH[0], falsch)(z), set_value(2, 4, "Ausländer")(z)))
    ordner.change("1-2-1", replace(MH[0], falsch))
    assert {b.vorschlag for b in ordner.befunde() if b.code is Code.wort_unbekannt} == {"Ausländer"}


def test_codes_are_proposed_only_if_they_stand_in_the_folder(ordner: Ordner) -> None:
    ordner.change("1-1-2", set_value(5, 5, "X99152"))
    b = ordner.only()
    assert (b.code, b.schwere, b.vorschlag) == (Code.schluessel_name, Schwere.fehler, None)


def test_region_and_local_authority_beside_a_code_of_the_finest_level(ordner: Ordner) -> None:
    zeilen = [["Year", "Region", "Local Authority", "GeoCode", "Value"]]
    for jahr in ("2019", "2020"):
        zeilen.append([jahr, "South East", "", "E12000008", "70"])
        zeilen += [[jahr, "South East", f"Bezirk {b}", f"E0700000{n}", str(10 + n)] for n, b in enumerate("ABCDEF", 1)]
    write(ordner.daten("3-1-1"), zeilen)
    write_meta(ordner.meta("3-1-1"))
    assert [b.text() for b in ordner.befunde()] == []


def test_more_regions_than_districts_beside_a_code(ordner: Ordner) -> None:
    zeilen = [["Year", "Region", "Local Authority", "GeoCode", "Value"]]
    for jahr in ("2019", "2020"):
        zeilen += [[jahr, f"Gegend {g}", "", f"E1200000{n}", str(70 + n)] for n, g in enumerate("JKLMNO", 1)]
        zeilen += [[jahr, "Gegend J", f"Bezirk {b}", f"E0700000{n}", str(10 + n)] for n, b in enumerate("ABC", 1)]
    write(ordner.daten("3-1-1"), zeilen)
    write_meta(ordner.meta("3-1-1"))
    assert [b.text() for b in ordner.befunde()] == []


def test_short_words_are_no_slips_of_each_other(ordner: Ordner) -> None:
    ordner.change("1-1-2", replace(MH[0], "Gruppe A"))
    ordner.change("1-2-1", replace(MH[0], "Gruppe B"))
    write_meta(ordner.meta("1-1-1"), graph_min_value="1")
    for nummer in ("1-1-2", "1-2-1"):
        write_meta(ordner.meta(nummer), graph_max_value="1")
    assert [b.text() for b in ordner.befunde()] == []


def test_one_figure_is_not_proposed_for_several(ordner: Ordner) -> None:
    ordner.change("1-1-2", lambda z: (set_value(11, 8, "12,5")(z), set_value(12, 8, "13,7")(z)))
    assert ordner.only().vorschlag == "den Dezimalpunkt statt des Kommas setzen"
