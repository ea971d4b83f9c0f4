"""What kommune.yaml may say about measure sheets, the words of a status, and what points to a person in a text."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from schemas.words.massnahmen import STATUS, is_name_of_person, personenangaben

STAND = date(2020, 12, 31)


def quelle(**mehr: Any) -> Massnahmenquelle:
    return Massnahmenquelle.model_validate({"titel": "T", "herkunft": "h", "konzept": "k_2018", **mehr})


@pytest.mark.parametrize(("wort", "status"), [(w, s) for s, worte in STATUS.items() for w in (s, *worte)])
def test_every_word_of_a_status_is_known(wort: str, status: str) -> None:
    assert quelle().statusworte()[wort.casefold().replace("_", " ")] == status


def test_a_town_may_add_words_but_not_turn_one_around() -> None:
    assert quelle(status={"laufend": "rollt"}).statusworte()["rollt"] == "laufend"
    with pytest.raises(ValidationError, match="heißt schon abgeschlossen"):
        quelle(status={"laufend": ["erledigt"]})


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("Rücksprache mit Frau Müller", "Anrede mit Namen"), ("mail@kreis.example", "E-Mail-Adresse"),
        ("Tel. 02552 925-390", "Telefonnummer"), ("in der Emsdettener Str. 40", "Anschrift"), ("Bahnhofstraße 3a", "Anschrift"),
    ],
)  # fmt: skip
def test_texts_that_point_to_a_person_are_recognised(text: str, was: str) -> None:
    assert personenangaben(text) == [was]


@pytest.mark.parametrize(
    "text",
    ["Frau und Beruf", "05/2020 - 06/2021", "01.02.2020", "12.500 Euro", "Platz 1", "120 Teilnehmende", "Straße frei"],
)
def test_ordinary_texts_are_not(text: str) -> None:
    assert personenangaben(text) == []


def test_names_of_persons_and_of_institutions_are_told_apart() -> None:
    assert is_name_of_person("Anna Beispiel")
    assert is_name_of_person("Dr. Thomas Muster")
    for stelle in (
        "Amt für Soziales",
        "Anne-Frank-Schule",
        "Maria Hospital",
        "Caritas Steinfurt",
        "Koordinierungsstelle",
    ):
        assert not is_name_of_person(stelle), stelle


class TestQuelle:
    def test_file_pattern(self) -> None:
        assert quelle().fits("egal was.xlsx") == IN_DER_DATEI
        q = quelle(datei="status_{stichtag}.xlsx")
        assert q.fits("status_2020-12-31.xlsx") == STAND
        assert q.fits("status_2020.xlsx") is None

    @pytest.mark.parametrize(
        ("mehr", "grund"),
        [
            ({"datei": "{jahr}.xlsx"}, "höchstens einen Platzhalter"), ({"datei": "a.csv"}, "XLSX"),
            ({"ampel_schema": "bunt"}, "gibt es nicht"), ({"ampel_schema": {"rot": "schlimm"}}, "gibt es nicht"),
            ({"spalten": {"nummer": "Nr"}}, "kennt »nummer« nicht"), ({"status": {"fertig": ["x"]}}, "gibt es nicht"),
            ({"pruefungen": {"nichts": "hinweis"}}, "gibt es nicht"), ({"unbekannt": 1}, "extra"),
            ({"fruehestens": "2021-01-01", "spaetestens": "2020-01-01"}, "liegt vor"),
        ],
    )  # fmt: skip
    def test_wrong_configuration_is_said_in_german(self, mehr: dict[str, Any], grund: str) -> None:
        with pytest.raises(ValidationError) as fehler:
            quelle(**mehr)
        assert grund in str(fehler.value).casefold() or grund in str(fehler.value)
