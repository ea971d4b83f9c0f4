"""The hidden sheet of allowed words, and what watches the cells: drop-downs, checks of numbers, colours.

Belongs here: which words a cell may hold. Does not belong here: the words themselves (schemas/words/massnahmen.py, words.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from pipelines.scaffold.massnahmenblatt.tab import KOPFZEILE, Tab, fuellung, set_value
from pipelines.stamm.konzept.models import Fassung, Handlungsfeld
from schemas.words.massnahmen import ARTEN, BRAUCHT_GRUND, ISTWERT_ZAEHLT, NICHT_ERHOBEN, STATUS, VEREINBARKEITEN
from schemas.words.steuerung import WIRKUNGEN

LISTENBLATT = "Listen"


def _regel(formel: str, farbe: str) -> Rule:
    """Conditional format: this fill where the formula holds."""
    return Rule(type="expression", formula=[formel], dxf=DifferentialStyle(fill=fuellung(farbe)))


@dataclass
class Listen:
    """The hidden sheet of allowed words, and the drop-downs that point at it."""

    konzept: Fassung
    felder: list[Handlungsfeld]
    ampel: Mapping[str, str]  # risk → word

    def __post_init__(self) -> None:
        mit_grund = [wort for s in BRAUCHT_GRUND for wort in STATUS[s]]
        self.spalten: dict[str, list[str]] = {
            "Status": [worte[0] for worte in STATUS.values()],
            "Ampel": list(self.ampel.values()),
            "Vereinbarkeit": list(VEREINBARKEITEN),
            "Handlungsfeld": [f.name for f in self.felder],
            "Status mit Begründung": mit_grund,
            "Art": [worte[0] for worte in ARTEN.values()],
            "Istwert zählt": [worte[0] for worte in ISTWERT_ZAEHLT.values()],
            "Wirkung": [worte[0] for worte in WIRKUNGEN.values()],
        }
        for code in ("", *(f.code for f in self.felder)):
            self.spalten[f"Leitziel {code}"] = [z.code for z in self.konzept.leitziele
                                               if not code or z.handlungsfeld in (code, None)]  # fmt: skip

    def wort(self, spalte: str, wert: Any) -> Any:
        """The sheet's word for a canonical status, risk or kind; everything else unchanged."""
        if spalte == "status" and wert in STATUS:
            return STATUS[wert][0]
        if spalte == "istwert_zaehlt":
            return ISTWERT_ZAEHLT[wert][0] if wert in ISTWERT_ZAEHLT else None
        if spalte == "wirkung":
            return WIRKUNGEN[wert][0] if wert in WIRKUNGEN else wert
        if spalte == "art":
            return ARTEN[wert][0] if wert in ARTEN else wert
        return self.ampel.get(wert) if spalte == "ampel" else wert

    def bezug(self, name: str) -> str:
        """`Listen!$A$2:$A$10`."""
        b = get_column_letter(list(self.spalten).index(name) + 1)
        return f"{LISTENBLATT}!${b}$2:${b}${len(self.spalten[name]) + 1}"

    def auswahl(self, blatt: Tab, spalte: str, name: str) -> None:
        """A drop-down, unless there is nothing to choose from."""
        if self.spalten[name]:
            fehler = "Bitte einen Eintrag aus der Liste wählen."
            blatt.pruefung(spalte, "list", fehler, formula1=self.bezug(name))

    def an(self, blatt: Tab, code: str) -> None:
        """Everything that watches the cells of one tab of measures."""
        for spalte, name in (("status", "Status"), ("ampel", "Ampel"), ("handlungsfeld", "Handlungsfeld"), ("art", "Art"),
                             ("istwert_zaehlt", "Istwert zählt"), ("wirkung", "Wirkung"),
                             ("leitziel", f"Leitziel {code}")):  # fmt: skip
            self.auswahl(blatt, spalte, name)
        blatt.tage("stand_datum")
        blatt.tage("beschluss_am")
        for spalte in ("vzae", "aufwand", "ertrag", "eigenanteil", "zielzahl"):
            grenze = {"operator": "greaterThanOrEqual", "formula1": "0"}
            blatt.pruefung(spalte, "decimal", "Bitte eine Zahl ab 0 eingeben, ohne Einheit.", **grenze)
        for spalte in ("teilnehmende", "teilnehmende_w", "teilnehmende_m"):
            c = f"{blatt.buchstabe[spalte]}{KOPFZEILE + 1}"
            ganz = f'OR(AND(ISNUMBER({c}),{c}>=0,{c}=INT({c})),{c}="{NICHT_ERHOBEN[0]}")'
            blatt.pruefung(spalte, "custom", "Bitte eine ganze Zahl ab 0 oder »nicht erhoben« eingeben.", formula1=ganz)
        self._farben(blatt)

    def _farben(self, blatt: Tab) -> None:
        status, grund, ampel = (f"${blatt.buchstabe[s]}{KOPFZEILE + 1}" for s in ("status", "begruendung", "ampel"))
        fehlt = f'AND(COUNTIF({self.bezug("Status mit Begründung")},{status})>0,{status}<>"",TRIM({grund})="")'
        orange = _regel(fehlt, "hinweis")
        blatt.blatt.conditional_formatting.add(blatt.bereich("begruendung"), orange)
        for risiko, wort in self.ampel.items():
            regel = _regel(f'{ampel}="{wort}"', risiko)
            blatt.blatt.conditional_formatting.add(blatt.bereich("ampel"), regel)

    def write_blatt(self, mappe: Workbook) -> None:
        """The sheet itself: one list a column, hidden and protected."""
        blatt = mappe.create_sheet(LISTENBLATT)
        for i, (name, werte) in enumerate(self.spalten.items(), start=1):
            for j, wert in enumerate((name, *werte), start=1):
                set_value(blatt.cell(row=j, column=i), wert)
        blatt.sheet_state = "hidden"
        blatt.protection.sheet = True
