"""The municipality of a new folder, found in a table of its Land by the folder's name."""

import pytest

from pipelines.scaffold.own_areas import find_own

LAND = [
    ("05", "Nordrhein-Westfalen"), ("051", "  Düsseldorf, Regierungsbezirk"), ("05111", "    Düsseldorf, krfr. Stadt"),
    ("05117", "    Mülheim an der Ruhr, krfr. Stadt"), ("05162", "    Rhein-Kreis Neuss"), ("05162024", "      Neuss, Stadt"),
    ("05554", "    Borken, Kreis"), ("05554008", "      Bocholt, Stadt"), ("05554012", "      Borken, Stadt"),
    ("05774", "    Paderborn, Kreis"), ("05774004", "      Altenbeken"), ("05566004", "      Altenberge"),
    ("05978", "    Unna, Kreis"), ("05978036", "      Unna, Stadt"), ("01", "Nord"), ("05170001", "Nord"),
    ("05170002", "Nord, Stadt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kurzname", "ags", "name", "zeilen"),
    [
        ("duesseldorf", "05111000", "Düsseldorf", [("05111000", "Düsseldorf", "gemeinde", "")]),
        ("muelheim_an_der_ruhr", "05117000", "Mülheim an der Ruhr", [("05117000", "Mülheim an der Ruhr", "gemeinde", "")]),
        ("bocholt", "05554008", "Bocholt",
         [("05554", "Borken, Kreis", "kreis", ""), ("05554008", "Bocholt", "gemeinde", "05554")]),
        ("borken", "05554012", "Borken",
         [("05554", "Borken, Kreis", "kreis", ""), ("05554012", "Borken", "gemeinde", "05554")]),
        ("altenberge", "05566004", "Altenberge", [("05566004", "Altenberge", "gemeinde", "")]),  # its Kreis is not there
        ("kreis_borken", "05554", "Borken, Kreis",
         [("05554", "Borken, Kreis", "kreis", ""), ("05554008", "Bocholt", "gemeinde", "05554"),
          ("05554012", "Borken", "gemeinde", "05554")]),
        ("unna_kreis", "05978", "Unna, Kreis",
         [("05978", "Unna, Kreis", "kreis", ""), ("05978036", "Unna", "gemeinde", "05978")]),
        ("rhein_kreis_neuss", "05162", "Rhein-Kreis Neuss",
         [("05162", "Rhein-Kreis Neuss", "kreis", ""), ("05162024", "Neuss", "gemeinde", "05162")]),
    ],
)  # fmt: skip
def test_the_folder_is_called_as_its_area_is(kurzname: str, ags: str, name: str, zeilen: list[tuple[str, ...]]) -> None:
    eigene = find_own(kurzname, LAND)
    assert eigene is not None
    assert (eigene.ags, eigene.name, list(eigene.zeilen)) == (ags, name, zeilen)


@pytest.mark.parametrize("kurzname", ["nord", "regierungsbezirk", "nordrhein_westfalen", "ort", "dusseldorf"])
def test_two_areas_of_a_name_or_none_are_not_guessed(kurzname: str) -> None:
    assert find_own(kurzname, LAND) is None
