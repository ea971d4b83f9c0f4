"""What kommune.yaml may say about register extracts: their layout, columns and values.

Belongs here: the models below quellen.melderegister and their errors. Does not belong here: reading a file in such a
layout (eingang/melderegister/line_layout.py), and what only a file or a reference list can tell.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from pipelines.foundation.findings import Schwere
from pipelines.foundation.yaml_file import Modell
from pipelines.stamm.quellen.register_columns import Feld, Herkunft, Spaltenquelle, Spaltenzuordnung, Wertezuordnung
from schemas.spalten.person import AUSZUG

TABULATOR = "tab"
ACHT_ZIFFERN = ("JJJJMMTT", "TTMMJJJJ")


class Optionskennzeichen(Modell):
    """Use of the register's option mark; it is purpose-bound, so a legal basis must be stated."""

    verwenden: bool = False
    rechtsgrundlage: str = ""

    @model_validator(mode="after")
    def _begruendet(self) -> "Optionskennzeichen":
        if self.verwenden and not self.rechtsgrundlage:
            raise ValueError("Wer das Optionskennzeichen verwendet, muss die rechtsgrundlage nennen (BMG § 5 Abs. 1).")
        return self


class Registerformat(Modell):
    """How the file is made. The defaults are those of the canonical extract."""

    art: Literal["csv", "festbreite"] = "csv"
    trennzeichen: str = ";"
    anfuehrung: str | None = None
    kopfzeile: bool | None = None
    kodierung: Literal["utf-8", "windows-1252"] | None = None
    datum: tuple[Literal["TT.MM.JJJJ", "JJJJ-MM-TT", "JJJJMMTT", "TTMMJJJJ"], ...] = ()

    @field_validator("trennzeichen", mode="before")
    @classmethod
    def _tabulator(cls, wert: object) -> object:
        return TABULATOR if wert == "\t" else wert  # white space at the ends of a text is stripped

    @field_validator("trennzeichen", "anfuehrung")
    @classmethod
    def _zeichen(cls, wert: str | None, info: ValidationInfo) -> str | None:
        if info.field_name == "trennzeichen" and wert == TABULATOR:
            return "\t"
        if wert is not None and (len(wert) != 1 or wert.isalnum()):
            oder = f', oder "{TABULATOR}"' if info.field_name == "trennzeichen" else ""
            raise ValueError(
                f"»{wert}« geht nicht: erwartet wird genau ein Zeichen, kein Buchstabe, keine Ziffer{oder}."
            )
        return wert

    @field_validator("datum")
    @classmethod
    def _eindeutig(cls, wert: tuple[str, ...]) -> tuple[str, ...]:
        if set(ACHT_ZIFFERN) <= set(wert):
            raise ValueError("JJJJMMTT und TTMMJJJJ lassen sich nicht unterscheiden; bitte nur eine von beiden nennen.")
        return wert

    @model_validator(mode="after")
    def _passend(self) -> "Registerformat":
        if self.art == "festbreite" and (zuviel := self.model_fields_set & {"trennzeichen", "anfuehrung"}):
            raise ValueError(f"{' und '.join(sorted(zuviel))} gibt es nur bei art: csv.")
        if self.anfuehrung == self.trennzeichen:
            raise ValueError("trennzeichen und anfuehrung sind dasselbe Zeichen.")
        return self

    @property
    def has_header(self) -> bool:
        """Whether the first line holds names: by default in CSV, not in fixed width."""
        return self.art == "csv" if self.kopfzeile is None else self.kopfzeile

    @property
    def nach(self) -> Literal["name", "position", "zeichen"]:
        """What a source column is found by."""
        if self.art == "festbreite":
            return "zeichen"
        return "name" if self.has_header else "position"

    @property
    def acht_ziffern(self) -> str | None:
        """The form that a date of eight digits has, if one is declared."""
        return next((d for d in self.datum if d in ACHT_ZIFFERN), None)


_ERWARTET: dict[str, tuple[type, str]] = {
    "name": (str, "der Name in der Kopfzeile (Text)"),
    "position": (int, "eine Position ab 1, weil die Datei keine Kopfzeile hat"),
    "zeichen": (Feld, "{von: …, laenge: …}, weil die Datei feste Breiten hat"),
}


class Registerpruefungen(Modell):
    """How bad each finding of the plausibility of an extract is (eingang/melderegister/plausibility.py); `fehler` refuses it."""

    auszug_gleich: Schwere = Schwere.fehler
    bestand_sprung: Schwere = Schwere.fehler
    personen_fremd: Schwere = Schwere.fehler
    pid_neu: Schwere = Schwere.warnung
    gebiet_leer: Schwere = Schwere.fehler
    gebiet_sprung: Schwere = Schwere.warnung
    unbekannt_anteil: Schwere = Schwere.fehler
    stichtag_zweifelhaft: Schwere = Schwere.warnung


