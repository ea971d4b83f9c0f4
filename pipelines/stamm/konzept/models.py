"""konzept.yaml → validated objects: each version of an Integrationskonzept with what it names and what it promises.

Belongs here: what the file may say, finding a Handlungsfeld by any of its names. Does not belong here: loading it and what only
the whole file shows (load.py), numeric goals and target groups (ziel.py), when a report is due
(termine.py), the state of measures (their status sheets) and the tables made of this (stamm/tables/konzept.py).
"""

import calendar
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from pipelines.foundation.yaml_file import Modell
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.konzept.vorlage import Behandlung, Ratsvorlage, Vorlagennummer
from pipelines.stamm.konzept.ziel import Kennung, Ziel, Zielgruppe

KEINES = "-"  # the missing side of a crosswalk entry: a field that is new or has gone
FELD = "Das Handlungsfeld"

Feldcode = Annotated[str, Field(pattern=r"^[A-Z]{1,3}\d{1,2}$")]
Feldart = Literal["handlungsfeld", "querschnitt", "erfolgsfaktor", "schwerpunkt", "baustein", "leitlinie"]
Genauigkeit = Literal["tag", "monat", "jahr"]
Betrag = Annotated[float, Field(ge=0)]
# Parts of a concept that a paper may leave to its annex.
Teil = Literal["handlungsfelder", "leitziele", "indikatoren", "massnahmen", "verantwortliche", "beschluss", "geltung"]
Verweis = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[A-Z]{1,3}\d{1,2})?$")]
Fehler = tuple[Pfad, str]


def _ende_des_zeitraums(schluessel: str, tag: date, genauigkeit: Genauigkeit) -> None:
    """A month or year is written as its last day: what is due »in 2023« is late only after it."""
    monat = 12 if genauigkeit == "jahr" else tag.month
    ende = date(tag.year, monat, calendar.monthrange(tag.year, monat)[1])
    if genauigkeit != "tag" and tag != ende:
        raise ValueError(f"Mit genauigkeit {genauigkeit} steht {schluessel} auf dem letzten Tag: {ende}.")


class Gremium(Modell):
    """A body the concept names, in the order of the list.

    `behandlung` and `termin`: it dealt with the concept, and no paper is known; else they stand under `vorlagen`.
    """

    gremium: Kennung
    name: str
    behandlung: Behandlung | None = None
    termin: date | None = None


class Handlungsfeld(Modell):
    """A field of action, or what the concept has in its place (`art`), in the order of the list."""

    code: Feldcode
    name: str = Field(pattern=r"\w")
    aliase: tuple[Annotated[str, Field(pattern=r"\w")], ...] = ()
    art: Feldart = "handlungsfeld"
    beschreibung: str = ""


class Leitziel(Modell):
    """A goal; `handlungsfeld` is null for a goal of the whole concept. Indicators as ids or in the concept's words.

    `indikatoren_vorschlag`: ids of the catalogue that this project proposes, where the concept names none.
    `ziele`: figures to reach, where the concept states any.
    """

    code: str = Field(pattern=r"^[A-Z]{1,3}\d{0,2}\.[a-z]$")
    handlungsfeld: Feldcode | None
    text: str = Field(min_length=1)
    beschreibung: str = ""
    indikatoren: tuple[str, ...] = ()
    indikatoren_vorschlag: tuple[Kennung, ...] = ()
    ziele: tuple[Ziel, ...] = ()
    fundstelle: str = ""


class Massnahme(Modell):
    """A measure of the catalogue. `nr` is text: 1.10 is not 1.1. `verantwortlich` is a role, never a name."""

    nr: str = Field(min_length=1)
    titel: str = Field(min_length=1)
    handlungsfeld: Feldcode | None = None
    leitziel: str | None = None
    seite: int | None = Field(None, ge=1)
    verantwortlich: str | None = None
    art: Literal["massnahme", "idee", "aufgabe"] = "massnahme"
    zielgruppe: Zielgruppe | None = None
    vorlage: Vorlagennummer | None = None  # the paper it rests on, one of `vorlagen`

    @field_validator("nr", mode="before")
    @classmethod
    def _text(cls, wert: object) -> object:
        if isinstance(wert, (int, float)):
            raise ValueError(f'Die Nummer {wert} steht ohne Anführungszeichen; 1.10 würde zu 1.1. Richtig: "1.10".')
        return wert

    @model_validator(mode="after")
    def _feld(self) -> Self:
        if self.art == "massnahme" and self.handlungsfeld is None:
            raise ValueError(f"Die Maßnahme »{self.nr}« braucht ein handlungsfeld.")
        return self


