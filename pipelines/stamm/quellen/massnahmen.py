"""What kommune.yaml may say about measure status sheets (quellen.massnahmen[]).

Belongs here: the model and its errors. Does not belong here: reading a sheet (eingang/massnahmen/read.py).
"""

import re
import unicodedata
from datetime import date

from pydantic import Field, field_validator, model_validator

from pipelines.foundation.check_files import refuse_unknown
from pipelines.foundation.findings import Schwere
from pipelines.foundation.yaml_file import Modell
from pipelines.stamm.quellen.layout import check_dateiname
from pipelines.stamm.quellen.layout_columns import KENNUNG
from pipelines.stamm.quellen.time_label import IN_DER_DATEI, TAG, tag_von
from schemas.words.massnahmen import AMPELSCHEMATA, RISIKEN, SPALTENKOEPFE, STATUS, vergleichsform

STICHTAG = "{stichtag}"


class Massnahmenquelle(Modell):
    """One kind of status sheets, for one concept. `spalten` and `status` map a canonical name to the town's own words."""

    id: str = Field("massnahmen", pattern=KENNUNG)
    titel: str
    herkunft: str
    konzept: str = Field(pattern=KENNUNG)
    # A name with {stichtag} (JJJJ-MM-TT) and `*`; the day of every row stands in the sheet all the same.
    datei: str = "*.xlsx"
    # What the colours mean: the name of a scheme, or the town's own words → gruen, gelb, rot, grau.
    ampel_schema: str | dict[str, str] | None = None
    spalten: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    status: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    # Statuses are invented, to show what the tables look like.
    beispiel: bool = False
    veraltet_nach_monaten: int = Field(18, ge=1)
    # What is told as conspicuous: an Ist above so many times its Plan, more than so many posts. Proposals of this project.
    ist_ueber_plan_ab: float = Field(3, gt=1)
    vzae_hoch_ab: float = Field(10, gt=0)
    # Days that a status may have.
    fruehestens: date | None = None
    spaetestens: date | None = None
    pruefungen: dict[str, Schwere] = Field(default_factory=dict)

    @field_validator("datei")
    @classmethod
    def _datei(cls, wert: str) -> str:
        check_dateiname(wert)
        platz = re.findall(r"\{\w*\}", wert)
        if platz not in ([], [STICHTAG]):
            raise ValueError(f"Das Dateimuster darf höchstens einen Platzhalter haben, {STICHTAG} (JJJJ-MM-TT).")
        if not wert.lower().endswith(".xlsx"):
            raise ValueError("Maßnahmenblätter sind XLSX-Mappen; das Dateimuster muss auf .xlsx enden.")
        return wert

    @field_validator("ampel_schema")
    @classmethod
    def _ampel(cls, wert: str | dict[str, str] | None) -> str | dict[str, str] | None:
        if isinstance(wert, str) and wert not in AMPELSCHEMATA:
            raise ValueError(f"Das Ampelschema »{wert}« gibt es nicht. Vorhanden: {', '.join(AMPELSCHEMATA)}.")
        if isinstance(wert, dict) and (fremd := [w for w in wert.values() if w not in RISIKEN]):
            raise ValueError(f"Das Risiko »{fremd[0]}« gibt es nicht. Erlaubt: {', '.join(RISIKEN)}.")
        return wert

    @field_validator("spalten", "status", mode="before")
    @classmethod
    def _einzeln(cls, wert: object) -> object:
        return {k: [w] if isinstance(w, str) else w for k, w in wert.items()} if isinstance(wert, dict) else wert

    @field_validator("spalten")
    @classmethod
    def _spalten(cls, wert: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if fremd := [k for k in wert if k not in SPALTENKOEPFE]:
            raise ValueError(f"spalten kennt »{fremd[0]}« nicht. Erlaubt: {', '.join(SPALTENKOEPFE)}.")
        return wert

    @field_validator("status")
    @classmethod
    def _status(cls, wert: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if fremd := [k for k in wert if k not in STATUS]:
            raise ValueError(f"Den Status »{fremd[0]}« gibt es nicht. Erlaubt: {', '.join(STATUS)}.")
        vergeben = {vergleichsform(w): s for s, worte in STATUS.items() for w in (s, *worte)}
        for status, worte in wert.items():
            for wort in worte:
                besitzer = vergeben.setdefault(vergleichsform(wort), status)
                if besitzer != status:
                    raise ValueError(f"»{wort}« heißt schon {besitzer} und kann nicht auch {status} heißen.")
        return wert

    @field_validator("pruefungen")
    @classmethod
    def _pruefungen(cls, wert: dict[str, Schwere]) -> dict[str, Schwere]:
        refuse_unknown("massnahme", wert)
        return wert

    @model_validator(mode="after")
    def _zeitraum(self) -> "Massnahmenquelle":
        if self.fruehestens and self.spaetestens and self.spaetestens < self.fruehestens:
            raise ValueError(f"spaetestens {self.spaetestens} liegt vor fruehestens {self.fruehestens}.")
        return self

    def fits(self, dateiname: str) -> date | None:
        """The day in a file's name, IN_DER_DATEI where the name has none, or None if the name does not fit."""
        muster = (
            re.escape(unicodedata.normalize("NFC", self.datei))
            .replace(r"\*", ".*")
            .replace(re.escape(STICHTAG), rf"(?P<tag>{TAG})")
        )
        treffer = re.fullmatch(muster, unicodedata.normalize("NFC", dateiname))
        if not treffer:
            return None
        return tag_von(treffer["tag"], "datum") if "tag" in treffer.groupdict() else IN_DER_DATEI

    def ampelworte(self) -> dict[str, str] | None:
        """Word in its form of comparison → risk; None if the source names no scheme."""
        if self.ampel_schema is None:
            return None
        schema = AMPELSCHEMATA[self.ampel_schema] if isinstance(self.ampel_schema, str) else self.ampel_schema
        return {vergleichsform(wort): risiko for wort, risiko in schema.items()}

    def statusworte(self) -> dict[str, str]:
        """Word in its form of comparison → canonical status."""
        worte = {s: (s, *STATUS[s], *self.status.get(s, ())) for s in STATUS}
        return {vergleichsform(w.replace("_", " ")): s for s, alle in worte.items() for w in alle}

    def koepfe(self) -> dict[str, tuple[str, ...]]:
        """Canonical column → headers, the source's own first."""
        return {s: (*self.spalten.get(s, ()), *worte) for s, worte in SPALTENKOEPFE.items()}
