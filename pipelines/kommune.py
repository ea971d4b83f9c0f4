"""A municipality's folder → validated objects: kommune.yaml and gebiete.csv.

Belongs here: what these files may say, and loading them. Does not belong here: the definitions (bevoelkerung/profil.py)
and the Integrationskonzept.
"""

import csv
import fnmatch
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from pipelines.ablage import Ablage
from pipelines.fehler import KonfigurationsFehler, Schwere
from pipelines.konfiguration import Modell, kurzpfad, lade
from pipelines.quellen import Melderegister

EBENEN = ("kreis", "gemeinde", "bezirk", "stadtteil", "planungsraum", "sonstige")
UNBEKANNT = "unbekannt"

# Persons with their main or only residence, at the Stichtag; age groups of the contract.
ALTERSGRUPPEN = (
    "00-02", "03-05", "06-09", "10-14", "15-17", "18-24", "25-29", "30-44", "45-59", "60-64", "65-74", "75+",
)  # fmt: skip


class Veroeffentlichung(Modell):
    """Which Stichtage reach the marts: dates, or patterns such as `*-12-31`."""

    stichtage: tuple[str, ...] = Field(min_length=1)

    @field_validator("stichtage")
    @classmethod
    def _muster(cls, werte: tuple[str, ...]) -> tuple[str, ...]:
        for wert in werte:
            if not re.fullmatch(r"(\d{4}|\*)-(\d{2}|\*)-(\d{2}|\*)", wert):
                raise ValueError(f"»{wert}« ist weder ein Datum JJJJ-MM-TT noch ein Muster wie *-12-31.")
        return werte

    def umfasst(self, stichtag: date) -> bool:
        """Whether a Stichtag is declared for publication."""
        return any(fnmatch.fnmatchcase(stichtag.isoformat(), muster) for muster in self.stichtage)


class Schutz(Modell):
    """Disclosure control of one municipality. Defaults are the project's proposal (persons 5, rates 100)."""

    mindestfallzahl: int = Field(5, ge=3, le=1000)
    mindestnenner: int = Field(100, ge=0)
    begruendung: str = Field(min_length=1)


class Abgleich(Modell):
    """A printed table must agree with another source, within a tolerance in persons."""

    quelle: Literal["melderegister"]
    toleranz: int = Field(0, ge=0)
    schwere: Schwere = Schwere.fehler


