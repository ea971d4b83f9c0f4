"""The page of the handbook that says what was tried and what came of it, from the notes of runs.

`python -m tests.faults.page NOTES…`: files of lines of JSON, as long.py writes them. Belongs here: the page's words. Does not
belong here: trying (long.py).
"""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipelines.foundation.storage import WURZEL
from tests.faults.long import read, table
from tests.faults.planted import MISTAKES

PAGE = WURZEL / "docs" / "stoerungen.md"
TEXT = """\
# Störungen: was versucht wurde und was dabei herauskam

Erzeugt von `tests/faults/page.py` aus Aufzeichnungen von `make faults`, Stand {day}; nicht von Hand
ändern.

Ein Versuch ist ein kleiner Datenordner, in dem etwas neu ist: eine Tabelle wurde geändert, ein Auszug oder die
Korrektur eines Auszugs kam dazu, oder es ist der erste Lauf. Die Aktualisierung wird gestört; danach liest jemand die
veröffentlichte Datei, und die nächste Aktualisierung ohne Angaben muss alles so hinterlassen, als wäre nichts gewesen.
Gezählt sind Läufe, bei denen etwas nicht stimmte. Aufgezeichnet sind **{faults} Störungen in {runs} Läufen**{wrong}.

- **verloren**: die veröffentlichte Datei ist weg. **vermischt**: sie ist nicht heil oder weder die alte noch die
  neue, oder Datei, Zwillinge und Manifest stehen nicht in ihrer Reihenfolge (Zwillinge, Datei, Manifest).
- **nicht geheilt**: nach der nächsten Aktualisierung sind Zahlen, Berichte, Korrekturen, Archiv oder Dateien andere
  als ungestört.
- **liegen geblieben**: eine Zwischendatei. **Personendaten**: eine Kennung außerhalb von `raw` und `intern`.

{table}

»eine Störung nach der anderen«: auch jeder Lauf, der heilen soll, wird gestört (zufällig gewählt aus allen Arten), bis
einer durchkommt; nach jeder Störung liest jemand, am Ende heilt ein Lauf ohne Störung. »jeder n. Aufruf«: in einem Lauf
scheitert jeder n-te Dateiaufruf; gezählt sind die Aufrufe, die wirklich scheiterten.
`kill -9` und Stromausfall werden an Momenten eines Laufs versucht, der vor jedem seiner Dateiaufrufe wartet; der
Stromausfall kürzt jede Datei auf die Hälfte, die seit Beginn geschrieben und nicht auf den Datenträger gezwungen ist.

## Gepflanzte Fehler

Jeder dieser {number} Fehler im Code des Lesens und Veröffentlichens wird gepflanzt und gesucht (`python -m
tests.faults.planted`):

{mistakes}
"""


def page(notes: list[Path]) -> str:
    """The page's text."""
    tries = [t for file in notes for t in read(file)]
    found = {m["mistake"]: m["by"] for file in notes for m in _planted(file)}
    mistakes = "\n".join(f"- {m.name}{_found_by(found.get(m.name))}" for m in MISTAKES)
    bad = sum(bool(t.wrong) for t in tries)
    wrong = f"; an {bad} davon stimmte etwas nicht" if bad else "; an keinem stimmte etwas nicht"
    day = datetime.now(UTC).strftime("%d.%m.%Y")
    return TEXT.format(
        day=day, table=table(tries), number=len(MISTAKES), mistakes=mistakes, faults=sum(t.faults for t in tries),
        runs=len(tries), wrong=wrong,
    )  # fmt: skip


def _planted(file: Path) -> list[dict[str, str]]:
    """Lines about planted mistakes, as planted.py writes them."""
    lines = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if "mistake" in line]


def _found_by(by: str | None) -> str:
    """By which fault a mistake was found; not where: that is an address of the code."""
    if by is None:
        return ""
    return f" – gefunden: {re.split(':| bei ', by)[0]}" if by else " – **nicht gefunden**"


if __name__ == "__main__":
    PAGE.write_text(page([Path(p) for p in sys.argv[1:]]), encoding="utf-8")
