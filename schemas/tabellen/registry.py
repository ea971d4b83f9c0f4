"""All tables: those of the secure zone, those that are published.

Belongs here: a list of every table that crosses a border (staged persons, cube, protected counts, marts). Does not belong here:
what a table is made of (the files beside it, by subject), the meaning of a column (schemas/spalten).
"""

from schemas.model import Tabelle
from schemas.tabellen.bevoelkerung import (
    BEZUGSLAND,
    DEFINITIONSVERGLEICH,
    MH_KATEGORIE,
    MIGRATIONSHINTERGRUND,
    OPTIONSKENNZEICHEN,
    STAATENGRUPPE,
    STAATSANGEHOERIGKEIT,
)
from schemas.tabellen.datenstand import DATENSTANDVERGLEICH, DATENSTANDWUERFEL
from schemas.tabellen.dim import DIM_BRUCH, DIM_GEBIET, DIM_KOMMUNE, DIM_PROFIL, DIM_SPALTE, DIM_STAAT
from schemas.tabellen.door import DOOR
from schemas.tabellen.geheimhaltung import GEHEIMHALTUNG
from schemas.tabellen.indikator import INDIKATOREN
from schemas.tabellen.konzept import KONZEPT
from schemas.tabellen.lieferung import DIM_BRUECKE, DIM_QUELLE, INDIKATORTABELLE, STADTTEILTABELLE, TABELLENWERT
from schemas.tabellen.massnahme import MASSNAHMEN, MASSNAHMEN_GEHEIM
from schemas.tabellen.protokoll import LIEFERUNG, PRUEFUNG
from schemas.tabellen.records import RECORDS
from schemas.tabellen.registermerkmal import BEWEGUNG, REGISTERMERKMAL, VERKNUEPFUNG
from schemas.tabellen.revision import REVISION
from schemas.tabellen.segregation import SEGREGATION
from schemas.tabellen.spanne import SPANNEN
from schemas.tabellen.stamm import STAMM
from schemas.tabellen.unprotected import UNPROTECTED
from schemas.tabellen.wuerfel import (
    ALTERSWUERFEL,
    ARTENWUERFEL,
    BEWEGUNGSWUERFEL,
    BEZUGSLANDWUERFEL,
    EINTRAGSWUERFEL,
    MERKMALSWUERFEL,
    OPTIONSWUERFEL,
    PERSONEN,
    STAATENWUERFEL,
    VERGLEICHSWUERFEL,
    WUERFEL,
)
from schemas.tabellen.zeitreihe import ZEITREIHEN

GEHEIM = (
    PERSONEN, WUERFEL, STAATENWUERFEL, BEZUGSLANDWUERFEL, VERGLEICHSWUERFEL, ARTENWUERFEL, ALTERSWUERFEL, EINTRAGSWUERFEL,
    MERKMALSWUERFEL,
    BEWEGUNGSWUERFEL, OPTIONSWUERFEL, DATENSTANDWUERFEL, STADTTEILTABELLE, INDIKATORTABELLE, *MASSNAHMEN_GEHEIM,
)  # fmt: skip
VEROEFFENTLICHT = (
    MIGRATIONSHINTERGRUND, STAATSANGEHOERIGKEIT, STAATENGRUPPE, BEZUGSLAND, MH_KATEGORIE, DEFINITIONSVERGLEICH,
    OPTIONSKENNZEICHEN, REGISTERMERKMAL, BEWEGUNG, VERKNUEPFUNG, SEGREGATION,
    TABELLENWERT, DIM_QUELLE, DIM_BRUCH, DIM_BRUECKE, DIM_KOMMUNE, DIM_GEBIET, DIM_PROFIL, DIM_STAAT, DIM_SPALTE,
    *KONZEPT, *MASSNAHMEN,
    *INDIKATOREN, *ZEITREIHEN, *SPANNEN, DATENSTANDVERGLEICH, LIEFERUNG, PRUEFUNG, REVISION,
    GEHEIMHALTUNG,
)  # fmt: skip
TABELLEN: dict[str, Tabelle] = {t.voll: t for t in (*GEHEIM, *VEROEFFENTLICHT)}
# Tables that only steps read: their columns are declared, their rows are not checked one by one.
INTERN: dict[str, Tabelle] = {t.voll: t for t in (*STAMM, *RECORDS, *UNPROTECTED, *DOOR)}
DECLARED: dict[str, Tabelle] = TABELLEN | INTERN
