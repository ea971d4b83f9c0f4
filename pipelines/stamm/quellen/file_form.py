"""How a table's file is made: separator, encoding, quotation, and how its numbers are printed.

Belongs here: the models. Does not belong here: what stands in the file (layout.py).
"""

from typing import Literal

from pydantic import field_validator, model_validator

from pipelines.foundation.yaml_file import Modell


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
