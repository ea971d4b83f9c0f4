"""The page of the handbook that says what was tried and what came of it, from the notes of runs.

`python -m tests.faults.page NOTES…`: files of lines of JSON, as long.py, planted.py, reader.py and tests/fuzz/run.py write them;
a line `{"mended": …}` tells a fault of the program that was found and is gone. Belongs here: the page's words. Does not
belong here: trying (long.py).
"""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
{mended}{reader}{fuzz}
## Gepflanzte Fehler

Jeder dieser {number} Fehler im Code des Lesens und Veröffentlichens wird gepflanzt und gesucht (`python -m
tests.faults.planted`):

{mistakes}
"""

MENDED = """
## Gefunden und behoben

In den Durchgängen davor fielen diese Fehler auf. Sie sind behoben und mit derselben Saat wiederholt; die Tabelle ist ein neuer
Durchgang danach, vom ersten bis zum letzten Versuch auf demselben Stand:

{bullets}
"""
READER = """
## Wer währenddessen liest

Über den Beispieldaten (`monitoring demo`, alle mitgelieferten Kommunen) wurden {killed} Aktualisierungen mit je einem neuen
Auszug beendet (`kill -9`, vor und nach dem Austausch der Datei), während jemand die veröffentlichte Datei {rate} Mal je Sekunde
fragte (`python -m tests.faults.reader demo`): {asked} Fragen, {errors} Fehler, {releases} Veröffentlichungen, jede mit einem
einzigen Inhalt, dem aus dem Archiv{wrong}.
"""
FUZZ = """
## Verfälschte Lieferungen und Einstellungen

`make fuzz`: {count} verfälschte Dateien ab Saat {first}; an {wrong} stimmte etwas nicht (anderes als eine deutsche
Begründung, verlorene Zeilen, ein Wert einer Person in einer Meldung, zehn Sekunden, ein Gigabyte).
"""


def page(notes: list[Path]) -> str:
    """The page's text."""
    lines = [json.loads(line) for file in notes for line in file.read_text(encoding="utf-8").splitlines()]
    tries = [t for file in notes for t in read(file)]
    found = {m["mistake"]: m["by"] for m in lines if "mistake" in m}
    bullets = "\n".join(f"- {m['mended']}" for m in lines if "mended" in m)
    mistakes = "\n".join(f"- {m.name}{_found_by(found.get(m.name))}" for m in MISTAKES)
    bad = sum(bool(t.wrong) for t in tries)
    wrong = f"; an {bad} davon stimmte etwas nicht" if bad else "; an keinem stimmte etwas nicht"
    day = datetime.now(UTC).strftime("%d.%m.%Y")
    return TEXT.format(
        day=day, table=table(tries), number=len(MISTAKES), mistakes=mistakes, faults=sum(t.faults for t in tries),
        runs=len(tries), wrong=wrong, mended=MENDED.format(bullets=bullets) if bullets else "",
        reader="".join(_reader(m) for m in lines if "asked" in m),
        fuzz="".join(FUZZ.format(**m["fuzz"]) for m in lines if "fuzz" in m),
    )  # fmt: skip


def _reader(seen: dict[str, Any]) -> str:
    """What a reader of the demo saw, as reader.py prints it."""
    wrong = f"; falsch: {'; '.join(seen['wrong'])}" if seen["wrong"] else ""
    return READER.format(
        killed=len(seen["killed"]), rate=round(seen["asked"] / seen["seconds"]), asked=seen["asked"],
        errors=len(seen["errors"]), releases=len(seen["values"]), wrong=wrong,
    )  # fmt: skip


def _found_by(by: str | None) -> str:
    """By which fault a mistake was found; not where: that is an address of the code."""
    if by is None:
        return ""
    return f" – gefunden: {re.split(':| bei ', by)[0]}" if by else " – **nicht gefunden**"


if __name__ == "__main__":
    PAGE.write_text(page([Path(p) for p in sys.argv[1:]]), encoding="utf-8")
