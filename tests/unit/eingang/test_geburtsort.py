"""Birthplaces without a state are looked up in geburtsorte.csv; the lists themselves are checked when read.

Here belong the rules of comparing names, of years and of precedence, and that a changed list makes deliveries new.
Long because the rules of one look-up are asked of the same lists.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipelines.eingang.lieferung.fingerprint import konfigurationsstand
from pipelines.eingang.melderegister import geburtsort
from pipelines.eingang.melderegister.geburtsort import DATEINAME, SPALTEN, normalform, read_geburtsorte
from pipelines.eingang.melderegister.read import Einlesung
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.refresh.news import neuigkeiten
from pipelines.stamm.kommune import load_kommune
from tests.conftest import (
    Registerleser,
    auszugstext,
    create_data_folder,
    create_kleinstadt,
    monitoring_im_prozess,
    person,
    write_auszug,
)

KOPF = ";".join(SPALTEN)


def zeile(ort: str, staat: str, von: str = "", bis: str = "", **anders: str) -> str:
    werte = {
        "ort": ort, "jahr_von": von, "jahr_bis": bis, "staat": staat, "sicherheit": "sicher",
        "entschieden_von": "Test", "entschieden_am": "2026-01-31", "bemerkung": "",
    } | anders  # fmt: skip
    return ";".join(werte[s] for s in SPALTEN)


GEMEINSAM = (
    zeile("Großstadt", "163"),
    zeile("Banja Luka", "122"),
    zeile("Königsburg", "160", "", "1946"),
    zeile("Grenzort", "162", "", "1992"),
    zeile("Grenzort", "164", "1993"),
    zeile("London", "168"),
    zeile("Prag", "164"),
)


@pytest.fixture
def liste(kleinstadt: Path) -> Callable[..., Path]:
    """Writes the shared list, and with `eigene` that of the town; returns the town's folder."""

    def write(*zeilen: str, eigene: tuple[str, ...] = (), kopf: str = KOPF) -> Path:
        ziel = kleinstadt.parent / "referenz" / DATEINAME
        ziel.write_text("\n".join([kopf, *zeilen, ""]), encoding="utf-8")
        if eigene:
            (kleinstadt / DATEINAME).write_text("\n".join([KOPF, *eigene, ""]), encoding="utf-8")
        return kleinstadt

    return write


def leser(ordner: Path) -> Registerleser:
    datei = ordner / "melderegister" / "2021-06-30.csv"
    datei.parent.mkdir(exist_ok=True)
    return Registerleser(Ablage(ordner.parents[1]).create_folders(), load_kommune(ordner), datei)


def read_orte(ordner: Path, *personen: dict[str, str]) -> tuple[list[str | None], Einlesung]:
    """Staged states of birth in the order of the rows."""
    read = leser(ordner)
    ergebnis = read.text(auszugstext(personen))
    return [p["geburtsstaat"] for _, p in sorted(read.personen().items())], ergebnis


def geboren(nummer: int, ort: str, jahr: str = "1980", staat: str = "") -> dict[str, str]:
    return person(
        nummer, geburtsort=ort, geburtsstaat=staat, geburtsdatum=f"15.03.{jahr}" if jahr else "", einzug_datum=""
    )


PLACES: tuple[tuple[str, str | None], ...] = (
    ("Großstadt", "163"),
    ("GROSSSTADT", "163"),
    ("grossstadt", "163"),
    ("  Großstadt  ", "163"),
    ("Großstadt (Türkei)", "163"),
    ("Großstadt, Türkei", "163"),
    ("Großstadt , TÜRKEI", "163"),
    ("Großstadt(Türkei)", "163"),
    ("Banja-Luka", "122"),
    ("Banja  Luka", "122"),
    ("Banja \u2013 Luka", "122"),
    ("Banja\u00a0Luka", "122"),
    ("Banja Luka (Jugoslawien)", "122"),  # a former state agrees with its successors
    ("Banja Luka, Bosnien", "122"),
    ("Prag, Tschechoslowakei", "164"),
    ("Ko\u0308nigsburg", "160"),  # decomposed umlaut
    ("London, Kanada", "000"),  # another London
    ("London (Ontario)", "000"),
    ("Großstadt/Türkei", "000"),
    ("Großstadt am Fluss", "000"),
    ("Koenigsburg", "000"),
    ("Banjaluka", "000"),
    ("Lünen", "000"),
    ("(Türkei)", "000"),
    (", Türkei", "000"),
    ("", None),
)
YEARS = (
    ("Königsburg", "1946", "160"),
    ("Königsburg", "1947", "000"),
    ("Königsburg", "", "000"),  # year unknown: only a row without years holds
    ("Grenzort", "1992", "162"),
    ("Grenzort", "1993", "164"),
    ("Grenzort", "", "000"),
    ("Großstadt", "", "163"),
)


