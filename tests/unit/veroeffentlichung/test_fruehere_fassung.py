"""A published file of an earlier version of the program: whoever asks for a report is told what to do first."""

from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.veroeffentlichung.published_file import check_version
from tests.conftest import monitoring_im_prozess
from tests.lib.one_release import create_released


def test_a_report_of_a_file_that_lacks_a_column_is_refused_in_words(tmp_path: Path) -> None:
    ablage = create_released(tmp_path / "data")
    check_version(ablage.publikation)
    with duckdb.connect(str(ablage.publikation)) as con:
        con.execute("alter table marts.bewegung drop column anteil")
    with pytest.raises(
        KonfigurationsFehler, match=r"früheren Version des Programms: es fehlt marts\.bewegung\.anteil\. "
    ):
        check_version(ablage.publikation)
    aufruf = monitoring_im_prozess(ablage.daten, "report")
    assert aufruf.code == 2
    assert "Zuerst: monitoring refresh" in aufruf.stderr
