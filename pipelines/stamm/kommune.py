"""A municipality's folder → validated objects: kommune.yaml with its areas.

Belongs here: what kommune.yaml may say, and loading a folder. Does not belong here: gebiete.csv (gebiete.py), layouts of
deliveries (stamm/quellen/melderegister.py, stamm/quellen/layout.py), definitions (stamm/profile/profil.py) and the
Integrationskonzept (stamm/konzept/models.py).
"""

import fnmatch
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from pipelines.foundation.config_files import listed
from pipelines.foundation.findings import KonfigurationsFehler, unerwartet
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import Modell, check, kurzpfad, read_yaml
from pipelines.stamm.fristen import Aufbewahrung, Verknuepfung
from pipelines.stamm.gebiete import UNBEKANNT, Bruecke, Gebiet, als_datum, read_bruecken, read_gebiete
from pipelines.stamm.geometrie.outlines import add_umrisse
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Konzept
from pipelines.stamm.offene_daten import OffeneDaten
from pipelines.stamm.quellen.fertig import fill_in
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.quellen.melderegister import Melderegister
from pipelines.stamm.registermerkmale import Registermerkmale
from pipelines.stamm.schutz import Schutz
from pipelines.stamm.umfang import Umfang

__all__ = ["UNBEKANNT", "Gebiet", "Kommune", "als_datum"]

# Persons with their main or only residence, at the Stichtag; age groups of the contract.
ALTERSGRUPPEN = (
    "00-02", "03-05", "06-09", "10-14", "15-17", "18-24", "25-29", "30-44", "45-59", "60-64", "65-74", "75+",
)  # fmt: skip


class Veroeffentlichung(Modell):
    """What reaches the marts: Stichtage (dates, or patterns such as `*-12-31`), how deep tables go; lower bounds of shares.

    `mindestwert_ab`: a share that could be higher by more than this (fraction), if all undecidable persons had
    Migrationshintergrund, is a lower bound and no value (proposal of this project).
    """

    stichtage: tuple[str, ...] = Field(min_length=1)
    umfang: Umfang = Umfang.model_validate({})
    mindestwert_ab: float = Field(0.05, ge=0, le=1)

    @field_validator("stichtage")
    @classmethod
    def _muster(cls, werte: tuple[str, ...]) -> tuple[str, ...]:
        for wert in werte:
            if not re.fullmatch(r"(\d{4}|\*)-(\d{2}|\*)-(\d{2}|\*)", wert):
                raise ValueError(f"»{wert}« ist weder ein Datum JJJJ-MM-TT noch ein Muster wie *-12-31.")
            jahr, monat, tag = wert.split("-")
            if als_datum(f"{jahr.replace('*', '2000')}-{monat.replace('*', '01')}-{tag.replace('*', '01')}") is None:
                raise ValueError(f"»{wert}«: den Tag gibt es in keinem Jahr.")
        return werte

    def includes(self, stichtag: date) -> bool:
        """Whether a Stichtag is declared for publication."""
        return any(fnmatch.fnmatchcase(stichtag.isoformat(), muster) for muster in self.stichtage)


class Quellen(Modell):
    """All deliveries a municipality has."""

    melderegister: Melderegister | None = None
    tabellen: tuple[Layout, ...] = ()
    indikatoren: tuple[Layout, ...] = ()
    massnahmen: tuple[Massnahmenquelle, ...] = ()

    @model_validator(mode="after")
    def _kennungen(self) -> "Quellen":
        namen = [*(t.id for t in (*self.tabellen, *self.indikatoren)), *(m.id for m in self.massnahmen)]
        if doppelt := sorted({n for n in namen if namen.count(n) > 1}):
            raise ValueError(f"Jede Quelle braucht eine eigene id; mehrfach vergeben: {', '.join(doppelt)}.")
        if "melderegister" in namen:
            raise ValueError("Die id »melderegister« ist für das Register vergeben; bitte eine andere wählen.")
        return self

    def layouts(self, art: str) -> tuple[Layout, ...]:
        """The layouts of one kind of table."""
        return {"tabellen": self.tabellen, "indikatoren": self.indikatoren}.get(art, ())

    def dateiquellen(self, art: str) -> tuple[Layout | Massnahmenquelle, ...]:
        """The sources of one kind of delivery whose files are found by their name."""
        return self.massnahmen if art == "massnahmen" else self.layouts(art)


