"""What disclosure control costs: how many figures of the register each table hides.

Belongs here: the table. Does not belong here: what its columns mean (schemas/spalten/schutz.py).
"""

from schemas.model import Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.schutz import SPALTEN_SCHUTZ

GEHEIMHALTUNG = Tabelle(
    "protokoll", "geheimhaltung", "Verlust durch Geheimhaltung",
    "Wie viele Anzahlen aus dem Melderegister jede Tabelle zeigt und wie viele davon geschützt sind.",
    ("kommune", "stichtag", "tabelle"),
    (
        SPALTEN["kommune"],
        SPALTEN["stichtag"],
        SPALTEN["tabelle"],
        *SPALTEN_SCHUTZ.values(),
    ),
    leer_erlaubt=frozenset({"anteil_personen", "stufe_personen"}),
)  # fmt: skip