def read_alone(folder: Path, places: Sequence[tuple[str, str]], *zeilen: str) -> dict[tuple[str, str], str | None]:
    """(place, year of birth) → staged state, all of them read in one extract of a town of its own; `zeilen`: the shared list."""
    ordner = create_kleinstadt(create_data_folder(folder / "data", ()))
    if zeilen:
        (ordner.parent / "referenz" / DATEINAME).write_text("\n".join([KOPF, *zeilen, ""]), encoding="utf-8")
    staaten, _ = read_orte(ordner, *(geboren(n, ort, jahr) for n, (ort, jahr) in enumerate(places, start=1)))
    return dict(zip(places, staaten, strict=True))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str | None]:
    places = [*((ort, "1940") for ort, _ in PLACES), *((ort, jahr) for ort, jahr, _ in YEARS)]
    return read_alone(tmp_path_factory.mktemp("places"), places, *GEMEINSAM)


@pytest.mark.parametrize(("ort", "staat"), PLACES)
def test_a_place_is_found_by_its_normalised_name_and_any_other_counts_as_german(
    found: dict[tuple[str, str], str | None], ort: str, staat: str | None
) -> None:
    assert found[ort, "1940"] == staat


@pytest.mark.parametrize(("ort", "jahr", "staat"), YEARS)
def test_a_row_holds_for_its_years_of_birth(
    found: dict[tuple[str, str], str | None], ort: str, jahr: str, staat: str
) -> None:
    assert found[ort, jahr] == staat


@pytest.mark.parametrize(("angabe", "staat"), [("137", "137"), ("000", "000"), ("998", None), ("999", None)])
def test_a_given_state_wins_over_the_list(liste: Callable[..., Path], angabe: str, staat: str | None) -> None:
    staaten, ergebnis = read_orte(liste(*GEMEINSAM), geboren(1, "Großstadt", staat=angabe))
    assert staaten == [staat]
    assert ergebnis.befunde == []


def test_the_town_s_own_list_wins_where_it_says_something(liste: Callable[..., Path]) -> None:
    eigene = (zeile("großstadt", "000"), zeile("Grenzort", "152", "1950", "1960"), zeile("Dorf", "475"))
    personen = [geboren(1, "Großstadt"), geboren(2, "Dorf"), geboren(3, "London")]
    personen += [
        geboren(n, "Grenzort", jahr) for n, jahr in enumerate(("1949", "1950", "1960", "1961", "1999"), start=4)
    ]
    staaten, ergebnis = read_orte(liste(*GEMEINSAM, eigene=eigene), *personen)
    assert staaten == ["000", "475", "168", "162", "152", "152", "162", "164"]
    assert ergebnis.befunde[0].anzahl == 8


def test_an_own_row_of_some_years_leaves_the_others_to_the_shared_list(liste: Callable[..., Path]) -> None:
    eigene = (zeile("London", "000", "1970", "1979"),)
    jahre = ("1969", "1970", "1979", "1980")
    staaten, _ = read_orte(liste(*GEMEINSAM, eigene=eigene), *(geboren(n, "London", j) for n, j in enumerate(jahre)))
    assert staaten == ["168", "000", "000", "168"]


def test_the_number_of_rows_coded_is_said_and_no_place(liste: Callable[..., Path]) -> None:
    ordner = liste(*GEMEINSAM)
    personen = [geboren(1, "Großstadt"), geboren(2, "London"), geboren(3, "Lünen"), geboren(4, "Prag", staat="164")]
    _, ergebnis = read_orte(ordner, *personen, person(5, geburtsort="London", geburtsstaat="", wohnungsstatus="neben"))
    (befund,) = ergebnis.befunde
    assert (befund.schwere, befund.anzahl, befund.zeilen) == (Schwere.hinweis, 2, ())
    assert "(2 Mal)" in befund.text()
    assert not any(p["geburtsort"] in befund.text() for p in personen)
    gesagt = monitoring_im_prozess(
        ordner.parents[1], "check", str(ordner / "melderegister" / "2021-06-30.csv"), "--kommune", "kleinstadt"
    )
    assert gesagt.code == 0
    assert "Hinweis: " in gesagt.stdout
    assert "(2 Mal)" in gesagt.stdout
    assert "London" not in gesagt.output


