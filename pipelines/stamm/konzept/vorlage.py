"""Papers for the council: what konzept.yaml may say about one and about the bodies that deal with it.

Belongs here: the models. Does not belong here: whether a body or another paper exists (load.py), Vereinbarkeit as the status
sheets report it (eingang/massnahmen).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pipelines.foundation.yaml_file import Modell
from pipelines.stamm.konzept.ziel import Kennung

Behandlung = Literal["vorberatung", "beschluss", "kenntnisnahme"]
Ergebnis = Literal["beschlossen", "geaendert_beschlossen", "abgelehnt", "vertagt", "zur_kenntnis_genommen"]
Auswirkung = Literal["ja", "nein", "noch_nicht_absehbar"]
Vorlagenart = Literal["vorlage", "mitteilung", "antrag", "anfrage"]
Vorlagennummer = Annotated[str, Field(min_length=1)]


class Beratung(Modell):
    """One body dealing with a paper, in the order of the list; null: the source does not say.

    `ergebnis` is what the minutes record; a paper that is still to be decided has none.
    """

    gremium: Kennung
    behandlung: Behandlung | None = None
    termin: date | None = None
    ergebnis: Ergebnis | None = None

    @model_validator(mode="after")
    def _passend(self) -> "Beratung":
        if self.ergebnis and self.termin is None:
            raise ValueError(f"Das Ergebnis »{self.ergebnis}« braucht den Termin der Sitzung.")
        return self


class Ratsvorlage(Modell):
    """A paper with its number as text. The three effects are what its head ticks; null: not ticked or not legible."""

    vorlage: Vorlagennummer
    titel: str = Field(min_length=1)
    art: Vorlagenart = "vorlage"
    datum: date | None = None
    finanziell: Auswirkung | None = None
    personell: Auswirkung | None = None
    organisatorisch: Auswirkung | None = None
    beratung: tuple[Beratung, ...] = ()
    bemerkung: str = ""
    herkunft: str = Field(min_length=1)

    def beschluss_tage(self) -> list[date]:
        """Days on which a body decided on it, or was to."""
        gefasst = ("beschlossen", "geaendert_beschlossen")
        beschluss = [b for b in self.beratung
                     if b.ergebnis in gefasst or (b.behandlung == "beschluss" and b.ergebnis is None)]  # fmt: skip
        return sorted({b.termin for b in beschluss if b.termin})
