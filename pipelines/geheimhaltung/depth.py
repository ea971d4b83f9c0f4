"""That a municipality's main definition is broken down less deeply because few live in its areas, told to the office.

Belongs here: this hint. Does not belong here: the rule (bevoelkerung.gliederungstiefe), what else is published (family.py).
"""

import pyarrow.parquet as pq

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import Ablage

TABELLE = ("bevoelkerung", "gliederungstiefe")
THEMA = "gliederung_nach_groesse"


def tell_depth(ablage: Ablage) -> list[Meldung]:
    """One hint for each municipality whose areas are too small for area × sex × age."""
    dateien = ablage.quelle(*TABELLE)
    if not dateien:
        return []
    return [
        Meldung(
            Schwere.hinweis, z["kommune"], "geheimhaltung", THEMA,
            f"Im Mittel leben {z['einwohner_je_zeile']:.0f} Menschen je Gebiet, Geschlecht und Altersgruppe; nach allen dreien "
            f"zugleich gegliedert wird ab {z['dreifach_ab']}. In marts.migrationshintergrund steht die Hauptdefinition deshalb "
            "nach Gebiet, nach Geschlecht und nach Alter, nie nach zweien davon zugleich. Anders: "
            "veroeffentlichung.umfang.hauptdefinition oder dreifach_ab in kommune.yaml.",
        )
        for z in pq.read_table(dateien[0]).sort_by("kommune").to_pylist()
        if z["ist_nach_groesse"] and z["hauptdefinition"] == "einzeln"
    ]  # fmt: skip