@pytest.mark.parametrize("zeilen", [(), GEMEINSAM])
def test_nothing_is_said_where_nothing_was_coded(liste: Callable[..., Path], zeilen: tuple[str, ...]) -> None:
    assert read_orte(liste(*zeilen), geboren(1, "Lünen"))[1].befunde == []


def test_one_row_coded_is_said_too(liste: Callable[..., Path]) -> None:
    assert "(1 Mal)" in read_orte(liste(*GEMEINSAM), geboren(1, "London"))[1].befunde[0].text()


def test_without_any_list_places_count_as_german(kleinstadt: Path) -> None:
    (kleinstadt.parent / "referenz" / DATEINAME).unlink()
    assert read_orte(kleinstadt, geboren(1, "Ankara"))[0] == ["000"]


def test_the_place_is_not_staged(liste: Callable[..., Path]) -> None:
    read = leser(liste(*GEMEINSAM))
    read(geboren(1, "London"))
    assert "London" not in str(read.personen())
    assert not {"geburtsort", "ort_ohne_staat"} & set(read.personen()[2])


def test_a_grown_list_makes_deliveries_new(liste: Callable[..., Path]) -> None:
    ordner = liste(*GEMEINSAM)
    write_auszug(ordner / "melderegister" / "2021-06-30.csv", [geboren(1, "Dorf")])
    ablage = Ablage(ordner.parents[1]).create_folders()
    staende, abdruecke = [], []
    for eigene in ((), (zeile("Dorf", "475"),), (zeile("Dorf", "475"), zeile("Weiler", "475"))):
        liste(*GEMEINSAM, eigene=eigene)
        staende.append(konfigurationsstand(ablage, ordner))
        abdruecke.append(neuigkeiten(ablage).neu[0].fingerabdruck)
    liste(*GEMEINSAM, zeile("Neuort", "137"))
    staende.append(konfigurationsstand(ablage, ordner))
    abdruecke.append(neuigkeiten(ablage).neu[0].fingerabdruck)
    assert len(set(staende)) == len(set(abdruecke)) == 4


# --- lists that cannot be right ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zeilen", "ort", "grund"),
    [
        ((zeile("", "163"),), "Zeile 2, ort", "der Ort fehlt"),
        ((zeile(" - ", "163"),), "Zeile 2, ort", "der Ort fehlt"),
        ((zeile("Ankara (Türkei)", "163"),), "Zeile 2, ort", "Länderzusatz"),
        ((zeile("A", "777"),), "Zeile 2, staat", "»777« ist unbekannt"),
        ((zeile("A", "63"),), "Zeile 2, staat", "»63« ist unbekannt"),
        ((zeile("A", "999"),), "Zeile 2, staat", "»999« ist unbekannt"),
        ((zeile("A", "163", von="45"),), "Zeile 2, jahr_von", "»45« ist kein Jahr"),
        ((zeile("A", "163", bis="heute"),), "Zeile 2, jahr_bis", "»heute« ist kein Jahr"),
        ((zeile("A", "163", "1950", "1940"),), "Zeile 2, jahr_bis", "vor dem Anfang"),
        ((zeile("A", "163", sicherheit="fast"),), "Zeile 2, sicherheit", "»fast« ist unbekannt"),
        ((zeile("A", "163", entschieden_von=""),), "Zeile 2, entschieden_von", "fehlt"),
        ((zeile("A", "163", entschieden_am="31.01.2026"),), "Zeile 2, entschieden_am", "kein Datum"),
        ((zeile("A", "163", entschieden_am="2026-02-30"),), "Zeile 2, entschieden_am", "kein Datum"),
        ((zeile("A", "163"), zeile("B", "163"), zeile("a", "152")), "Zeile 4, ort", "schon in Zeile 2"),
        ((zeile("A", "163", "", "1950"), zeile("A", "152", "1950")), "Zeile 3, ort", "schon in Zeile 2"),
        ((zeile("A", "163"), "A;B"), "Zeile 3", "2 Felder"),
        ((zeile("A", "163") + ";mehr",), "Zeile 2", "9 Felder"),
        (('"A;163',), "", "Anführung"),
    ],
)
@pytest.mark.parametrize("eigen", [True, False])
def test_a_wrong_row_of_a_list_is_named(
    liste: Callable[..., Path], zeilen: tuple[str, ...], ort: str, grund: str, eigen: bool
) -> None:
    ordner = liste(*(() if eigen else zeilen), eigene=zeilen if eigen else ())
    _, (befund,) = read_geburtsorte(ordner)
    assert befund.datei == ("kleinstadt" if eigen else "referenz") + "/geburtsorte.csv"
    assert befund.ort == ort
    assert grund in befund.was


