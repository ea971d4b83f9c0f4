"""`monitoring check` says of a file what a refresh would say of it, also while it lies in another folder.

Here belong the file's name and what it stands for; what is in a file is tested where it is read.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_file import check_file
from pipelines.refresh.news import neuigkeiten
from pipelines.stamm.kommune import load_kommune
from tests.conftest import KLEINSTADT_YAML, auszugstext, create_data_folder, create_kleinstadt, einwohnerschaft

TABELLE = """\
  tabellen:
    - id: tafel
      titel: Tafel
      herkunft: Amt
      lizenz: frei
      datei: tafel_{stichtag}.csv
      summenzeile: Kleinstadt
      spalten: {gebiet: Name, einwohner: Zahl}
    - id: monat
      titel: Monat
      herkunft: Amt
      lizenz: frei
      datei: monat_{monat}.csv
      summenzeile: Kleinstadt
      spalten: {gebiet: Name, einwohner: Zahl}
"""
TAFEL = "Name;Zahl\nAltstadt;500\nNeustadt;300\nSüdhöhe;200\nKleinstadt;1000\n"
MORGEN = date.today() + timedelta(days=40)
VORHER = date.today() - timedelta(days=400)


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ordner = create_kleinstadt(create_data_folder(tmp_path / "data", ()))
    (ordner / "kommune.yaml").write_text(KLEINSTADT_YAML + TABELLE, encoding="utf-8")
    return Ablage(tmp_path / "data").create_folders()


def fehler(ablage: Ablage, datei: Path, **wie: str) -> list[str]:
    ergebnis = check_file(ablage, datei, "kleinstadt", wie.get("quelle")).ergebnis
    assert ergebnis.angenommen == (not ergebnis.befunde or all(b.schwere.value != "fehler" for b in ergebnis.befunde))
    return [b.text() for b in ergebnis.befunde if b.schwere.value == "fehler"]


NAMEN = (
    ("melderegister", "2023-02-30.csv", "den Tag »2023-02-30« im Dateinamen gibt es nicht"),
    ("melderegister", "2023-12-31_stand_2024-02-30.csv", "den Tag »2024-02-30« im Dateinamen gibt es nicht"),
    ("tabellen", "tafel_2023-13-31.csv", "den Tag »2023-13-31« im Dateinamen gibt es nicht"),
    ("tabellen", "tafel_2023_02_30.csv", "den Tag »2023_02_30« im Dateinamen gibt es nicht"),
    ("tabellen", "monat_202313.csv", "die Zeitangabe »202313« im Dateinamen gibt es nicht"),
)


def text_von(art: str) -> str:
    return auszugstext(einwohnerschaft()) if art == "melderegister" else TAFEL


@pytest.mark.parametrize(("art", "name", "gesagt"), NAMEN)
@pytest.mark.parametrize("quelle", [None, "eigen"])
def test_a_day_that_does_not_exist_is_refused_and_never_taken_for_today(
    ablage: Ablage, tmp_path: Path, art: str, name: str, gesagt: str, quelle: str | None
) -> None:
    datei = tmp_path / name
    datei.write_text(text_von(art), encoding="utf-8")
    wie = {"quelle": "melderegister" if art == "melderegister" else name.partition("_")[0]} if quelle else {}
    (eine,) = fehler(ablage, datei, **wie)
    assert gesagt in eine


@pytest.mark.parametrize(("art", "name", "gesagt"), NAMEN)
def test_a_refresh_says_the_same_of_the_name(ablage: Ablage, art: str, name: str, gesagt: str) -> None:
    ziel = ablage.roh / "kleinstadt" / art / name
    ziel.parent.mkdir(exist_ok=True)
    ziel.write_text(text_von(art), encoding="utf-8")
    assert any(gesagt in m.text for m in neuigkeiten(ablage).befunde)


@pytest.mark.parametrize(
    ("name", "gesagt"),
    [
        (f"{MORGEN}.csv", "nennt den Stichtag"),
        (f"{VORHER}_stand_{MORGEN}.csv", "nennt den Datenstand"),
        ("2023-12-31_stand_2023-06-01.csv", "Datenstand 01.06.2023, der vor dem Stichtag 31.12.2023 liegt"),
        (f"tafel_{MORGEN}.csv", "der Tag liegt in der Zukunft"),
    ],
)
def test_a_day_on_which_nothing_can_have_been_counted_is_refused(
    ablage: Ablage, tmp_path: Path, name: str, gesagt: str
) -> None:
    datei = tmp_path / name
    datei.write_text(text_von("melderegister" if name[0] == "2" else "tabellen"), encoding="utf-8")
    (eine,) = fehler(ablage, datei)
    assert gesagt in eine


def test_a_month_may_name_its_end_in_advance(ablage: Ablage, tmp_path: Path) -> None:
    datei = tmp_path / f"monat_{MORGEN:%Y%m}.csv"
    datei.write_text(TAFEL, encoding="utf-8")
    assert fehler(ablage, datei) == []


@pytest.fixture
def geliefert(ablage: Ablage) -> Callable[[str], None]:
    """Drop a table of 2021 and take it in."""

    def deliver(text: str) -> None:
        pfad = ablage.roh / "kleinstadt" / "tabellen" / "tafel_2021-12-31.csv"
        pfad.parent.mkdir(exist_ok=True)
        pfad.write_text(text, encoding="utf-8")
        tag = date(2021, 12, 31)
        kommune = load_kommune(ablage.roh / "kleinstadt")
        assert ingest(
            ablage, kommune, Lieferung("kleinstadt", "tafel", "tabellen", pfad, tag, tag, "0" * 64, "")
        ).angenommen

    return deliver


def test_a_corrected_file_of_the_same_name_is_no_second_file_of_the_day(
    ablage: Ablage, tmp_path: Path, geliefert: Callable[[str], None]
) -> None:
    """A newcomer checks the corrected file where it was downloaded: it will take the other's place."""
    geliefert(TAFEL)
    datei = tmp_path / "tafel_2021-12-31.csv"
    datei.write_text(TAFEL.replace("500", "520").replace("1000", "1020"), encoding="utf-8")
    assert check_file(ablage, datei, "kleinstadt", None).ergebnis.befunde == ()