class Berichtspflicht(Modell):
    """A report the concept promises.

    `art`: nach_beschluss and nach_geltungsende + `monate`; turnus every `monate` from `erstmals` or from the last report
    handed in (no `monate`: the source names no interval); fest on `am`, with `genauigkeit` monat or jahr on its last day.
    """

    bericht: Kennung
    titel: str
    art: Literal["nach_beschluss", "nach_geltungsende", "turnus", "fest"]
    monate: int | None = Field(None, ge=1)
    erstmals: date | None = None
    am: date | None = None
    genauigkeit: Genauigkeit = "tag"
    gremien: tuple[str, ...] = ()
    verantwortlich: str | None = None
    herkunft: str

    @model_validator(mode="after")
    def _angaben(self) -> Self:
        gehoert = {"monate": self.art != "fest", "erstmals": self.art == "turnus", "am": self.art == "fest"}
        for schluessel, fits in gehoert.items():
            if getattr(self, schluessel) is not None and not fits:
                raise ValueError(f"{schluessel} gehört nicht zur art {self.art}.")
        noetig = {"nach_beschluss": "monate", "nach_geltungsende": "monate", "fest": "am"}.get(self.art)
        if noetig and getattr(self, noetig) is None:
            raise ValueError(f"Die art {self.art} braucht den Schlüssel {noetig}.")
        if self.am:
            _ende_des_zeitraums("am", self.am, self.genauigkeit)
        return self

    @property
    def regel(self) -> str:
        """The rule in German words."""
        if self.art == "turnus":
            return f"alle {self.monate} Monate" if self.monate else "fortlaufend, ohne genannten Abstand"
        if self.art == "fest":
            worte = {"tag": "fester Termin", "monat": "im Laufe des Monats", "jahr": "im Laufe des Jahres"}
            return worte[self.genauigkeit]
        bezug = "dem Beschluss" if self.art == "nach_beschluss" else "Ende der Geltung"
        return f"{self.monate} Monate nach {bezug}"


class Abgabe(Modell):
    """A report handed in; `faellig_am` is null where no due date could be determined."""

    bericht: str
    faellig_am: date | None
    abgegeben_am: date
    genauigkeit: Genauigkeit = "tag"
    herkunft: str

    @model_validator(mode="after")
    def _ende(self) -> Self:
        _ende_des_zeitraums("abgegeben_am", self.abgegeben_am, self.genauigkeit)
        return self


class Foerderung(Modell):
    """Money of a programme for one year as printed; null where not printed, never computed. Euro.

    `stellen`: posts by number, where the source counts heads and names no full-time equivalents.
    `gerundet`: the source says »rund«. `jahr_angenommen`: it gives a yearly figure without naming the year.
    """

    programm: str = Field(min_length=1)
    baustein: Kennung
    titel: str
    traeger: str
    jahr: int = Field(ge=1990, le=2100)
    jahr_angenommen: bool = False
    gerundet: bool = False
    vzae: Betrag | None = None
    stellen: int | None = Field(None, ge=0)
    befristet: bool | None = None
    mittelherkunft: str | None = None
    foerderende: date | None = None
    aufwand: Betrag | None = None
    ertrag: Betrag | None = None
    eigenanteil: Betrag | None = None
    anmerkung: str = ""
    herkunft: str


