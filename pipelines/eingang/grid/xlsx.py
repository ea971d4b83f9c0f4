"""Workbooks → sheets of cells: small ones with openpyxl, large ones with calamine and a scan of their XML.

Belongs here: the two ways of reading. Does not belong here: what a value looks like (cell_value.py), the scan (workbook_xml.py)
and text files (workbook.py). The scan adds what calamine drops: both ways give the same.
"""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.eingang.grid.cell_value import zellwert
from pipelines.eingang.grid.repair import open_workbook
from pipelines.eingang.grid.sheet import Blatt, Ort, Zellwert, abgewiesen, abschluss
from pipelines.eingang.grid.workbook_xml import Buch, CellSearch
from pipelines.foundation.findings import Code, LieferungAbgewiesen

ALS_XLSX = "eine XLSX- oder CSV-Datei; bitte in Excel oder LibreOffice als XLSX speichern"
HOECHSTENS_ENTPACKT = 2_000_000_000  # bytes of a workbook, unpacked
HOECHSTENS_ZELLEN = 15_000_000  # of a sheet, empty ones included: a reader holds all of them, in less than 1 GB


def read_xlsx(pfad: Path, gewaehlt: Sequence[str] | None, gross_ab: int) -> list[Blatt]:
    with zipfile.ZipFile(pfad) as archiv:
        teile = archiv.infolist()
        namen = {t.filename for t in teile}
        if any(t.flag_bits & 1 for t in teile):
            raise abgewiesen(
                Code.dateiformat, pfad, "", "die Arbeitsmappe ist verschlüsselt", "eine Mappe ohne Kennwort"
            )
        if not any(n.endswith("workbook.xml") for n in namen):
            art = (
                "eine XLSB-Mappe"
                if "xl/workbook.bin" in namen
                else "eine ODS-Mappe"
                if "content.xml" in namen
                else "ein ZIP-Archiv"
            )
            raise abgewiesen(Code.dateiformat, pfad, "", f"die Datei heißt {pfad.suffix}, ist aber {art}", ALS_XLSX)
        entpackt = sum(t.file_size for t in teile)
        if entpackt > HOECHSTENS_ENTPACKT:
            was = f"die Arbeitsmappe ist entpackt {entpackt / 1e9:.1f} GB groß"
            raise abgewiesen(
                Code.dateiformat, pfad, "", was, "eine Mappe bis 2 GB; bitte auf mehrere Dateien verteilen"
            )
        buch = Buch(archiv)
        if fehlend := sorted(set(gewaehlt or ()) - set(buch.blaetter)):
            vorhanden = ", ".join(f"»{n}«" for n in buch.blaetter)
            raise abgewiesen(Code.blatt_fehlt, pfad, "", f"das Blatt »{fehlend[0]}« fehlt; vorhanden: {vorhanden}",
                              f"ein Blatt »{fehlend[0]}« (kommune.yaml, blatt)")  # fmt: skip
        gross = pfad.stat().st_size > gross_ab or entpackt > 20 * gross_ab
        if not buch.blaetter:
            raise abgewiesen(Code.blatt_fehlt, pfad, "", "die Mappe enthält kein Tabellenblatt, nur Diagramme",
                             "ein Blatt mit der Tabelle")  # fmt: skip
        if not gross and not buch.viel_verbunden():
            try:
                return [abschluss(b) for b in _read_small(pfad, gewaehlt)]
            except LieferungAbgewiesen:
                raise
            except Exception:  # noqa: S110 - what one reader stumbles over, the other may read; if not, that is reported
                pass
        return [abschluss(b) for b in _read_large(pfad, buch, gewaehlt)]


