"""Which area a name means: as written first, in another spelling next, and never an area of another kind.

Here belong the finder of areas and the forms in which names and words are compared.
"""

from pathlib import Path

import pytest

from pipelines.eingang.tabelle.gebiet_lookup import Gebietsfinder
from pipelines.eingang.tabelle.labels import UEBERGANGEN, Woerterbuch
from pipelines.foundation.names import clean, mit_art, ohne_endung, ohne_fussnote
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.quellen.layout import Layout

FREMD = "(fremd)"
FEHLER = "(Fehler)"


def finder(*gebiete: str, summe: str = "", aliase: dict[str, str] | None = None, fremde: bool = False) -> Gebietsfinder:
    """A finder over areas written `id=name@ebene`; the level is stadtteil if not said."""
    liste = []
    for g in gebiete:
        kennung, _, rest = g.partition("=")
        name, _, ebene = rest.partition("@")
        liste.append(Gebiet(kennung, name, ebene or "stadtteil", "ort", "2024", None, None))
    return Gebietsfinder(tuple(liste), "ort", (summe,) if summe else (), aliase or {}, fremde)


def antwort(f: Gebietsfinder, name: str, schluessel: str = "") -> str | None:
    treffer = f.find(schluessel, name)
    return FEHLER if treffer.fehler else FREMD if treffer.fremd else treffer.gebiet_id


STADT = ("ort=Kassel@gemeinde",)


@pytest.mark.parametrize(
    ("gebiete", "name", "erwartet"),
    [
        # The town and the Landkreis of the same name.
        (STADT, "Kassel, documenta-Stadt", "ort"),
        (STADT, "Kassel, krfr. Stadt", "ort"),
        (STADT, "Kassel, Landkreis", FREMD),
        (("ort=Mettmann@gemeinde",), "Mettmann, Kreis", FREMD),
        (("ort=Mettmann@gemeinde",), "Mettmann, Stadt", "ort"),
        (("ort=Mettmann@gemeinde", "k=Mettmann, Kreis@kreis"), "Mettmann, Kreis", "k"),
        (("ort=Hannover@gemeinde",), "Hannover, Region", FREMD),
        # An addition is part of the name of a district.
        (("1=Osnabrück, Stadt", "2=Osnabrück"), "Osnabrück, Stadt", "1"),
        (("1=Osnabrück, Stadt", "2=Osnabrück"), "Osnabrück", "2"),
        (("2=Osnabrück",), "Osnabrück, Stadt", FREMD),
        (("1=Osnabrück, Stadt@gemeinde",), "Osnabrück", FREMD),
        # A number in brackets is no footnote.
        (("1=Innenstadt (1)",), "Innenstadt (2)", FREMD),
        (("1=Innenstadt",), "Innenstadt (2)", FREMD),
        (("10=Ortsteil (10)", "11=Ortsteil (11)"), "Ortsteil (11)", "11"),
        # Footnotes and spellings.
        (("6=Hofen",), "Hofen ¹)", "6"),
        (("6=Hofen",), "Hofen¹", "6"),
        (("6=Hofen",), "Hofen 1)", "6"),
        (("6=Hofen",), "Hofen *)", "6"),
        (("5=Geistviertel & Lippe",), "Geistviertel und Lippe", "5"),
        (("4=Südhöhe",), "Su\u0308dho\u0308he", "4"),
        (("4=Südhöhe",), "Süd\u00adhöhe\u200b", "4"),
        (("4=Am\u00a0Hang",), "Am Hang", "4"),
        (("4=AM HANG", "5=Am Hang"), "Am Hang", "5"),
        (("4=AM HANG", "5=Am hang"), "Am Hang", FEHLER),
    ],
)
def test_a_name_is_compared_as_written_before_it_is_loosened_and_never_across_kinds(
    gebiete: tuple[str, ...], name: str, erwartet: str
) -> None:
    assert antwort(finder(*gebiete, fremde=True), name) == erwartet


