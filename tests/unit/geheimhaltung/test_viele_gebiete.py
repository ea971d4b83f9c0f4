"""Very many areas without a level between are told before the choice of hidden cells takes minutes."""

from pathlib import Path

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.geheimhaltung.many_areas import VIELE_GEBIETE, warn_of_many_areas
from pipelines.stamm.kommune import Kommune, load_kommune
from tests.conftest import create_data_folder, create_kleinstadt


def town(tmp_path: Path, gebiete: int, bezirke: int = 0, schutz: str = "") -> Kommune:
    """A town of so many more areas, directly below it or below its Bezirke in turn."""
    ordner = create_kleinstadt(create_data_folder(tmp_path / "data", ()))
    datei = ordner / "gebiete.csv"
    kopf, stadt, *_ = zeilen = datei.read_text(encoding="utf-8").splitlines()
    ags = stadt.split(";")[0]
    leer = ";" * (kopf.count(";") - 4)
    zeilen += [f"b{i};Bezirk {i};bezirk;{ags};2021{leer}" for i in range(bezirke)]
    zeilen += [
        f"g{i:03};Gebiet {i};stadtteil;{f'b{i % bezirke}' if bezirke else ags};2021{leer}" for i in range(gebiete)
    ]
    datei.write_text("\n".join([*zeilen, ""]), encoding="utf-8")
    yaml = ordner / "kommune.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace("schutz:", f"schutz:{schutz}"), encoding="utf-8")
    return load_kommune(ordner)


def test_a_warning_names_how_many_areas_and_what_to_do(tmp_path: Path) -> None:
    (m,) = warn_of_many_areas(town(tmp_path, VIELE_GEBIETE + 20))
    assert (m.schwere, m.quelle) == (Schwere.warnung, "gebiete.csv")
    assert f"{VIELE_GEBIETE + 23} Gebiete" in m.text
    assert "Bezirke angeben" in m.text


@pytest.mark.parametrize(
    ("gebiete", "bezirke", "schutz"),
    [(30, 0, ""), (VIELE_GEBIETE + 20, 10, ""), (VIELE_GEBIETE + 20, 0, "\n  verfahren: rundung")],
    ids=["few", "with_bezirke", "nothing_hidden"],
)
def test_nothing_is_said_where_it_is_quick(tmp_path: Path, gebiete: int, bezirke: int, schutz: str) -> None:
    assert warn_of_many_areas(town(tmp_path, gebiete, bezirke, schutz)) == []
