"""What a switched-off option mark changes under a definition, as a sentence beside the definition's description.

Belongs here: this sentence. Does not belong here: the count (definitionen/optionskennzeichen.py) and its protection.
"""

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.numbers import datum, ganz
from pipelines.veroeffentlichung.bericht.query import rows_of

ABGESCHALTET = "Das Optionskennzeichen ist hier abgeschaltet."


def load_optionssaetze(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[str, str]:
    """Definition → sentence on the latest Stichtag; definitions that do not ask for the mark have none."""
    return {z["profil"]: satz(z) for z in rows_of(con, "optionskennzeichen", kommune=kommune)}


def satz(z: Zeile) -> str:
    """How many persons the definition would count otherwise with the mark; a protected number is said to be one."""
    am, beispiel = datum(z["stichtag"]), " (Beispieldaten)" if z["beispieldaten"] else ""
    if z["personen"] is None:
        return f"{ABGESCHALTET} Wie viele Personen am {am} deshalb anders zählen, ist geschützt{beispiel}."
    if z["personen"] == 0:
        return f"{ABGESCHALTET} Am {am} zählt deshalb niemand anders{beispiel}."
    return f"{ABGESCHALTET} Am {am} zählen deshalb {ganz(z['personen'])} Personen anders, als sie es mit ihm täten{beispiel}."
