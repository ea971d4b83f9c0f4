"""What was read of a configuration file is remembered for as long as its bytes are the same, and no longer."""

from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import Modell, load, remembered


class Zettel(Modell):
    zahl: int


def test_a_file_is_validated_again_only_if_its_content_changed(tmp_path: Path) -> None:
    gelesen = []

    @remembered
    def read(datei: Path) -> Zettel:
        gelesen.append(datei)
        return load(datei, Zettel)

    datei, andere = tmp_path / "a.yaml", tmp_path / "b.yaml"
    datei.write_text("zahl: 1\n")
    andere.write_text("zahl: 1\n")
    assert [read(datei).zahl, read(datei).zahl, read(andere).zahl] == [1, 1, 1]
    assert gelesen == [datei, andere]
    datei.write_text("zahl: 2\n")  # as long as before, and perhaps within the same tick of the clock
    assert read(datei).zahl == 2
    datei.write_text("zahl: 1\n")
    assert read(datei).zahl == 1


def test_a_fault_is_not_remembered_and_not_hidden_by_what_was_read_before(tmp_path: Path) -> None:
    read = remembered(lambda datei: load(datei, Zettel))
    datei = tmp_path / "a.yaml"
    datei.write_text("zahl: 1\n")
    assert read(datei).zahl == 1
    datei.write_text("zahl: eins\n")
    for _ in range(2):
        with pytest.raises(KonfigurationsFehler, match="Zeile 1"):
            read(datei)
    datei.unlink()
    with pytest.raises(KonfigurationsFehler, match="fehlt"):
        read(datei)
    datei.mkdir()
    with pytest.raises(KonfigurationsFehler, match="Ordner"):
        read(datei)


def test_what_is_written_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    datei = tmp_path / "a.yaml"
    datei.write_text("zahl: 1\n")
    dazwischen = ["zahl: 2\n"]

    @remembered
    def read(datei: Path) -> Zettel:
        if dazwischen:
            datei.write_text(dazwischen.pop())
        return load(datei, Zettel)

    assert read(datei).zahl == 2
    datei.write_text("zahl: 1\n")
    assert read(datei).zahl == 1
