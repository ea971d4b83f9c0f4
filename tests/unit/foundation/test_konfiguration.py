"""A wrong kommune.yaml or gebiete.csv is named by file, line, key and reason, in German.

Here belong errors of configuration files; what a right one says is tested where it is used.
"""

from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import read_yaml
from pipelines.stamm.kommune import load_all, load_kommune
from tests.conftest import KLEINSTADT_GEBIETE, KLEINSTADT_YAML, create_kleinstadt
from tests.lib.configuration import TABELLE, meldung


def line_of(text: str, stelle: str) -> int:
    """Line number of the first line that holds a text."""
    return next(n for n, z in enumerate(text.splitlines(), start=1) if stelle in z)


def test_the_folder_of_the_tests_is_sound(kleinstadt: Path) -> None:
    kommune = load_kommune(kleinstadt)
    assert [g.gebiet_id for g in kommune.gebiete] == ["05999001", "01", "02", "03", "unbekannt"]


YAML_FEHLER: tuple[tuple[str, str, str, str, str], ...] = (
    # replaced text, its replacement, where the line is found, key named, reason named
    ('ags: "05999001"', 'ags: "123"', "ags:", "ags", "123"),
    ('ags: "05999001"', "ags: 12345", "ags:", "ags", "Erwartet: Text. Schlüssel mit führender Null"),
    ("name: Kleinstadt\n", "", "kommune: ", "name", "Der Schlüssel fehlt."),
    ("name: Kleinstadt", "nahme: Kleinstadt", "nahme", "nahme", "»nahme« ist unbekannt. Ähnlich: »name«."),
    ("mindestfallzahl: 5", "mindestfallzahl: 2", "mindestfallzahl", "schutz.mindestfallzahl", "2 liegt außerhalb"),
    ("mindestfallzahl: 5", "mindestfallzahl: fünf", "mindestfallzahl", "schutz.mindestfallzahl", "eine ganze Zahl"),
    ("begruendung: Vorgabewerte.", 'begruendung: ""', "begruendung", "schutz.begruendung", "mindestens 1 Zeichen"),
    (
        '["*-06-30", "*-12-31"]',
        "[]",
        "stichtage",
        "veroeffentlichung.stichtage",
        "mindestens ein Eintrag.",
    ),
    ('["*-06-30", "*-12-31"]', '["30.06.*"]', "stichtage", "veroeffentlichung.stichtage", "»30.06.*« ist weder"),
    ('["*-06-30", "*-12-31"]', '"*-06-30"', "stichtage", "veroeffentlichung.stichtage", "Erwartet: eine Liste."),
    ("profile: [luenen_2021, kosis_like]", "profile: []", "profile", "profile", "eine leere Liste"),
    (
        "land: Nordrhein-Westfalen",
        'land: NRW\naltersgruppen: ["00-17", "19+"]',
        "altersgruppen",
        "altersgruppen",
        "lückenlos",
    ),
    ("land: Nordrhein-Westfalen", 'land: NRW\naltersgruppen: ["jung"]', "altersgruppen", "altersgruppen", "»jung«"),
    ("abgewiesen: 0.01", "abgewiesen: 1.5", "abgewiesen", "quellen.melderegister.hoechstanteil_abgewiesen", "1.5"),
    (
        "abgewiesen: 0.01",
        "abgewiesen: 0.01\n    optionskennzeichen: {verwenden: true}",
        "optionskennzeichen",
        "quellen.melderegister.optionskennzeichen",
        "muss die rechtsgrundlage nennen",
    ),
    (
        "abgewiesen: 0.01\n",
        "abgewiesen: 0.01\n" + TABELLE.replace("tafel_{stichtag}.csv", "tafel.csv"),
        "- id:",
        "quellen.tabellen[0]",
        "Der Stichtag fehlt",
    ),
    (
        "abgewiesen: 0.01\n",
        "abgewiesen: 0.01\n" + TABELLE.replace("einwohner: Zahl", "personen: Zahl"),
        "spalten:",
        "quellen.tabellen[0].spalten",
        "spalten kennt »personen« nicht",
    ),
    (
        "abgewiesen: 0.01\n",
        "abgewiesen: 0.01\n" + TABELLE.replace("id: tafel", "id: Tafel 1"),
        "id: Tafel",
        "quellen.tabellen[0].id",
        "Tafel 1",
    ),
    (
        "abgewiesen: 0.01\n",
        "abgewiesen: 0.01\n" + TABELLE + "      abgleich: {quelle: melderegister, schwere: schlimm}\n",
        "schlimm",
        "quellen.tabellen[0].abgleich.schwere",
        "»schlimm« ist nicht erlaubt. Erlaubt: ",
    ),
)


