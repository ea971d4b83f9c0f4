"""referenz/indikatoren.yaml: what an indicator may say, and loading the catalogue with German errors.

Belongs here: the models and what only the whole file shows (references, cycles). Does not belong here: expressions
(filter.py), the rows for SQL (stamm/tables/indikator.py) and computing anything.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import Modell, aehnlich, check, ort, read_yaml
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.katalog.filter import (
    STAATENSPALTEN,
    WUERFELSPALTEN,
    Verweis,
    altersgrenzen,
    bedingungen,
    gruppengrenzen,
    verweise,
)
from pipelines.stamm.referenz import gueltig
from schemas.spalten.common import INSGESAMT

KENNUNG = r"^[a-z][a-z0-9_]*$"
DATEI = "indikatoren.yaml"
T = TypeVar("T")

Einheit = Literal[
    "anzahl", "prozent", "promille", "jahre", "verhaeltnis", "index", "punkte", "euro", "quadratmeter", "je_100000"
]
Richtung = Literal["hoch", "niedrig", "neutral"]
Gliederung = Literal[
    "geschlecht", "altersgruppe", "staatsangehoerigkeit", "migrationshintergrund", "herkunft", "gebiet"
]
Periodizitaet = Literal["monatlich", "halbjaehrlich", "jaehrlich", "schuljahr", "vierjaehrlich", "wahlperiode"]
Gruppe = Literal["insgesamt", "auslaender", "deutsche", "mit_mh", "ohne_mh"]

# Unit → factor of numerator / denominator. Other units have no fixed factor.
FAKTOREN: dict[str, float] = {"prozent": 100.0, "promille": 1000.0, "je_100000": 100000.0}
# Group of an indicator → breakdown that has it, and the group it is compared with.
GRUPPEN: dict[str, tuple[str | None, str | None]] = {
    "insgesamt": (None, None),
    "auslaender": ("staatsangehoerigkeit", "deutsche"),
    "deutsche": ("staatsangehoerigkeit", "auslaender"),
    "mit_mh": ("migrationshintergrund", "ohne_mh"),
    "ohne_mh": ("migrationshintergrund", "mit_mh"),
}
# What must stand beside every indicator with this breakdown or this source (DOMAIN: composition effect, Mikrozensus).
STETS_BEI_GLIEDERUNG = {"staatsangehoerigkeit": "zusammensetzung"}
DEFINITION = "definition"  # the note of every indicator whose value depends on the definition of Migrationshintergrund
STETS_BEI_QUELLE = {"mikrozensus": "mikrozensus", "pks": "faelle_polizei"}
# Notes of indicators whose numerator is no part of the denominator.
KEIN_ANTEIL = frozenset({"fluss_bestand", "ueber_hundert"})
VOM_PROFIL_ABHAENGIG = frozenset({"personen_mit_mh", "deutsche_mit_mh"})


def unbekannt(was: str, wert: str, bekannt: Iterable[str]) -> str:
    """German sentence that a name does not exist, with the most similar one or all there are."""
    namen = sorted(bekannt)
    vorschlag = aehnlich(wert, namen)
    return f"{was} »{wert}« gibt es nicht." + (
        f" Ähnlich: »{vorschlag}«." if vorschlag else f" Vorhanden: {', '.join(namen) or 'keine'}."
    )


def _ausdruck(read: Callable[..., list[T]], *angaben: object) -> list[T]:
    """Read an expression; a wrong one is the ValueError that a model's error is made of."""
    try:
        return read(*angaben)
    except KonfigurationsFehler as fehler:
        raise ValueError(str(fehler)) from None


class Groesse(Modell):
    """A count of the register: of whom, over which cells (empty: all). `altersjahre` adds up ages, `mit_alter` counts them."""

    merkmal: Literal[
        "einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "personen", "altersjahre", "mit_alter"
    ]
    filter: str = ""

    @model_validator(mode="after")
    def _filter(self) -> "Groesse":
        if self.filter:
            _ausdruck(bedingungen, self.filter, STAATENSPALTEN if self.merkmal == "personen" else WUERFELSPALTEN)
        return self


