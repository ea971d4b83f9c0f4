"""Cells of a sheet → figures, with a finding for each that cannot be read.

Belongs here: one cell. Does not belong here: what a number looks like (numbers.py), rows and their labels (read.py).
"""

from datetime import date

from pipelines.eingang.grid.workbook import Blatt
from pipelines.eingang.tabelle.column_plan import Figur
from pipelines.eingang.tabelle.number_style import Schreibweise, check_number
from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN, Zahl, Zahlformat, read_number
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.lieferung import ANZAHLEN, MERKMALE

ZU_GROSS = 1e15  # a spreadsheet keeps 15 digits


class Zellenleser:
    """Reads cells of one sheet by its layout."""

    def __init__(self, blatt: Blatt, layout: Layout, datei: str):
        self.blatt, self.datei = blatt, datei
        self.format = Zahlformat(layout.zahlen.dezimal, layout.zahlen.tausender)
        self.zeichen = {**DIN_ZEICHEN, **layout.zeichen}
        self.einheiten = {m: layout.einheit(m) for m in (*MERKMALE, *layout.merkmale)}
        self.hat_faule_zellen = bool(blatt.formeln or blatt.fehlerwerte or blatt.halbe_zeichen)
        self.schreibweise = Schreibweise(layout.zahlen.tausender)

    def fehler(
        self, code: Code, z: int, s: int | None, was: str, erwartet: str, vorschlag: str | None = None
    ) -> Befund:
        zellen = (self.blatt.adresse(z, s),) if s is not None else ()
        return Befund(
            code, Schwere.fehler, self.datei, self.blatt.ort(z, s), was, erwartet, zellen=zellen, vorschlag=vorschlag
        )

    def is_filled(self, z: int, s: int) -> bool:
        """Whether something stands in a cell, if only a formula without value or an error."""
        reihe = self.blatt.werte[z]
        return (s < len(reihe) and reihe[s] != "") or (z, s) in self.blatt.formeln or (z, s) in self.blatt.fehlerwerte

    def zellfehler(self, z: int, s: int) -> Befund | None:
        """What is wrong with a cell whatever should stand in it."""
        if not self.hat_faule_zellen:
            return None
        if formel := self.blatt.formeln.get((z, s)):
            return self.fehler(Code.formel_ohne_wert, z, s, f"die Formel {formel} hat keinen gespeicherten Wert",
                               "die Mappe in Excel oder LibreOffice öffnen, rechnen lassen und speichern")  # fmt: skip
        if (z, s) in self.blatt.halbe_zeichen:
            return self.fehler(Code.zeichen_unbekannt, z, s, "der Text enthält ein halbes Zeichen (zerschnittenes Emoji)",
                               "Text ohne beschädigte Zeichen; bitte die Zelle neu eingeben")  # fmt: skip
        if wert := self.blatt.fehlerwerte.get((z, s)):
            return self.fehler(Code.fehlerwert, z, s, f"»{wert}« ist ein Fehlerwert der Tabellenkalkulation",
                               "die Zahl oder ein Zeichen wie . oder –")  # fmt: skip
        return None

    def zahl(self, nummer: int, figur: Figur, worte: dict[str, str], fehler: list[Befund]) -> Zahl | None:
        """The figure of a cell; None where the column does not exist in this row."""
        if fund := self.zellfehler(nummer, figur.spalte):
            fehler.append(fund)
            return None
        reihe = self.blatt.werte[nummer]
        roh = reihe[figur.spalte] if figur.spalte < len(reihe) else ""
        merkmal = worte.get("merkmal") or figur.fest["merkmal"]
        einheit = self.einheiten[merkmal]
        try:
            if isinstance(roh, date):
                raise ValueError("ist ein Datum, keine Zahl")
            zahl = read_number(roh, self.format, self.zeichen)
            if zahl.wert is not None and abs(zahl.wert) >= ZU_GROSS:
                raise ValueError("hat mehr als 15 Stellen; das kann keine Tabellenkalkulation genau schreiben")
            if einheit in ANZAHLEN and zahl.wert is not None:
                check_number(roh, self.format)
                self.schreibweise.remember(nummer, figur.spalte, roh)
                if zahl.prozent or zahl.wert < 0 or zahl.wert != int(zahl.wert):
                    raise ValueError("ist keine Anzahl")
            elif zahl.prozent and einheit not in ("prozent",):
                raise ValueError("ist eine Prozentangabe")
        except ValueError as grund:
            erwartet = "eine Zahl wie 6.417" if einheit in ANZAHLEN else "eine Zahl wie 8,4"
            fehler.append(self.fehler(Code.zahl, nummer, figur.spalte, f"»{als_text(roh)}« {grund}", erwartet))
            return None
        if figur.kennzeichen is not None and figur.kennzeichen < len(reihe):
            zeichen = als_text(reihe[figur.kennzeichen])
            if zeichen and zeichen not in ("e", "E"):  # e: final, which says nothing further
                if zeichen not in self.zeichen and zeichen not in ("p", "r", "s"):
                    fehler.append(
                        self.fehler(Code.zeichen_unbekannt, nummer, figur.kennzeichen, f"das Zeichen »{zeichen}« ist unbekannt",
                                    "ein Zeichen wie . - / x p r s, oder ein Eintrag unter zeichen in kommune.yaml")
                    )  # fmt: skip
                    return None
                zahl = zahl._replace(kennzeichen=self.zeichen.get(zeichen, zeichen))
        return zahl


def als_text(wert: object) -> str:
    return wert.strftime("%d.%m.%Y") if isinstance(wert, date) else str(wert)
