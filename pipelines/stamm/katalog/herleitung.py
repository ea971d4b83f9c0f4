"""How an indicator's value comes about: from the register, a delivery, other indicators or the sheets of measures.

Belongs here: the models below indikatoren[].herleitung. Does not belong here: the entry around it (katalog.py), expressions
(filter.py) and computing anything.
"""

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import Modell
from pipelines.stamm.katalog.filter import STAATENSPALTEN, WUERFELSPALTEN, altersgrenzen, bedingungen, verweise
from schemas.spalten.common import INSGESAMT

KENNUNG = r"^[a-z][a-z0-9_]*$"
T = TypeVar("T")
VOM_PROFIL_ABHAENGIG = frozenset({"personen_mit_mh", "deutsche_mit_mh"})


def _ausdruck(read: Callable[..., list[T]], *angaben: object) -> list[T]:
    """Read an expression; a wrong one is the ValueError that a model's error is made of."""
    try:
        return read(*angaben)
    except KonfigurationsFehler as fehler:
        raise ValueError(str(fehler)) from None


# Series that the register gives of itself where there are extracts (sql/geheimhaltung/indikatoren/indikatormerkmal.sql).
Registerreihe = Literal[
    "einbuergerungen", "einbuergerungsquote", "zuzuege", "fortzuege", "geburten", "sterbefaelle", "ankuenfte",
    "wohndauer_ab_5", "unter_6", "unter_18", "ab_65", "altenquotient", "jugendquotient",
    "wohnjahre", "aufenthaltsjahre", "eu", "asylherkunft",
    "frauen",
]  # fmt: skip


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
    `registerreihe`: the same of the whole municipality, from a table that tells it by single years and so with its counts.
    """

    art: Literal["wuerfel"]
    zaehler: Groesse
    nenner: Groesse | None = None
    faktor: float = 1.0
    profil: bool
    je: Literal["staat"] | None = None
    registerreihe: Registerreihe | None = None

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


class FromLieferung(Modell):
    """A town delivers it: `merkmal` as a value or as its zaehler and nenner; or the merkmale of which the rate is made.

    `faktor`: what a rate is of, where the unit does not say it (a ratio per 100).
    `nennerversatz`: years between the day of the numerator and that of the denominator (-1: the year before).
    `nenner_andere_quelle`: they may come from two sources; else a denominator of another source is a fault.
    `registerreihe`: what a town with extracts need not deliver, because a protected table of the register gives it.
    """

    art: Literal["lieferung"]
    merkmal: str = Field(pattern=KENNUNG)
    zaehler: str | None = None
    nenner: str | None = None
    faktor: float | None = None
    nennerversatz: int = Field(0, ge=-1, le=0)
    nenner_andere_quelle: bool = False
    registerreihe: Registerreihe | None = None

    @field_validator("zaehler", "nenner")
    @classmethod
    def _merkmale(cls, wert: str | None) -> str | None:
        if wert is not None and any(v.gruppe != INSGESAMT for v in _ausdruck(verweise, wert)):
            raise ValueError(f"»{wert}«: Merkmale einer Lieferung haben hier keine Gruppe.")
        return wert

    @model_validator(mode="after")
    def _paar(self) -> "FromLieferung":
        if self.nenner and not self.zaehler:
            raise ValueError("Zu nenner gehört zaehler.")
        return self

    @property
    def weg(self) -> str:
        """How the value comes about, as dim.indikator says it: who has extracts need not deliver a series of the register."""
        return "registerreihe" if self.registerreihe else self.art


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


Herleitung = Annotated[
    Wuerfel | Segregation | FromLieferung | Rechnung | Register | Massnahmen, Field(discriminator="art")
]

ARTEN = ("wuerfel", "segregation", "register", "lieferung", "rechnung", "massnahmen")