class Ortsbruch(Modell):
    """A day from which figures of this municipality do not continue earlier ones: new software, new areas, a new count.

    `indikator`: an id of the catalogue, `*` at its end for all that begin so. `ebene`: the level of areas it holds for.
    """

    indikator: str = Field("*", pattern=r"^[a-z0-9_]*\*?$", min_length=1)
    ebene: Literal["alle", "kreis", "gemeinde", "bezirk", "stadtteil", "planungsraum", "sonstige"] = "alle"
    datum: date
    grund: str = Field(min_length=1)
    herkunft: str = Field(min_length=1)


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
    # Whether consecutive extracts are linked person by person, in the secure zone only; off: no flows.
    fluesse: bool = False
    verknuepfung: Verknuepfung = Verknuepfung.model_validate({})
    aufbewahrung: Aufbewahrung = Aufbewahrung.model_validate({})
    registermerkmale: Registermerkmale = Registermerkmale.model_validate({})
    offene_daten: OffeneDaten = OffeneDaten.model_validate({})
    brueche: tuple[Ortsbruch, ...] = ()

    @model_validator(mode="after")
    def _needs_grundlage(self) -> "KommuneYaml":
        if self.fluesse and not self.verknuepfung.rechtsgrundlage:
            raise ValueError(
                "Wer fluesse: true setzt, nennt die Rechtsgrundlage: verknuepfung: {rechtsgrundlage: …}; sie wird veröffentlicht."
            )
        return self

    @model_validator(mode="after")
    def _oldest_together(self) -> "KommuneYaml":
        ab, grenzen = (
            self.registermerkmale.hoechstes_altersjahr,
            [von for _, von, _ in altersgrenzen(self.altersgruppen)],
        )
        if ab < grenzen[-1] and ab not in grenzen:
            raise ValueError(
                f"registermerkmale.hoechstes_altersjahr ist {ab} und liegt mitten in einer Altersgruppe. Erwartet: die "
                f"Untergrenze einer Altersgruppe oder mindestens {grenzen[-1]}. Sonst stünde mit beiden Tabellen da, wie "
                "viele dazwischen sind."
            )
        return self

    @field_validator("profile")
    @classmethod
    def _einmal(cls, wert: tuple[str, ...]) -> tuple[str, ...]:
        if doppelt := sorted({p for p in wert if wert.count(p) > 1}):
            raise ValueError(f"Die Definition »{doppelt[0]}« ist mehrfach genannt; jede zählt einmal.")
        return wert

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


class Altersgrenzen(NamedTuple):
    """An age group with its first and its last year; None where it has no end."""

    gruppe: str
    von: int
    bis: int | None


def altersgrenzen(gruppen: tuple[str, ...]) -> list[Altersgrenzen]:
    """The years of age groups: `00-02` → 0 to 2, `75+` → from 75.

    Raises: ValueError for a name of another form.
    """
    ergebnis: list[Altersgrenzen] = []
    for gruppe in gruppen:
        treffer = re.fullmatch(r"(\d{2,3})(?:-(\d{2,3})|\+)", gruppe)
        if not treffer:
            raise ValueError(f"Altersgruppe »{gruppe}«: erwartet wird 00-02 oder 75+.")
        ergebnis.append(Altersgrenzen(gruppe, int(treffer[1]), int(treffer[2]) if treffer[2] else None))
    return ergebnis


@dataclass(frozen=True)
class Kommune:
    """A municipality: its configuration and its areas (always including `unbekannt`)."""

    ordner: Path
    angaben: KommuneYaml
    gebiete: tuple[Gebiet, ...]
    bruecken: tuple[Bruecke, ...] = ()
    konzept: Konzept | None = None

    @property
    def id(self) -> str:
        return self.angaben.kommune

    def vorfahren(self) -> list[tuple[str, str]]:
        """(area, area or one above it) for every pair inside the municipality: what adds up to what."""
        oben = {g.gebiet_id: g.uebergeordnet for g in self.gebiete}
        paare = []
        for gebiet_id in self.eigene_gebiete():
            kette = gebiet_id
            paare.append((gebiet_id, kette))
            while kette != self.angaben.ags:
                kette = oben[kette]
                paare.append((gebiet_id, kette))
        return paare

    def eigene_gebiete(self) -> list[str]:
        """Areas inside the municipality, itself included; a Kreis above it is only there for tables that name it."""
        return [g.gebiet_id for g in self.gebiete if g.uebergeordnet or g.gebiet_id == self.angaben.ags]


