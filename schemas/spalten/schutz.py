"""The columns of what disclosure control costs.

Belongs here: numbers of cells, never a cell. Does not belong here: columns every table shares (common.py).
"""

from dataclasses import replace

from schemas.model import Spalte
from schemas.spalten.common import anteil, anzahl


def _zahlen(name: str, titel: str, beschreibung: str) -> Spalte:
    return replace(anzahl(name, titel, beschreibung), einheit="Zahlen")


_ALLE = (
    _zahlen("zahlen", "Zahlen im Umfang", "Verschiedene Anzahlen, die nach veroeffentlichung.umfang in dieser Tabelle "
            "stehen; eine Anzahl, die unter mehreren Definitionen dieselbe ist, zählt einmal."),
    _zahlen("verborgen", "Davon geschützt", "Wie viele von ihnen nicht gezeigt werden, ob klein oder nur zum Schutz einer "
            "kleinen."),
    anteil("anteil_zahlen", "Anteil geschützter Zahlen", "verborgen / zahlen."),
    anteil("anteil_personen", "Anteil geschützter Personenzählungen", "Summe der geschützten Anzahlen an der Summe aller, "
           "gerundet auf Vielfache von stufe_personen, damit er nichts verrät. NULL: Summen von Zahlen einer anderen "
           "Tabelle, oder jede Rundung sagte zu viel."),
    anteil("stufe_personen", "Rundung des Anteils", "Abstand zweier möglicher Werte von anteil_personen, mindestens 0,01. Er "
           "ist so groß, dass die wahre Summe von beiden Enden dessen, was der gerundete Anteil zulässt, weit entfernt ist."),
)  # fmt: skip
SPALTEN_SCHUTZ: dict[str, Spalte] = {s.name: s for s in _ALLE}
