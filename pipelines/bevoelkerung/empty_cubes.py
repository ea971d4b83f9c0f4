"""Empty cubes, so that a data folder without any register extract can be built: tables and concepts need no register.

Belongs here: laying out what the totals read. Does not belong here: counting (count.py).
"""

from pipelines.foundation.placeholder import settle_placeholder
from pipelines.foundation.storage import Ablage
from schemas.tabellen.datenstand import DATENSTANDWUERFEL
from schemas.tabellen.wuerfel import (
    ALTERSWUERFEL,
    ARTENWUERFEL,
    BEWEGUNGSWUERFEL,
    BEZUGSLANDWUERFEL,
    EINTRAGSWUERFEL,
    MERKMALSWUERFEL,
    OPTIONSWUERFEL,
    STAATENWUERFEL,
    VERGLEICHSWUERFEL,
    WUERFEL,
)
from schemas.types import arrow_schema


def create_empty_cubes(ablage: Ablage) -> None:
    """Write an empty partition of every cube that has none."""
    for t in (
        WUERFEL,
        STAATENWUERFEL,
        BEZUGSLANDWUERFEL,
        VERGLEICHSWUERFEL,
        ALTERSWUERFEL,
        ARTENWUERFEL,
        EINTRAGSWUERFEL,
        MERKMALSWUERFEL,
        BEWEGUNGSWUERFEL,
        OPTIONSWUERFEL,
        DATENSTANDWUERFEL,
    ):
        settle_placeholder(ablage, t.schema, t.name, arrow_schema(t))
