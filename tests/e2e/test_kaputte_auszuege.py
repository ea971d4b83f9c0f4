"""Broken extracts after a good publication: what is said of them, the exit code, and that the publication stands.

Here belong faults as people see them on the command line. Each fault has a town of its own: one batch shows all.
Long because one refresh over all faulty extracts is asked about each of them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import (
    SPALTEN,
    Aufruf,
    auszugstext,
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    monitoring_subprozess,
    person,
    write_auszug,
)

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]

AUSZUG = "2021-06-30.csv"
ANZAHL = 3_000


@dataclass(frozen=True)
class Fall:
    """One way an extract is broken, what must be said of it, and the exit code."""

    name: str
    code: int
    ort: str  # "" where a file has no line to name
    wort: str
    bytes: Callable[[], bytes]


def _mit(nummer: int, **werte: str) -> Callable[[], bytes]:
    def inhalt() -> bytes:
        zeilen = einwohnerschaft(ANZAHL)
        zeilen[nummer] |= werte
        return auszugstext(zeilen).encode()

    return inhalt


def _doppelt() -> bytes:
    zeilen = einwohnerschaft(ANZAHL)
    return auszugstext([*zeilen, zeilen[5] | {"geschlecht": "d"}]).encode()


def _familienname() -> bytes:
    zeilen = auszugstext(einwohnerschaft(ANZAHL)).splitlines()
    return "\n".join([zeilen[0] + ";familienname", *(z + ";Müller" for z in zeilen[1:]), ""]).encode()


def _swapped() -> bytes:
    text = auszugstext(einwohnerschaft(ANZAHL))
    kopf = text.splitlines()[0]
    neu = kopf.replace("geburtsdatum", "X").replace("geschlecht", "geburtsdatum").replace("X", "geschlecht")
    return text.replace(kopf, neu, 1).encode()


def _text(**optionen: Any) -> str:
    return auszugstext(einwohnerschaft(ANZAHL), **optionen)


FAELLE = (
    Fall("doppelte_pid", 1, "Zeile 7, Spalte pid", "die pid kommt mehrfach vor", _doppelt),
    Fall("unbekannter_staat", 1, "Zeile 12, Spalte sta_1", "der Schlüssel ist unbekannt", _mit(10, sta_1="777")),
    Fall("familienname", 1, "Zeile 1 (Kopfzeile), Spalte 20", "»familienname«", _familienname),
    Fall("abgeschnitten", 1, f"Zeile {ANZAHL + 1}", "abgeschnitten", lambda: _text().encode()[:-30]),
    Fall("latin1", 0, "Zeile 2", "als Windows-1252 gelesen", lambda: _text().encode("latin-1")),
    Fall("nur_cr", 0, "Zeile 1", "die Zeilen enden nur mit CR", lambda: _text(ende="\r").encode()),
    Fall("vertauscht", 1, "Zeile 2, Spalte geburtsdatum", "das Datum ist unmöglich", _swapped),
    Fall("leer", 1, "", "die Datei ist leer", lambda: b""),
    Fall("zukunft", 1, "Zeile 3, Spalte geburtsdatum", "in der Zukunft", _mit(1, geburtsdatum="01.01.2031")),
    Fall("fremdes_gebiet", 0, "Zeile 4, Spalte gebiet_id", "steht nicht in gebiete.csv", _mit(2, gebiet_id="77")),
)
NAMEN = [f.name for f in FAELLE]
GANZ_ABGEWIESEN = {"familienname", "abgeschnitten", "vertauscht", "leer"}
# Towns with a good extract before the faults; the others are new in the batch, which saves reading them twice.
VEROEFFENTLICHT = ("gut", "leer")


def auszug(daten: Path, stadt: str, datei: str = AUSZUG) -> Path:
    return daten / "raw" / stadt / "melderegister" / datei


def manifest(daten: Path) -> dict[str, Any]:
    return json.loads((daten / "marts" / "manifest.json").read_text(encoding="utf-8"))


def ask(daten: Path, anweisung: str) -> list[tuple[Any, ...]]:
    """Ask the published file, as an analyst would."""
    con = duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True)
    try:
        return con.execute(anweisung).fetchall()
    finally:
        con.close()


EINWOHNER = """
    select kommune, stichtag::varchar, einwohner
    from marts.migrationshintergrund
    where gebiet_id = '05999001' and profil = 'luenen_2021' and quelle = 'melderegister'
        and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