@pytest.mark.parametrize(("alt", "neu", "stelle", "schluessel", "grund"), YAML_FEHLER)
def test_a_wrong_key_is_named_by_file_line_and_reason(
    kleinstadt: Path, alt: str, neu: str, stelle: str, schluessel: str, grund: str
) -> None:
    text = KLEINSTADT_YAML.replace(alt, neu)
    assert text != KLEINSTADT_YAML
    (kleinstadt / "kommune.yaml").write_text(text, encoding="utf-8")
    zeile = line_of(text, stelle)
    (eine,) = [z for z in meldung(kleinstadt).splitlines() if f", {schluessel}" in z.partition(": ")[0]]
    assert eine.startswith(f"kleinstadt/kommune.yaml, Zeile {zeile}, {schluessel}")
    assert grund in eine


@pytest.mark.parametrize(
    ("ab", "grund"), [(70, "mitten in einer Altersgruppe"), (64, "65"), (65, ""), (75, ""), (83, "")]
)
def test_the_oldest_are_told_together_from_a_bound_of_the_age_groups_on(kleinstadt: Path, ab: int, grund: str) -> None:
    """Ages 65–74 and 75+ beside 70+ would tell those of 70 to 74."""
    text = KLEINSTADT_YAML + f"registermerkmale: {{hoechstes_altersjahr: {ab}}}\n"
    (kleinstadt / "kommune.yaml").write_text(text, encoding="utf-8")
    if grund:
        assert grund in meldung(kleinstadt)
    else:
        assert load_kommune(kleinstadt).angaben.registermerkmale.hoechstes_altersjahr == ab


def test_all_errors_of_a_file_are_named_at_once(kleinstadt: Path) -> None:
    text = KLEINSTADT_YAML.replace("name: Kleinstadt\n", "").replace("mindestnenner: 100", "mindestnenner: viele")
    (kleinstadt / "kommune.yaml").write_text(text, encoding="utf-8")
    assert len(meldung(kleinstadt).splitlines()) == 2


@pytest.mark.parametrize(
    ("inhalt", "wort"),
    [
        (b"kommune: [offen\nname: x\n", "Zeile 2: kein g\u00fcltiges YAML"),
        (b"kommune: x\n\tname: y\n", "Zeile 2: kein g\u00fcltiges YAML"),
        ("name: Südstadt\n".encode("cp1252"), "nicht in UTF-8 gespeichert (Byte 7)"),
        (b"", "ein Block mit Schl\u00fcsseln"),
        (b"- kommune\n", "ein Block mit Schl\u00fcsseln"),
    ],
)
def test_a_file_that_is_no_yaml_is_named(kleinstadt: Path, inhalt: bytes, wort: str) -> None:
    (kleinstadt / "kommune.yaml").write_bytes(inhalt)
    text = meldung(kleinstadt)
    assert text.startswith("kleinstadt/kommune.yaml")
    assert wort in text


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        pytest.param('["*-06-30", "*-12-31"]', "[2021-02-30]", id="a day that does not exist"),
        pytest.param("name: Kleinstadt", "name: Klein\x07stadt", id="a control character"),
    ],
)
def test_yaml_that_cannot_be_built_is_named_by_its_file(kleinstadt: Path, alt: str, neu: str) -> None:
    (kleinstadt / "kommune.yaml").write_text(KLEINSTADT_YAML.replace(alt, neu), encoding="utf-8")
    assert meldung(kleinstadt).startswith("kleinstadt/kommune.yaml")


def test_missing_files_are_named(kleinstadt: Path) -> None:
    (kleinstadt / "gebiete.csv").unlink()
    assert meldung(kleinstadt).startswith("kleinstadt/gebiete.csv: Die Datei fehlt (")
    (kleinstadt / "kommune.yaml").unlink()
    assert meldung(kleinstadt).startswith("kleinstadt/kommune.yaml: Die Datei fehlt (")