def load_kommune(ordner: Path) -> Kommune:
    """Load one municipality's folder.

    Raises: KonfigurationsFehler naming file, line, key and reason.
    """
    datei = ordner / "kommune.yaml"
    inhalt, zeilen = read_yaml(datei)
    angaben = check(datei, fill_in(datei, inhalt, zeilen, ordner.parent), zeilen, KommuneYaml)
    if angaben.kommune != ordner.name:
        raise KonfigurationsFehler(
            f"{kurzpfad(ordner / 'kommune.yaml')}, kommune: »{angaben.kommune}« muss wie der Ordner heißen "
            f"(»{ordner.name}«)."
        )
    profile = {p.stem for p in listed(ordner.parent / "referenz" / "profile", "*.yaml")}
    layouts = (*angaben.quellen.tabellen, *angaben.quellen.indikatoren)
    genannt = [*angaben.profile, *(t.profil for t in layouts if t.profil)]
    if fremd := [p for p in genannt if p not in profile]:
        raise KonfigurationsFehler(
            f"{kurzpfad(ordner / 'kommune.yaml')}, profile: Die Definition »{fremd[0]}« gibt es nicht in "
            f"referenz/profile. Vorhanden: {', '.join(sorted(profile)) or 'keine'}."
        )
    gebiete = add_umrisse(ordner, read_gebiete(ordner / "gebiete.csv", angaben.ags))
    konzept = load_konzept(ordner)
    fassungen = [f.konzept for f in konzept.konzepte] if konzept else []
    if ohne := [q for q in angaben.quellen.massnahmen if q.konzept not in fassungen]:
        raise KonfigurationsFehler(
            f"{kurzpfad(ordner / 'kommune.yaml')}, quellen.massnahmen: Das Konzept »{ohne[0].konzept}« steht nicht in "
            f"konzept.yaml. Vorhanden: {', '.join(fassungen) or 'keines'}."
        )
    bruecken = read_bruecken(ordner / "bruecke.csv", gebiete)
    return Kommune(ordner, angaben, gebiete, bruecken, konzept)


NAME = re.compile(r"[a-z][a-z0-9_]*")
REFERENZ = "referenz"


def kommunen_ordner(ablage: Ablage) -> list[Path]:
    """The folders below raw/ that can be a municipality's: they have a kommune.yaml and a name that can stand in a key."""
    return [o for o in _mit_angaben(ablage) if NAME.fullmatch(o.name)]


def _mit_angaben(ablage: Ablage) -> list[Path]:
    """Folders below raw/ that have a kommune.yaml, or have lost it: gebiete.csv belongs to nothing else."""
    ordner = {p.parent for name in ("kommune.yaml", "gebiete.csv") for p in listed(ablage.roh, f"*/{name}")}
    return sorted(o for o in ordner if o.name != REFERENZ and not o.name.startswith("."))


def lesbar(name: str) -> str:
    """A file's name as it can be printed and stored: bytes that are no UTF-8 become »�«."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def load_all(ablage: Ablage) -> tuple[dict[str, Kommune], dict[str, KonfigurationsFehler]]:
    """All municipalities that load, and the errors of those that do not: one broken folder stops no other."""
    gut: dict[str, Kommune] = {}
    schlecht: dict[str, KonfigurationsFehler] = {}
    for ordner in _mit_angaben(ablage):
        name = lesbar(ordner.name)
        try:
            if not NAME.fullmatch(ordner.name):
                raise KonfigurationsFehler(
                    f"raw/{name}: Der Ordner kann keine Kommune sein und wird nicht gelesen. Ein Ordner heißt wie das Feld "
                    "kommune in kommune.yaml: Kleinbuchstaben, Ziffern und Unterstrich, z. B. bad_saeckingen. Eine Kopie "
                    "gehört nicht nach raw."
                )
            gut[name] = load_kommune(ordner)
        except KonfigurationsFehler as fehler:
            schlecht[name] = fehler
        except Exception as fehler:
            schlecht[name] = KonfigurationsFehler(unerwartet(f"raw/{name}", "Konfiguration lesen", fehler).satz())
    return gut, schlecht