class Zuordnung(Modell):
    """How an earlier version's field went on in this one; neu and entfallen name one concept without a field."""

    von: Verweis
    nach: Verweis
    art: Literal["gleich", "teilweise", "neu", "entfallen"]
    vorschlag: bool
    herkunft: str

    @model_validator(mode="after")
    def _seiten(self) -> Self:
        for schluessel, ohne in (("von", "neu"), ("nach", "entfallen")):
            wert = getattr(self, schluessel)
            if ("." in wert) == (self.art == ohne):
                form = "nur das Konzept" if self.art == ohne else "<konzept>.<code>"
                raise ValueError(f"{schluessel}: »{wert}« passt nicht zur art {self.art}; erwartet wird {form}.")
        return self

    @staticmethod
    def teile(verweis: str) -> tuple[str, str]:
        """(concept, code), the code being `-` where there is none."""
        konzept, _, code = verweis.partition(".")
        return konzept, code or KEINES


class Fassung(Modell):
    """One version of the concept. Null means: the source does not say."""

    konzept: Kennung
    titel: str
    herkunft: str
    beschluss: date | None
    beschluss_genauigkeit: Literal["tag", "monat", "jahr", "unbekannt"]
    gueltig_von: date | None
    gueltig_bis: date | None
    bemerkung: str = ""
    # What the source has and was not at hand, with the reason: an empty list is then no statement about the concept.
    nicht_erhoben: dict[Teil, str] = Field(default_factory=dict)
    gremien: tuple[Gremium, ...] = ()
    vorlagen: tuple[Ratsvorlage, ...] = ()
    handlungsfelder: tuple[Handlungsfeld, ...] = ()
    leitziele: tuple[Leitziel, ...] = ()
    massnahmen: tuple[Massnahme, ...] = ()
    berichtspflichten: tuple[Berichtspflicht, ...] = ()
    abgegeben: tuple[Abgabe, ...] = ()
    # Every report handed in is under `abgegeben`, even if that is none: only then is a missing one overdue.
    abgaben_gepflegt: bool = False
    foerderung: tuple[Foerderung, ...] = ()
    zuordnung: tuple[Zuordnung, ...] = ()

    @model_validator(mode="after")
    def _tage(self) -> Self:
        b, genau = self.beschluss, self.beschluss_genauigkeit
        if (b is None) != (genau == "unbekannt"):
            raise ValueError("beschluss ist genau dann null, wenn beschluss_genauigkeit unbekannt ist.")
        erster = b and b.replace(day=1, month=1 if genau == "jahr" else b.month)
        if genau in ("monat", "jahr") and b != erster:
            raise ValueError(f"Mit beschluss_genauigkeit {genau} steht beschluss auf dem ersten Tag: {erster}.")
        if self.gueltig_von and self.gueltig_bis and self.gueltig_bis < self.gueltig_von:
            raise ValueError(f"gueltig_bis {self.gueltig_bis} liegt vor gueltig_von {self.gueltig_von}.")
        return self

    @model_validator(mode="after")
    def _fehlendes(self) -> Self:
        da = {"handlungsfelder": self.handlungsfelder, "leitziele": self.leitziele, "massnahmen": self.massnahmen,
              "indikatoren": any(z.indikatoren for z in self.leitziele), "beschluss": self.beschluss,
              "verantwortliche": any(m.verantwortlich for m in self.massnahmen),
              "geltung": self.gueltig_von or self.gueltig_bis}  # fmt: skip
        if doch := [teil for teil in self.nicht_erhoben if da[teil]]:
            raise ValueError(f"nicht_erhoben nennt {doch[0]}, das Konzept hat aber Angaben dazu.")
        return self


class Konzept(Modell):
    """Content of konzept.yaml: all versions."""

    konzepte: tuple[Fassung, ...] = Field(min_length=1)


def normalform(text: str) -> str:
    """A name without case, blanks and punctuation; & reads as »und«."""
    return "".join(z for z in text.replace("&", "und").casefold() if z.isalnum())


def handlungsfeld_von(fassung: Fassung, text: str) -> str | None:
    """Code of the field that this code, name or alias means; None if it means none."""
    namen = {normalform(n): f.code for f in fassung.handlungsfelder for n in (f.code, f.name, *f.aliase)}
    return namen.get(normalform(text))
