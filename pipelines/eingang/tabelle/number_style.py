"""Numbers of a column that can be read in two ways, seen only beside the other numbers of the column.

Belongs here: doubts about how numbers are printed. Does not belong here: reading one cell (numbers.py), whether figures agree.
"""

import re
from dataclasses import dataclass, field

from pipelines.eingang.grid.sheet import Blatt, Ort
from pipelines.eingang.tabelle.numbers import Zahlformat
from pipelines.foundation.findings import Befund, Code, Schwere

ZEIGE = 3


def check_number(roh: object, format: Zahlformat) -> None:
    """Raises: ValueError for a count with exactly three digits behind the decimal sign: `84,000` may be 84 or 84000."""
    if not isinstance(roh, str):
        return
    zeichen = re.escape(format.dezimal)
    if treffer := re.search(rf"(?<![\d.,'])[1-9]\d{{0,2}}{zeichen}\d{{3}}(?![\d.,'])", roh):
        text = treffer[0]
        wort = {",": "komma", ".": "punkt"}[format.dezimal]
        raise ValueError(
            f"ist mehrdeutig: {text} wäre mit Tausender{wort} {text.replace(format.dezimal, '')}, mit Dezimal{wort} "
            f"{text.split(format.dezimal)[0]}"
        )


@dataclass
class Schreibweise:
    """Which counts of a column are printed with a thousands sign, and which are not though they are large enough."""

    tausender: str
    mit: dict[int, list[tuple[Ort, str]]] = field(default_factory=dict)
    ohne: dict[int, list[tuple[Ort, str]]] = field(default_factory=dict)

    def remember(self, z: int, s: int, roh: object) -> None:
        """Note one count as it is printed."""
        if self.tausender not in (".", ","):
            return  # blanks and apostrophes are no decimal signs
        text = str(roh).strip()
        if re.fullmatch(r"\d{4,15}", text):
            self.ohne.setdefault(s, []).append(((z, s), text))
        elif isinstance(roh, str) and re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(self.tausender)}\d{{3}}", text):
            self.mit.setdefault(s, []).append(((z, s), text))

    def befunde(self, datei: str, blatt: Blatt) -> list[Befund]:
        """One finding a column that is printed in both ways: the rarer one may be a decimal number."""
        ergebnis = []
        for s, mit in sorted(self.mit.items()):
            ohne = self.ohne.get(s, [])
            if not ohne or len(mit) > len(ohne):
                continue
            gezeigt = ", ".join(f"»{t}« als {re.sub(r'[.,]', '', t)}" for _, t in mit[:ZEIGE])
            (z, s_ohne), beispiel = ohne[0]
            # A workbook knows which of its cells are numbers: there a text among them is odd, but seldom another number.
            schwere = Schwere.warnung if blatt.name is None else Schwere.hinweis
            ergebnis.append(
                Befund(Code.zahl, schwere, datei, blatt.ort(*mit[0][0]),
                       f"gelesen ist {gezeigt}; andere Zahlen der Spalte stehen ohne Tausendertrennung da (»{beispiel}«, "
                       f"{blatt.ort(z, s_ohne)})", "eine Schreibweise in der ganzen Spalte; eine Anzahl hat keine Dezimalstellen",
                       anzahl=len(mit), zellen=tuple(blatt.adresse(*o) for o, _ in mit))
            )  # fmt: skip
        return ergebnis