class Tabelle(Modell):
    """Layout of one kind of district table: sheet, header row (1 = first), columns by their header text."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    titel: str
    herkunft: str
    lizenz: str
    datei: str
    stichtag_angenommen: bool = False
    blatt: str | None = None
    kopfzeile: int = Field(1, ge=1)
    profil: str
    bereits_veroeffentlicht: bool = False
    summenzeile: str | None = None
    spalten: dict[str, str]
    abgleich: Abgleich | None = None

    @field_validator("datei")
    @classmethod
    def _stichtag(cls, wert: str) -> str:
        if wert.count("{stichtag}") != 1:
            raise ValueError(
                "Das Dateimuster muss genau einmal {stichtag} enthalten, z. B. stadtteile_{stichtag}.xlsx."
            )
        return wert

    @field_validator("spalten")
    @classmethod
    def _spalten(cls, wert: dict[str, str]) -> dict[str, str]:
        erlaubt = {"gebiet", "einwohner", "auslaender", "anteil_auslaender", "personen_mit_mh", "anteil_mh"}
        fremd = sorted(set(wert) - erlaubt)
        if fremd or not {"gebiet", "einwohner"} <= set(wert):
            raise ValueError(
                f"spalten braucht gebiet und einwohner, erlaubt sind {', '.join(sorted(erlaubt))}"
                + (f"; unbekannt: {', '.join(fremd)}" if fremd else "")
                + "."
            )
        return wert

    def stichtag(self, dateiname: str) -> date | None:
        """The Stichtag in a file name, or None if the name does not fit the pattern."""
        vorn, hinten = (re.escape(teil) for teil in self.datei.split("{stichtag}"))
        treffer = re.fullmatch(rf"{vorn}(\d{{4}}-\d{{2}}-\d{{2}}){hinten}", dateiname)
        return als_datum(treffer[1]) if treffer else None


class Quellen(Modell):
    """All deliveries a municipality has."""

    melderegister: Melderegister | None = None
    tabellen: tuple[Tabelle, ...] = ()

    @field_validator("tabellen")
    @classmethod
    def _kennungen(cls, werte: tuple[Tabelle, ...]) -> tuple[Tabelle, ...]:
        namen = [t.id for t in werte]
        if len(set(namen)) < len(namen) or "melderegister" in namen:
            raise ValueError("Jede Tabelle braucht eine eigene id; »melderegister« ist vergeben.")
        return werte


class KommuneYaml(Modell):
    """Content of kommune.yaml."""

    kommune: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    ags: str = Field(pattern=r"^(\d{5}|\d{8})$")
    land: str
    profile: tuple[str, ...] = Field(min_length=1)
    altersgruppen: tuple[str, ...] = ALTERSGRUPPEN
    veroeffentlichung: Veroeffentlichung
    schutz: Schutz
    quellen: Quellen

    @field_validator("altersgruppen")
    @classmethod
    def _luecken(cls, wert: tuple[str, ...]) -> tuple[str, ...]:
        grenzen = altersgrenzen(wert)
        if any(bis is not None and bis < von for _, von, bis in grenzen):
            raise ValueError("Eine Altersgruppe endet vor ihrem Anfang.")
        luecken = [b for (_, _, bis), (b, von, _) in pairwise(grenzen) if bis is None or von != bis + 1]
        if luecken or grenzen[0][1] != 0 or grenzen[-1][2] is not None:
            raise ValueError(
                "Die Altersgruppen müssen bei 00 beginnen, lückenlos aufeinander folgen und mit NN+ enden."
            )
        return wert


def altersgrenzen(gruppen: tuple[str, ...]) -> list[tuple[str, int, int | None]]:
    """Age groups as (name, first year, last year or None): `00-02` → ("00-02", 0, 2), `75+` → ("75+", 75, None).

    Raises: ValueError for a name of another form.
    """
    ergebnis: list[tuple[str, int, int | None]] = []
    for gruppe in gruppen:
        treffer = re.fullmatch(r"(\d{2,3})(?:-(\d{2,3})|\+)", gruppe)
        if not treffer:
            raise ValueError(f"Altersgruppe »{gruppe}«: erwartet wird 00-02 oder 75+.")
        ergebnis.append((gruppe, int(treffer[1]), int(treffer[2]) if treffer[2] else None))
    return ergebnis


@dataclass(frozen=True)
class Gebiet:
    """One area of a municipality; `uebergeordnet` may point outside it (the Kreis of a town)."""

    gebiet_id: str
    name: str
    ebene: str
    uebergeordnet: str
    gebietsstand: str
    gueltig_von: date | None
    gueltig_bis: date | None


@dataclass(frozen=True)
class Kommune:
    """A municipality: its configuration and its areas (always including `unbekannt`)."""

    ordner: Path
    angaben: KommuneYaml
    gebiete: tuple[Gebiet, ...]

    @property
    def id(self) -> str:
        return self.angaben.kommune

    def vorfahren(self) -> list[tuple[str, str]]:
        """(area, area or one above it) for every pair inside the municipality: what adds up to what."""
        oben = {g.gebiet_id: g.uebergeordnet for g in self.gebiete}
        paare = []
        for gebiet_id in oben:
            kette: str | None = gebiet_id
            while kette in oben:
                paare.append((gebiet_id, kette))
                kette = oben[kette]
        return paare


def als_datum(text: str) -> date | None:
    """ISO date or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lies_gebiete(datei: Path, angaben: KommuneYaml) -> tuple[Gebiet, ...]:
    felder = ["gebiet_id", "name", "ebene", "uebergeordnet", "gebietsstand", "gueltig_von", "gueltig_bis"]
    try:
        with datei.open(encoding="utf-8-sig", newline="") as f:
            leser = csv.DictReader(f, delimiter=";")
            zeilen = list(leser)
    except FileNotFoundError:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei fehlt ({datei}).") from None
    except UnicodeDecodeError as grund:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Die Datei ist nicht in UTF-8 gespeichert (Byte {grund.start}). Bitte als UTF-8 speichern."
        ) from None
    if leser.fieldnames != felder:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}, Zeile 1: Erwartet wird die Kopfzeile {';'.join(felder)}")
    fehler: list[str] = []
    gebiete: dict[str, Gebiet] = {}
    for nummer, z in enumerate(zeilen, start=2):
        wo = f"{kurzpfad(datei)}, Zeile {nummer}"
        if None in z or any(z[f] is None for f in felder):
            fehler.append(f"{wo}: Erwartet werden genau {len(felder)} Felder.")
            continue
        if z["ebene"] not in EBENEN:
            fehler.append(f"{wo}, ebene: »{z['ebene']}« ist unbekannt. Erlaubt: {', '.join(EBENEN)}.")
        if not z["gebiet_id"] or z["gebiet_id"] in gebiete:
            fehler.append(f"{wo}, gebiet_id: »{z['gebiet_id']}« ist leer oder kommt doppelt vor.")
        for feld in ("gueltig_von", "gueltig_bis"):
            if z[feld] and als_datum(z[feld]) is None:
                fehler.append(f"{wo}, {feld}: »{z[feld]}« ist kein Datum JJJJ-MM-TT.")
        gebiete[z["gebiet_id"]] = Gebiet(
            z["gebiet_id"], z["name"], z["ebene"], z["uebergeordnet"], z["gebietsstand"],
            als_datum(z["gueltig_von"]), als_datum(z["gueltig_bis"]),
        )  # fmt: skip
    if angaben.ags not in gebiete:
        fehler.append(f"{kurzpfad(datei)}: Die Kommune selbst ({angaben.ags}) fehlt als Gebiet.")
    for g in gebiete.values():
        if g.gebiet_id != angaben.ags and g.uebergeordnet not in gebiete:
            fehler.append(f"{kurzpfad(datei)}: {g.gebiet_id} liegt in »{g.uebergeordnet}«, das es nicht gibt.")
        if _im_kreis(g.gebiet_id, gebiete):
            fehler.append(f"{kurzpfad(datei)}: {g.gebiet_id} liegt über seine übergeordneten Gebiete in sich selbst.")
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))
    gebiete.setdefault(
        UNBEKANNT, Gebiet(UNBEKANNT, UNBEKANNT, "sonstige", angaben.ags, gebiete[angaben.ags].gebietsstand, None, None)
    )
    return tuple(gebiete.values())


