"""What kommune.yaml may say about one kind of table: where its files are, and what stands in which column.

Belongs here: the models below quellen.tabellen[] and quellen.indikatoren[] and their errors. Does not belong here: what must
hold between the figures (layout_rules.py), reading a file in such a layout (eingang/tabelle/read.py), and what only a file can
tell.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationInfo, field_validator, model_validator

from pipelines.foundation.check_files import CHECKS, check_names
from pipelines.foundation.findings import Schwere
from pipelines.foundation.names import clean
from pipelines.foundation.patterns import check_pattern
from pipelines.foundation.yaml_file import Modell
from pipelines.stamm.quellen.layout_rules import Abgleich, Quote, Stichprobe, Zerlegung
from schemas.spalten.common import GESCHLECHTER, INSGESAMT
from schemas.spalten.lieferung import KENNZEICHEN, MERKMALE

KENNUNG = r"^[a-z][a-z0-9_]*$"
FEHLT_IN_DIESEM_JAHR = -1
# What identifies a figure besides source, area and day.
DIMENSIONEN = ("merkmal", "geschlecht", "altersgruppe", "staat", "gruppe")
# Columns of a file that are no figures.
BESCHRIFTUNGEN = ("gebiet", "gebiet_id", "zeit", *DIMENSIONEN, "wert", "kennzeichen", "bemerkung")


def _auswahl(wert: object) -> object:
    """A column: its header, its position from 1, or year → header or position (-1: absent from that year on)."""
    if isinstance(wert, bool):
        raise ValueError("Erwartet wird eine Überschrift, eine Position ab 1 oder {Jahr: Überschrift}.")
    if isinstance(wert, str) and wert.strip():
        return clean(wert)
    if isinstance(wert, int) and wert >= 1:
        return wert
    if isinstance(wert, dict) and wert and all(isinstance(j, int) and 1900 <= j <= 2100 for j in wert):
        return {j: FEHLT_IN_DIESEM_JAHR if w == FEHLT_IN_DIESEM_JAHR else _auswahl(w) for j, w in sorted(wert.items())}
    raise ValueError(
        "Erwartet wird die Überschrift der Spalte, ihre Position ab 1 oder {Jahr: Überschrift oder Position}, z. B. "
        "{2007: HK_EU27, 2013: HK_EU28}; -1 heißt: ab diesem Jahr gibt es die Spalte nicht."
    )


Spaltenwahl = Annotated[Any, PlainValidator(_auswahl)]


def _liste(wert: object) -> object:
    """One column or several whose labels together name a thing."""
    return tuple(_auswahl(w) for w in wert) if isinstance(wert, list) else (_auswahl(wert),)


Spaltenfolge = Annotated[Any, PlainValidator(_liste)]


class Zahlen(Modell):
    """How numbers are printed. The default is German: 1.234,5."""

    dezimal: Literal[",", "."] = ","
    tausender: Literal["", ".", ",", " ", "'"] = "."

    @model_validator(mode="before")
    @classmethod
    def _leerzeichen(cls, wert: object) -> object:
        # White space at the ends of a text is stripped by the base model.
        if isinstance(wert, dict) and wert.get("tausender") in ("leer", " "):
            return {**wert, "tausender": "\u00a0"}
        return wert

    @field_validator("tausender", mode="before")
    @classmethod
    def _schmal(cls, wert: object) -> object:
        return " " if wert == "\u00a0" else wert

    @model_validator(mode="after")
    def _verschieden(self) -> "Zahlen":
        if self.dezimal == self.tausender:
            raise ValueError("dezimal und tausender sind dasselbe Zeichen.")
        return self


class Dateiform(Modell):
    """How a CSV is made, where finding out is not wanted."""

    trennzeichen: str | None = None
    kodierung: Literal["utf-8", "windows-1252", "utf-16"] | None = None
    anfuehrung: Literal["feld", "zeile", "keine"] | None = None

    @field_validator("trennzeichen", mode="before")
    @classmethod
    def _tab(cls, wert: object) -> object:
        if wert in ("\t", "tab"):
            return "tab"
        if wert is not None and (not isinstance(wert, str) or len(wert) != 1 or wert.isalnum()):
            raise ValueError(f'»{wert}« geht nicht: erwartet wird genau ein Zeichen wie ";" oder "tab".')
        return wert

    @property
    def zeichen(self) -> str | None:
        return "\t" if self.trennzeichen == "tab" else self.trennzeichen


class Zeit(Modell):
    """Where the day of a figure stands, if not in the file name: in a column, or once in a cell above the table."""

    spalte: Spaltenwahl | None = None
    zelle: str | None = Field(None, pattern=r"^[A-Z]{1,3}[1-9]\d*$")
    form: Literal["datum", "jahr", "monat", "schuljahr"] = "datum"
    # The day of the year that a bare year stands for; a month stands for its last day.
    tag: str = Field("12-31", pattern=r"^\d{2}-\d{2}$")
    muster: str | None = None

    @model_validator(mode="after")
    def _eins(self) -> "Zeit":
        if (self.spalte is None) == (self.zelle is None):
            raise ValueError("zeit braucht entweder spalte oder zelle.")
        check_pattern(self.muster)
        return self


class Wertspalte(Modell):
    """A column of figures: what they count, and for whom. Whatever is not said is `insgesamt`.

    `muster` instead of `spalte` takes every column whose header fits; its named groups fill geschlecht, altersgruppe
    (`von`, and `bis` exclusive or `bis_mit` inclusive), staat, gruppe, gebiet or jahr.
    """

    merkmal: str = Field(pattern=KENNUNG)
    groesse: Literal["wert", "zaehler", "nenner"] = "wert"
    spalte: Spaltenwahl | None = None
    muster: str | None = None
    kennzeichen: Spaltenwahl | None = None
    geschlecht: str = INSGESAMT
    altersgruppe: str = INSGESAMT
    staat: str = INSGESAMT
    gruppe: str = INSGESAMT
    gebiet: str | None = None
    stichtag: date | None = None

    @model_validator(mode="after")
    def _passend(self) -> "Wertspalte":
        if (self.spalte is None) == (self.muster is None):
            raise ValueError("Eine Wertspalte braucht entweder spalte oder muster.")
        if self.geschlecht not in (*GESCHLECHTER, INSGESAMT):
            raise ValueError(f"geschlecht »{self.geschlecht}«: erlaubt sind {', '.join((*GESCHLECHTER, INSGESAMT))}.")
        check_pattern(self.muster)
        return self


class Merkmal(Modell):
    """A figure of this source that is not in the common vocabulary."""

    titel: str
    einheit: Literal["personen", "prozent", "promille", "anteil", "faelle", "haushalte", "euro", "jahre", "qkm", "zahl"]
    additiv: bool | None = None


Bevoelkerung = Literal["hauptwohnung", "wohnberechtigte", "fortschreibung", "azr", "zensus", "mikrozensus", "sonstige"]


UNGENANNT = "bitte angeben"  # what a draft writes where only the office knows
Zeilennummer = Annotated[int, Field(ge=0)]


def check_dateiname(muster: str) -> None:
    """Raises: ValueError for a pattern with a folder in it; such a source would never find a file."""
    if re.search(r"[/\\]", muster):
        raise ValueError(
            "Erwartet wird ein Dateiname ohne Ordner; die Dateien liegen im Ordner ihrer Art (tabellen, indikatoren …)."
        )


class Layout(Modell):
    """One kind of table: district tables (`tabellen`) and indicator deliveries (`indikatoren`) alike."""

    id: str = Field(pattern=KENNUNG)
    titel: str
    herkunft: str
    lizenz: str
    adresse: str | None = None
    datei: str
    stichtag: date | None = None
    tag: str = Field("12-31", pattern=r"^\d{2}-\d{2}$")
    stichtag_angenommen: bool = False
    # What the figures count: definition and population. Never mix two of them in one rate.
    profil: str | None = None
    bevoelkerung: Bevoelkerung = "sonstige"
    # Which Zensus a Fortschreibung goes on from, where its day does not tell; a figure of 2023 may still stand on that of 2011.
    zensusbasis: Literal[2011, 2022] | None = None
    bereits_veroeffentlicht: bool = False
    # Figures are invented, to show what the tables look like.
    beispiel: bool = False
    # Without it the figures count everybody.
    stichprobe: Stichprobe | None = None
    # How the file is made.
    format: Dateiform = Dateiform()
    zahlen: Zahlen = Zahlen()
    zeichen: dict[str, str] = Field(default_factory=dict)
    blatt: str | None = None
    kopfzeile: Zeilennummer | tuple[Zeilennummer, ...] = 1
    daten_ab: int | None = Field(None, ge=1)
    ende: str | None = None
    # What stands in it.
    spalten: dict[str, Spaltenfolge] = Field(default_factory=dict)
    werte: tuple[Wertspalte, ...] = ()
    zeit: Zeit | None = None
    merkmale: dict[str, Merkmal] = Field(default_factory=dict)
    woerter: dict[str, dict[str, str]] = Field(default_factory=dict)
    gruppen: tuple[str, ...] = ()
    uebergehen: dict[str, tuple[str, ...] | Literal["*"]] = Field(default_factory=dict)
    ignorieren: tuple[str, ...] | Literal["*"] = ()
    fuellen: tuple[str, ...] = ()
    summenzeile: str | tuple[str, ...] | None = None
    fremde_gebiete: Literal["fehler", "ausserhalb"] = "fehler"
    # What must hold.
    methode: Literal["exakt", "gerundet_5", "gerundet_10", "cell_key", "keine"] = "exakt"
    hoechstabweichung: int = Field(3, ge=1)
    zerlegungen: tuple[Zerlegung, ...] = ()
    quoten: tuple[Quote, ...] = ()
    # More rows set aside than this share: the whole delivery is refused, and its last good version stays.
    hoechstanteil_abgewiesen: float = Field(0.0, ge=0, le=1)
    pruefungen: dict[str, Schwere] = Field(default_factory=dict)
    abgleich: Abgleich | None = None

    @field_validator("datei")
    @classmethod
    def _datei(cls, wert: str) -> str:
        check_dateiname(wert)
        platz = re.findall(r"\{(\w*)\}", wert)
        if len(platz) > 1 or any(p not in PLATZHALTER for p in platz):
            raise ValueError(
                "Das Dateimuster darf höchstens einen Platzhalter haben: {stichtag} (JJJJ-MM-TT), {monat} (JJJJMM) oder "
                "{jahr}, z. B. stadtteile_{stichtag}.xlsx."
            )
        return wert

    @field_validator("zeichen")
    @classmethod
    def _zeichen(cls, wert: dict[str, str]) -> dict[str, str]:
        if fremd := [k for k in wert.values() if k not in KENNZEICHEN]:
            raise ValueError(f"Das Kennzeichen »{fremd[0]}« gibt es nicht. Erlaubt: {' '.join(KENNZEICHEN)}.")
        return wert

    @field_validator("woerter", "uebergehen")
    @classmethod
    def _dimensionen(cls, wert: dict[str, Any], angabe: ValidationInfo) -> dict[str, Any]:
        erlaubt = (*DIMENSIONEN, "gebiet") if angabe.field_name == "woerter" else DIMENSIONEN
        if fremd := sorted(set(wert) - set(erlaubt)):
            rat = " Fremde Gebiete übergeht fremde_gebiete: ausserhalb." if fremd[0] == "gebiet" else ""
            raise ValueError(f"{angabe.field_name} kennt »{fremd[0]}« nicht. Erlaubt: {', '.join(erlaubt)}.{rat}")
        return wert

    @field_validator("spalten")
    @classmethod
    def _spalten(cls, wert: dict[str, Any]) -> dict[str, Any]:
        erlaubt = (*BESCHRIFTUNGEN, *MERKMALE)
        if fremd := sorted(set(wert) - set(erlaubt)):
            raise ValueError(
                f"spalten kennt »{fremd[0]}« nicht. Beschriftungen: {', '.join(BESCHRIFTUNGEN)}; Merkmale: "
                f"{', '.join(MERKMALE)}. Andere Zahlen gehören unter werte und merkmale."
            )
        for name, wahl in wert.items():
            if len(wahl) > 1 and name not in DIMENSIONEN:
                raise ValueError(f"{name}: hier ist nur eine Spalte möglich.")
        return wert

    @field_validator("pruefungen")
    @classmethod
    def _pruefungen(cls, wert: dict[str, Schwere]) -> dict[str, Schwere]:
        vorhanden = check_names(CHECKS / "lieferung")
        if fremd := sorted(set(wert) - set(vorhanden)):
            raise ValueError(f"Die Prüfung »{fremd[0]}« gibt es nicht. Vorhanden: {', '.join(vorhanden)}.")
        return wert

    @model_validator(mode="after")
    def _stimmig(self) -> "Layout":
        if not self.merkmale_der_spalten() and "wert" not in self.spalten:
            raise ValueError("Es fehlt, welche Spalte Zahlen enthält: unter spalten, unter werte oder spalten.wert.")
        if "wert" in self.spalten and "merkmal" not in self.spalten and "merkmal" not in self.woerter:
            raise ValueError(
                'spalten.wert braucht spalten.merkmal, oder woerter.merkmal mit genau einem Eintrag {"*": merkmal}.'
            )
        bekannt = {*MERKMALE, *self.merkmale}
        genannt = [*self.merkmale_der_spalten(), *self.woerter.get("merkmal", {}).values()]
        genannt += [m for z in self.zerlegungen for m in (z.summe, *z.teile)]
        genannt += [m for q in self.quoten for m in (q.quote, q.zaehler, q.nenner)]
        if fremd := [m for m in genannt if m not in bekannt]:
            raise ValueError(
                f"Das Merkmal »{fremd[0]}« ist unbekannt; bitte unter merkmale mit titel und einheit erklären. "
                f"Gemeinsame Merkmale: {', '.join(MERKMALE)}."
            )
        if self.profil is None and {"personen_mit_mh", "deutsche_mit_mh", "personen_ohne_mh", "anteil_mh"} & set(
            genannt
        ):
            raise ValueError(
                "Zahlen zum Migrationshintergrund brauchen ein profil: nach welcher Definition ist gezählt?"
            )
        if self.zeit is None and self.stichtag is None and "{" not in self.datei and not self._tage_je_spalte():
            raise ValueError(
                "Der Stichtag fehlt: im Dateinamen ({stichtag}, {jahr}, {monat}), als stichtag oder als zeit."
            )
        return self

    def _tage_je_spalte(self) -> bool:
        return bool(self.werte) and all(w.stichtag or "(?P<jahr>" in (w.muster or "") for w in self.werte)

    def merkmale_der_spalten(self) -> list[str]:
        """The measures that have a column of their own."""
        kurz = [n for n in self.spalten if n not in BESCHRIFTUNGEN]
        return [*kurz, *(w.merkmal for w in self.werte)]

    def wertspalten(self) -> Iterator[Wertspalte]:
        """All columns of figures; those of the short form (`spalten: {einwohner: …}`) first."""
        for name, wahl in self.spalten.items():
            if name not in BESCHRIFTUNGEN:
                yield Wertspalte(merkmal=name, spalte=wahl[0])
        yield from self.werte

    def einheit(self, merkmal: str) -> str:
        """Unit of a measure."""
        return self.merkmale[merkmal].einheit if merkmal in self.merkmale else MERKMALE[merkmal][1]

    def titel_von(self, merkmal: str) -> str:
        """Name of a measure."""
        return self.merkmale[merkmal].titel if merkmal in self.merkmale else MERKMALE[merkmal][0]

    def additiv(self, merkmal: str) -> bool:
        """Whether areas and breakdowns of a measure add up: counts of persons and households, if nothing else is said."""
        if merkmal in self.merkmale:
            eigenes = self.merkmale[merkmal]
            return eigenes.einheit in ("personen", "haushalte") if eigenes.additiv is None else eigenes.additiv
        return MERKMALE[merkmal][2]

    def kopfzeilen(self) -> tuple[int, ...]:
        """Rows of the header, from 1; empty for a file without one (`kopfzeile: 0`)."""
        zeilen = (self.kopfzeile,) if isinstance(self.kopfzeile, int) else self.kopfzeile
        return tuple(z for z in zeilen if z)

    def summenzeilen(self) -> tuple[str, ...]:
        """Labels of the row for the municipality as a whole."""
        if self.summenzeile is None:
            return ()
        return (self.summenzeile,) if isinstance(self.summenzeile, str) else self.summenzeile

    def fits(self, dateiname: str) -> date | None:
        """The Stichtag of a delivery by its file name, or None if the name does not fit.

        A file without a day in its name gets the layout's `stichtag`, else IN_DER_DATEI: the file itself says.
        """
        zeit = self._zeit_im_namen(dateiname)
        if zeit is None:
            return None
        return tag_von(zeit[1], zeit[0], self.tag) if zeit else self.stichtag or IN_DER_DATEI

    def unmoeglich(self, dateiname: str) -> str | None:
        """The day, month or year of a name that fits but for naming a time that does not exist."""
        zeit = self._zeit_im_namen(dateiname)
        return zeit[1] if zeit and tag_von(zeit[1], zeit[0], self.tag) is None else None

    def _zeit_im_namen(self, dateiname: str) -> tuple[str, str] | tuple[()] | None:
        """(form, text) of the time in a name that fits; empty if the pattern has none, None if the name does not fit."""
        muster = re.escape(unicodedata.normalize("NFC", self.datei))
        for name, form in PLATZHALTER.items():
            muster = muster.replace(re.escape("{" + name + "}"), f"(?P<{name}>{form})")
        treffer = re.fullmatch(muster, unicodedata.normalize("NFC", dateiname))
        if not treffer:
            return None
        gruppen = treffer.groupdict()
        (name, text) = next(iter(gruppen.items())) if gruppen else ("", "")
        return ({"stichtag": "datum", "jahr": "jahr", "monat": "monat"}[name], text) if gruppen else ()


# A day as files write it, in a name or in a cell: with hyphens or underscores, never mixed.
TAG = r"\d{4}-\d{2}-\d{2}|\d{4}_\d{2}_\d{2}"
PLATZHALTER = {"stichtag": TAG, "monat": r"\d{6}", "jahr": r"\d{4}"}
IN_DER_DATEI = date(9999, 12, 31)


def tag_von(text: str, form: str, tag: str = "12-31") -> date | None:
    """The day a time label stands for, or None: 2024 → its `tag`, 202406 → its last day, 2023/24 → 1 August 2023.

    A `datum` is 31.12.2023, 2023-12-31 or 2023_12_31.
    """
    try:
        if form == "jahr" and re.fullmatch(r"\d{4}", text):
            return date.fromisoformat(f"{text}-{tag}")
        if form == "monat" and (treffer := re.fullmatch(r"(\d{4})-?(\d{2})", text)):
            jahr, monat = int(treffer[1]), int(treffer[2])
            erster = date(jahr + monat // 12, monat % 12 + 1, 1)
            return date.fromordinal(erster.toordinal() - 1) if 1 <= monat <= 12 else None
        if form == "schuljahr" and (treffer := re.fullmatch(r"(\d{4})/(\d{2}|\d{4})", text)):
            folgt = (int(treffer[1]) + 1) % 100 == int(treffer[2]) % 100
            return date(int(treffer[1]), 8, 1) if folgt else None
        if form == "datum":
            if treffer := re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", text):
                return date(int(treffer[3]), int(treffer[2]), int(treffer[1]))
            if re.fullmatch(TAG, text):
                return date.fromisoformat(text.replace("_", "-"))
    except ValueError:
        return None
    return None
