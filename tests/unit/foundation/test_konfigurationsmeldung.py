"""What is said of a wrong configuration is German throughout: no pattern, no type name, no English rest, no dump of Python.

Here belong the words and that one slip is one message; which slips are found is in test_konfiguration.py.
"""

import re
from pathlib import Path

import pytest
from pydantic import model_validator

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import Modell, aehnlich, check, read_yaml
from pipelines.foundation.yaml_messages import FORMEN
from tests.conftest import KLEINSTADT_GEBIETE, KLEINSTADT_YAML
from tests.lib.configuration import TABELLE, meldung

MIT_TABELLE = KLEINSTADT_YAML + TABELLE
FREMD = re.compile(r"Tuple|should|token|expected|found|datetime|constructor|None|\^\(|\[int|\{'", re.IGNORECASE)


@pytest.mark.parametrize(
    ("alt", "neu", "gesagt"),
    [
        ('ags: "05999001"', 'ags: "1307999"', "»1307999« hat nicht die verlangte Form. Erwartet: 8 Ziffern (Kreis: 5)"),
        ("kommune: kleinstadt", "kommune: Kleinstadt-West", "Kleinbuchstaben a–z, Ziffern und Unterstrich"),
        ('["*-06-30", "*-12-31"]', "[2021-12-31]", "Gefunden: 2021-12-31. Erwartet: Text. Ein Datum gehört hier in"),
        ('["*-06-30", "*-12-31"]', '["*-02-30"]', "»*-02-30«: den Tag gibt es in keinem Jahr."),
        ("name: Kleinstadt", "name:", "Gefunden: nichts. Erwartet: Text."),
        ("name: Kleinstadt", "name: [Klein, Stadt]", "Gefunden: eine Liste. Erwartet: Text."),
        ("profile: [luenen_2021, kosis_like]", "profile: [kosis_like, kosis_like]", "»kosis_like« ist mehrfach genannt"),
        ("    - id: tafel", "    - id: melderegister", "»melderegister« ist für das Register vergeben"),
        ("      datei: tafel_", "      kopfzeile: drei\n      datei: tafel_", "kopfzeile: Gefunden: »drei«. Erwartet: eine "
         "ganze Zahl oder eine Liste."),
        ("      datei: tafel_", "      kopfzeile: -1\n      datei: tafel_", "-1 liegt außerhalb des Erlaubten (mindestens 0)"),
        ("datei: tafel_", "datei: ../../geheim_", "ein Dateiname ohne Ordner"),
    ],
)  # fmt: skip
def test_a_slip_is_one_german_line(kleinstadt: Path, alt: str, neu: str, gesagt: str) -> None:
    text = MIT_TABELLE.replace(alt, neu)
    assert text != MIT_TABELLE
    (kleinstadt / "kommune.yaml").write_text(text, encoding="utf-8")
    ganz = meldung(kleinstadt)
    assert gesagt in ganz
    assert len(ganz.splitlines()) == 1
    assert not FREMD.search(ganz)


def test_two_sources_of_one_id_are_named(kleinstadt: Path) -> None:
    (kleinstadt / "kommune.yaml").write_text(MIT_TABELLE + TABELLE.partition("\n")[2], encoding="utf-8")
    assert "mehrfach vergeben: tafel." in meldung(kleinstadt)


YAML_FEHLER = (
    ("  mindestfallzahl", "\tmindestfallzahl", "mit einem Tabulator eingerückt"),
    ("land: ", "land:\u00a0", "ein unsichtbares Zeichen: geschütztes Leerzeichen"),
    ("land: ", "land: @", "mit diesem Zeichen darf hier nichts beginnen"),
    ("land: ", "land: a: ", "hier darf kein »Schlüssel: Wert« stehen"),
    (
        "profile: [luenen_2021, kosis_like]",
        "profile: [luenen_2021 kosis_like",
        "fehlt ein Komma oder die schließende Klammer",
    ),
    ("land: ", "land: !!python/object/apply:os.system ", "Angaben mit ! am Anfang sind nicht erlaubt"),
    ("land: ", "land: *", "ein Wert mit * am Anfang gehört in Anführungszeichen"),
    ("land: ", "land: &a [*a]\nort: ", "ein Verweis (*name) führt auf sich selbst"),
    ("name: Kleinstadt", 'name: "Kleinstadt', ""),
    ("schutz:", "---\nschutz:", "ein zweites Dokument"),
)


