"""Text that was read in the wrong encoding somewhere before it came here: `AuslÃ¤nder` is no group of its own.

Belongs here: finding such cells and saying what they probably mean. Does not belong here: a file's own encoding (workbook.py).
"""

import re

from pipelines.eingang.grid.sheet import Blatt
from pipelines.foundation.findings import Befund, Code, Schwere

# The two bytes of ä ö ü Ä Ö Ü ß é è in UTF-8, read as Windows-1252 or as Latin-1.
_ENTSTELLT = re.compile("Ã[¤¶¼©¨„–œŸ\x84\x96\x9c\x9f]")


def check_mojibake(blatt: Blatt, datei: str, ende: int) -> list[Befund]:
    """Errors for cells up to row index `ende` (titles, headers, data), warnings for what stands below the table."""
    return [
        Befund(Code.kodierung, Schwere.fehler if z < ende else Schwere.warnung, datei, blatt.ort(z, s),
               f"»{wert[:80]}« ist UTF-8, das als Windows-1252 gelesen wurde, oder beides steht in einer Datei",
               "eine Kodierung für die ganze Datei; bitte neu speichern", vorschlag=_ENTSTELLT.sub(_richtig, wert[:80]),
               zellen=(blatt.adresse(z, s),))
        for z, zeile in enumerate(blatt.werte)
        for s, wert in enumerate(zeile)
        if isinstance(wert, str) and not wert.isascii() and _ENTSTELLT.search(wert)
    ]  # fmt: skip


def _richtig(treffer: re.Match[str]) -> str:
    paar = treffer[0]
    kodierung = "latin-1" if ord(paar[1]) < 256 else "cp1252"
    return paar.encode(kodierung).decode("utf-8")
