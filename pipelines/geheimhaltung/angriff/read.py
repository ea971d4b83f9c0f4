"""What one published file says of one municipality and Stichtag, as plain rows.

Belongs here: queries of the published file. Does not belong here: what the rows mean together (bevoelkerung.py, definitionen.py,
staaten.py, indikatoren.py, shares.py).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import duckdb

from pipelines.geheimhaltung.angriff.system import INS

REGISTER = "melderegister"
REGEL = re.compile(r"(?:^|\n)(?:(\d+)\. |(sonst): )(.*?) \[([^\]]+)\] → (\w+)(?:: ([^\n]*))?")
ALTER = re.compile(r"^(\d+)(?:-(\d+)|\+)$")
HOECHSTES_ALTER = 130
# Columns of each table that the attack reads, the key first.
SPALTEN: dict[str, tuple[str, ...]] = {
    "migrationshintergrund": (
        "gebiet_id", "profil", "geschlecht", "altersgruppe", "einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh",
        "unentscheidbar", "anteil_auslaender", "anteil_mh", "anteil_mh_min", "anteil_mh_max", "lokationsquotient_mh", "hinweise",
    ),
    "mh_kategorie": ("gebiet_id", "profil", "kategorie", "generation", "geschlecht", "ergebnis_mh", "personen", "anteil"),
    "definitionsvergleich": (
        "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b", "ergebnis_a", "ergebnis_b", "grund", "personen", "anteil",
    ),
    "staatsangehoerigkeit": ("gebiet_id", "staat", "geschlecht", "personen", "anteil", "rang", "staatengruppe"),
    "bezugsland": ("gebiet_id", "profil", "staat", "geschlecht", "personen", "anteil", "rang"),
    "staatengruppe": ("gebiet_id", "staatengruppe", "geschlecht", "personen", "anteil"),
    "optionskennzeichen": ("profil", "personen"),
    "bewegung": ("gebiet_id", "bewegung", "gruppe", "geschlecht", "stichtag_vorher", "personen", "status"),
    "registermerkmal": (
        "gebiet_id", "merkmal", "auspraegung", "geschlecht", "grundgesamtheit", "personen", "anteil", "status",
    ),
    "segregation": ("profil", "gruppe", "mass", "wert", "hinweise"),
    "wertespanne": (
        "gebiet_id", "profil", "geschlecht", "altersgruppe", "anteil", "unentscheidbar_unten", "unentscheidbar_oben",
        "stichprobe_unten", "stichprobe_oben",
    ),
    "indikator_zeitreihe": (
        "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe", "zaehler", "nenner", "wert", "untergrenze",
        "obergrenze", "lage_rang", "lage_gebiete", "hinweise",
    ),
    "datenstandvergleich": (
        "gebiet_id", "profil", "datenstand_alt", "datenstand_neu", "einwohner_alt", "einwohner_neu", "auslaender_alt",
        "auslaender_neu", "personen_mit_mh_alt", "personen_mit_mh_neu", "einwohner_differenz", "auslaender_differenz",
        "personen_mit_mh_differenz",
    ),
}  # fmt: skip
MIT_QUELLE = ("migrationshintergrund", "staatsangehoerigkeit", "segregation", "wertespanne", "indikator_zeitreihe")
Zeile = dict[str, Any]


@dataclass(frozen=True)
class ReadRule:
    """A rule of a definition as published: its name, category, result, condition."""

    name: str
    kategorie: str
    ergebnis: str
    bedingung: str


class Judgement(NamedTuple):
    """What a definition says of a kind of person: which rule decided, for which category and result."""

    profil: str
    regel: str
    kategorie: str
    ergebnis: str


class RegisterKind(NamedTuple):
    """Persons on whom every definition decides by the same rule; `alter`, `geschlechter`: age groups and sexes they are of."""

    urteile: tuple[Judgement, ...]
    generation: str
    mehrstaatig: bool
    auslaender: bool
    alter: tuple[str, ...] = ()
    geschlechter: tuple[str, ...] = ("m", "w")


@dataclass
class Datei:
    """What one file says of one municipality and Stichtag. `zeilen` by table; tables and columns it has not are empty."""

    kommune: str
    stichtag: date
    lieferung: str
    ags: str = ""
    schwelle: int = 5
    mindestzeile: int = 0
    geheime_nullen: tuple[str, ...] = ()  # marts whose zeros are hidden
    spiel: int = 0
    asylherkunft: tuple[str, ...] = ()  # main states of origin of asylum seekers
    oben: dict[str, str] = field(default_factory=dict)
    zeilen: dict[str, list[Zeile]] = field(default_factory=lambda: defaultdict(list))
    gedruckt: list[Zeile] = field(default_factory=list)
    bestand_vorher: list[Zeile] = field(default_factory=list)  # inhabitants and foreigners at the Stichtag before
    verluste: list[Zeile] = field(default_factory=list)
    regeln: dict[str, list[ReadRule]] = field(default_factory=dict)
    indikatoren: dict[str, Zeile] = field(default_factory=dict)
    arten: tuple[RegisterKind, ...] = ()  # no part of the file: which kinds of persons there are

    def gebiete(self) -> list[str]:
        """Areas inside the municipality that have figures, itself included."""
        return sorted({z["gebiet_id"] for z in self.zeilen["migrationshintergrund"]})

    def kinder(self) -> dict[str, list[str]]:
        """Area → the areas directly below it that have figures."""
        gebiete = set(self.gebiete())
        kinder: dict[str, list[str]] = defaultdict(list)
        for g in sorted(gebiete - {self.ags}):
            oben = self.oben.get(g, self.ags)
            while oben not in gebiete and oben in self.oben:
                oben = self.oben[oben]
            kinder[oben if oben in gebiete else self.ags].append(g)
        return kinder

    def geschlechter(self) -> list[str]:
        """The sexes counted everywhere."""
        return sorted({z["geschlecht"] for z in self.zeilen["migrationshintergrund"]} - {INS})

    def altersgruppen(self) -> list[str]:
        """The age groups, `unbekannt` among them."""
        return sorted({z["altersgruppe"] for z in self.zeilen["migrationshintergrund"]} - {INS})

    def profile(self) -> list[str]:
        """The definitions."""
        return sorted({z["profil"] for z in self.zeilen["migrationshintergrund"]})


class Registertag(NamedTuple):
    """A Stichtag of which a file has register figures, and the delivery they rest on."""

    kommune: str
    stichtag: date
    lieferung: str


def stichtage(con: duckdb.DuckDBPyConnection, schema: str = "marts") -> list[Registertag]:
    """All of them, by municipality and day."""
    gefunden = con.execute(
        f"select kommune, stichtag, max(lieferung_id) from {schema}.migrationshintergrund "
        f"where quelle = '{REGISTER}' group by all order by all"
    ).fetchall()
    return [Registertag(*z) for z in gefunden]


def read(con: duckdb.DuckDBPyConnection, kommune: str, stichtag: date, lieferung: str, datenbank: str = "") -> Datei:
    """Read everything one file says; `datenbank` names an attached one."""
    davor = f"{datenbank}." if datenbank else ""
    vorhanden = _vorhandene(con, datenbank)
    d = Datei(kommune, stichtag, lieferung)
    _read_dim(con, davor, vorhanden, d)
    for tabelle, spalten in SPALTEN.items():
        da = vorhanden.get(f"marts.{tabelle}", set())
        if not {"kommune", "stichtag"} <= da:
            continue
        quelle = f" and quelle = '{REGISTER}'" if tabelle in MIT_QUELLE else ""
        d.zeilen[tabelle] = _ask(con, davor, tabelle, [s for s in spalten if s in da], d, quelle)
    if d.zeilen["bewegung"]:
        d.bestand_vorher = _ask_earlier(con, davor, d)
    if "protokoll.geheimhaltung" in vorhanden:
        spalten = ("tabelle", "zahlen", "verborgen", "anteil_personen", "stufe_personen")
        d.verluste = [
            dict(zip(spalten, werte, strict=True))
            for werte in con.execute(
                f"select {', '.join(spalten)} from {davor}protokoll.geheimhaltung where kommune = ? and stichtag = ? "
                "order by all",
                [kommune, stichtag],
            ).fetchall()
        ]
    if "marts.migrationshintergrund" in vorhanden:
        zahlen = ["gebiet_id", "profil", "geschlecht", "altersgruppe", "einwohner", "auslaender", "deutsche_mit_mh",
                  "personen_mit_mh"]  # fmt: skip
        d.gedruckt = _ask(con, davor, "migrationshintergrund", zahlen, d, f" and quelle <> '{REGISTER}'")
    return d


def _vorhandene(con: duckdb.DuckDBPyConnection, datenbank: str) -> dict[str, set[str]]:
    spalten: dict[str, set[str]] = defaultdict(set)
    for tabelle, spalte in con.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where database_name = coalesce(nullif(?, ''), current_database())",
        [datenbank],
    ).fetchall():
        spalten[tabelle].add(spalte)
    return spalten


def _ask(
    con: duckdb.DuckDBPyConnection, davor: str, tabelle: str, spalten: list[str], d: Datei, bedingung: str
) -> list[Zeile]:
    zeilen = con.execute(
        f"select {', '.join(spalten)} from {davor}marts.{tabelle} "
        f"where kommune = ? and stichtag = ?{bedingung} order by {', '.join(str(n + 1) for n in range(len(spalten)))}",
        [d.kommune, d.stichtag],
    ).fetchall()
    return [dict(zip(spalten, z, strict=True)) for z in zeilen]


def _ask_earlier(con: duckdb.DuckDBPyConnection, davor: str, d: Datei) -> list[Zeile]:
    """The town's stocks at the Stichtag that flows are counted from."""
    spalten = ("gebiet_id", "geschlecht", "einwohner", "auslaender")
    zeilen = con.execute(
        f"select {', '.join(spalten)} from {davor}marts.migrationshintergrund where kommune = ? and stichtag = ? "
        f"and quelle = '{REGISTER}' and altersgruppe = '{INS}' and geschlecht = '{INS}' and gebiet_id = ? order by all",
        [d.kommune, d.zeilen["bewegung"][0]["stichtag_vorher"], d.ags],
    ).fetchall()
    return [dict(zip(spalten, z, strict=True)) for z in zeilen]