@pytest.mark.parametrize(("alt", "neu", "gesagt"), YAML_FEHLER)
def test_broken_yaml_is_told_in_german(kleinstadt: Path, alt: str, neu: str, gesagt: str) -> None:
    text = KLEINSTADT_YAML.replace(alt, neu, 1)
    assert text != KLEINSTADT_YAML
    (kleinstadt / "kommune.yaml").write_text(text, encoding="utf-8")
    ganz = meldung(kleinstadt)
    assert gesagt in ganz
    assert ganz.startswith("kleinstadt/kommune.yaml, Zeile ")
    assert not FREMD.search(ganz)


@pytest.mark.parametrize("inhalt", ["", "# noch nichts\n", "- a\n- b\n", "nur ein Satz\n"])
def test_a_file_without_a_block_says_what_belongs_there(kleinstadt: Path, inhalt: str) -> None:
    (kleinstadt / "kommune.yaml").write_text(inhalt, encoding="utf-8")
    assert "ein Block mit Schlüsseln" in meldung(kleinstadt)
    assert not FREMD.search(meldung(kleinstadt))


def test_references_that_multiply_without_end_are_refused_at_once(tmp_path: Path) -> None:
    """Nine lines that name a thousand millions of values must not eat the machine's memory."""
    zeilen = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    zeilen += [
        f"{n}: &{n} [{', '.join(f'*{v}' for _ in range(9))}]" for v, n in zip("abcdefghij", "bcdefghijk", strict=True)
    ]
    datei = tmp_path / "kommune.yaml"
    datei.write_text("\n".join(zeilen), encoding="utf-8")
    with pytest.raises(KonfigurationsFehler, match="entstehen hier mehr als 200000 Werte"):
        read_yaml(datei)


def test_every_form_a_model_asks_for_is_told_in_words() -> None:
    quelle = "\n".join(p.read_text(encoding="utf-8") for p in Path("pipelines").rglob("*.py"))
    verlangt = set(re.findall(r'pattern=r"([^"]+)"', quelle))
    verlangt |= {
        re.search(rf'^{n} = r"([^"]+)"', quelle, re.MULTILINE)[1] for n in re.findall(r"pattern=([A-Z]+)\b", quelle)
    }  # type: ignore[index]
    assert len(verlangt) >= 8
    assert verlangt - set(FORMEN) == set()


@pytest.mark.parametrize(
    ("alt", "neu", "gesagt"),
    [
        ("gebiet_id;name;ebene", "schluessel;name;ebene", "Gefunden: schluessel;name;ebene"),
        (";", ",", "Gefunden: gebiet_id,name,ebene"),
        ("01;", "unbekannt;", "»unbekannt« ist der Schlüssel für alle ohne bekanntes Gebiet"),
    ],
)
def test_a_wrong_list_of_areas_says_what_was_found(kleinstadt: Path, alt: str, neu: str, gesagt: str) -> None:
    (kleinstadt / "gebiete.csv").write_text(KLEINSTADT_GEBIETE.replace(alt, neu), encoding="utf-8")
    assert gesagt in meldung(kleinstadt)


def test_an_area_that_ends_before_it_begins_is_refused(kleinstadt: Path) -> None:
    zeilen = KLEINSTADT_GEBIETE.splitlines()
    zeilen[2] = ";".join([*zeilen[2].split(";")[:5], "2021-01-01", "2020-01-01"])
    (kleinstadt / "gebiete.csv").write_text("\n".join(zeilen), encoding="utf-8")
    assert "Zeile 3, gueltig_bis: 2020-01-01 liegt vor gueltig_von 2021-01-01." in meldung(kleinstadt)


def test_capitals_are_a_slip_of_the_pen() -> None:
    assert aehnlich("darunter Ausländer", ["Stadtteil", "DARUNTER AUSLÄNDER"]) == "DARUNTER AUSLÄNDER"


def test_what_a_model_raised_keeps_nothing_of_the_process(tmp_path: Path) -> None:
    """A library holds it where nobody collects it: with its traceback, all that was going on."""
    raised: list[ValueError] = []

    class Angabe(Modell):
        zahl: int

        @model_validator(mode="after")
        def refuse(self) -> "Angabe":
            raised.append(ValueError("so nicht"))
            raise raised[0]

    with pytest.raises(KonfigurationsFehler, match="so nicht") as told:
        check(tmp_path / "kommune.yaml", {"zahl": 1}, {}, Angabe)
    assert (raised[0].__traceback__, told.value.__context__) == (None, None)