def _im_kreis(gebiet_id: str, gebiete: dict[str, Gebiet]) -> bool:
    gesehen = set()
    while gebiet_id in gebiete:
        if gebiet_id in gesehen:
            return True
        gesehen.add(gebiet_id)
        gebiet_id = gebiete[gebiet_id].uebergeordnet
    return False


def lade_kommune(ordner: Path) -> Kommune:
    """Load one municipality's folder.

    Raises: KonfigurationsFehler naming file, line, key and reason.
    """
    angaben = lade(ordner / "kommune.yaml", KommuneYaml)
    if angaben.kommune != ordner.name:
        raise KonfigurationsFehler(
            f"{kurzpfad(ordner / 'kommune.yaml')}, kommune: »{angaben.kommune}« muss wie der Ordner heißen "
            f"(»{ordner.name}«)."
        )
    profile = {p.stem for p in (ordner.parent / "referenz" / "profile").glob("*.yaml")}
    genannt = [*angaben.profile, *(t.profil for t in angaben.quellen.tabellen)]
    if fremd := [p for p in genannt if p not in profile]:
        raise KonfigurationsFehler(
            f"{kurzpfad(ordner / 'kommune.yaml')}, profile: Die Definition »{fremd[0]}« gibt es nicht in "
            f"referenz/profile. Vorhanden: {', '.join(sorted(profile)) or 'keine'}."
        )
    return Kommune(ordner, angaben, _lies_gebiete(ordner / "gebiete.csv", angaben))


def kommunen_ordner(ablage: Ablage) -> list[Path]:
    """The municipalities' folders: every folder below raw/ that has a kommune.yaml."""
    return sorted(p.parent for p in ablage.roh.glob("*/kommune.yaml"))


def lade_alle(ablage: Ablage) -> tuple[dict[str, Kommune], dict[str, KonfigurationsFehler]]:
    """All municipalities that load, and the errors of those that do not: one broken folder stops no other."""
    gut: dict[str, Kommune] = {}
    schlecht: dict[str, KonfigurationsFehler] = {}
    for ordner in kommunen_ordner(ablage):
        try:
            gut[ordner.name] = lade_kommune(ordner)
        except KonfigurationsFehler as fehler:
            schlecht[ordner.name] = fehler
    return gut, schlecht
