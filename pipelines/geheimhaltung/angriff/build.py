"""One published file of one municipality and Stichtag → the attacker's system.

Belongs here: the order in which tables are read. Shown figures first, then what they are parts of, then quotients.
"""

from pipelines.geheimhaltung.angriff.bevoelkerung import (
    lies_bestand,
    lies_gedrucktes,
    verbinde_bestand,
    verbinde_summen,
)
from pipelines.geheimhaltung.angriff.definitionen import lies_kategorien, lies_vergleiche
from pipelines.geheimhaltung.angriff.indikatoren import lies_indikatoren
from pipelines.geheimhaltung.angriff.optionskennzeichen import lies_option
from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.shares import Quotienten, lies_anteile, lies_segregation, lies_verluste
from pipelines.geheimhaltung.angriff.staaten import lies_bezugslaender, lies_staaten
from pipelines.geheimhaltung.angriff.system import System


def baue_gedrucktes(d: Datei, s: System) -> System:
    """What everybody knew before: the town's own printed figures, with the sums they stand in and no figure of the register."""
    leer = Datei(d.kommune, d.stichtag, "", d.ags, d.schwelle, oben=d.oben, regeln=d.regeln)
    zahlen = ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
    leer.zeilen["migrationshintergrund"] = [
        {k: z[k] for k in ("gebiet_id", "profil", "geschlecht", "altersgruppe")} | dict.fromkeys(zahlen)
        for z in d.zeilen["migrationshintergrund"]
    ]
    nur = System()
    lies_bestand(nur, leer)
    for i in s.gedruckt:
        nur.setze(nur.zahl(*s.schluessel[i]), s.unten[i])
    verbinde_bestand(nur, leer)
    verbinde_summen(nur, leer)
    return nur


def baue_system(d: Datei) -> tuple[System, Quotienten]:
    """Everything one file says, as unknowns, rows, quotients.

    Raises: Unvereinbar if two places of the file show different numbers of the same persons.
    """
    s, q = System(d.spiel), Quotienten()
    lies_bestand(s, d)
    lies_gedrucktes(s, d)
    verbinde_bestand(s, d)
    lies_kategorien(s, d)
    lies_vergleiche(s, d)
    lies_staaten(s, d)
    lies_bezugslaender(s, d)
    lies_option(s, d)
    lies_indikatoren(s, d, q)
    if not d.spiel:  # quotients of rounded or perturbed figures say nothing more of the true ones
        lies_anteile(s, d, q)
        lies_segregation(s, d, q)
        lies_verluste(s, d)
    verbinde_summen(s, d)
    return s, q
