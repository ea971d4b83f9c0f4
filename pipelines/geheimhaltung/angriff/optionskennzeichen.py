"""Whom the switched-off option mark would add to the persons with MH.

Belongs here: marts.optionskennzeichen. They are part of those whom the definition does not count now.
"""

from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System

TABELLE = "marts.optionskennzeichen"


def read_option(s: System, d: Datei) -> None:
    """A count of the whole town under each definition, and who would still not be counted."""
    for z in d.zeilen["optionskennzeichen"]:
        ort = (z["profil"], d.ags, INS, INS)
        i = s.zahl("OP", *ort)
        s.read(i, Stelle(TABELLE, "personen", z["profil"]), z["personen"])
        e, mh = s.gives("E", "-", *ort[1:]), s.gives("MH", *ort)
        if e is not None and mh is not None:
            nicht = s.rest("nicht mit MH", e, [mh], "NM", *ort, schuetzen=False)
            s.rest("auch mit Optionskennzeichen nicht mit MH", nicht, [i], "OPR", *ort)