@pytest.mark.parametrize(
    ("kopf", "grund"),
    [
        (KOPF + ";land", "die Spalte »land« ist unbekannt"),
        (KOPF.replace("ort;", "Ort;", 1), "die Spalte »Ort« ist unbekannt"),
        (KOPF.replace(";bemerkung", ""), "die Spalte »bemerkung« fehlt"),
        (KOPF + ";ort", "zweimal"),
        ("", "die Spalte »ort« fehlt"),
    ],
)
def test_a_wrong_header_of_a_list_is_named(liste: Callable[..., Path], kopf: str, grund: str) -> None:
    _, (befund,) = read_geburtsorte(liste(kopf=kopf))
    assert befund.ort == "Zeile 1"
    assert grund in befund.was


def test_a_list_that_is_not_utf_8_is_named(liste: Callable[..., Path]) -> None:
    ordner = liste()
    (ordner / DATEINAME).write_bytes("\n".join([KOPF, zeile("Königsburg", "160")]).encode("cp1252"))
    _, (befund,) = read_geburtsorte(ordner)
    assert "UTF-8" in befund.was


def test_a_wrong_list_refuses_the_delivery_and_names_every_fault(liste: Callable[..., Path]) -> None:
    ordner = liste(zeile("A", "777"), eigene=(zeile("B", "163", sicherheit=""),))
    with pytest.raises(LieferungAbgewiesen) as grund:
        read_orte(ordner, geboren(1, "Lünen"))
    befunde: tuple[Befund, ...] = grund.value.befunde
    assert [(b.datei, b.code) for b in befunde] == [
        ("kleinstadt/geburtsorte.csv", Code.dateiformat), ("referenz/geburtsorte.csv", Code.dateiformat),
    ]  # fmt: skip


# --- the list that is shipped --------------------------------------------------------------------------------------------

GIBT_ES_IN_DEUTSCHLAND = (
    "Frankfurt", "Neustadt", "Linz", "Salzburg", "Karlsbad", "Grünberg", "Waldenburg", "Landsberg", "Eger", "Marienburg",
    "Hirschberg", "Friedland", "Freiburg", "Berlin", "Halle", "Münster", "Weimar", "Lünen", "Görlitz", "Essen",
)  # fmt: skip


def test_the_shipped_list_is_sound_and_holds_no_german_town(kleinstadt: Path) -> None:
    liste, befunde = read_geburtsorte(kleinstadt)
    assert befunde == []
    assert len(liste.orte) >= 150
    assert not {normalform(o) for o in GIBT_ES_IN_DEUTSCHLAND} & set(liste.orte)
    assert not any(e.staat == "000" for eintraege in liste.orte.values() for e in eintraege)


SHIPPED = (
    ("Ankara", "1980", "163"), ("Breslau", "1938", "152"), ("Danzig", "1970", "152"), ("Stettin", "1930", "152"),
    ("Oppeln", "1985", "152"), ("Allenstein", "1935", "152"), ("Königsberg", "1938", "160"),
    ("Königsberg", "1960", "000"), ("Königsberg i. Bay.", "1938", "000"), ("Memel", "1940", "142"),
    ("Reichenberg", "1940", "164"), ("Reichenberg", "1970", "000"), ("Karaganda", "1978", "444"),
    ("Deir-ez-Zor", "1990", "475"), ("Neustadt", "1950", "000"), ("Frankfurt (Oder)", "1950", "000"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str | None]:
    return read_alone(tmp_path_factory.mktemp("shipped"), [(ort, jahr) for ort, jahr, _ in SHIPPED])


@pytest.mark.parametrize(("ort", "jahr", "staat"), SHIPPED)
def test_the_shipped_list_codes_known_places(
    shipped: dict[tuple[str, str], str | None], ort: str, jahr: str, staat: str
) -> None:
    assert shipped[ort, jahr] == staat


def test_rows_follow_by_a_hash_join(liste: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    plaene: list[str] = []
    echt = geburtsort.execute

    def mit_plan(con, anweisung, werte=None):  # type: ignore[no-untyped-def]
        if "update getippt" in anweisung:
            plaene.append("\n".join(z[1] for z in con.execute(f"explain {anweisung}").fetchall()))
        return echt(con, anweisung, werte)

    monkeypatch.setattr(geburtsort, "execute", mit_plan)
    read_orte(liste(*GEMEINSAM), *(geboren(n, "Grenzort") for n in range(1, 50)))
    plan = plaene[0].upper().replace("_", " ")
    assert plan.count("HASH JOIN") == 1
    assert "NESTED LOOP" not in plan
