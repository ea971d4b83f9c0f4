"""What kommune.yaml may say about one kind of table: where its files are, and what stands in which column.

Belongs here: the models below quellen.tabellen[] and quellen.indikatoren[] and their errors. Does not belong here: what must
hold between the figures (layout_rules.py), single columns (layout_columns.py), how a file is made (file_form.py), reading a
file in such a layout (eingang/tabelle/read.py), and what only a file can tell.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from pipelines.foundation.check_files import refuse_unknown
from pipelines.foundation.findings import Schwere
from pipelines.foundation.yaml_file import Modell
from pipelines.stamm.quellen.aufbau import Aufbau
from pipelines.stamm.quellen.file_form import Dateiform, Zahlen
from pipelines.stamm.quellen.layout_columns import KENNUNG, Merkmal, Spaltenfolge, Wertspalte, Zeit
from pipelines.stamm.quellen.layout_rules import Abgleich, Quote, Stichprobe, Zerlegung
from pipelines.stamm.quellen.time_label import IN_DER_DATEI, PLATZHALTER, tag_von
from schemas.spalten.lieferung import ANZAHLEN, KENNZEICHEN, MERKMALE

# What identifies a figure besides source, area and day.
DIMENSIONEN = ("merkmal", "geschlecht", "altersgruppe", "staat", "gruppe")
# Columns of a file that are no figures.
BESCHRIFTUNGEN = ("gebiet", "gebiet_id", "zeit", *DIMENSIONEN, "wert", "kennzeichen", "bemerkung")
Bevoelkerung = Literal["hauptwohnung", "wohnberechtigte", "fortschreibung", "azr", "zensus", "mikrozensus", "sonstige"]
GERUNDET = ("gerundet_5", "gerundet_10")  # of methode: the source prints multiples
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

    # The ready source of referenz/quellen that the rest comes from, if it is one.
    vorlage: str | None = None
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
    aufbau: Aufbau | None = None
    # What stands in it.
    spalten: dict[str, Spaltenfolge] = Field(default_factory=dict)
    werte: tuple[Wertspalte, ...] = ()
    zeit: Zeit | None = None
    merkmale: dict[str, Merkmal] = Field(default_factory=dict)
    woerter: dict[str, dict[str, str]] = Field(default_factory=dict)
    gruppen: tuple[str, ...] = ()
    # Groups that are everybody together, where the table prints no total of foreigners.
    gruppen_zusammen: tuple[str, ...] = ()
    uebergehen: dict[str, tuple[str, ...] | Literal["*"]] = Field(default_factory=dict)
    ignorieren: tuple[str, ...] | Literal["*"] = ()
    fuellen: tuple[str, ...] = ()
    summenzeile: str | tuple[str, ...] | None = None
    fremde_gebiete: Literal["fehler", "ausserhalb"] = "fehler"
    # What must hold.
    methode: Literal["exakt", "gerundet_5", "gerundet_10", "cell_key", "keine"] = "exakt"
    hoechstabweichung: int = Field(3, ge=1)
    # Measures that a source which rounds prints exactly.
    ungerundet: tuple[str, ...] = ()
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
        refuse_unknown("tabelle", wert)
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
        genannt += [*(m for q in self.quoten for m in (q.quote, q.zaehler, q.nenner)), *self.ungerundet]
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
        if fremd := [g for g in self.gruppen_zusammen if g not in self.gruppen]:
            raise ValueError(
                f"gruppen_zusammen nennt »{fremd[0]}«; erwartet werden Namen, die auch unter gruppen stehen."
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

    def is_rounded(self, merkmal: str) -> bool:
        """Whether the source prints counts of a measure as multiples only."""
        return self.methode in GERUNDET and self.einheit(merkmal) in ANZAHLEN and merkmal not in self.ungerundet

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
