"""dim.quelle: every source of a municipality once, with licence, address and the ready source it comes from."""

from pathlib import Path

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import lay, read


def test_every_source_stands_once_with_what_may_be_said_of_it(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(
        ablage, "stamm.quelle",
        {"quelle_id": "melderegister", "art": "melderegister", "titel": "Register", "herkunft": "Stadt", "lizenz": "",
         "adresse": None, "fertige_quelle": None},
        {"quelle_id": "einwohner", "art": "tabellen", "titel": "Einwohner", "herkunft": "Landesamt", "lizenz": "dl-de/by-2-0",
         "adresse": "https://amt.example", "fertige_quelle": "land_1"},
    )  # fmt: skip
    lay(
        ablage,
        "stamm.massnahmenquelle",
        {"quelle_id": "stand", "titel": "Stand", "herkunft": "Stelle", "beispiel": False},
    )
    step = next(s for s in sql_steps() if (s.schema, s.name) == ("dim", "quelle"))
    step.write(ablage)
    felder = ("quelle_id", "quellenart", "titel", "herkunft", "lizenz", "adresse", "fertige_quelle")
    assert [tuple(z[f] for f in felder) for z in read(ablage, "dim.quelle")] == [
        ("einwohner", "tabellen", "Einwohner", "Landesamt", "dl-de/by-2-0", "https://amt.example", "land_1"),
        ("melderegister", "melderegister", "Register", "Stadt", None, None, None),
        ("stand", "massnahmen", "Stand", "Stelle", None, None, None),
    ]
