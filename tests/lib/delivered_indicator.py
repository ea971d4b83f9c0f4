"""One indicator from literal delivered figures, before the door.

Belongs here: running the statement of one indicator. Does not belong here: the figures (the test), doors (literal_tables.py).
"""

from typing import Any

from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.derived_sql import INPUTS
from pipelines.indikatoren.lieferung_sql import lieferung_sql
from pipelines.stamm.katalog.load import load_katalog
from pipelines.steps.sql_step import run_statement
from tests.conftest import ROH
from tests.lib.literal_tables import lay
from tests.lib.two_valued import nullwerte


def compute_delivered(ablage: Ablage, indikator: str, *zeilen: dict[str, Any]) -> None:
    """Compute bevoelkerung.indikatorlieferung of one indicator of the catalogue; none of its rules is NULL."""
    lay(ablage, "bevoelkerung.tabellenwert", *zeilen)
    katalog = load_katalog(Ablage(ROH.parent))
    text = lieferung_sql(katalog.model_copy(update={"indikatoren": (katalog.nach_id[indikator],)}))
    quellen = [*INPUTS, ("stamm", "muster")]
    run_statement(ablage, "bevoelkerung", "indikatorlieferung", text, quellen)
    assert nullwerte(ablage, text, quellen) == []