class Wuerfel(Modell):
    """Computed from the register: `personen` by nationality, else from the cube of single years of age.

    `je: staat` gives one value a nationality. `profil`: whether the value depends on the definition of Migrationshintergrund.
    """

    art: Literal["wuerfel"]
    zaehler: Groesse
    nenner: Groesse | None = None
    faktor: float = 1.0
    profil: bool
    je: Literal["staat"] | None = None

    @model_validator(mode="after")
    def _stimmig(self) -> "Wuerfel":
        abhaengig = any(g.merkmal in VOM_PROFIL_ABHAENGIG for g in (self.zaehler, self.nenner) if g)
        if abhaengig != self.profil:
            raise ValueError(f"profil muss {'true' if abhaengig else 'false'} sein: das folgt aus den Merkmalen.")
        nach_staat = [g.merkmal == "personen" for g in (self.zaehler, self.nenner) if g]
        if any(nach_staat) != all(nach_staat) or (self.je == "staat" and not nach_staat[0]):
            raise ValueError("Zählungen nach Staatsangehörigkeit (personen) und der Würfel mischen sich nicht.")
        return self

    @property
    def grenzen(self) -> set[int]:
        """Ages at which a filter's answer changes."""
        return {a for g in (self.zaehler, self.nenner) if g and g.filter for a in altersgrenzen(g.filter)}


class Segregation(Modell):
    """An index over all districts, from unprotected counts; only the index is published (marts.segregation)."""

    art: Literal["segregation"]
    mass: Literal["dissimilaritaet", "isolation", "interaktion", "eta2"]
    gruppen: tuple[Literal["personen_mit_mh", "auslaender"], ...] = Field(min_length=1)
    mindestgebiete: int = Field(ge=2)


class Lieferung(Modell):
    """A town delivers it: `merkmal` as a value or as its zaehler and nenner; or the merkmale of which the rate is made.

    `nennerversatz`: years between the day of the numerator and that of the denominator (-1: the year before).
    `nenner_andere_quelle`: they may come from two sources; else a denominator of another source is a fault.
    """

    art: Literal["lieferung"]
    merkmal: str = Field(pattern=KENNUNG)
    zaehler: str | None = None
    nenner: str | None = None
    nennerversatz: int = Field(0, ge=-1, le=0)
    nenner_andere_quelle: bool = False

    @field_validator("zaehler", "nenner")
    @classmethod
    def _merkmale(cls, wert: str | None) -> str | None:
        if wert is not None and any(v.gruppe != INSGESAMT for v in _ausdruck(verweise, wert)):
            raise ValueError(f"»{wert}«: Merkmale einer Lieferung haben hier keine Gruppe.")
        return wert

    @model_validator(mode="after")
    def _paar(self) -> "Lieferung":
        if self.nenner and not self.zaehler:
            raise ValueError("Zu nenner gehört zaehler.")
        return self


class Rechnung(Modell):
    """Computed from other indicators, of the same area, sex and day."""

    art: Literal["rechnung"]
    formel: str

    @field_validator("formel")
    @classmethod
    def _formel(cls, wert: str) -> str:
        _ausdruck(verweise, wert)
        return wert


class Register(Modell):
    """The register knows it, but no table of counts does; `grund` says what is missing. Until then a town delivers it."""

    art: Literal["register"]
    grund: str = Field(min_length=1)


class Massnahmen(Modell):
    """Counted from the sheets of measures, council papers or report duties."""

    art: Literal["massnahmen"]
    tabelle: Literal["massnahme", "vorlage", "berichtspflicht"]


Herleitung = Annotated[Wuerfel | Segregation | Lieferung | Rechnung | Register | Massnahmen, Field(discriminator="art")]

ARTEN = ("wuerfel", "segregation", "register", "lieferung", "rechnung", "massnahmen")


class Relevanz(Modell):
    """Smallest change that counts: absolute in the indicator's unit, or relative in percent of the earlier value."""

    wert: float = Field(gt=0)
    art: Literal["absolut", "relativ"]