def _read_dim(con: duckdb.DuckDBPyConnection, davor: str, vorhanden: dict[str, set[str]], d: Datei) -> None:
    da = vorhanden.get("dim.kommune", set())
    # Rows taken over from an earlier release leave columns empty that it did not have.
    zahlen = ("mindestfallzahl", "mindestzeile", "hoechstfehler")
    spalten = ["ags", *(f"coalesce({s}, 0)" if s in da else "0" for s in zahlen)]
    for werte in con.execute(
        f"select {', '.join(spalten)} from {davor}dim.kommune where kommune = ?", [d.kommune]
    ).fetchall():
        d.ags, d.schwelle, d.mindestzeile, d.spiel = werte
    for spalte in sorted({"geheime_nullen", "asylherkunft"} & da):
        for (liste,) in con.execute(
            f"select {spalte} from {davor}dim.kommune where kommune = ?", [d.kommune]
        ).fetchall():
            setattr(d, spalte, tuple(liste or ()))
    d.oben = dict(
        con.execute(f"select gebiet_id, uebergeordnet from {davor}dim.gebiet where kommune = ?", [d.kommune]).fetchall()
    )
    for profil, text in con.execute(f"select profil, regeln from {davor}dim.profil").fetchall():
        d.regeln[profil] = [ReadRule(r[3], r[4], r[5], r[6] or "") for r in REGEL.finditer(text or "")]
    felder = (
        "indikator",
        "herleitung",
        "zaehler_merkmal",
        "zaehler_filter",
        "nenner_merkmal",
        "nenner_filter",
        "faktor",
    )
    if set(felder) <= vorhanden.get("dim.indikator", set()):
        for werte in con.execute(f"select {', '.join(felder)} from {davor}dim.indikator").fetchall():
            d.indikatoren[werte[0]] = dict(zip(felder, werte, strict=True))


def altersgrenzen(gruppe: str) -> tuple[int, int] | None:
    """First and last year of an age group; None for `unbekannt`."""
    treffer = ALTER.match(gruppe)
    if not treffer:
        return None
    return int(treffer[1]), int(treffer[2]) if treffer[2] else HOECHSTES_ALTER
