"""One Stichtag of a municipality from staged persons to its cubes, and the state by which it is known to be counted.

Belongs here: the order of the counts. Does not belong here: any of them (count.py, flows.py,
definitionen/optionskennzeichen.py).
"""

from datetime import date

from pipelines.bevoelkerung.count import count
from pipelines.bevoelkerung.flows import count_flows
from pipelines.definitionen.optionskennzeichen import write_optionswuerfel
from pipelines.eingang.lieferung.fingerprint import zaehlstand, zaehlstand_datei
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune


def count_partition(ablage: Ablage, kommune: Kommune, stichtag_text: str) -> int:
    """Count the staged persons of one Stichtag under all definitions; returns the number of persons."""
    partition = f"{kommune.id}_{stichtag_text}"
    personen = count(ablage, kommune, date.fromisoformat(stichtag_text), partition)
    write_optionswuerfel(ablage, kommune.id, stichtag_text, partition)
    count_flows(ablage, kommune, date.fromisoformat(stichtag_text))
    stand = zaehlstand_datei(ablage, partition)
    with ablage.neu(stand) as neu:
        neu.write_text(zaehlstand(ablage, kommune))
    return personen
