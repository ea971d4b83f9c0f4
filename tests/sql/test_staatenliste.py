"""Which states a municipality names, and of which it tells women and men."""

from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import lay, lay_ort, lay_umfang, read, run_step


@pytest.mark.parametrize(("frauen", "benannt"), [(26, False), (30, True)])
def test_women_and_men_are_told_of_a_state_that_is_named(tmp_path: Path, frauen: int, benannt: bool) -> None:
    """A definition leaves out three of 23 foreign men; six of 26 women are Germans: three more than it leaves out."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay_umfang(ablage)
    auslaender, mit_mh = {"m": 23, "w": 20, "insgesamt": 43}, {"m": 20, "w": frauen, "insgesamt": 20 + frauen}
    for name, zahlen in (("staatsangehoerigkeit", auslaender), ("bezugsland", mit_mh)):
        lay(
            ablage,
            f"bevoelkerung.{name}",
            *({"gebiet_id": "00", "geschlecht": x, "personen": n} for x, n in zahlen.items()),
        )
    lay(ablage, "bevoelkerung.gruppenliste", {"staat": "163", "gruppe": "übriges Europa"})
    run_step(ablage, next(s for s in sql_steps() if s.key == ("bevoelkerung", "staatenliste")))
    (land,) = (z for z in read(ablage, "bevoelkerung.staatenliste") if z["art"] == "bezugsland")
    assert (land["benannt"], land["je_geschlecht"], land["je_gebiet"]) == (benannt, benannt, benannt)