class Melderegister(Modell):
    """The register deliveries of a municipality; without `format` … `ignorieren` in the canonical layout."""

    titel: str
    hoechstanteil_abgewiesen: float = Field(0.01, ge=0, le=1)
    # Data states of one Stichtag that differ by more of the inhabitants give a warning (proposal of this project).
    hoechstanteil_nachmeldung: float = Field(0.01, ge=0, le=1)
    # Persons whose area is not in gebiete.csv, of all (proposal of this project).
    hoechstanteil_unbekannt: float = Field(0.05, ge=0, le=1)
    # Persons of the extract before that are in this one, of the smaller of the two, after a year; the longer the time between
    # them the fewer: to the power of the years (proposal of this project).
    mindestanteil_gleicher: float = Field(0.7, ge=0, le=1)
    pruefungen: Registerpruefungen = Registerpruefungen()
    optionskennzeichen: Optionskennzeichen = Optionskennzeichen()
    format: Registerformat = Registerformat()
    spalten: Spaltenzuordnung | None = None
    werte: Wertezuordnung = Wertezuordnung()
    ignorieren: tuple[Spaltenquelle, ...] = ()

    @field_validator("spalten")
    @classmethod
    def _spalten(cls, wert: Modell | None, info: ValidationInfo) -> Modell | None:
        if wert is not None and "format" in info.data:
            _check_herkuenfte(dict(_belegt(wert)), info.data["format"])
        return wert

    @field_validator("ignorieren")
    @classmethod
    def _ignorieren(cls, wert: tuple[Herkunft, ...], info: ValidationInfo) -> tuple[Herkunft, ...]:
        if {"format", "spalten"} <= set(info.data):
            spalten = info.data["spalten"]
            pflicht = {s.name: s.name for s in AUSZUG if s.pflichtspalte}
            benannt = dict(_belegt(spalten)) if spalten is not None else pflicht
            # Only columns that are read must not meet; passed-over stretches may.
            for nummer, eine in enumerate(wert, start=1):
                _check_herkuenfte({**benannt, f"ignorieren, Eintrag {nummer}": eine}, info.data["format"])
            if info.data["format"].nach == "position":
                _check_gaps([*benannt.values(), *wert])
        return wert

    @model_validator(mode="after")
    def _vollstaendig(self) -> "Melderegister":
        if self.spalten is None:
            if self.format.nach != "name":
                raise ValueError("spalten fehlt: Ohne Kopfzeile muss für jede Spalte gesagt sein, wo sie steht.")
            return self
        if self.format.nach == "position" and not self.ignorieren:
            _check_gaps(list(self.herkuenfte.values()))
        if ohne := [s for s in self.zuordnungen if s not in self.herkuenfte]:
            raise ValueError(f"werte.{ohne[0]}: Die Spalte ist unter spalten nicht zugeordnet.")
        return self

    @property
    def kanonisch(self) -> bool:
        """Whether extracts have the canonical layout."""
        return not self.model_fields_set & {"format", "spalten", "werte", "ignorieren"}

    @property
    def herkuenfte(self) -> dict[str, Herkunft]:
        """Canonical column → where it stands in the source; without `spalten` under its own name, unless ignored."""
        if self.spalten is not None:
            return dict(_belegt(self.spalten))
        return {s.name: s.name for s in AUSZUG if s.name not in self.ignorieren}

    @property
    def zuordnungen(self) -> dict[str, dict[str, str]]:
        """Canonical column → source value → canonical value, where there are any."""
        return {name: wert for name, wert in self.werte if wert}


def _belegt(zuordnung: Modell) -> Iterator[tuple[str, Herkunft]]:
    return ((name, wert) for name, wert in zuordnung if wert is not None)


def _check_herkuenfte(herkuenfte: dict[str, Herkunft], form: Registerformat) -> None:
    """Every source column is named as the format demands, and no two read the same place."""
    typ, erwartet = _ERWARTET[form.nach]
    gesehen: list[tuple[str, Herkunft]] = []
    for name, wert in herkuenfte.items():
        if not isinstance(wert, typ):
            raise ValueError(f"{name}: erwartet wird {erwartet}.")
        for anderer, frueher in gesehen:
            if wert == frueher or (
                isinstance(wert, Feld)
                and isinstance(frueher, Feld)
                and wert.von <= frueher.bis
                and frueher.von <= wert.bis
            ):
                raise ValueError(f"{anderer} und {name} lesen dieselbe Stelle der Quelle; jede Spalte nur einmal.")
        gesehen.append((name, wert))


def _check_gaps(herkuenfte: list[Herkunft]) -> None:
    """Without names every position up to the last must be read or passed over on purpose."""
    positionen = {h for h in herkuenfte if isinstance(h, int)}
    offen = sorted(set(range(1, max(positionen, default=0) + 1)) - positionen)
    if offen:
        raise ValueError(
            f"Die Position {offen[0]} ist weder unter spalten noch unter ignorieren genannt. Was nicht gelesen werden soll, "
            "gehört unter ignorieren (Datensparsamkeit)."
        )