class Indikator(Modell):
    """An entry. `hauptgruppe` is the group the name speaks of; `formel_vorschlag`: no public model has this formula."""

    id: str = Field(pattern=KENNUNG)
    name: str = Field(min_length=1)
    thema: str
    definition: str = Field(pattern=r"\.$")
    zaehler: str = Field(min_length=1)
    nenner: str | None
    einheit: Einheit
    richtung: Richtung
    gliederungen: tuple[Gliederung, ...]
    hauptgruppe: Gruppe = "insgesamt"
    quelle: tuple[str, ...] = Field(min_length=1)
    periodizitaet: Periodizitaet
    stichtag: str | None = Field(pattern=r"^\d{2}-\d{2}$")
    rahmen: bool = False
    handlungsfelder: dict[str, tuple[str, ...]]
    zuordnung_vorschlag: bool
    vorbild: tuple[str, ...]
    formel_vorschlag: bool
    hinweise: tuple[str, ...]
    mindestnenner: int | None = Field(None, ge=1)
    mindestzaehler: int | None = Field(None, ge=1)
    relevanzschwelle: Relevanz | None = None
    herleitung: Herleitung

    @property
    def prozess(self) -> bool:
        """Whether it measures the work on the concept, not the state of integration."""
        return self.quelle == ("massnahmen",)

    @property
    def nach_definition(self) -> bool:
        """Whether a value says nothing without the definition of Migrationshintergrund it was counted by."""
        return DEFINITION in self.hinweise

    @property
    def faktor(self) -> float:
        return self.herleitung.faktor if isinstance(self.herleitung, Wuerfel) else FAKTOREN.get(self.einheit, 1.0)

    @property
    def anteil(self) -> bool:
        """Whether who is in the numerator is in the denominator too: no flow by a stock, nothing that may exceed 100 percent."""
        versatz = isinstance(self.herleitung, Lieferung) and self.herleitung.nennerversatz != 0
        return self.einheit == "prozent" and not versatz and not KEIN_ANTEIL & {*self.hinweise}

    @property
    def vergleichsgruppe(self) -> str | None:
        return GRUPPEN[self.hauptgruppe][1]

    @field_validator("herleitung", mode="before")
    @classmethod
    def _art(cls, wert: object) -> object:
        art = wert.get("art") if isinstance(wert, dict) else wert
        if art not in ARTEN:
            raise ValueError(unbekannt("Die art", str(art), ARTEN))
        return wert

    @model_validator(mode="after")
    def _stimmig(self) -> "Indikator":
        h = self.herleitung
        if isinstance(h, Wuerfel) and FAKTOREN.get(self.einheit, h.faktor) != h.faktor:
            raise ValueError(f"Zur Einheit {self.einheit} gehört der Faktor {FAKTOREN[self.einheit]:g}.")
        if isinstance(h, Wuerfel) and "geschlecht" not in self.gliederungen:
            raise ValueError("Das Register kennt das Geschlecht: die Gliederung geschlecht fehlt.")
        if isinstance(h, Wuerfel) and (h.nenner is None) != (self.nenner is None):
            raise ValueError("nenner und herleitung.nenner sind nur zusammen leer.")
        gliederung, _ = GRUPPEN[self.hauptgruppe]
        if gliederung and gliederung not in self.gliederungen:
            raise ValueError(f"hauptgruppe {self.hauptgruppe} braucht die Gliederung {gliederung}.")
        noetig = {n for g, n in STETS_BEI_GLIEDERUNG.items() if g in self.gliederungen}
        noetig |= {n for q, n in STETS_BEI_QUELLE.items() if q in self.quelle}
        noetig |= {DEFINITION} if isinstance(h, Wuerfel) and h.profil else set()
        if fehlt := sorted(noetig - {*self.hinweise}):
            raise ValueError(
                f"Der Hinweis »{fehlt[0]}« fehlt; er steht bei jedem Indikator dieser Gliederung oder Quelle."
            )
        if not self.formel_vorschlag and not self.vorbild and not self.prozess:
            raise ValueError("Ohne vorbild ist die Formel ein Vorschlag: formel_vorschlag muss true sein.")
        return self


class Urteil(Modell):
    """Smallest denominator and numerator a verdict may rest on; smaller ones are published but not judged."""

    mindestnenner: int = Field(ge=1)
    mindestzaehler: int = Field(ge=1)


class Vorgaben(Modell):
    """Values an entry has unless it says otherwise, with the unit's threshold before `sonst`."""

    mindestnenner: int = Field(ge=0)
    urteil: Urteil
    relevanzschwelle: dict[Einheit | Literal["sonst"], Relevanz]
    herkunft: str

    @field_validator("relevanzschwelle")
    @classmethod
    def _sonst(cls, wert: dict[str, Relevanz]) -> dict[str, Relevanz]:
        if "sonst" not in wert:
            raise ValueError("Der Schlüssel »sonst« fehlt.")
        return wert


class Katalog(Modell):
    """Content of referenz/indikatoren.yaml: legends, defaults, entries in order."""

    vorgaben: Vorgaben
    themen: dict[str, str]
    quellen: dict[str, str]
    vorbilder: dict[str, str]
    hinweise: dict[str, str]
    indikatoren: tuple[Indikator, ...] = Field(min_length=1)

    @cached_property
    def nach_id(self) -> dict[str, Indikator]:
        return {i.id: i for i in self.indikatoren}

    def mindestnenner(self, i: Indikator) -> int | None:
        """Smaller denominators give no value; None where there is no denominator."""
        return None if i.nenner is None else (i.mindestnenner or self.vorgaben.mindestnenner)

    def urteil(self, i: Indikator) -> tuple[int, int] | tuple[None, None]:
        """Smallest denominator and numerator that are judged; None where there is no denominator."""
        u = self.vorgaben.urteil
        return (u.mindestnenner, max(u.mindestzaehler, i.mindestzaehler or 0)) if i.nenner else (None, None)

    def relevanz(self, i: Indikator) -> Relevanz:
        """Smallest change that counts."""
        schwellen = self.vorgaben.relevanzschwelle
        return i.relevanzschwelle or schwellen.get(i.einheit) or schwellen["sonst"]


