"""Tables whose statement is written from the catalogue: what is counted, delivered and computed.

Belongs here: their steps. Does not belong here: the statements (register_sql.py, lieferung_sql.py, rechnung_sql.py) and the
assets.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.derived_sql import INPUTS
from pipelines.indikatoren.lieferung_sql import lieferung_sql
from pipelines.indikatoren.rechnung_sql import rechnung_sql
from pipelines.indikatoren.register_sql import zaehlung_sql
from pipelines.stamm.katalog.katalog import Katalog
from pipelines.stamm.katalog.load import load_katalog
from pipelines.steps.inputs import resting_on
from pipelines.steps.sql_step import run_statement
from pipelines.steps.step import Name, Step, Written


@dataclass(frozen=True)
class CatalogueStep(Step):
    """One table made from the catalogue. `reads` are the tables its statement reads whatever the entries are."""

    schema: str
    name: str
    description: str
    build: Callable[[Katalog, Ablage], str]
    inputs: tuple[Name, ...]
    doing: str = "Indikatoren auswerten"
    kinds: frozenset[str] = frozenset({"duckdb", "sql"})

    @property
    def beschreibung(self) -> str:
        return self.description

    @property
    def reads(self) -> tuple[Name, ...]:
        return self.inputs

    def statement(self, ablage: Ablage) -> str:
        """The SQL by the catalogue as it is now. Raises: KonfigurationsFehler if the catalogue is wrong."""
        return self.build(load_katalog(ablage), ablage)

    def rests_on(self, ablage: Ablage) -> str:
        return resting_on(ablage, self.reads, self.statement(ablage))

    def write(self, ablage: Ablage) -> Written:
        return Written(run_statement(ablage, self.schema, self.name, self.statement(ablage), self.reads), {})


def _gelieferte_merkmale(ablage: Ablage) -> list[str]:
    """Measures that any delivery has: a statement over all of the catalogue would reserve gigabytes."""
    merkmale: set[str] = set()
    for datei in ablage.quelle("bevoelkerung", "tabellenwert"):
        merkmale |= {str(m) for m in pc.unique(pq.read_table(datei, columns=["merkmal"])["merkmal"]).to_pylist()}
    return sorted(merkmale)


CATALOGUE_STEPS = (
    CatalogueStep(
        "bevoelkerung", "indikatorzaehlung",
        "Indikatoren aus dem Register: Zähler und Nenner jedes Eintrags im Katalog, ungeschützt.",
        lambda katalog, _: zaehlung_sql(katalog),
        (("bevoelkerung", "alterswuerfel"), ("stamm", "vorfahr"), ("stamm", "gebiet"), ("stamm", "muster"),
         ("stamm", "kommune"), ("stamm", "altersgruppe"), ("stamm", "geschlecht")),
    ),
    CatalogueStep(
        "bevoelkerung", "indikatorlieferung",
        "Indikatoren aus Lieferungen: der gelieferte Wert oder Zähler durch Nenner, ungeschützt.",
        lambda katalog, ablage: lieferung_sql(katalog, _gelieferte_merkmale(ablage)),
        (*INPUTS, ("stamm", "muster")),
    ),
    CatalogueStep(
        "geheimhaltung", "indikatorrechnung",
        "Indikatoren aus anderen Indikatoren, gerechnet aus deren geschützten Werten.",
        lambda katalog, _: rechnung_sql(katalog),
        (("geheimhaltung", "indikatorbasis"),),
    ),
)  # fmt: skip