def test_a_translation_of_one_name_does_not_catch_another() -> None:
    f = finder("1=Osnabrück, Stadt", "2=Hafen", aliase={"Osnabrück": "2"})
    assert (antwort(f, "Osnabrück"), antwort(f, "Osnabrück, Stadt")) == ("2", "1")
    assert antwort(finder("1=A", "2=B", aliase={"Hof 1)": "1", "Hof 2)": "2"}), "Hof") == FEHLER


def test_a_total_row_may_carry_the_towns_addition_but_not_the_districts() -> None:
    f = finder("1=Mitte", summe="Kassel", fremde=True)
    assert [antwort(f, n) for n in ("Kassel", "Kassel, documenta-Stadt", "Kassel, Landkreis")] == ["ort", "ort", FREMD]


def test_key_and_name_belong_together_unless_the_name_says_another_kind() -> None:
    f = finder("06611=Kassel@gemeinde", "1=Osnabrück, Stadt@gemeinde")
    assert antwort(f, "Kassel, documenta-Stadt", "06611") == "06611"
    assert antwort(f, "Kassel, Landkreis", "06611") == FEHLER
    assert antwort(f, "Osnabrück", "1") == "1"


@pytest.mark.parametrize(
    ("gebiet", "schluessel", "name", "erwartet"),
    [
        ("05114000=Krefeld@gemeinde", "05114", "    Krefeld, krfr. Stadt", "05114000"),
        ("05114=Krefeld@gemeinde", "05114000", "Krefeld", "05114"),
        ("05554000=Borken, Kreis@kreis", "05554", "Borken, Kreis", "05554000"),
        ("01004000=Neumünster@gemeinde", "1004", "Neumünster", "01004000"),  # its leading zero is lost, too
        ("05114000=Krefeld@gemeinde", "05114", "Viersen, Kreis", FEHLER),  # another name
        ("05114000=Krefeld@gemeinde", "05116", "Mönchengladbach", FREMD),
        ("05114000=Krefeld@gemeinde", "051", "Düsseldorf, Regierungsbezirk", FREMD),
        ("05554008=Bocholt@gemeinde", "05554", "Borken, Kreis", FREMD),  # the Kreis is not the town
        ("11000000=Mitte@bezirk", "11000", "Mitte", FREMD),  # districts have keys of their own
    ],
)
def test_five_digits_and_000_behind_them_are_the_same_official_key(
    gebiet: str, schluessel: str, name: str, erwartet: str
) -> None:
    f = finder(gebiet, fremde=True)
    assert antwort(f, name.strip(), schluessel) == erwartet
    assert f.find(schluessel, name.strip()).gekuerzt == (erwartet not in (FREMD, FEHLER))


def test_a_kreisfreie_stadt_may_be_listed_as_a_kreis_but_a_landkreis_is_no_town() -> None:
    f = finder("05114=Krefeld@kreis", "06633=Kassel@kreis", "05554=Borken, Kreis@kreis", fremde=True)
    assert antwort(f, "Krefeld, krfr. Stadt", "05114") == antwort(f, "Krefeld, kreisfreie Stadt", "05114") == "05114"
    assert antwort(f, "Kassel, documenta-Stadt", "06633") == FEHLER
    assert antwort(f, "Borken, krfr. Stadt", "05554") == FEHLER
    assert antwort(f, "Krefeld, krfr. Stadt") == FREMD  # without a key a name is of its own kind only


def test_a_key_of_the_list_is_never_taken_for_the_other_form_of_another() -> None:
    f = finder("05114=Krefeld@kreis", "05114000=Krefeld@gemeinde", fremde=True)
    assert [(t.gebiet_id, t.gekuerzt) for t in (f.find("05114", "Krefeld"), f.find("05114000", "Krefeld"))] == [
        ("05114", False), ("05114000", False),
    ]  # fmt: skip


def test_figures_without_an_area_are_an_error_and_a_foreign_list_does_not_hide_it() -> None:
    for f in (finder(), finder("1=Mitte"), finder("1=Mitte", fremde=True)):
        assert "kein Gebiet" in (f.find("", "").fehler or "")


