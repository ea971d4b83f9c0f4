"""Workbooks that openpyxl cannot read, though Excel can, made readable in memory.

Belongs here: known differences between what programs write and what openpyxl takes. Does not belong here: cells (xlsx.py).
"""

import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

STRENG = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")  # Strict Open XML names the same things otherwise
LEERE_FUELLUNG = re.compile(rb"<(\w+:)?fill\s*(?:/>|>\s*</(?:\w+:)?fill>)")


def lesbar(pfad: Path) -> Path | io.BytesIO:
    """The file itself, or a copy in memory: Strict Open XML in the usual names, styles with an empty `<fill/>` filled."""
    with zipfile.ZipFile(pfad) as archiv:
        namen = archiv.namelist()
        stile = [n for n in namen if n.endswith("styles.xml")]
        buecher = [n for n in namen if n.endswith("workbook.xml")]
        streng = any(STRENG.search(archiv.read(n)) for n in buecher)
        if not streng and not any(LEERE_FUELLUNG.search(archiv.read(n)) for n in stile):
            return pfad
        ziel = io.BytesIO()
        with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as neu:
            for name in namen:
                inhalt = archiv.read(name)
                if name.endswith((".xml", ".rels")):
                    inhalt = STRENG.sub(rb"http://schemas.openxmlformats.org/\1/2006/", inhalt)
                    if name in stile:
                        inhalt = LEERE_FUELLUNG.sub(rb"<\1fill><\1patternFill/></\1fill>", inhalt)
                neu.writestr(name, inhalt)
    ziel.seek(0)
    return ziel


def open_workbook(pfad: Path, **wie: Any) -> Any:
    """The workbook as openpyxl reads it, without its warnings. Raises: whatever openpyxl raises."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(lesbar(pfad), **wie)
