"""The page of the handbook that says what was tried and what came of it, from the notes of runs.

`python -m tests.faults.page NOTES…`: files of lines of JSON, as long.py writes them. Belongs here: the page's words. Does not
belong here: trying (long.py).
"""

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

Ein Versuch ist ein kleiner Datenordner, in dem eine Tabelle neu ist. Die Aktualisierung wird gestört; danach liest
jemand die veröffentlichte Datei, und die nächste Aktualisierung ohne Angaben muss alles so hinterlassen, als wäre
nichts gewesen. Gezählt sind Läufe, bei denen etwas nicht stimmte.

- **verloren**: die veröffentlichte Datei ist weg. **vermischt**: sie ist nicht heil oder weder die alte noch die
  neue, oder Datei, Zwillinge und Manifest stehen nicht in ihrer Reihenfolge (Zwillinge, Datei, Manifest).
- **nicht geheilt**: nach der nächsten Aktualisierung sind Zahlen, Berichte, Korrekturen, Archiv oder Dateien andere
  als ungestört.
- **liegen geblieben**: eine Zwischendatei. **Personendaten**: eine Kennung außerhalb von `raw` und `intern`.

{table}

»jeder n. Aufruf«: in einem Lauf scheitert jeder n-te Dateiaufruf; gezählt sind die Aufrufe, die wirklich scheiterten.
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
    mistakes = "\n".join(f"- {m.name}" for m in MISTAKES)
    day = datetime.now(UTC).strftime("%d.%m.%Y")
    return TEXT.format(day=day, table=table(tries), number=len(MISTAKES), mistakes=mistakes)


if __name__ == "__main__":
    PAGE.write_text(page([Path(p) for p in sys.argv[1:]]), encoding="utf-8")