def test_an_unknown_name_like_a_known_one_says_how_to_translate_it() -> None:
    treffer = finder("6=Hofen").find("", "Hofen (alt)")
    assert treffer.vorschlag == "Hofen"
    assert 'woerter: {gebiet: {"Hofen (alt)"' in treffer.erwartet


@pytest.mark.parametrize(
    ("text", "sauber"),
    [("Ausla\u0308nder", "Ausländer"), ("Aus\u00adländer", "Ausländer"), ("\ufeff500\u200b", "500"),
     ("Nord\u00a0\u202f West", "Nord West"), ("a\u200db", "ab")],
)  # fmt: skip
def test_what_nobody_sees_is_not_compared(text: str, sauber: str) -> None:
    assert clean(text) == sauber


@pytest.mark.parametrize(
    "wort",
    ["Ausländer*innen", "Ausländer:innen", "Ausländer/-innen", "Ausländer/innen", "Ausländer_innen", "AusländerInnen",
     "Ausländer(innen)", "Ausländerinnen und Ausländer", "Ausländer und Ausländerinnen"],
)  # fmt: skip
def test_a_word_for_women_and_men_is_one_word(wort: str) -> None:
    assert ohne_endung(wort) == "Ausländer"


@pytest.mark.parametrize("wort", ["Ausländerinnen", "Innenstadt", "Finnen", "Rinnen"])
def test_a_word_for_women_alone_and_names_stay(wort: str) -> None:
    assert ohne_endung(wort) == wort


def test_marks_and_kinds_are_split_off_only_where_they_are_some() -> None:
    assert [ohne_fussnote(t) for t in ("Hofen ¹)", "Hofen 12)", "Innenstadt (2)", "Gebiet 12")] == [
        "Hofen", "Hofen", "Innenstadt (2)", "Gebiet 12",
    ]  # fmt: skip
    assert mit_art("Aachen, Städteregion") == ("aachen, städteregion", None)
    assert mit_art("Rostock, Hanse- und Universitätsstadt") == ("rostock", "stadt")
    assert mit_art("Lünen, Stadt") == ("lünen", "stadt")


def woerterbuch(**mehr: object) -> Woerterbuch:
    layout = {"id": "x", "titel": "X", "herkunft": "h", "lizenz": "l", "datei": "x_{stichtag}.csv",
              "spalten": {"gruppe": "Art", "einwohner": "E"}, **mehr}  # fmt: skip
    return Woerterbuch(Layout.model_validate(layout), Path())


@pytest.mark.parametrize("wort", ["Ausländer*innen", "Ausländer:innen", "AUSLÄNDER", "Ausländer ¹)"])
def test_a_translated_group_is_found_in_every_spelling(wort: str) -> None:
    assert woerterbuch(woerter={"gruppe": {"Ausländer": "auslaender"}}).bedeutung("gruppe", wort) == (
        "gruppe", "auslaender",
    )  # fmt: skip


def test_an_exact_translation_comes_before_a_looser_one() -> None:
    w = woerterbuch(woerter={"gruppe": {"Türken": "m", "türken": "k", "Ausländerinnen": "frauen", "Ausländer": "alle"}})
    assert [w.bedeutung("gruppe", t)[1] for t in ("Türken", "türken", "Ausländerinnen", "Ausländer:innen")] == [
        "m", "k", "frauen", "alle",
    ]  # fmt: skip


def test_a_star_passes_over_every_group_that_is_not_translated() -> None:
    w = woerterbuch(woerter={"gruppe": {"A": "gut"}}, uebergehen={"gruppe": "*"})
    assert [w.bedeutung("gruppe", t)[1] for t in ("A", "B", "Insgesamt")] == ["gut", UEBERGANGEN, "insgesamt"]


def test_what_cannot_be_passed_over_is_refused_as_configuration() -> None:
    with pytest.raises(ValueError, match="uebergehen kennt »gebiet« nicht"):
        woerterbuch(uebergehen={"gebiet": "*"})
