"""A stored value of a workbook → what its cell shows.

Belongs here: percentages, padded keys, dates, damaged characters. Does not belong here: where the value was read (xlsx.py) and
what a number means (eingang/tabelle/numbers.py).
"""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pipelines.eingang.grid.sheet import Blatt, Ort, Zellwert
from pipelines.foundation.names import clean

HALBES_ZEICHEN = re.compile("[\ud800-\udfff]")


def zellwert(blatt: Blatt, ort: Ort, wert: Any, format: str | None = None) -> Zellwert:
    """A stored value as the sheet shows it: percentages and padded keys as text, whole floats as integers."""
    if isinstance(wert, str):
        if "_x" in wert:
            wert = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), wert)
        if not wert.isascii() and HALBES_ZEICHEN.search(wert):
            wert = wert.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves are one sign
            if "\ufffd" in wert:
                blatt.halbe_zeichen.add(ort)
        return clean(wert)
    if isinstance(wert, bool):
        return "WAHR" if wert else "FALSCH"
    if isinstance(wert, int | float):
        if format and format != "General" and (gezeigt := gezeigt_als(wert, format)) is not None:
            if gezeigt.endswith("%"):
                blatt.prozent[ort] = len(gezeigt.removesuffix(" %").partition(",")[2])
            return gezeigt
        return int(wert) if isinstance(wert, float) and wert.is_integer() and abs(wert) < 1e15 else wert
    if isinstance(wert, datetime):
        return wert.date() if wert.time() == time() else wert.strftime("%d.%m.%Y %H:%M:%S")
    return wert if isinstance(wert, date) else str(wert)


def _formatteil(format: str) -> str:
    """A number format without literal texts, colours and the sections for negative numbers."""
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", format).split(";")[0].strip()


def gezeigt_als(wert: int | float, format: str) -> str | None:
    """Text of a percentage (0.084 in 0.0% → "8,4 %") or of a padded integer (101 in 0000 → "0101"); None for all else."""
    teil = _formatteil(format)
    if teil.endswith("%") and "E" not in teil and abs(wert) < 1e12:
        stellen = len(re.sub(r"[^0#?]", "", teil.partition(".")[2]))
        genau = (Decimal(f"{wert:.15g}") * 100).quantize(Decimal(1).scaleb(-stellen), ROUND_HALF_UP)
        return f"{abs(genau) if genau == 0 else genau:f} %".replace(".", ",")
    if re.fullmatch(r"00+", teil) and 0 <= wert < 1e15 and wert == int(wert):
        return f"{int(wert):0{len(teil)}d}"
    return None
