"""What kommune.yaml may say about single columns of a register extract: where each stands, and what its values mean.

Belongs here: the models below spalten, werte and ignorieren. Does not belong here: how they go together with the file's form
(melderegister.py), and what only a reference list can tell.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, PlainValidator, ValidationError, create_model

from pipelines.foundation.yaml_file import Modell
from schemas.spalten.person import AUSZUG, Auszugsspalte

DATUM_KANONISCH = re.compile(r"\d{2}\.\d{2}\.\d{4}|\d{4}-\d{2}-\d{2}")
BREITE_HOECHSTENS = 100_000


class Feld(Modell):
    """A field of a fixed-width line, in characters; the first is 1."""

    von: int = Field(ge=1, le=BREITE_HOECHSTENS, strict=True)
    laenge: int = Field(ge=1, le=BREITE_HOECHSTENS, strict=True)

    @property
    def bis(self) -> int:
        return self.von + self.laenge - 1


# Where a column stands in the source: its header, its position from 1, or its place in the line.
Herkunft = str | int | Feld


def _herkunft(wert: object) -> Herkunft:
    """One source column as written in kommune.yaml; ValueError in German for anything else."""
    if isinstance(wert, str) and wert.strip():
        return wert.strip()
    if isinstance(wert, int) and not isinstance(wert, bool):
        if wert < 1:
            raise ValueError(f"Die Position {wert} gibt es nicht; die erste Spalte ist 1.")
        return wert
    if isinstance(wert, dict):
        try:
            return Feld.model_validate(wert)
        except ValidationError:
            grenze = f"ganzen Zahlen von 1 bis {BREITE_HOECHSTENS}"
            raise ValueError(f"Erwartet wird {{von: …, laenge: …}} mit {grenze}, gezählt in Zeichen.") from None
    raise ValueError("Erwartet wird der Name in der Kopfzeile, eine Position ab 1 oder {von: …, laenge: …}.")


Spaltenquelle = Annotated[Any, PlainValidator(_herkunft)]


def _zielfehler(spalte: Auszugsspalte, ziel: str) -> bool:
    """Whether a value cannot stand in a canonical column; reference lists are asked when a delivery is read."""
    if not ziel:
        return spalte.pflichtwert
    return {
        "liste": ziel not in spalte.werte,
        "staat": not re.fullmatch(r"\d{3}", ziel),
        "staatsangehoerigkeit": not re.fullmatch(r"\d{3}", ziel),
        "datum": not DATUM_KANONISCH.fullmatch(ziel),
        # A configuration never holds a person's identifier: such a column can only be emptied.
        "kennung": True,
    }.get(spalte.art, False)


def _werte_von(spalte: Auszugsspalte) -> Callable[[object], dict[str, str]]:
    def check(wert: object) -> dict[str, str]:
        if not isinstance(wert, dict):
            raise ValueError('Erwartet wird eine Zuordnung {"Wert in der Datei": "Wert im Auszug"}.')
        ergebnis: dict[str, str] = {}
        for quelle, ziel in wert.items():
            if not isinstance(quelle, str) or not isinstance(ziel, str):
                raise ValueError(
                    f"»{quelle}: {ziel}« ist nicht durchweg Text. Werte gehören in Anführungszeichen, sonst gehen führende "
                    "Nullen verloren."
                )
            if quelle.strip() in ergebnis:
                raise ValueError(f"Der Wert »{quelle.strip()}« ist zweimal zugeordnet.")
            if _zielfehler(spalte, ziel.strip()):
                erlaubt = "nur der leere Wert" if spalte.art == "kennung" else spalte.erwartet()
                raise ValueError(f"»{quelle}« wird »{ziel}«, das gibt es nicht. Erlaubt: {erlaubt}.")
            ergebnis[quelle.strip()] = ziel.strip()
        return ergebnis

    return check


if TYPE_CHECKING:
    Spaltenzuordnung = Modell
    Wertezuordnung = Modell
else:
    # One key per column of the canonical extract, so that an unknown or missing one is named at its own line.
    Spaltenzuordnung = create_model(
        "Spaltenzuordnung",
        __base__=Modell,
        **{s.name: (Spaltenquelle, ...) if s.pflichtspalte else (Spaltenquelle | None, None) for s in AUSZUG},
    )
    Wertezuordnung = create_model(
        "Wertezuordnung",
        __base__=Modell,
        **{s.name: (Annotated[dict[str, str], PlainValidator(_werte_von(s))], {}) for s in AUSZUG},
    )
