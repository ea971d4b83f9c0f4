"""What a municipality's report consists of: its definitions, its rows, its deliveries and checks.

Belongs here: the shapes that pages and workbooks are made from. Does not belong here: the queries (load.py),
how a number looks (numbers.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.veroeffentlichung.bericht.herkunft import Herkunft, Stand, beispielmarke

Zeile = dict[str, Any]
INSGESAMT = "insgesamt"
REGISTER = "melderegister"
STAATEN_IM_BERICHT = 10
GESCHLECHTER = ("w", "m", "d", "x", INSGESAMT)
EBENEN_WORTE = {
    "kreis": "Kreise", "gemeinde": "Gemeinden", "bezirk": "Bezirke", "stadtteil": "Stadtteile",
    "planungsraum": "Planungsräume", "sonstige": "Ohne Zuordnung",
}  # fmt: skip
VERGLEICHSSPALTEN = ("einwohner", "auslaender", "personen_mit_mh")

BANNER = "Synthetische Beispieldaten – keine echten Personen"


@dataclass(frozen=True)
class Definition:
    """A definition of Migrationshintergrund as the report names it: letter, title, and where it comes from."""

    buchstabe: str
    profil: str
    titel: str
    version: str
    beschreibung: str
    herkunft: str
    naeherung: bool
    rekonstruktion: bool
    regeln: str
    option: str = ""  # what the switched-off option mark changes under it

    @property
    def kurz(self) -> str:
        """Title without what stands in brackets."""
        return self.titel.split(" (")[0]

    @property
    def name(self) -> str:
        return f"{self.buchstabe} · {self.kurz}"

    @property
    def counts_eltern(self) -> bool:
        """Whether a rule asks for a person's parents."""
        return "eltern" in self.regeln.lower()

    @property
    def art(self) -> str:
        """In plain words what limits the definition; empty where nothing is known to."""
        teile = ["Rekonstruktion aus veröffentlichten Texten"] if self.rekonstruktion else []
        teile += ["Näherung (das Register enthält nicht alles, was die Definition braucht)"] if self.naeherung else []
        return ", ".join(teile)


@dataclass(frozen=True)
class Zeitreihe:
    """One line of the time series: a definition in one source, its rows by Stichtag."""

    definition: Definition
    quelle: str
    zeilen: list[Zeile]

    @property
    def name(self) -> str:
        return self.definition.name + ("" if self.quelle == REGISTER else f" ({self.name_of_source})")

    @property
    def kurz(self) -> str:
        """Letter of the definition, with the source if it is not the register."""
        return self.definition.buchstabe + ("" if self.quelle == REGISTER else f" ({self.name_of_source})")

    @property
    def name_of_source(self) -> str:
        """What the source is called: the beginning of where its latest figures come from; its key where nothing says so."""
        herkunft = next((str(z["herkunft"]) for z in reversed(self.zeilen) if z.get("herkunft")), self.quelle)
        return re.split(r"[,;]", herkunft)[0].strip()

    def am(self, stichtag: date) -> Zeile | None:
        return next((z for z in self.zeilen if z["stichtag"] == stichtag), None)


@dataclass(frozen=True)
class Bericht:
    """All rows of one municipality's report; empty lists where the published file has none."""

    kommune: Zeile
    veroeffentlichung: str | None
    staende: list[Stand]
    herkunft: list[Herkunft]
    erzeugte: frozenset[str]
    eingelesen_am: date | None
    definitionen: list[Definition]
    kennzahlen: list[tuple[Definition, Zeile]]
    gebiete: list[tuple[Definition, list[Zeile]]]
    reihen: list[Zeitreihe]
    geschlecht: list[tuple[Definition, list[Zeile]]]
    alter: list[tuple[Definition, list[Zeile]]]
    staaten: list[Zeile]
    staatengruppen: list[Zeile]
    merkmale: list[Zeile]
    bewegungen: list[Zeile]
    nie_zugleich: bool  # the register by area, by sex, by age, nowhere by two of these at once
    vergleich: list[Zeile]
    lieferungen: list[Zeile]
    bestanden: list[Zeile]
    unverglichen: list[Zeile]  # checks whose table has no row
    verletzt: list[Zeile]

    @property
    def synthetisch(self) -> list[Zeile]:
        """Register extracts of invented persons that published figures rest on."""
        return [
            li for li in self.lieferungen if li["synthetisch"] and li["verwendet"] and li["quelle"] == "melderegister"
        ]

    @property
    def beispiele(self) -> list[Zeile]:
        """Other deliveries of invented content (measure sheets, tables) that published figures rest on."""
        return [
            li for li in self.lieferungen if li["synthetisch"] and li["verwendet"] and li["quelle"] != "melderegister"
        ]

    @property
    def echt(self) -> list[Zeile]:
        return [li for li in self.lieferungen if not li["synthetisch"] and li["verwendet"]]

    def marke(self, zeilen: Sequence[Zeile]) -> str:
        """`Beispieldaten` if rows shown together are generated or invented, `teils …` if some are, else nothing."""
        return beispielmarke(zeilen, self.erzeugte)

    @property
    def stichtage(self) -> list[date]:
        return sorted({z["stichtag"] for r in self.reihen for z in r.zeilen})

    @property
    def haeufigste(self) -> list[Zeile]:
        return [z for z in self.staaten if z["rang_bezug"] == "alle" and z["rang"] <= STAATEN_IM_BERICHT]
