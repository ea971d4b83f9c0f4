"""One published file of one municipality and Stichtag → the attacker's system.

Belongs here: the order in which tables are read. Shown figures first, then what they are parts of, then quotients.
"""

from pipelines.geheimhaltung.angriff.arten import connect_arten
from pipelines.geheimhaltung.angriff.bevoelkerung import (
    connect_bestand,
    connect_sums,
    read_bestand,
    read_printed,
)
from pipelines.geheimhaltung.angriff.definitionen import read_kategorien, read_vergleiche
from pipelines.geheimhaltung.angriff.facts import read_merkmale
from pipelines.geheimhaltung.angriff.flows import read_bewegungen
from pipelines.geheimhaltung.angriff.groups import read_gruppen
from pipelines.geheimhaltung.angriff.indikatoren import read_indikatoren
from pipelines.geheimhaltung.angriff.inner import add_inner
from pipelines.geheimhaltung.angriff.optionskennzeichen import read_option
from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.shares import Quotienten, read_anteile, read_losses, read_segregation
from pipelines.geheimhaltung.angriff.staaten import read_bezugslaender, read_staaten
from pipelines.geheimhaltung.angriff.system import System


def build_printed(d: Datei, s: System) -> System:
    """What everybody knew before: the town's own printed figures, with the sums they stand in and no figure of the register."""
    leer = Datei(d.kommune, d.stichtag, "", d.ags, d.schwelle, oben=d.oben, regeln=d.regeln)
    zahlen = ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
    leer.zeilen["migrationshintergrund"] = [
        {k: z[k] for k in ("gebiet_id", "profil", "geschlecht", "altersgruppe")} | dict.fromkeys(zahlen)
        for z in d.zeilen["migrationshintergrund"]
    ]
    nur = System()
    read_bestand(nur, leer)
    for i in s.gedruckt:
        nur.set_value(nur.zahl(*s.schluessel[i]), s.unten[i])
    connect_bestand(nur, leer)
    connect_sums(nur, leer)
    return nur


def build_system(d: Datei) -> tuple[System, Quotienten]:
    """Everything one file says, as unknowns, rows, quotients.

    Raises: Unvereinbar if two places of the file show different numbers of the same persons.
    """
    s, q = System(d.spiel), Quotienten()
    read_bestand(s, d)
    read_printed(s, d)
    add_inner(s, d)
    connect_bestand(s, d)
    read_kategorien(s, d)
    read_vergleiche(s, d)
    read_staaten(s, d)
    read_gruppen(s, d)
    read_bezugslaender(s, d)
    read_option(s, d)
    read_merkmale(s, d, q)
    connect_arten(s, d)
    read_bewegungen(s, d)
    read_indikatoren(s, d, q)
    if not d.spiel:  # quotients of rounded or perturbed figures say nothing more of the true ones
        read_anteile(s, d, q)
        read_segregation(s, d, q)
        read_losses(s, d)
    connect_sums(s, d)
    return s, q
