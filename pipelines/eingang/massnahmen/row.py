"""One row of a measure sheet: cells → values, with a finding for everything that cannot be read without guessing.

Belongs here: what a cell says. Does not belong here: which rows are measures (read.py), whether values agree
(checks.py).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipelines.eingang.grid.sheet import Blatt, Ort, Zellwert
from pipelines.eingang.massnahmen.cell_words import Wortliste
from pipelines.eingang.massnahmen.header import Kopf, Zusatz, inhalt
from pipelines.eingang.massnahmen.time_span import ERWARTET, TimeSpan, read_time
from pipelines.eingang.tabelle.numbers import Zahlformat, read_number
from pipelines.foundation.findings import Befund, Code, Schwere
from schemas.words.massnahmen import (
    FREITEXTE,
    NICHT_ERHOBEN,
    VERBINDBAR,
    is_name_of_person,
    personenangaben,
    vergleichsform,
)

NICHT_ERHOBEN_FORMEN = {vergleichsform(w) for w in NICHT_ERHOBEN}
FORMAT = Zahlformat()
WAEHRUNG = re.compile(r"\s*(?:€|EUR|Euro)\s*", re.IGNORECASE)
OHNE_CENT = re.compile(r",\s*[-–—]+\s*$")


def als_text(wert: Zellwert) -> str:
    """A cell as a person would write it."""
    if isinstance(wert, date):
        return wert.strftime("%d.%m.%Y")
    return f"{wert:.15g}".replace(".", ",") if isinstance(wert, float) else str(wert).strip()


def zahl_im_text(text: str | None) -> float | None:
    """The number of a target that is nothing but a number; None for words: "20 Kurse" is not guessed at."""
    if text is None or not re.fullmatch(r"\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return None
    return float(text.replace(".", "").replace(",", "."))


def personen_in(texte: Mapping[str, str | None]) -> list[str]:
    """`column: what` for every text that points to a person."""
    funde = [f"{n}: {was}" for n in (*FREITEXTE, "verantwortlich") for was in personenangaben(texte.get(n) or "")]
    verantwortlich = texte.get("verantwortlich") or ""
    if is_name_of_person(verantwortlich) and not personenangaben(verantwortlich):
        funde.append("verantwortlich: Name einer Person")
    return funde


class Zeile:
    """Cells of one row by canonical column; what is wrong is in `befunde`."""

    def __init__(
        self, blatt: Blatt, z: int, kopf: Kopf, verbunden: Mapping[Ort, Ort], zusatz: Mapping[Ort, Zusatz], datei: str
    ):  # fmt: skip
        self.blatt, self.z, self.kopf, self.verbunden, self.zusatz, self.datei = (
            blatt,
            z,
            kopf,
            verbunden,
            zusatz,
            datei,
        )
        self.befunde: list[Befund] = []
        self.nicht_erhoben: list[str] = []

    def ort(self, name: str) -> Ort:
        """Row and column of the cell that holds this column's value: of a merged label its first cell."""
        s = self.kopf.spalten.get(name, self.kopf.spalten.get("massnahme_nr", 0))
        oben = self.verbunden.get((self.z, s))
        return oben if oben and oben[1] == s and name in VERBINDBAR else (self.z, s)

    def adresse(self, name: str) -> str:
        return self.blatt.adresse(*self.ort(name))

    def wert(self, name: str) -> Zellwert:
        return inhalt(self.blatt, *self.ort(name)) if name in self.kopf.spalten else ""

    def text(self, name: str) -> str | None:
        """Text of a cell; None where it is empty."""
        return als_text(self.wert(name)) or None

    def fehler(
        self,
        code: Code,
        name: str,
        was: str,
        erwartet: str,
        vorschlag: str | None = None,
        schwere: Schwere = Schwere.fehler,
    ) -> None:
        """Note what is wrong with the cell of this column."""
        z, s = self.ort(name)
        self.befunde.append(
            Befund(code, schwere, self.datei, self.blatt.ort(z, s), was, erwartet, zellen=(self.blatt.adresse(z, s),),
                   vorschlag=vorschlag)
        )  # fmt: skip

    def check_cells(self) -> None:
        """Formulas without a value and error values, in every column that is read."""
        for name in self.kopf.spalten:
            stelle = self.ort(name)
            if formel := self.blatt.formeln.get(stelle):
                self.fehler(Code.formel_ohne_wert, name, f"die Formel {formel} hat keinen gespeicherten Wert",
                            "die Mappe in Excel oder LibreOffice öffnen, rechnen lassen und speichern")  # fmt: skip
            if wert := self.blatt.fehlerwerte.get(stelle):
                self.fehler(Code.fehlerwert, name, f"»{wert}« ist ein Fehlerwert der Tabellenkalkulation",
                            "der Wert selbst oder eine leere Zelle")  # fmt: skip

    def is_empty(self, name: str) -> bool:
        return self.wert(name) == "" and self.ort(name) not in {*self.blatt.formeln, *self.blatt.fehlerwerte}

    def pflicht(self, name: str, was: str) -> str | None:
        """Text of a cell that must not be empty."""
        text = self.text(name)
        if text is None and self.is_empty(name):
            self.fehler(Code.pflichtfeld, name, f"{was} fehlt", f"{was} in jeder Zeile")
        return text

    def wort(self, name: str, liste: Wortliste) -> str | None:
        """Code of a word; an unknown one is an error with the word that was probably meant as proposal."""
        text = self.text(name)
        if text is None:
            return None
        if treffer := liste.worte.get(vergleichsform(text)):
            return treffer
        self.fehler(Code.wort_unbekannt, name, f"{liste.was} »{text}« ist unbekannt", "eines von: "
                    + ", ".join(liste.namen.values()), liste.propose(text))  # fmt: skip
        return None

    def zahl(self, name: str, ganz: bool = False, geld: bool = False) -> float | None:
        """Number of a cell; »nicht erhoben« is remembered, every other text is an error."""
        roh = self.wert(name)
        if roh == "":
            return None
        if isinstance(roh, str):
            if vergleichsform(roh) in NICHT_ERHOBEN_FORMEN:
                self.nicht_erhoben.append(name)
                return None
            if geld:
                roh = OHNE_CENT.sub("", WAEHRUNG.sub(" ", roh).strip())
        erwartet = "eine Anzahl wie 12" if ganz else "ein Betrag wie 12.500,00" if geld else "eine Zahl wie 0,5"
        if not geld:
            erwartet += " oder »nicht erhoben«"
        try:
            if isinstance(roh, date):
                raise ValueError("ist ein Datum, keine Zahl")
            gelesen = read_number(roh, FORMAT, {})
            if gelesen.wert is not None and gelesen.wert < 0:
                raise ValueError("ist negativ")
            if ganz and (gelesen.prozent or gelesen.wert != int(gelesen.wert or 0)):
                raise ValueError("ist keine Anzahl")
        except ValueError as grund:
            self.fehler(Code.zahl, name, f"»{als_text(self.wert(name))}« {grund}", erwartet)
            return None
        return gelesen.wert

    def zeit(self, name: str) -> TimeSpan | None:
        """Time of a cell."""
        roh = self.wert(name)
        if roh == "":
            return None
        z, s = self.ort(name)
        try:
            return read_time(roh, self.zusatz[z, s].format if (z, s) in self.zusatz else "")
        except ValueError as grund:
            was, _, vorschlag = str(grund).partition("|")
            self.fehler(Code.datum, name, f"»{als_text(roh)}« {was}", ERWARTET, vorschlag or None)
            return None

    def tag(self, name: str) -> date | None:
        """The day of a cell that must name one."""
        zeit = self.zeit(name)
        if zeit is not None and zeit.bis_genauigkeit != "tag":
            self.fehler(Code.datum, name, f"»{self.text(name)}« nennt keinen Tag", "ein Tag wie 15.03.2022")
        return zeit.bis if zeit else None

    def spanne(self, name: str, wovon: str) -> dict[str, date | None]:
        """First and last day of a cell that must name both."""
        zeit = self.zeit(name)
        if zeit is not None and (zeit.von is None or zeit.bis is None):
            self.fehler(
                Code.datum,
                name,
                f"»{self.text(name)}« nennt nicht Anfang und Ende",
                "ein Zeitraum wie 2024 oder 2023–2024",
            )
        return {f"{wovon}_von": zeit.von if zeit else None, f"{wovon}_bis": zeit.bis if zeit else None}

    def zeitraum(self) -> dict[str, Any]:
        """beginn, ende and how precise they are, from their columns or the one for the whole time."""
        felder: dict[str, Any] = dict.fromkeys(("beginn", "beginn_genauigkeit", "ende", "ende_genauigkeit"))
        plan, anfang, schluss = (self.zeit(n) for n in ("zeitplan", "beginn", "ende"))
        if plan:
            felder |= {"beginn": plan.von, "beginn_genauigkeit": plan.von_genauigkeit, "ende": plan.bis,
                       "ende_genauigkeit": plan.bis_genauigkeit}  # fmt: skip
        if anfang:
            if anfang.form == "bis":
                self.fehler(Code.datum, "beginn", f"»{self.text('beginn')}« ist ein Ende, kein Beginn", "der Beginn, z. B. "
                            "03/2022", "die Angabe in die Spalte des Endes setzen")  # fmt: skip
            felder |= {"beginn": anfang.von, "beginn_genauigkeit": anfang.von_genauigkeit}
            if schluss is None and anfang.form in ("spanne", "ab", "offen"):
                felder |= {"ende": anfang.bis, "ende_genauigkeit": anfang.bis_genauigkeit}
        if schluss:
            if schluss.form == "ab":
                self.fehler(Code.datum, "ende", f"»{self.text('ende')}« ist ein Beginn, kein Ende", "das Ende, z. B. 12/2022 "
                            "oder fortlaufend", "die Angabe in die Spalte des Beginns setzen")  # fmt: skip
            felder |= {"ende": schluss.bis, "ende_genauigkeit": schluss.bis_genauigkeit}
            if anfang is None and schluss.form == "spanne":
                felder |= {"beginn": schluss.von, "beginn_genauigkeit": schluss.von_genauigkeit}
        return felder

    def stand(self, ersatz: date | None, statusworte: Mapping[str, str]) -> date | None:
        """The day a row speaks of: its own cell, else the day in the sheet's title."""
        if "stand_datum" not in self.kopf.spalten:
            return ersatz
        roh = self.wert("stand_datum")
        if isinstance(roh, str) and vergleichsform(roh) in statusworte:
            self.fehler(Code.datum, "stand_datum", f"»{roh}« ist ein Status, kein Datum", "der Tag, für den der Status gilt, "
                        "z. B. 31.12.2020", "die Spalte »Status« nennen, »Stand« mit dem Tag ergänzen")  # fmt: skip
            return None
        if self.pflicht("stand_datum", "der Stand (Datum)") is None:
            return None
        zeit = self.zeit("stand_datum")
        if zeit is not None and zeit.bis is None:
            self.fehler(
                Code.datum, "stand_datum", f"»{self.text('stand_datum')}« nennt keinen Tag", "ein Tag wie 31.12.2020"
            )
        return zeit.bis if zeit else None

    def liste(self, name: str) -> list[str]:
        """Parts of a list split on comma, semicolon, slash or line break."""
        z, s = self.ort(name)
        roh = self.zusatz[z, s].text if name in self.kopf.spalten and (z, s) in self.zusatz else None
        teile = re.split(r"[,;/\n]", roh or self.text(name) or "")
        return [t for t in (" ".join(teil.split()).strip("•- ") for teil in teile) if t]

    def kommentare(self) -> list[str]:
        """Comments of the row's cells, in the order of the columns."""
        return [k.kommentar for (z, _), k in sorted(self.zusatz.items()) if z == self.z and k.kommentar]
