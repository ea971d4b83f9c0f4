"""The shape of a table: which columns are words, found once and not for each of its cells."""

from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow


def test_columns_of_words_and_names_of_columns_are_found_once() -> None:
    t = Tabelle(
        "Gebiete",
        ("Gebiet", "Einwohner", "Hinweis"),
        (TableRow(("A", "1.000", "geschätzt")), TableRow(("B", "–", "–"))),
    )
    assert t.textspalten == {0, 2}
    assert t.textspalten is t.textspalten, "a table of hundreds of areas asks in each of its cells"
    assert t.spaltennamen is t.spaltennamen