def fehlende_grenzen(indikator: Indikator, altersgruppen: Iterable[str]) -> list[int]:
    """Ages of its filters that are no border of these groups; empty: its counts are sums of groups."""
    h = indikator.herleitung
    return sorted(h.grenzen - gruppengrenzen([*altersgruppen])) if isinstance(h, Wuerfel) else []


Fehler = tuple[Pfad, str]


def _verweise(katalog: Katalog) -> Iterator[Fehler]:
    """Names that occur twice, and names that nothing stands behind."""
    ids = [i.id for i in katalog.indikatoren]
    for n, i in enumerate(katalog.indikatoren):
        pfad = ("indikatoren", n)
        if i.id in ids[:n]:
            yield (*pfad, "id"), f"»{i.id}« steht doppelt."
        if i.thema not in katalog.themen:
            yield (*pfad, "thema"), unbekannt("Das Thema", i.thema, katalog.themen)
        for schluessel, was, werte, bekannt in (
            ("quelle", "Die Quelle", i.quelle, katalog.quellen),
            ("hinweise", "Der Hinweis", i.hinweise, katalog.hinweise),
            ("vorbild", "Das Vorbild", tuple(v.split()[0] for v in i.vorbild), katalog.vorbilder),
        ):
            fremd = ((k, w) for k, w in enumerate(werte) if w not in bekannt)
            yield from (((*pfad, schluessel, k), unbekannt(was, w, bekannt)) for k, w in fremd)
    genannt = {h for i in katalog.indikatoren for h in i.hinweise}
    for code in katalog.hinweise:
        if code not in genannt:
            yield ("hinweise", code), f"Den Hinweis »{code}« nennt kein Indikator."


def _formeln(katalog: Katalog) -> Iterator[Fehler]:
    """References of formulas: known indicators, groups these have, no cycle."""
    kanten = {i.id: verweise(i.herleitung.formel) for i in katalog.indikatoren if isinstance(i.herleitung, Rechnung)}
    for n, i in enumerate(katalog.indikatoren):
        pfad = ("indikatoren", n, "herleitung", "formel")
        for v in kanten.get(i.id, []):
            ziel = katalog.nach_id.get(v.indikator)
            if ziel is None:
                yield pfad, unbekannt("Den Indikator", v.indikator, katalog.nach_id)
            elif v.gruppe not in GRUPPEN or GRUPPEN[v.gruppe][0] not in (None, *ziel.gliederungen):
                erlaubt = [f"{v.indikator}.{g}" for g, (gl, _) in GRUPPEN.items() if gl in (None, *ziel.gliederungen)]
                yield pfad, unbekannt("Die Gruppe", f"{v.indikator}.{v.gruppe}", erlaubt)
        if kreis := _kreis(i.id, kanten):
            yield pfad, f"Die Formeln verweisen im Kreis: {' → '.join(kreis)}."


def _kreis(start: str, kanten: dict[str, list[Verweis]]) -> list[str]:
    """The shortest way from an indicator back to itself, or nothing."""
    wege = [[start]]
    for weg in wege:
        naechste = {v.indikator for v in kanten.get(weg[-1], [])}
        if start in naechste:
            return [*weg, start]
        wege += [[*weg, n] for n in sorted(naechste.difference(*wege))]
    return []


def load_katalog(ablage: Ablage) -> Katalog:
    """Load the catalogue. Raises: KonfigurationsFehler, one line an error, each with file, line, key and reason."""
    return read_katalog(gueltig(ablage.roh, DATEI))


def read_katalog(datei: Path) -> Katalog:
    """The catalogue of one file. Raises: KonfigurationsFehler."""
    inhalt, zeilen = read_yaml(datei)
    # Errors of a herleitung carry its art in their path, the file does not.
    zeilen = zeilen | {(*p[:3], a, *p[3:]): z for p, z in zeilen.items() if p[2:3] == ("herleitung",) for a in ARTEN}
    katalog = check(datei, inhalt, zeilen, Katalog)
    if fehler := [*_verweise(katalog), *_formeln(katalog)]:
        raise KonfigurationsFehler("\n".join(f"{ort(datei, zeilen, pfad)}: {grund}" for pfad, grund in fehler))
    return katalog