def test_another_file_of_the_same_day_still_is(
    ablage: Ablage, tmp_path: Path, geliefert: Callable[[str], None]
) -> None:
    geliefert(TAFEL)
    datei = tmp_path / "andere.csv"
    datei.write_text(TAFEL.replace("500", "520").replace("1000", "1020"), encoding="utf-8")
    pfad = tmp_path / "tafel_2021_12_31.csv"
    datei.rename(pfad)
    (eine,) = fehler(ablage, pfad)
    assert "enthält den Stichtag 31.12.2021 mit demselben Datenstand" in eine


def test_two_extracts_of_one_state_are_told(ablage: Ablage) -> None:
    """Only one can be read: the other must not vanish without a word."""
    ordner = ablage.roh / "kleinstadt" / "melderegister"
    ordner.mkdir()
    for name in ("2021-12-31.csv", "2021-12-31.txt", "2022-12-31.csv"):
        (ordner / name).write_text(auszugstext(einwohnerschaft()), encoding="utf-8")
    neues = neuigkeiten(ablage)
    assert [li.pfad.name for li in neues.neu] == ["2021-12-31.txt", "2022-12-31.csv"]
    (eine,) = neues.befunde
    assert "melderegister/2021-12-31.csv: derselbe Stichtag und Datenstand wie 2021-12-31.txt" in eine.text


def test_what_a_draft_left_open_is_told(ablage: Ablage, tmp_path: Path) -> None:
    """»bitte angeben« would stand as the source of every published figure."""
    yaml = ablage.roh / "kleinstadt" / "kommune.yaml"
    datei = tmp_path / "tafel_2021-12-31.csv"
    datei.write_text(TAFEL, encoding="utf-8")
    assert check_file(ablage, datei, "kleinstadt", None).ergebnis.befunde == ()
    yaml.write_text(
        yaml.read_text(encoding="utf-8").replace("herkunft: Amt", "herkunft: bitte angeben"), encoding="utf-8"
    )
    (eine,) = check_file(ablage, datei, "kleinstadt", None).ergebnis.befunde
    assert eine.text().startswith(
        "Warnung: tafel_2021-12-31.csv: herkunft der Quelle tafel steht noch auf »bitte angeben«"
    )


def test_a_slip_in_the_municipalitys_name_is_told(ablage: Ablage, tmp_path: Path) -> None:
    datei = tmp_path / "tafel_2021-12-31.csv"
    datei.write_text(TAFEL, encoding="utf-8")
    with pytest.raises(KonfigurationsFehler, match=r"Ähnlich: »kleinstadt«\. Vorhanden: kleinstadt\."):
        check_file(ablage, datei, "kleinstatd", None)