"""


@dataclass(frozen=True)
class Lauf:
    """A good publication; a refresh after one empty file came; one after ten faults and a good file came in together."""

    daten: Path
    gut: Aufruf
    vorher: dict[str, Any]
    leer: Aufruf
    nach_leer: dict[str, Any]
    einwohner_nach_leer: list[tuple[Any, ...]]
    batch: Aufruf
    meldungen: tuple[
        str, ...
    ]  # the file of details after it: a head (municipality, source, rule: count), its messages below


@pytest.fixture(scope="module")
def lauf(tmp_path_factory: pytest.TempPathFactory) -> Lauf:
    daten = create_data_folder(tmp_path_factory.mktemp("kaputt") / "data", ())
    for stadt in VEROEFFENTLICHT:
        create_kleinstadt(daten, stadt)
        write_auszug(auszug(daten, stadt), einwohnerschaft(ANZAHL))
    gut = monitoring_im_prozess(daten, "refresh")
    vorher = manifest(daten)
    auszug(daten, "leer").write_bytes(b"")
    leer = monitoring_im_prozess(daten, "refresh")
    nach_leer, einwohner = manifest(daten), ask(daten, EINWOHNER)
    kaputt = daten / "raw" / "kaputt"
    kaputt.mkdir()
    (kaputt / "kommune.yaml").write_text("kommune: kaputt\nname: [", encoding="utf-8")
    for fall in FAELLE:
        create_kleinstadt(daten, fall.name)
        auszug(daten, fall.name).parent.mkdir(exist_ok=True)
        auszug(daten, fall.name).write_bytes(fall.bytes())
    write_auszug(auszug(daten, "gut", "2021-12-31.csv"), einwohnerschaft(ANZAHL - 1))
    batch = monitoring_im_prozess(daten, "refresh")
    meldungen = (daten / "intern" / "meldungen.txt").read_text(encoding="utf-8").splitlines()
    return Lauf(daten, gut, vorher, leer, nach_leer, einwohner, batch, tuple(meldungen))


def ohne_traceback(aufruf: Aufruf) -> None:
    assert "Traceback" not in aufruf.output
    assert 'File "' not in aufruf.output
    assert "Unerwarteter Fehler" not in aufruf.output


def test_sound_extracts_are_published_without_a_word_of_complaint(lauf: Lauf) -> None:
    assert lauf.gut.code == 0
    assert lauf.gut.stderr == ""
    assert f"Veröffentlichung {lauf.vorher['veroeffentlichung']}: " in lauf.gut.stdout
    ohne_traceback(lauf.gut)


@pytest.mark.parametrize("fall", FAELLE, ids=NAMEN)
def test_check_names_the_fault_and_its_place(lauf: Lauf, fall: Fall) -> None:
    ergebnis = monitoring_im_prozess(lauf.daten, "check", str(auszug(lauf.daten, fall.name)), "--kommune", fall.name)
    passend = [z for z in ergebnis.lines if fall.wort in z]
    assert passend, ergebnis.stdout
    assert f"{AUSZUG}{', ' if fall.ort else ''}{fall.ort}: " in passend[0]
    assert " Erwartet: " in passend[0]
    assert ergebnis.code == fall.code
    assert ergebnis.stderr == ""
    assert ("Die Lieferung würde abgewiesen" in ergebnis.stdout) is (fall.name in GANZ_ABGEWIESEN)
    ohne_traceback(ergebnis)


@pytest.mark.parametrize("fall", FAELLE, ids=NAMEN)
def test_refresh_names_the_fault_and_its_place(lauf: Lauf, fall: Fall) -> None:
    """Errors on the screen, whatever does not stop a delivery in the file of details."""
    schirm = [z for z in lauf.batch.lines if z.startswith(f"{fall.name}: ") and fall.wort in z]
    eigene: list[str] = []
    kopf = ""
    for zeile in lauf.meldungen:
        if not zeile.startswith("  "):
            kopf = zeile
        elif kopf.startswith(f"{fall.name}, "):
            eigene.append(zeile)
    passend = [z for z in eigene if fall.wort in z]
    assert passend, lauf.meldungen
    assert f"{AUSZUG}{', ' if fall.ort else ''}{fall.ort}: " in passend[0]
    assert bool(schirm) is (fall.code != 0)


# Rows set aside: the figures that remain are published each night, and the fault is told each night. It costs a build.
JE_EINER = [f for f in FAELLE if f.name == "doppelte_pid"]


@pytest.mark.parametrize("fall", JE_EINER, ids=[f.name for f in JE_EINER])
def test_refresh_of_one_town_ends_with_the_code_of_its_data_each_night_again(lauf: Lauf, fall: Fall) -> None:
    ergebnis = monitoring_im_prozess(lauf.daten, "refresh", "--kommune", fall.name)
    assert ergebnis.code == fall.code
    assert fall.wort in ergebnis.stdout
    assert not [z for z in ergebnis.lines if z.split(":")[0] in set(NAMEN) - {fall.name}]
    ohne_traceback(ergebnis)


def test_several_faulty_files_in_one_batch_stop_no_good_one(lauf: Lauf) -> None:
    assert lauf.batch.code == 1
    assert lauf.batch.stderr == ""
    ohne_traceback(lauf.batch)
    assert ("gut", "2021-12-31", ANZAHL - 1) in ask(lauf.daten, EINWOHNER)


def test_after_the_faults_a_valid_publication_holds_every_town(lauf: Lauf) -> None:
    jetzt = manifest(lauf.daten)
    assert ask(lauf.daten, "select distinct veroeffentlichung from marts.migrationshintergrund") == [
        (jetzt["veroeffentlichung"],)
    ]
    einwohner = {stadt: zahl for stadt, tag, zahl in ask(lauf.daten, EINWOHNER) if tag == "2021-06-30"}
    # A row that is set aside is missing; of a file refused whole, the last good one still counts, if there was one.
    erwartet = {n: ANZAHL for n in (*NAMEN, "gut") if n not in GANZ_ABGEWIESEN or n in VEROEFFENTLICHT}
    assert einwohner == erwartet | {"doppelte_pid": ANZAHL - 1, "unbekannter_staat": ANZAHL - 1, "zukunft": ANZAHL - 1}
    archiv = lauf.daten / "marts" / "archiv" / lauf.vorher["veroeffentlichung"]
    assert json.loads((archiv / "manifest.json").read_text(encoding="utf-8")) == lauf.vorher


def test_every_delivery_is_booked_line_by_line(lauf: Lauf) -> None:
    saetze = ask(
        lauf.daten,
        "select kommune, status, zeilen_gelesen, zeilen_uebernommen + zeilen_ausserhalb + zeilen_abgewiesen "
        "from protokoll.lieferung where quelle = 'melderegister'",
    )
    assert all(gelesen == summe for _, _, gelesen, summe in saetze)
    assert {k for k, status, _, _ in saetze if status == "abgewiesen"} == GANZ_ABGEWIESEN


def test_a_refused_file_leaves_the_publication_and_its_id_as_they_are(lauf: Lauf) -> None:
    assert lauf.leer.code == 1
    assert f"leer: {AUSZUG}: die Datei ist leer" in lauf.leer.stdout
    ohne_traceback(lauf.leer)
    assert lauf.nach_leer == lauf.vorher
    assert ("leer", "2021-06-30", ANZAHL) in lauf.einwohner_nach_leer


def test_a_municipality_whose_configuration_cannot_be_read_stops_no_other(lauf: Lauf) -> None:
    assert "kaputt/kommune.yaml, Zeile" in lauf.batch.stdout
    assert ("gut", "2021-12-31", ANZAHL - 1) in ask(lauf.daten, EINWOHNER)


FALSCHE_AUFRUFE: tuple[tuple[list[str], str], ...] = (
    (["quatsch"], "quatsch"),
    (["refresh", "--quatsch"], "--quatsch"),
    (["check"], "DATEI"),
    (["check", "fehlt.csv"], "gibt es nicht"),
    (["demo", "--personen", "viele"], "--personen"),
)


@pytest.mark.parametrize("argumente", [a for a, _ in FALSCHE_AUFRUFE], ids=lambda a: " ".join(a))
def test_wrong_usage_ends_with_code_2(kleinstadt: Path, argumente: list[str]) -> None:
    ergebnis = monitoring_im_prozess(kleinstadt.parents[1], *argumente)
    assert ergebnis.code == 2
    assert ergebnis.stdout == ""
    assert "Traceback" not in ergebnis.stderr


@pytest.mark.parametrize(("argumente", "wort"), FALSCHE_AUFRUFE)
def test_wrong_usage_is_explained(kleinstadt: Path, argumente: list[str], wort: str) -> None:
    ergebnis = monitoring_im_prozess(kleinstadt.parents[1], *argumente)
    assert "Unerwarteter Fehler" not in ergebnis.stderr
    assert wort in ergebnis.stderr


@pytest.mark.parametrize(
    ("argumente", "wort"),
    [
        (["refresh", "--kommune", "nirgendwo"], "Die Kommune »nirgendwo« gibt es nicht"),
        (["check", "{auszug}", "--kommune", "nirgendwo"], "Die Kommune »nirgendwo« hat keinen Ordner"),
        (["check", "fehlt.csv", "--kommune", "kleinstadt"], "Die Datei fehlt.csv gibt es nicht."),
        (["check", "{auszug}", "--kommune", "kleinstadt", "--quelle", "tafel"], "Die Quelle »tafel« gibt es bei"),
        (["check", "{gebiete}", "--kommune", "kleinstadt"], "nicht zu erkennen, was das ist"),
        (["refresh", "--data", "{tmp}/gibtesnicht"], "hat keinen Unterordner raw"),
        (["report"], "Es gibt noch keine Veröffentlichung"),
        (["demo"], "hat eine demo.yaml"),
    ],
)
def test_wrong_names_are_explained_in_german_and_end_with_code_2(
    kleinstadt: Path, argumente: list[str], wort: str
) -> None:
    daten = kleinstadt.parents[1]
    orte = {
        "auszug": str(write_auszug(kleinstadt / "melderegister" / AUSZUG, [person(1)], SPALTEN)),
        "gebiete": str(kleinstadt / "gebiete.csv"),
        "tmp": str(daten.parent),
    }
    ergebnis = monitoring_im_prozess(daten, *(a.format(**orte) for a in argumente))
    assert ergebnis.code == 2
    assert wort in ergebnis.stderr
    assert ergebnis.stdout == ""
    ohne_traceback(ergebnis)


@pytest.mark.parametrize("ort", ["gibtesnicht", "."])
def test_a_home_of_dagster_that_is_no_folder_is_explained(kleinstadt: Path, tmp_path: Path, ort: str) -> None:
    ergebnis = monitoring_im_prozess(kleinstadt.parents[1], "refresh", home=Path(ort) if ort == "." else tmp_path / ort)
    assert ergebnis.code == 2
    assert "DAGSTER_HOME ist" in ergebnis.stderr
    ohne_traceback(ergebnis)


def test_wrong_usage_ends_with_code_2_in_a_process_of_its_own(kleinstadt: Path) -> None:
    assert monitoring_subprozess(kleinstadt.parents[1], "refresh", "--kommune", "nirgendwo").code == 2


def test_an_extract_is_never_read_as_a_table_of_nobody(kleinstadt: Path, tmp_path: Path) -> None:
    auszug = write_auszug(tmp_path / "irgendwas.csv", einwohnerschaft(20))
    ergebnis = monitoring_im_prozess(kleinstadt.parents[1], "check", str(auszug))
    assert (ergebnis.code, ergebnis.stdout) == (2, "")
    assert "--kommune" in ergebnis.stderr
    assert "P00001" not in ergebnis.stderr