def test_the_key_kommune_must_be_the_folders_name(kleinstadt: Path) -> None:
    anders = kleinstadt.with_name("anders")
    kleinstadt.rename(anders)
    assert "»kleinstadt« muss wie der Ordner heißen (»anders«)" in meldung(anders)


GEBIETE_FEHLER: tuple[tuple[str, str, str], ...] = (
    ("gebiet_id;name", "id;name", "Zeile 1: Erwartet wird die Kopfzeile gebiet_id;name;"),
    ("02;Neustadt;stadtteil", "02;Neustadt;viertel", "Zeile 4, ebene: »viertel« ist unbekannt. Erlaubt: kreis,"),
    ("02;Neustadt", "01;Neustadt", "Zeile 4, gebiet_id: »01« ist leer oder kommt doppelt vor."),
    ("02;Neustadt", ";Neustadt", "Zeile 4, gebiet_id: »« ist leer oder kommt doppelt vor."),
    ("02;Neustadt;stadtteil;05999001;2021;;", "02;Neustadt", "Zeile 4: Erwartet werden genau 7 Felder."),
    ("02;Neustadt;stadtteil;05999001;2021;;", "02;Neustadt;stadtteil;05999001;2021;;;", "Zeile 4: Erwartet"),
    ("Neustadt;stadtteil;05999001;2021;;", "Neustadt;stadtteil;05999001;2021;1.1.2021;", "gueltig_von: »1.1.2021«"),
    ("Neustadt;stadtteil;05999001;2021;;", "Neustadt;stadtteil;05999001;2021;;ewig", "gueltig_bis: »ewig«"),
    ("05999001;Kleinstadt;gemeinde", "05999002;Kleinstadt;gemeinde", "Die Kommune selbst (05999001) fehlt"),
    ("02;Neustadt;stadtteil;05999001", "02;Neustadt;stadtteil;99", "02 liegt in »99«, das es nicht gibt."),
    ("02;Neustadt;stadtteil;05999001", "02;Neustadt;stadtteil;02", "02 liegt über seine übergeordneten"),
)  # fmt: skip


@pytest.mark.parametrize(("alt", "neu", "wort"), GEBIETE_FEHLER)
def test_a_wrong_area_is_named_by_file_line_and_field(kleinstadt: Path, alt: str, neu: str, wort: str) -> None:
    text = KLEINSTADT_GEBIETE.replace(alt, neu, 1)
    assert text != KLEINSTADT_GEBIETE
    (kleinstadt / "gebiete.csv").write_text(text, encoding="utf-8")
    zeilen = meldung(kleinstadt).splitlines()
    assert all(z.startswith("kleinstadt/gebiete.csv") for z in zeilen)
    assert any(wort in z for z in zeilen)


def test_areas_saved_in_another_encoding_are_named_by_their_file(kleinstadt: Path) -> None:
    (kleinstadt / "gebiete.csv").write_bytes(KLEINSTADT_GEBIETE.encode("cp1252"))
    text = meldung(kleinstadt)
    assert text.startswith("kleinstadt/gebiete.csv")
    assert "UTF-8" in text


def test_areas_with_a_byte_order_mark_are_read(kleinstadt: Path) -> None:
    (kleinstadt / "gebiete.csv").write_bytes(KLEINSTADT_GEBIETE.encode("utf-8-sig"))
    assert len(load_kommune(kleinstadt).gebiete) == 5


def test_one_broken_folder_stops_no_other(kleinstadt: Path) -> None:
    daten = kleinstadt.parents[1]
    create_kleinstadt(daten, "kaputt")
    (daten / "raw" / "kaputt" / "gebiete.csv").write_bytes(b"\xff")
    gut, schlecht = load_all(Ablage(daten))
    assert (list(gut), list(schlecht)) == (["kleinstadt"], ["kaputt"])


def test_a_file_read_twice_gives_the_same_whatever_was_done_with_the_first_reading(tmp_path: Path) -> None:
    datei = tmp_path / "a.yaml"
    datei.write_text("liste: [1]\n", encoding="utf-8")
    inhalt, zeilen = read_yaml(datei)
    inhalt["liste"].append(2)
    zeilen[("neu",)] = 9
    assert read_yaml(datei) == ({"liste": [1]}, {(): 1, ("liste",): 1, ("liste", 0): 1})