def _read_small(pfad: Path, gewaehlt: Sequence[str] | None) -> Iterator[Blatt]:
    """With openpyxl, twice: formulas without a stored value would otherwise look empty."""
    werte, formeln = (open_workbook(pfad, data_only=d, keep_links=False) for d in (True, False))
    for tafel in werte.worksheets:
        if gewaehlt and tafel.title not in gewaehlt:
            continue
        blatt = Blatt(tafel.title, verborgen=tafel.sheet_state != "visible")
        zellen: dict[Ort, Zellwert] = {}
        for (z, s), zelle in tafel._cells.items():
            ort = (z - 1, s - 1)
            if zelle.value is not None:
                zellen[ort] = zellwert(blatt, ort, zelle.value, zelle.number_format)
            elif zelle.data_type != "str":  # an empty text is a stored value
                formel = formeln[tafel.title]._cells.get((z, s))
                if formel is not None and formel.data_type == "f":
                    text = formel.value if isinstance(formel.value, str) else getattr(formel.value, "text", None)
                    blatt.formeln[ort] = "=" + str(text or "TABLE()").lstrip("=")
            if (kommentar := getattr(zelle, "comment", None)) is not None:
                blatt.kommentare[ort] = " ".join(kommentar.text.split())
        letzte: dict[int, int] = {}
        for z, s in zellen:
            letzte[z] = max(letzte.get(z, 0), s)
        _zu_gross(pfad, blatt, sum(letzte.values()))
        blatt.werte = [
            [zellen.get((z, s), "") for s in range(letzte.get(z, -1) + 1)] for z in range(max(letzte, default=-1) + 1)
        ]
        blatt.verbunden = sorted(
            (b.min_row - 1, b.min_col - 1, b.max_row - 1, b.max_col - 1) for b in tafel.merged_cells.ranges
        )
        blatt.verborgene_zeilen = {int(z) - 1 for z, d in tafel.row_dimensions.items() if d.hidden}
        for spalte in tafel.column_dimensions.values():
            if spalte.hidden:
                blatt.verborgene_spalten.update(range(int(spalte.min or 1) - 1, int(spalte.max or 1)))
        yield blatt


def _zu_gross(pfad: Path, blatt: Blatt, zellen: int) -> None:
    if zellen > HOECHSTENS_ZELLEN:
        was = f"das Blatt reicht über {zellen:,} Zellen".replace(",", ".")
        raise abgewiesen(Code.dateiformat, pfad, f'Blatt "{blatt.name}"', was, "ein Blatt, das mit der Tabelle endet; bitte "
                          "leere Zeilen und Spalten am Ende löschen")  # fmt: skip


def _read_large(pfad: Path, buch: Buch, gewaehlt: Sequence[str] | None) -> Iterator[Blatt]:
    """With calamine, and what it drops from a scan of the XML; the scan comes first, as calamine trusts any address."""
    from python_calamine import CalamineWorkbook

    formate = buch.formate()
    funde: dict[str, CellSearch] = {}
    for name, teil in buch.blaetter.items():
        if not gewaehlt or name in gewaehlt:
            with buch.archiv.open(teil) as strom:
                funde[name] = search = CellSearch(strom, formate)
            _zu_gross(pfad, Blatt(name), search.hoehe * search.breite)
    with CalamineWorkbook.from_path(pfad) as mappe:
        for name, search in funde.items():
            tafel = mappe.get_sheet_by_name(name)
            blatt = Blatt(name, formeln=search.formeln, verborgen=name in buch.verborgen)
            for z, roh in enumerate(tafel.to_python(skip_empty_area=False)):
                anders = search.anders.get(z, {})
                leer = roh.count("") == len(roh)
                blatt.werte.append(
                    []
                    if leer
                    else [zellwert(blatt, (z, s), w, anders.get(s)) if w != "" else "" for s, w in enumerate(roh)]
                )
            blatt.verbunden = sorted((a, b, c, d) for (a, b), (c, d) in tafel.merged_cell_ranges or [])
            for z1, s1, z2, s2 in blatt.verbunden:
                for z in range(z1, min(z2 + 1, len(blatt.werte))):
                    for s in range(s1, min(s2 + 1, len(blatt.werte[z]))):
                        if (z, s) != (z1, s1):
                            blatt.werte[z][s] = ""
            blatt.fehlerwerte = search.fehler
            blatt.verborgene_zeilen, blatt.verborgene_spalten = search.zeilen, search.spalten
            blatt.kommentare = buch.kommentare(buch.blaetter[name])
            yield blatt
