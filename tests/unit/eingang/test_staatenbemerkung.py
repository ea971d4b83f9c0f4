"""A label that means a state and says more than its name: the printed words stand beside the figure."""

from datetime import date

import pytest

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.labels import Woerterbuch
from pipelines.eingang.tabelle.read import read_tabelle
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.quellen.layout import Layout
from tests.conftest import ROH, create_data_folder

JUGOSLAWEN = "Serbien/Montenegro und noch nicht zugeordnete Jugoslawen"
TAG = date(2007, 1, 1)


@pytest.mark.parametrize(
    ("text", "staat", "mehr"),
    [
        (JUGOSLAWEN, "132", True),
        ("Serbien/Montenegro", "132", False),
        ("Serbien ohne Kosovo (ab 01.05.2008)", "170", True),
        ("Kosovo (ab 01.05.2008)", "150", False),  # since when it is a state
        ("China (Festland)", "479", True),
        ("Iran ¹)", "439", False),
        ("Syrien", "475", False),
        ("Türkei", "163", False),  # its own name
        ("163", "163", False),
        ("alle übrigen", "uebrige", False),
    ],
)
def test_words_that_no_name_of_the_state_has_are_more_than_its_name(text: str, staat: str, mehr: bool) -> None:
    uebersetzt = {text: staat} if text not in ("163", "Türkei") else {"Syrien": "475"}
    layout = Layout.model_validate(
        {"id": "x", "titel": "X", "herkunft": "h", "lizenz": "l", "datei": "x_{stichtag}.csv",
         "spalten": {"staat": "Staat", "auslaender": "A"}, "woerter": {"staat": uebersetzt}}
    )  # fmt: skip
    assert Woerterbuch(layout, ROH / "referenz" / "staaten.csv").says_more(text, staat) == mehr


def test_the_printed_label_stands_beside_the_figure_of_the_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    ablage = Ablage(create_data_folder(tmp_path_factory.mktemp("staaten") / "data")).create_folders()
    kommune = load_kommune(ROH / "neuss")
    layout = next(t for t in kommune.angaben.quellen.tabellen if t.id == "staatsangehoerigkeiten")
    pfad = ROH / "neuss" / "tabellen" / "staatsangehoerigkeiten_2007-01-01.csv"
    lieferung = Lieferung("neuss", layout.id, "tabellen", pfad, TAG, TAG, "0" * 64, "l")
    werte = read_tabelle(ablage, kommune, layout, lieferung).werte.to_pylist()
    assert {z["staat"]: (z["wert"], z["bemerkung"]) for z in werte if z["bemerkung"]} == {
        "132": (924.0, f"in der Quelle: »{JUGOSLAWEN}«")
    }
