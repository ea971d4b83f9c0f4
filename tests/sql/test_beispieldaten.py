"""Synthetic is synthetic everywhere: what rests on invented persons says so and never bears the name of a register."""

from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps


@pytest.mark.parametrize("synthetisch", [True, False])
def test_figures_of_an_invented_register_never_bear_the_name_of_the_town(tmp_path: Path, synthetisch: bool) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.quelle", {"quelle_id": "melderegister", "herkunft": "Melderegister der Stadt K"})
    lay(ablage, "stamm.profil", {})
    lay(ablage, "stamm.erzeugt_aus", {"quelle_id": "stadtteiltabelle"}, {"kommune": "andere", "quelle_id": "fremd"})
    lay(ablage, "eingang.lieferung", {"status": "uebernommen", "synthetisch": synthetisch})
    run_steps(ablage, "lieferung", "bestand")
    lay(
        ablage, "bevoelkerung.wuerfel", {"gebiet_id": "01", "geschlecht": "w", "altersgruppe": "30-44", "personen": 100}
    )
    lay(ablage, "bevoelkerung.staatenwuerfel", {"gebiet_id": "01", "geschlecht": "w", "personen": 100})
    run_steps(ablage, "migrationshintergrund", "staatsangehoerigkeit", "wertespanne")
    herkunft = "Synthetischer Auszug: alle Personen sind erfunden" if synthetisch else "Melderegister der Stadt K"
    for tabelle in ("marts.migrationshintergrund", "marts.staatsangehoerigkeit"):
        assert {(z["herkunft"], z["beispieldaten"]) for z in read(ablage, tabelle)} == {(herkunft, synthetisch)}
    assert {z["beispieldaten"] for z in read(ablage, "marts.wertespanne")} == {synthetisch}
    (lieferung,) = read(ablage, "geheimhaltung.lieferung")
    assert lieferung["erzeugt_aus"] == (["stadtteiltabelle"] if synthetisch else [])
