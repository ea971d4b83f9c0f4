"""One Stichtag of a municipality from staged persons to its cubes, and the state by which it is known to be counted.

Belongs here: the order of the counts. Does not belong here: any of them (count.py, flows.py,
definitionen/optionskennzeichen.py).
"""

from datetime import date

import pyarrow.parquet as pq

from pipelines.bevoelkerung.count import count
from pipelines.bevoelkerung.flows import count_flows
from pipelines.definitionen.optionskennzeichen import write_optionswuerfel
from pipelines.eingang.lieferung.fingerprint import zaehlstand, zaehlstand_datei
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune
from schemas.tabellen.wuerfel import PERSONEN


def count_partition(ablage: Ablage, kommune: Kommune, stichtag_text: str) -> int:
    """Count the staged persons of one Stichtag under all definitions; returns the number of persons.

    Raises: KonfigurationsFehler if an earlier version of this program staged them in another form.
    """
    partition = f"{kommune.id}_{stichtag_text}"
    _check_form(ablage, kommune, partition)
    personen = count(ablage, kommune, date.fromisoformat(stichtag_text), partition)
    write_optionswuerfel(ablage, kommune.id, stichtag_text, partition)
    count_flows(ablage, kommune, date.fromisoformat(stichtag_text))
    stand = zaehlstand_datei(ablage, partition)
    with ablage.neu(stand) as neu:
        neu.write_text(zaehlstand(ablage, kommune))
    return personen


def _check_form(ablage: Ablage, kommune: Kommune, partition: str) -> None:
    """Whose extract lies in raw is staged anew by a new version; else only the office can help, and must be told how."""
    datei = ablage.tabelle("eingang", "melderegister", partition)
    vorhanden = set(pq.read_schema(datei).names)
    if fehlt := [s for s in PERSONEN.namen if s not in vorhanden]:
        raise KonfigurationsFehler(
            f"{partition}: Die Personen dieses Stichtags hat eine frühere Fassung des Programms abgelegt; ihnen fehlt, was heute "
            f"gezählt wird ({', '.join(fehlt)}). Erwartet: der Auszug noch einmal in raw/{kommune.id}/melderegister. Bis dahin "
            "bleiben die Zahlen dieses Stichtags, wie sie gezählt wurden."
        )
