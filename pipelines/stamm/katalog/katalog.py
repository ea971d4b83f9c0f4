"""referenz/indikatoren.yaml: what an indicator may say.

Belongs here: the models. Does not belong here: how a value comes about (herleitung.py), expressions (filter.py), what only
the whole file shows (load.py), the rows for SQL (stamm/tables/indikator.py) and computing anything.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator, model_validator

from pipelines.foundation.yaml_file import Modell, aehnlich
from pipelines.stamm.katalog.filter import gruppengrenzen
from pipelines.stamm.katalog.herleitung import ARTEN, KENNUNG, FromLieferung, Herleitung, Wuerfel

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


def unbekannt(was: str, wert: str, bekannt: Iterable[str]) -> str:
    """German sentence that a name does not exist, with the most similar one or all there are."""
    namen = sorted(bekannt)
    vorschlag = aehnlich(wert, namen)
    return f"{was} »{wert}« gibt es nicht." + (
        f" Ähnlich: »{vorschlag}«." if vorschlag else f" Vorhanden: {', '.join(namen) or 'keine'}."
    )


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
        own = self.herleitung.faktor if isinstance(self.herleitung, Wuerfel | FromLieferung) else None
        return FAKTOREN.get(self.einheit, 1.0) if own is None else own

    @property
    def anteil(self) -> bool:
        """Whether who is in the numerator is in the denominator too: no flow by a stock, nothing that may exceed 100 percent."""
        versatz = isinstance(self.herleitung, FromLieferung) and self.herleitung.nennerversatz != 0
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
        if isinstance(h, Wuerfel | FromLieferung) and FAKTOREN.get(self.einheit, self.faktor) != self.faktor:
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
