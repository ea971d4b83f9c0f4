"""The rules of protection of one municipality: how small is small, and by which method its register counts are protected.

Belongs here: what `schutz` in kommune.yaml may say, and what a method means for a published figure, in numbers and in words.
Does not belong here: applying it (geheimhaltung/).
"""

from math import sqrt
from typing import Final, Literal

from pydantic import Field, model_validator

from pipelines.foundation.yaml_file import Modell

SPERRUNG: Final = "sperrung"
RUNDUNG: Final = "rundung"
CELLKEY: Final = "cellkey"
Verfahren = Literal["sperrung", "rundung", "cellkey"]


class CellKey(Modell):
    """Perturbation by a key of the persons counted: at most `hoechstabweichung` persons, with this variance.

    Defaults are the project's proposal: with a smaller bound few true counts stay possible beside a shown one, sums narrow them
    down to one, and more variance inside the bound makes that worse.
    """

    hoechstabweichung: int = Field(4, ge=1, le=20)
    varianz: float = Field(3.0, gt=0)

    @model_validator(mode="after")
    def _moeglich(self) -> "CellKey":
        if self.varianz >= self.hoechstabweichung:
            raise ValueError(
                "varianz muss kleiner sein als hoechstabweichung: eine Anzahl von 1 kann nur um 1 sinken, im Mittel ohne "
                "Fehler also nicht stärker streuen."
            )
        return self


class Nullschutz(Modell):
    """A mart whose zeros are hidden as well, and why: that nobody of a group has a trait may be a secret of the group."""

    tabelle: Literal[
        "migrationshintergrund",
        "staatsangehoerigkeit",
        "staatengruppe",
        "bezugsland",
        "mh_kategorie",
        "definitionsvergleich",
    ]
    begruendung: str = Field(min_length=10)


MINDESTFALLZAHL = 5  # the project's proposal; a municipality's own stands in kommune.yaml, schutz.mindestfallzahl


class Schutz(Modell):
    """Disclosure control of one municipality. Defaults are the project's proposal (persons 5, rates 100).

    `verfahren` holds for the whole family of linked tables: methods are never mixed inside one.
    """

    mindestfallzahl: int = Field(MINDESTFALLZAHL, ge=3, le=1000)
    mindestnenner: int = Field(100, ge=0)
    # A row of so few inhabitants shows no breakdown, whatever it is: that all or none of them share a trait tells of each.
    mindestzeile: int = Field(30, ge=0)
    nullen: tuple[Nullschutz, ...] = ()
    verfahren: Verfahren = SPERRUNG
    rundung: Literal[3, 5, 10] = 5
    cellkey: CellKey = CellKey.model_validate({})
    # Whether a corrected Stichtag is published at once (the earlier release leaves the archive) or with the next Stichtag.
    korrekturen: Literal["sofort", "warten"] = "sofort"
    begruendung: str = Field(min_length=1)

    @model_validator(mode="after")
    def _nullen_nur_bei_sperrung(self) -> "Schutz":
        if self.nullen and self.verfahren != SPERRUNG:
            raise ValueError(
                "nullen geht nur mit verfahren: sperrung; Rundung und Cell-Key lassen Nullen, wie sie sind."
            )
        if len({n.tabelle for n in self.nullen}) < len(self.nullen):
            raise ValueError("nullen nennt eine Tabelle zweimal.")
        return self

    def hoechstfehler(self) -> int:
        """By how many persons a published count may differ from the true one."""
        return {
            SPERRUNG: 0,
            RUNDUNG: self.rundung // 2,
            CELLKEY: self.cellkey.hoechstabweichung,
        }[self.verfahren]

    def streuung(self) -> float:
        """Standard deviation of a published count: as drawn, or of all remainders of a division alike."""
        if self.verfahren == CELLKEY:
            return sqrt(self.cellkey.varianz)
        if self.verfahren == RUNDUNG:
            reste = [min(r, self.rundung - r) for r in range(self.rundung)]
            return sqrt(sum(r * r for r in reste) / self.rundung)
        return 0.0

    def verfahrenstext(self) -> str:
        """The method with its parameters and its expected error, for readers of the tables."""
        if self.verfahren == SPERRUNG:
            return (
                "Zellsperrung: kleine Anzahlen und so viele weitere, dass sich keine zurückrechnen lässt, fehlen; alle anderen "
                "sind genau."
            )
        streuung = f"{self.streuung():.1f}".replace(".", ",")
        fehler = (
            f"Jede weicht um höchstens {self.hoechstfehler()} Personen ab, üblicherweise um etwa {streuung} "
            "(Standardabweichung); Summen stimmen deshalb nur ungefähr. Anteile sind aus den gezeigten Anzahlen gerechnet. Was "
            "die Kommune schon gedruckt hat, bleibt genau."
        )
        if self.verfahren == RUNDUNG:
            return f"Rundung: jede Anzahl ist für sich auf ein Vielfaches von {self.rundung} gerundet. {fehler}"
        return (
            "Cell-Key: jede Anzahl über 0 ist zufällig verändert, dieselben Personen immer gleich, im Mittel ohne Fehler. "
            f"Null bleibt null. {fehler}"
        )
